import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/domain/time.ts';
import { readKnowledge } from '../knowledge.ts';
import { en } from '../words/en.ts';
import { tierBegins, tierStep, type FirstTierKnowledge, type TierStep } from './first-tier.ts';

const words = en.chat.tier;
const knowledge: FirstTierKnowledge = {
  ...readKnowledge(fileURLToPath(new URL('../../../resources/policy/', import.meta.url))),
  words,
  pageOf: ({ id }) => join('/for-the-police', id),
};
const now = asInstant(Date.UTC(2026, 10, 23, 11));

/** Says these one after the other; the steps that came of them. */
function talk(...lines: readonly string[]): TierStep[] {
  let { state } = tierBegins(knowledge);
  return lines.map((_, n) => {
    const step = tierStep(knowledge, state, lines.slice(0, n + 1), now);
    state = step.state;
    return step;
  });
}
const last = (...lines: readonly string[]): TierStep => {
  const step = talk(...lines).at(-1);
  if (step === undefined) throw new Error('nothing said');
  return step;
};

describe('answers first', () => {
  it('WP-40: it says that it is not a person, and that a person can be had', () => {
    expect(tierBegins(knowledge).says.join(' ')).toMatch(/not a person.*call handler takes over/);
  });

  it('WP-41: it asks a card’s safety questions before it says where something goes, and ends only on the person’s own word', () => {
    const steps = talk(
      'my neighbour plays loud music every night',
      'Noise from neighbours or a party',
      'no',
      'No.',
      'nope',
    );
    const card = knowledge.signposts.find(({ id }) => id === 'noise');
    expect(steps.slice(1, 4).map(({ says }) => says.at(-1))).toEqual(card?.checkFirst.map(({ ask }) => ask));
    expect(steps.slice(0, 4).flatMap(({ says }) => says)).not.toContain(card?.say);
    expect(steps[4]?.says[0]).toBe(card?.say);
    expect(steps.every(({ leadsTo }) => leadsTo === 'stay')).toBe(true);
    const all = ['noise', 'Noise from neighbours or a party', 'no', 'no', 'no'];
    expect(last(...all, 'yes').leadsTo).toBe('end');
    expect(last(...all, 'no').leadsTo).toBe('person');
    expect(last(...all, 'well, it depends').leadsTo).toBe('person');
  });

  it('WP-41: a "yes" to a safety question, or a "not sure", goes to a person', () => {
    const start = ['noise', 'Noise from neighbours or a party'];
    for (const answer of ['yes', 'Yes they are', 'i am not sure', 'maybe'])
      expect(last(...start, answer).leadsTo, answer).toBe('person');
    expect(last(...start, 'it is about number 12').leadsTo).toBe('stay');
  });

  it.each([
    'hes outside banging on the door',
    'he has a knife',
    'i cant go on',
    'dont ring me he reads my phone',
    'my kids are scared',
  ])('WP-42: at "%s" it passes on at once, wherever it stands', (line) => {
    for (const before of [
      [],
      ['noise'],
      ['noise', 'Noise from neighbours or a party'],
      ['noise', 'Noise from neighbours or a party', 'no'],
    ]) {
      const step = last(...before, line);
      expect(step.leadsTo).toBe('person-at-once');
      expect(step.says.join(' ')).toContain('999');
    }
  });

  it('WP-42: a risk word that begins in one line and ends in the next is found', () => {
    expect(last('he has his hands', 'round my throat').leadsTo).toBe('person-at-once');
  });

  it.each(['person', 'I want a person', 'can I speak to an officer?', 'are you human', 'operator!!'])(
    'WP-43: "%s" gets a person',
    (line) => {
      expect(last(line).leadsTo).toBe('person');
      expect(last('noise', line).leadsTo).toBe('person');
    },
  );

  it('WP-43: what it does not understand twice goes to a person', () => {
    expect(talk('qwertz', 'zzzz').map(({ leadsTo }) => leadsTo)).toEqual(['stay', 'person']);
    expect(last('noise', words.noneOf).leadsTo).toBe('person');
  });

  it('WP-43: whatever is written, it answers with something, and never claims to be a person', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string({ unit: 'grapheme' }),
            fc.constantFrom('no', 'yes', 'noise', 'fraud', 'Parking'),
          ),
          { minLength: 1, maxLength: 8 },
        ),
        (lines) => {
          for (const { says, leadsTo } of talk(...lines)) {
            expect(says.length).toBeGreaterThan(0);
            expect(says.join(' ')).not.toMatch(/I am (?:a person|human|a call handler|an officer)/i);
            if (leadsTo !== 'stay') break;
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import { anyAnswers, anyThrive } from '../../../../tests/harness/triage-arbitraries.ts';
import { answersFrom, questionPolicy } from '../../../../tests/harness/triage-policy.ts';
import { emptyEntry, isSameLook } from './entry.ts';
import { contradictions, proposedThrive, typedPart, withProposals } from './proposals.ts';
import { changesBetween, missingOf, refusalOfThrive } from './thrive-versions.ts';
import {
  answerWords,
  emptyFacts,
  emptyThrive,
  FACT_TEXT_LIMIT,
  LETTER_LIMIT,
  letters,
  type Thrive,
} from './thrive.ts';

const found = (text: string): Thrive => ({
  ...emptyThrive,
  threat: { kind: 'found', text, facts: { ...emptyFacts.threat, immediacy: 'now' } },
});

describe('THRIVE', () => {
  it('T-01: begins with six letters that nobody has asked about', () => {
    expect(emptyThrive).toEqual(Object.fromEntries(letters.map((letter) => [letter, null])));
    expect(letters.map((letter) => letter.charAt(0)).join('')).toBe('thrive');
  });

  it('T-02: not asked and none identified stay apart over writing and reading, whatever is in it', () => {
    always(
      fc.property(anyThrive, (thrive) => {
        const again = JSON.parse(JSON.stringify(thrive)) as Thrive;
        expect(again).toEqual(thrive);
        expect(changesBetween(thrive, again)).toEqual([]);
        const asked = letters.filter((letter) => again[letter] !== null);
        const open = missingOf(again, { highRisk: false }).map(({ letter }) => letter);
        expect([...asked, ...open].sort()).toEqual([...letters].sort());
      }),
    );
  });

  it('T-02: none identified is a change from not asked', () => {
    expect(changesBetween(emptyThrive, { ...emptyThrive, harm: { kind: 'none' } })).toEqual([
      { letter: 'harm', words: 'Harm: none identified' },
    ]);
  });

  it('T-03: what changed from one version to the next is said in words, picks included', () => {
    expect(
      changesBetween(found('He is outside'), found('He is in the hall')).map(({ words }) => words),
    ).toEqual(['Threat: was “He is outside; when: now”, now “He is in the hall; when: now”']);
  });

  it('T-04: high risk asks for a sentence and for the picks; otherwise a word is enough', () => {
    const thrive: Thrive = {
      threat: { kind: 'found', text: 'knife', facts: emptyFacts.threat },
      harm: { kind: 'none' },
      risk: { kind: 'found', text: 'He said he will come back', facts: emptyFacts.risk },
      investigation: { kind: 'none' },
      vulnerability: { kind: 'none' },
      engagement: {
        kind: 'found',
        text: 'Text her, never ring',
        facts: { safeContact: 'text', expectationTold: true },
      },
    };
    expect(missingOf(thrive, { highRisk: false })).toEqual([]);
    expect(missingOf(thrive, { highRisk: true }).map(({ words }) => words)).toEqual([
      'Threat: high risk needs a whole sentence.',
      'Threat: say when.',
      'Harm: this is high risk, so say what was found.',
      'Risk: say how likely.',
      'Risk: say what keeps them safe until somebody comes.',
    ]);
  });

  it('T-04: half-filled is kept; only what is too long is refused', () => {
    expect([emptyThrive, found(''), found('x'.repeat(LETTER_LIMIT))].map(refusalOfThrive)).toEqual([
      null,
      null,
      null,
    ]);
    expect(refusalOfThrive(found('x'.repeat(LETTER_LIMIT + 1)))).toEqual({
      letter: 'threat',
      limit: LETTER_LIMIT,
      length: LETTER_LIMIT + 1,
    });
    const facts = { safeContact: 'x'.repeat(FACT_TEXT_LIMIT + 1), expectationTold: null };
    const engagement = { kind: 'found', text: '', facts } as const;
    expect(refusalOfThrive({ ...emptyThrive, engagement })).toMatchObject({ limit: FACT_TEXT_LIMIT });
  });
});

describe('THRIVE fills while talking', () => {
  it('T-06: an answer fills letters, and the strongest of several counts', () => {
    const thrive = proposedThrive(
      questionPolicy,
      answersFrom({ hurt: 'yes', strangled: 'yes', 'happening-now': 'now', children: 'yes' }),
    );
    expect(thrive.threat).toMatchObject({ kind: 'found', facts: { immediacy: 'now' } });
    expect(thrive.harm).toEqual({
      kind: 'found',
      text: 'somebody is hurt; strangled',
      facts: { kinds: ['physical'], severity: 3 },
    });
    expect(thrive.vulnerability).toMatchObject({ facts: { markers: ['child-at-risk'] } });
    expect(answerWords(thrive, 'vulnerability')).toContain('markers: child at risk');
    expect(thrive.engagement).toBeNull();
  });

  it('T-06: typed words come along, and a corrected answer takes its proposal back', () => {
    const said = proposedThrive(questionPolicy, answersFrom({ entry: '=back door' }));
    expect(said.investigation).toMatchObject({ text: 'entry: back door' });
    expect(proposedThrive(questionPolicy, answersFrom({ hurt: 'no' }))).toEqual(emptyThrive);
  });

  it('T-06: a single “no” says only its own: “none identified” is a person’s word about the whole letter', () => {
    expect(proposedThrive(questionPolicy, answersFrom({ frail: 'no' })).vulnerability).toMatchObject({
      kind: 'found',
      text: 'not older, ill, disabled or alone',
      facts: { markers: [] },
    });
    always(
      fc.property(anyAnswers, (answers) => {
        const proposed = proposedThrive(questionPolicy, answers);
        expect(letters.filter((letter) => proposed[letter]?.kind === 'none')).toEqual([]);
      }),
    );
  });

  it('T-06: what a person typed, picked or ruled out is never overwritten', () => {
    always(
      fc.property(anyThrive, anyAnswers, (typed, answers) => {
        const proposed = proposedThrive(questionPolicy, answers);
        const both = withProposals(typed, proposed);
        for (const letter of letters) {
          const [was, is] = [typed[letter], both[letter]];
          if (was === null) expect(is).toEqual(proposed[letter]);
          else if (was.kind === 'none') expect(is).toEqual(was);
          else {
            expect(is?.kind).toBe('found');
            if (was.text.trim() !== '') expect(is).toHaveProperty('text', was.text);
            for (const [key, value] of Object.entries(was.facts)) {
              if (Array.isArray(value))
                expect(is).toHaveProperty(['facts', key], expect.arrayContaining(value));
              else if (value !== null) expect(is).toHaveProperty(['facts', key], value);
            }
          }
        }
        expect(withProposals(both, proposed)).toEqual(both);
      }),
    );
  });

  it('T-06: of what was kept, what a person said and what answers propose can be told apart again', () => {
    always(
      fc.property(anyThrive, anyAnswers, (typed, answers) => {
        const proposed = proposedThrive(questionPolicy, answers);
        const kept = withProposals(typed, proposed);
        const own = typedPart(kept, proposed);
        const again = { ...emptyEntry, thrive: withProposals(own, proposed) };
        expect(isSameLook(again, { ...emptyEntry, thrive: kept })).toBe(true);
        expect(typedPart(proposed, proposed)).toEqual(emptyThrive);
        expect(typedPart(kept, emptyThrive)).toEqual(kept);
      }),
    );
  });

  it('T-06: "none identified" against an answer that found something is shown, not settled', () => {
    const proposed = proposedThrive(questionPolicy, answersFrom({ weapons: 'yes' }));
    const typed: Thrive = { ...emptyThrive, threat: { kind: 'none' }, risk: { kind: 'none' } };
    expect(contradictions(typed, proposed)).toEqual(['threat']);
    expect(withProposals(typed, proposed).threat).toEqual({ kind: 'none' });
  });
});

import { describe, expect, it } from 'vitest';
import { aContact, anActor, testStart } from '../../../../tests/harness/builders.ts';
import { asCommandId } from '../ids.ts';
import { closingFactsOf } from './close-contact.ts';
import type { Passed } from './parts.ts';

const whole: Passed = { to: 'Ambulance', takenBy: 'desk 4', theirRef: null, stayedOn: true, pack: 'man, 60' };
const isPassedOn = (over: Partial<Passed>, channel: '999-voice' | '101-voice'): boolean =>
  closingFactsOf(
    aContact({
      channel,
      passedOn: [{ ...whole, ...over, id: asCommandId('c'), by: anActor(), at: testStart }],
    }),
    'passed-on',
    undefined,
  ).isPassedOn;

describe('what was passed on', () => {
  it('C-28, R-06: is with nobody while nobody there has taken it, by name or by their reference', () => {
    for (const channel of ['999-voice', '101-voice'] as const) {
      expect(isPassedOn({ takenBy: null, theirRef: null }, channel)).toBe(false);
      expect(isPassedOn({ takenBy: ' ', theirRef: '' }, channel)).toBe(false);
      expect(isPassedOn({ takenBy: null, theirRef: 'CAD 5512' }, channel)).toBe(true);
      expect(isPassedOn({}, channel)).toBe(true);
    }
  });

  it('C-28: an emergency is with them only with us on the line, or with a word of why we were not', () => {
    const why = { stayedOn: false, pack: 'man, 60\nWe did not stay on the line: another call was waiting' };
    expect(isPassedOn({ stayedOn: false }, '999-voice')).toBe(false);
    expect(isPassedOn({ stayedOn: false, pack: 'We did not stay on the line: ' }, '999-voice')).toBe(false);
    expect(isPassedOn(why, '999-voice')).toBe(true);
    expect(isPassedOn({ stayedOn: false, leftBecause: 'two calls waited' }, '999-voice')).toBe(true);
    expect(isPassedOn({ ...why, leftBecause: ' ' }, '999-voice')).toBe(false);
    expect(isPassedOn({ stayedOn: false }, '101-voice')).toBe(true);
  });
});

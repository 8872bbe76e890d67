import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyContact } from '../../../../tests/harness/arbitraries.ts';
import { aContact, anActor, anId, testStart } from '../../../../tests/harness/builders.ts';
import type { Contact, Grading } from '../contact.ts';
import { asCommandId } from '../ids.ts';
import { emptyEntry, type TriageEntry } from '../triage/entry.ts';
import { emptyFacts, emptyThrive, type Thrive } from '../triage/thrive.ts';
import type { MarkerOnRecord } from './parts.ts';
import { lookOwed } from './whole-look.ts';

const done = { by: anActor(), at: testStart };
const none = { kind: 'none' } as const;
const looked = (thrive: Partial<Thrive>, over: Partial<TriageEntry> = {}): Pick<Contact, 'triage'> => ({
  triage: [
    {
      id: asCommandId(anId(0xa1)),
      entry: { ...emptyEntry, thrive: { ...emptyThrive, ...thrive }, ...over },
      ...done,
    },
  ],
});
const afraid = { kind: 'found', text: 'she is afraid of him', facts: emptyFacts.threat } as const;
const marker = (by: MarkerOnRecord['matchedBy'][number]) =>
  ({ kind: 'domestic-abuse', matchedBy: [by] }) as unknown as MarkerOnRecord;
const kindOf = (contact: Contact) => lookOwed(contact).kind;

describe('the look that is owed before nobody is sent', () => {
  const oneLetter = looked({ threat: none });
  const flags = { vulnerable: false, repeat: false, lookFirst: false };

  it.each<[string, Partial<Contact>, string]>([
    ['a quiet 101 call', { channel: '101-voice', flags }, 'nothing'],
    ['a 999 call', { channel: '999-voice' }, 'letters'],
    ['a silent 999 call', { channel: '999-silent' }, 'letters'],
    ['a 101 call that was made an emergency', { channel: '101-voice', band: 'A' }, 'letters'],
    ['somebody marked vulnerable', { flags: { ...flags, vulnerable: true } }, 'letters'],
    ['risk words that nobody has looked at', { flags: { ...flags, lookFirst: true } }, 'letters'],
    ['a marker on this very number', { flags, markers: [marker('same-number')] }, 'letters'],
    ['a marker that may be about a namesake', { flags, markers: [marker('same-name')] }, 'nothing'],
  ])('R-27: of %s with one letter answered and no call type it is as it should be', (_what, over, kind) => {
    expect(kindOf(aContact({ ...oneLetter, ...over }))).toBe(kind);
  });

  it('R-27: names the letters that are open; none identified answers them', () => {
    const call = aContact({ channel: '999-voice', ...looked({ threat: none, risk: none }) });
    expect(lookOwed(call)).toEqual({ kind: 'letters', letters: ['harm', 'vulnerability'] });
    const whole = looked({ threat: none, harm: none, risk: none, vulnerability: none });
    expect(kindOf(aContact({ channel: '999-voice', ...whole }))).toBe('nothing');
  });

  it('R-27: where something was found it takes a call type, or a second person, on whatever channel', () => {
    const found = looked({ threat: afraid, harm: none, risk: none, vulnerability: none });
    const call = aContact({ channel: '101-voice', grade: 'G5', ...found });
    expect(lookOwed(call)).toEqual({ kind: 'second', letters: ['threat'] });
    expect(kindOf({ ...call, ...looked({ threat: afraid }, { callType: 'domestic' }) })).toBe('nothing');
    const grading: Grading = {
      id: asCommandId(anId(0xb1)),
      grade: 'G5',
      reason: 'x',
      rationale: null,
      ...done,
    };
    expect(kindOf({ ...call, gradings: [grading] })).toBe('second');
    const leave = { by: anActor({ handler: call.ref as never }), floors: [] };
    expect(kindOf({ ...call, gradings: [{ ...grading, leave }] })).toBe('nothing');
    // Leave for a grade that was taken back since is leave for nothing.
    expect(kindOf({ ...call, grade: null, gradings: [{ ...grading, leave }] })).toBe('second');
  });

  it('R-27: finding more never makes less of what is owed', () => {
    const rank = { nothing: 0, letters: 1, second: 2 } as const;
    always(
      fc.property(anyContact, (contact) => {
        const before = lookOwed({ ...contact, ...looked({ threat: none }) }).kind;
        const after = lookOwed({ ...contact, ...looked({ threat: afraid }) }).kind;
        expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
      }),
    );
  });
});

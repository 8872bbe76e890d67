import { describe, expect, it } from 'vitest';
import {
  aClosing,
  aCommand,
  aContact,
  anActor,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import type { Act } from '../command.ts';
import type { Contact } from '../contact.ts';
import { asCommandId, asFence } from '../ids.ts';
import { decide } from '../lifecycle.ts';
import { later } from '../time.ts';

const by = anActor();
const report = aContact({
  channel: 'online-report',
  ownership: { kind: 'owned', by, since: testStart },
  fence: asFence(1),
});
const promise: Act = { kind: 'promise-call-back', words: 'work number 01632 960277, weekdays 9 to 5' };
const tried = (result: 'answered' | 'no-answer'): Act => ({
  kind: 'attempt',
  attempt: { safe: 'yes', way: 'voice', result, words: 'asked for the code word' },
});

let n = 0;
const does = (contact: Contact, act: Act): Contact => {
  const id = asCommandId(`00000000-0000-4000-8000-${String((n += 1)).padStart(12, '0')}`);
  const command = aCommand({ on: contact, act, id, fence: contact.fence });
  return carryOut(contact, command, { by, at: later(testStart, n), policy: aPolicy() }).contact;
};

describe('a call-back that was promised (rule C-37)', () => {
  it('C-37: is due in the row until somebody answers, stands on the record, and goes along with the contact', () => {
    const promised = does(report, promise);
    expect([report.callBackDue, promised.callBackDue]).toEqual([false, true]);
    expect(promised.promised).toMatchObject([{ words: 'work number 01632 960277, weekdays 9 to 5', by }]);
    const rung = does(promised, tried('no-answer'));
    expect([rung.callBackDue, does(rung, { kind: 'release' }).callBackDue]).toEqual([true, true]);
    const reached = does(rung, tried('answered'));
    expect([reached.callBackDue, reached.attempts.at(-1)?.endedDuty]).toEqual([false, true]);
    // Promised once more is due once more.
    expect(does(reached, promise)).toMatchObject({ callBackDue: true, promised: [{}, {}] });
  });

  it('C-37: is due again when a contact that was closed with it is taken up again, unless somebody was reached since', () => {
    const again = (contact: Contact): Contact =>
      does(does(contact, aClosing()), { kind: 'reopen', reason: 'She has written again' });
    const rung = does(does(report, promise), tried('no-answer'));
    const reached = does(rung, tried('answered'));
    const corrected = does(reached, {
      kind: 'attempt',
      attempt: { safe: 'yes', way: 'voice', result: 'no-answer', words: 'that was another contact' },
      corrects: reached.attempts.at(-1)?.id,
    });
    const all = [report, rung, reached, corrected, does(reached, promise)].map(again);
    expect(all.map(({ closing }) => closing)).toEqual([null, null, null, null, null]);
    expect(all.map(({ callBackDue }) => callBackDue)).toEqual([false, true, false, true, true]);
  });

  it('C-37: needs words, and is the owner’s to give', () => {
    const code = (contact: Contact, act: Act) => {
      const decision = decide(
        contact,
        aCommand({ on: contact, act, fence: asFence(1) }),
        by,
        aPolicy(),
        testStart,
      );
      return decision.kind === 'refused' ? decision.refusal.code : decision.kind;
    };
    const others = {
      ...report,
      ownership: { kind: 'owned', by: anActor({ deskNumber: 9 }), since: testStart },
    } as const;
    expect([code(report, { ...promise, words: ' ' }), code(others, promise), code(report, promise)]).toEqual([
      'text-missing',
      'not-yours',
      'accepted',
    ]);
  });
});

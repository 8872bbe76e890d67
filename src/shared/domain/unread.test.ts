import { describe, expect, it } from 'vitest';
import { aContact, anActor, testStart } from '../../../tests/harness/builders.ts';
import type { Contact } from './contact.ts';
import { isUnreadTooLong, lookedAtBy } from './unread.ts';
import { later, MINUTE, SECOND } from './time.ts';

const at = (ms: number) => later(testStart, ms);
const report = aContact({ channel: 'online-report', receivedAt: testStart });

describe('what nobody has looked at in time (rule K-09)', () => {
  it.each<[string, Contact, number | null]>([
    ['a report, fifteen minutes from receipt', report, 15 * MINUTE],
    [
      'with words of risk too, although its place is at the top at once',
      aContact({
        channel: 'online-report',
        receivedAt: testStart,
        flags: { vulnerable: false, repeat: false, lookFirst: true },
      }),
      15 * MINUTE,
    ],
    [
      'sooner for somebody vulnerable',
      aContact({
        channel: 'online-report',
        receivedAt: testStart,
        flags: { vulnerable: true, repeat: false, lookFirst: false },
      }),
      5 * MINUTE,
    ],
    ['a chat, its minute', aContact({ channel: 'web-chat', receivedAt: testStart }), 60 * SECOND],
    [
      'not what somebody has taken',
      { ...report, ownership: { kind: 'owned', by: anActor(), since: testStart } },
      null,
    ],
    [
      'nor what is closed',
      { ...report, ownership: { kind: 'closed', by: anActor(), since: testStart } },
      null,
    ],
    ['nor what was graded: that was the scan', { ...report, grade: 'G4' }, null],
    ['nor what was made an emergency', { ...report, band: 'A' }, null],
    ['nor a colleague on a line', aContact({ channel: 'partner-line', receivedAt: testStart }), null],
    ['nor a call, which somebody hears', aContact({ channel: '101-voice', receivedAt: testStart }), null],
  ])('K-09: %s', (_name, contact, ms) => {
    expect(lookedAtBy(contact)).toBe(ms === null ? null : at(ms));
    if (ms === null) expect(isUnreadTooLong(contact, at(90 * MINUTE))).toBe(false);
    else
      expect([isUnreadTooLong(contact, at(ms)), isUnreadTooLong(contact, at(ms + 1))]).toEqual([false, true]);
  });
});

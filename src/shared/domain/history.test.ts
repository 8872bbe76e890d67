import { describe, expect, it } from 'vitest';
import { aClosingRecord, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { asContactId } from './ids.ts';
import { hashedKeys, HISTORY_MS, historyRowOf, yearOf, type EarlierInYear } from './history.ts';
import { HOUR, later } from './time.ts';

const DAY = 24 * HOUR;
const nobody = { number: null, address: null, name: null };
const earlier = (n: number, daysAgo: number, over: Partial<EarlierInYear> = {}): EarlierInYear => ({
  contact: asContactId(anId(n)),
  receivedAt: later(testStart, -daysAgo * DAY),
  vulnerable: false,
  keys: { ...nobody, number: 'n' },
  ...over,
});

describe('the twelve-month index', () => {
  it('AS-23: a row names nobody: number, address and name are in it as hashes alone, each kind apart', () => {
    const by = anActor();
    const contact = aContact({
      caller: { name: 'Robin Marsh', number: '07700 900114', address: '12 Mill Lane' },
      title: 'A title with Robin Marsh in it',
      account: 'Her own words',
      ownership: { kind: 'closed', by, since: testStart },
      closing: {
        outcome: 'resolved',
        reason: 'Robin is safe',
        record: { ...aClosingRecord(), category: 'AS-NUI' },
        by,
        at: testStart,
      },
    });
    const row = historyRowOf(contact, (text) => `#${text.length}`);
    expect(row).toMatchObject({ contact: contact.id, category: 'AS-NUI', closedAt: testStart });
    expect(JSON.stringify(row)).not.toMatch(/Robin|900114|Mill|words/);
    const same = { number: 'x', address: 'x', name: 'x' };
    expect(new Set(Object.values(hashedKeys(same, (text) => text))).size).toBe(3);
    expect(hashedKeys(nobody, () => 'never')).toEqual(nobody);
  });

  it('AS-23: what is open is in no row', () => {
    expect(historyRowOf(aContact(), String)).toBeNull();
  });

  it('AS-23: it counts by number, address and name apart, with the contact at hand, and tells the last and who was vulnerable', () => {
    const at = earlier(0, 0, { keys: { number: 'n', address: 'a', name: null } });
    const year = yearOf(at, [
      at,
      earlier(1, 19),
      earlier(2, 200, { vulnerable: true, keys: { number: 'n', address: 'a', name: 'm' } }),
      earlier(3, 3, { keys: { ...nobody, name: 'm' } }),
    ]);
    expect(year).toEqual([
      { because: 'same-number', count: 3, vulnerable: 1, last: later(testStart, -19 * DAY) },
      { because: 'same-address', count: 2, vulnerable: 1, last: later(testStart, -200 * DAY) },
    ]);
  });

  it('AS-23: what is not known is never the same, later contacts and those of more than twelve months do not count', () => {
    const at = earlier(0, 0, { keys: { ...nobody, number: 'n' } });
    const year = HISTORY_MS / DAY;
    expect([
      yearOf({ ...at, keys: nobody }, [earlier(1, 2, { keys: nobody })]),
      yearOf(at, [earlier(1, -1), earlier(2, year)]),
      yearOf(at, [earlier(3, year - 1)]).length,
    ]).toEqual([[], [], 1]);
  });
});

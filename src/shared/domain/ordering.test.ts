import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { always, anyContact, anyInbox, anyWords } from '../../../tests/harness/arbitraries.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
  aRationale,
} from '../../../tests/harness/builders.ts';
import { channels } from './channel.ts';
import { grades, isOpenEmergency, type Contact, type ContactSummary } from './contact.ts';
import { asContactId, asFence } from './ids.ts';
import { compareContacts, inView, oldestEmergency, orderKey } from './ordering.ts';
import { dueOf } from './service-level.ts';
import { HOUR, later, MINUTE } from './time.ts';

const everything = { filter: () => true, sort: null };
const ids = (contacts: readonly ContactSummary[]) => contacts.map(({ id }) => id);
const inOrder = (contacts: readonly ContactSummary[]) => ids([...contacts].sort(compareContacts));

afterEach(() => void vi.useRealTimers());

describe('the one total order', () => {
  it('O-01: of two contacts one stands above the other, and only a contact itself is its equal', () => {
    always(
      fc.property(anyContact, anyContact, (a, b) => {
        const [there, back] = [compareContacts(a, b), compareContacts(b, a)];
        expect([Math.sign(there) + Math.sign(back), compareContacts(a, a)]).toEqual([0, 0]);
        fc.pre(a.id !== b.id);
        expect(there).not.toBe(0);
      }),
      { runs: 1_000 },
    );
  });

  it('O-01: what stands above a second stands above everything that the second stands above', () => {
    always(
      fc.property(anyContact, anyContact, anyContact, (a, b, c) => {
        fc.pre(compareContacts(a, b) <= 0 && compareContacts(b, c) <= 0);
        expect(compareContacts(a, c)).toBeLessThanOrEqual(0);
      }),
      { runs: 1_000 },
    );
  });

  it('O-01: the order does not depend on the order in which contacts came', () => {
    const shuffled = anyInbox.chain((inbox) =>
      fc.tuple(
        fc.constant(inbox),
        fc.shuffledSubarray(inbox, { minLength: inbox.length, maxLength: inbox.length }),
      ),
    );
    always(
      fc.property(shuffled, ([inbox, other]) => {
        expect(inOrder(other)).toEqual(inOrder(inbox));
      }),
    );
  });

  it('O-05: open emergencies stand by when they rang or were promoted, then by arrival number, then by id', () => {
    const at = (minutes: number, seq: number, id: number) =>
      aContact({
        channel: '999-voice',
        bandSince: later(testStart, minutes * MINUTE),
        seq,
        id: asContactId(anId(id)),
        receivedAt: later(testStart, -minutes * HOUR),
      });
    const wanted = [at(0, 9, 8), at(1, 2, 7), at(1, 3, 1), at(1, 3, 2), at(2, 1, 3)];
    expect(inOrder(wanted.toReversed())).toEqual(ids(wanted));
  });

  it('O-05: everything else stands by due instant, then by when it was received, then by id', () => {
    const at = (due: number, received: number, id: number) => {
      const contact = aContact({
        id: asContactId(anId(id)),
        seq: 9 - id,
        receivedAt: later(testStart, received * MINUTE),
      });
      return { ...contact, due: { ...contact.due, at: later(testStart, due * MINUTE) } };
    };
    const wanted = [at(1, 5, 6), at(2, 3, 5), at(2, 4, 1), at(2, 4, 2), at(3, 0, 4)];
    expect(inOrder(wanted.toReversed())).toEqual(ids(wanted));
  });

  it('O-05: nothing re-sorts as time passes', () => {
    always(
      fc.property(anyInbox, (inbox) => {
        vi.useFakeTimers();
        const orders = [0, testStart, later(testStart, 1_000 * HOUR)].map((now) => {
          vi.setSystemTime(now);
          return [inOrder(inbox), inView(inbox, everything).map(orderKey), oldestEmergency(inbox)?.id];
        });
        expect(orders[1]).toEqual(orders[0]);
        expect(orders[2]).toEqual(orders[0]);
      }),
      { runs: 50 },
    );
  });

  it('O-05: words, places, revisions and fences have no say in the order', () => {
    always(
      fc.property(anyContact, anyWords, fc.integer({ min: 1, max: 99 }), (contact, words, n) => {
        const changed: Contact = {
          ...contact,
          title: words,
          place: words,
          account: words,
          rev: n,
          fence: asFence(n),
          enteredAt: later(contact.enteredAt, n),
        };
        expect(orderKey(changed)).toEqual(orderKey(contact));
      }),
    );
  });
});

describe('band A', () => {
  it('O-02: the channels of an emergency, and no others, enter band A by themselves', () => {
    expect(channels.filter((channel) => aContact({ channel }).band === 'A')).toEqual([
      '999-voice',
      '999-silent',
      '999-dropped',
      '999-bsl',
      'crash-alert',
      '999-relay',
      '999-text',
    ]);
  });

  it('O-03: an open emergency is in band A and waits, or is to be verified', () => {
    const by = anActor();
    const since = testStart;
    const owners = [
      { kind: 'waiting', since },
      { kind: 'owned', by, since },
      { kind: 'link-lost', by, since },
      { kind: 'verify', lastOwner: by, since },
      { kind: 'closed', by, since },
    ] as const;
    const open = (band: 'A' | 'B') =>
      owners.filter((ownership) => isOpenEmergency(aContact({ band, ownership }))).map(({ kind }) => kind);
    expect({ A: open('A'), B: open('B') }).toEqual({ A: ['waiting', 'verify'], B: [] });
  });

  it('O-04: nothing stands above an open emergency and nothing hides one, whatever the filter and the sort', () => {
    always(
      fc.property(anyInbox, fc.func(fc.boolean()), fc.compareFunc(), (inbox, filter, compare) => {
        const rows = inView(inbox, { filter: ({ id }) => filter(id), sort: (a, b) => compare(a.id, b.id) });
        const emergencies = ids(inbox.filter(isOpenEmergency).sort(compareContacts));
        const rest = ids(inbox.filter((contact) => !isOpenEmergency(contact) && filter(contact.id)));
        const shown = ids(rows);
        expect(shown.slice(0, emergencies.length)).toEqual(emergencies);
        expect(shown.slice(emergencies.length).sort()).toEqual(rest.sort());
      }),
    );
  });

  it('O-04: a sort that cannot decide leaves the rest in the order of due instants', () => {
    always(
      fc.property(anyInbox, fc.constantFrom(0, Number.NaN), (inbox, undecided) => {
        const rows = inView(inbox, { filter: () => true, sort: () => undecided });
        expect(ids(rows)).toEqual(inOrder(inbox));
      }),
    );
  });

  it('O-08: a grade of any kind never moves a contact between bands, nor within band A', () => {
    always(
      fc.property(anyContact, fc.constantFrom(...grades), (contact, grade) => {
        const by = anActor();
        const mine: Contact = { ...contact, ownership: { kind: 'owned', by, since: testStart } };
        const act = { kind: 'grade', grade, reason: 'by risk', rationale: aRationale() } as const;
        const after = carryOut(mine, aCommand({ on: mine, act }), { by }).contact;
        expect([after.grade, after.band, after.bandSince, after.flags]).toEqual([
          grade,
          mine.band,
          mine.bandSince,
          mine.flags,
        ]);
      }),
    );
  });

  it('O-09: F2 takes the open emergency that has waited longest, or none', () => {
    const rang = (seq: number, minutes: number, over: Partial<Contact> = {}) =>
      aContact({ channel: '999-voice', seq, receivedAt: later(testStart, minutes * MINUTE), ...over });
    const owned = { kind: 'owned', by: anActor(), since: testStart } as const;
    const promoted = aContact({
      seq: 4,
      channel: 'web-chat',
      band: 'A',
      bandSince: later(testStart, 3 * MINUTE),
    });
    const overdue = aContact({ seq: 5, receivedAt: later(testStart, -9 * HOUR) });
    const cases: readonly [readonly Contact[], number | null][] = [
      [[], null],
      [[overdue], null],
      [[overdue, rang(1, 2), rang(2, 1), rang(3, 0, { ownership: owned })], 2],
      [[rang(1, 4), promoted, overdue], 4],
      [[rang(2, 1), rang(1, 1)], 1],
    ];
    expect(cases.map(([inbox]) => oldestEmergency(inbox)?.seq ?? null)).toEqual(cases.map(([, seq]) => seq));
  });

  it('O-09: F2 takes the first row of every view, when there is an emergency at all', () => {
    always(
      fc.property(anyInbox, (inbox) => {
        const first = inView(inbox, { filter: () => false, sort: null })[0] ?? null;
        expect(oldestEmergency(inbox)).toEqual(first);
      }),
    );
  });
});

describe('look first', () => {
  const marked = (contact: Contact, lookFirst: boolean): Contact => {
    const flags = { ...contact.flags, lookFirst };
    return { ...contact, flags, due: dueOf({ ...contact, flags }, aPolicy()) };
  };

  it('O-07: risk words put a contact above what is ordinary and came within the hour before it', () => {
    const ordinary = channels
      .filter((channel) => aContact({ channel }).band === 'B')
      .map((channel, index) => aContact({ channel, seq: index + 10, receivedAt: later(testStart, -HOUR) }));
    const report = marked(aContact({ seq: 1, channel: 'online-report' }), true);
    expect(inOrder([...ordinary, report])[0]).toBe(report.id);
  });

  it('O-07: finding risk words never puts a contact further down, whoever wrote and by whatever channel', () => {
    always(
      fc.property(anyContact, (contact) => {
        expect(compareContacts(marked(contact, true), marked(contact, false))).toBeLessThanOrEqual(0);
      }),
      { runs: 1_000 },
    );
  });

  it('O-07: finding risk words does not promote: only a person does', () => {
    always(
      fc.property(anyContact, (contact) => {
        expect(marked(contact, true).band).toBe(contact.band);
        expect(isOpenEmergency(marked(contact, true))).toBe(isOpenEmergency(contact));
      }),
    );
  });
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptContact } from '../../src/queue/accept-contact.ts';
import { executeCommand, type Execution, type NumberedCommand } from '../../src/queue/execute-command.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import type { HeardSound } from '../../src/shared/domain/record/parts.ts';
import type { QueueStore } from '../../src/queue/store/queue-store.ts';
import type { Arrival } from '../../src/shared/domain/arrival.ts';
import { compileLinking } from '../../src/shared/domain/assist/link-traits.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import { compileRiskWords } from '../../src/shared/domain/assist/risk-words.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { Actor, Contact } from '../../src/shared/domain/contact.ts';
import type { DecisionPolicy } from '../../src/shared/domain/decision-policy.ts';
import {
  asCommandId,
  asContactId,
  asFence,
  asIncarnation,
  asLsn,
  type ContactId,
} from '../../src/shared/domain/ids.ts';
import { emptyMethane } from '../../src/shared/domain/triage/major-incident.ts';
import { asInstant, later, type Instant } from '../../src/shared/domain/time.ts';
import { anAccount } from '../harness/accounts.ts';
import { anArrival } from '../harness/arrivals.ts';
import { shippedLinking, shippedRiskWords } from '../harness/assist-data.ts';
import { aClosing, aClosingRecord, anActor, anId, aPolicy, testStart } from '../harness/builders.ts';
import { aLook } from '../harness/record-acts.ts';
import type { StoreUnderTest } from './queue-store.contract.ts';

const policy: DecisionPolicy = {
  ...aPolicy(),
  facts: { riskWords: compileRiskWords(shippedRiskWords()), linking: compileLinking(shippedLinking()) },
};
const deskTime = { mono: 0, wall: testStart, offset: 0, err: 0 };
const incident: Act = { kind: 'incident', category: 'AS-NUI', provisionalRef: 'PROV-7KQ4TX' };
const burglary = { kind: 'recorded', offence: 'Burglary', offenceClass: 'CR-BDW' } as const;
const crime: Act = { kind: 'crime', decision: burglary };
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

/** What only the queue adds to the record: numbers, and the other end of a link (rules C-22 to C-27). */
export function queueStoreRecordContract(name: string, openEmpty: () => Promise<StoreUnderTest>): void {
  describe(`the record in the queue's ${name} store`, () => {
    let underTest: StoreUnderTest;
    let store: QueueStore;
    const by = anActor();
    beforeEach(async () => {
      underTest = await openEmpty();
      ({ store } = underTest);
      await store.transact(async (tx) => {
        for (const deskNumber of numbers(1, 25)) {
          await tx.putAccount(anAccount({ handler: anActor({ deskNumber }).handler }));
        }
      });
    });
    afterEach(() => underTest.dispose());

    const numbered = (of: Actor, contact: ContactId, act: Act, fence: number): NumberedCommand => ({
      incarnation: asIncarnation(randomUUID()),
      cmdSeq: 1,
      deskTime,
      command: {
        id: asCommandId(randomUUID()),
        contact,
        fence: asFence(fence),
        baseRev: 1,
        by: of.handler,
        act,
      },
    });
    const execute = (
      of: Actor,
      given: NumberedCommand,
      now: Instant = later(testStart, 1_000),
    ): Promise<Execution> =>
      store.transact((tx) =>
        executeCommand(tx, given, { by: of, now, policy, register: emptyRegister, realm: store.realm }),
      );
    const give = (
      of: Actor,
      contact: ContactId,
      act: Act,
      over: { readonly now?: Instant; readonly fence?: number } = {},
    ) => execute(of, numbered(of, contact, act, over.fence ?? 1), over.now);
    const outcome = (execution: Execution): string =>
      execution.kind === 'decided'
        ? (execution.result.refusal?.code ?? execution.result.status)
        : execution.kind;
    const contact = async (id: ContactId): Promise<Contact> => {
      const [found] = await store.contacts([id]);
      if (found === undefined) throw new Error(`no contact ${id}`);
      return found;
    };
    /** So many have called: nobody of them twice, because who rings again is a matter of its own (rule T-17). */
    let callers = 0;
    /** A contact that this actor has. */
    const taken = async (of: Actor = by, over: Partial<Arrival> = {}): Promise<ContactId> => {
      callers += 1;
      const caller = { name: null, number: `01632 ${960_000 + callers}`, address: null };
      const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival({ caller, ...over }) };
      const context = {
        now: testStart,
        policy,
        register: emptyRegister,
        realm: store.realm,
        newId: randomUUID,
      };
      const acceptance = await store.transact((tx) => acceptContact(tx, handover, context));
      if (acceptance.kind === 'key-reused') throw new Error('key reused');
      const id = acceptance.receipt.contact;
      await give(of, id, { kind: 'claim' }, { fence: 0 });
      return id;
    };
    /** Twenty contacts with as many desks. */
    const twenty = () =>
      Promise.all(
        numbers(1, 20).map(async (deskNumber) => {
          const of = anActor({ deskNumber });
          return { of, id: await taken(of) };
        }),
      );

    it('C-26, C-27 numbers each series 1, 2, 3 … without a gap, also when twenty ask at once and one fails', async () => {
      const next = (series: string, isCut = false) =>
        store
          .transact(async (tx) => {
            const n = await tx.nextRecordNumber(series);
            if (isCut) throw new Error('the plug was pulled');
            return n;
          })
          .catch(() => 0);
      const got = await Promise.all(numbers(1, 20).map((n) => next('isr 2026-11-22', n % 5 === 0)));
      expect(got.filter((n) => n > 0).toSorted((a, b) => a - b)).toEqual(numbers(1, 16));
      expect([await next('isr 2026-11-23'), await next('crime 2026'), await next('isr 2026-11-22')]).toEqual([
        1, 1, 17,
      ]);
    });

    it('C-26 gives twenty incidents that open at once the numbers 1 to 20 of the day, each once', async () => {
      const desks = await twenty();
      await Promise.all(desks.map(({ of, id }) => give(of, id, incident)));
      const refs = await Promise.all(desks.map(async ({ id }) => (await contact(id)).incident?.ref));
      expect(new Set(refs)).toEqual(
        new Set(numbers(1, 20).map((n) => `2026-11-22/${String(n).padStart(4, '0')}`)),
      );
      const [one] = desks;
      expect((await contact(one?.id ?? asContactId(''))).marks.isr).toMatch(/^2026-11-22\/\d{4}$/);
    });

    it('C-26 begins again with each day of the room, summer and winter', async () => {
      const at = [
        // 00:30 in Hertfordshire on 13 July, half past eleven of the day before by Greenwich.
        Date.UTC(2026, 6, 12, 22, 59),
        Date.UTC(2026, 6, 12, 23, 30),
        Date.UTC(2026, 6, 13, 22, 59),
        Date.UTC(2026, 11, 31, 23, 59),
        Date.UTC(2027, 0, 1, 0, 0),
      ].map(asInstant);
      const refs: (string | null | undefined)[] = [];
      for (const now of at) {
        const id = await taken();
        await give(by, id, incident, { now });
        refs.push((await contact(id)).incident?.ref);
      }
      expect(refs).toEqual([
        '2026-07-12/0001',
        '2026-07-13/0001',
        '2026-07-13/0002',
        '2026-12-31/0001',
        '2027-01-01/0001',
      ]);
    });

    it('C-26, X-03 gives a contact one number and no second, and the same command the same answer', async () => {
      const id = await taken();
      const first = numbered(by, id, incident, 1);
      const done = await execute(by, first);
      expect(await execute(by, first)).toEqual({
        kind: 'repeated',
        result: done.kind === 'decided' && done.result,
      });
      expect(outcome(await give(by, id, incident))).toBe('incident-open');
      expect((await contact(id)).incident).toMatchObject({
        ref: '2026-11-22/0001',
        provisionalRef: 'PROV-7KQ4TX',
      });
      const next = await taken();
      await give(by, next, incident);
      expect((await contact(next)).incident?.ref).toBe('2026-11-22/0002');
    });

    it('C-26 gives one of many that open an incident for one contact at once its number, and loses none', async () => {
      const id = await taken();
      const all = await Promise.all(numbers(1, 20).map(() => give(by, id, incident)));
      expect(all.map(outcome).toSorted()).toEqual(
        ['applied', ...numbers(1, 19).map(() => 'incident-open')].toSorted(),
      );
      expect(await store.transact((tx) => tx.nextRecordNumber('isr 2026-11-22'))).toBe(2);
    });

    it('C-27 gives twenty crimes that are recorded at once the numbers 1 to 20 of the year, and begins again with the next', async () => {
      const desks = await twenty();
      await Promise.all(desks.map(({ of, id }) => give(of, id, crime)));
      const refs = await Promise.all(desks.map(async ({ id }) => (await contact(id)).crime?.ref));
      expect(new Set(refs)).toEqual(new Set(numbers(1, 20).map((n) => `41/${n}/26`)));
      const id = await taken();
      await give(by, id, crime, { now: asInstant(Date.UTC(2027, 0, 1)) });
      expect((await contact(id)).crime?.ref).toBe('41/1/27');
    });

    it('C-27 gives a contact one crime number, whatever is decided afterwards, also by closing it', async () => {
      const id = await taken();
      const record = aClosingRecord({ crime: burglary });
      const acts: readonly Act[] = [
        { kind: 'crime', decision: { kind: 'not-yet' } },
        crime,
        {
          kind: 'crime',
          decision: { kind: 'not-a-crime', because: 'no-offence', words: 'the lock was broken before' },
        },
        crime,
        aClosing({ record }),
      ];
      const refs: (string | null | undefined)[] = [];
      for (const act of acts) {
        expect(outcome(await give(by, id, act))).toBe('applied');
        refs.push((await contact(id)).crime?.ref);
      }
      expect(refs).toEqual([null, '41/1/26', '41/1/26', '41/1/26', '41/1/26']);
    });

    it('C-27 gives the number with the closing that records the crime first, in one event', async () => {
      const id = await taken();
      await give(by, id, aClosing({ record: aClosingRecord({ crime: burglary }) }));
      const [closed] = (await store.entriesAfter(asLsn(2), 10)).map(({ what }) => what);
      expect(closed).toMatchObject({ kind: 'closed', crimeRef: '41/1/26' });
      expect(await contact(id)).toMatchObject({ crime: { ref: '41/1/26' }, ownership: { kind: 'closed' } });
      expect(await store.transact((tx) => tx.nextRecordNumber('crime 2026'))).toBe(2);
    });

    const link = (to: ContactId, fact = ''): Act => ({ kind: 'link', to, as: 'same-incident', fact });

    it('C-22 writes both ends of a link at once, one after the other in the log, and audits each', async () => {
      const [parent, child] = [await taken(), await taken()];
      const head = await store.head();
      const done = await give(by, child, link(parent, 'he rang as well'));
      expect(done).toMatchObject({
        kind: 'decided',
        entry: { contact: child, lsn: head + 1 },
        otherEntries: [{ contact: parent, lsn: head + 2 }],
      });
      const [one, two] = await Promise.all([contact(child), contact(parent)]);
      const id = done.kind === 'decided' ? done.result.command : null;
      const end = { id, kind: 'same-incident', fact: 'he rang as well', found: [], parted: null, by };
      expect([one.links, two.links]).toMatchObject([
        [{ ...end, side: 'child', other: { contact: parent, ref: two.ref } }],
        [{ ...end, side: 'parent', other: { contact: child, ref: one.ref } }],
      ]);
      const entries = await store.entriesAfter(head, 10);
      expect(entries.map(({ contact: of, rev, what }) => [of, rev, what.kind])).toEqual([
        [child, 3, 'linked'],
        [parent, 3, 'joined'],
      ]);
      expect((await store.auditAfter(0, 100)).slice(-2)).toMatchObject([
        { act: 'link', contact: child, command: id, lsn: head + 1 },
        { act: 'join', contact: parent, command: id, lsn: head + 2 },
      ]);
      expect((await checkAudit(store)).flaw).toBeNull();
    });

    it('C-22 X-03 links once when the same command comes twenty times at once', async () => {
      const [parent, child] = [await taken(), await taken()];
      const given = numbered(by, child, link(parent), 1);
      const all = await Promise.all(numbers(1, 20).map(() => execute(by, given)));
      expect(all.filter(({ kind }) => kind === 'decided')).toHaveLength(1);
      expect([(await contact(child)).links.length, (await contact(parent)).links.length]).toEqual([1, 1]);
    });

    it('C-22 lets two desks that link crosswise both come through: one links, the other is told that it is done', async () => {
      const [one, two] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
      for (let n = 0; n < 10; n += 1) {
        const [first, other] = [await taken(one), await taken(two)];
        const all = await Promise.all([give(one, first, link(other)), give(two, other, link(first))]);
        expect(all.map(outcome).toSorted()).toEqual(['applied', 'linked-already']);
      }
    });

    it('C-22 refuses a link to a contact that is not here, and writes nothing', async () => {
      const id = await taken();
      const before = await contact(id);
      const head = await store.head();
      expect(outcome(await give(by, id, link(asContactId(anId(0xdead)))))).toBe('unknown-other');
      expect([await contact(id), await store.head()]).toEqual([before, head]);
    });

    it('C-22 refuses a second link of the same two, from either end', async () => {
      const [parent, child] = [await taken(), await taken()];
      await give(by, child, link(parent));
      expect([
        outcome(await give(by, child, link(parent))),
        outcome(await give(by, parent, link(child))),
      ]).toEqual(['linked-already', 'linked-already']);
    });

    it('C-23 parts both ends at once, from whichever side, and keeps both on the record', async () => {
      for (const side of ['child', 'parent'] as const) {
        const ids = { parent: await taken(), child: await taken() };
        const done = await give(by, ids.child, link(ids.parent));
        const head = await store.head();
        const made = done.kind === 'decided' ? done.result.command : asCommandId('');
        const part: Act = { kind: 'part', link: made, reason: 'another street' };
        expect(outcome(await give(by, ids[side], part))).toBe('applied');
        const parted = { reason: 'another street', by };
        for (const id of [ids.child, ids.parent]) {
          expect((await contact(id)).links).toMatchObject([{ id: made, parted }]);
          expect(outcome(await give(by, id, part))).toBe('not-linked');
        }
        expect((await store.entriesAfter(head, 10)).map(({ what }) => what.kind)).toEqual([
          'parted',
          'parted',
        ]);
      }
      expect((await checkAudit(store)).flaw).toBeNull();
    });

    const duplicateOf = (parent: ContactId): Act => ({
      kind: 'close',
      outcome: 'duplicate',
      reason: 'in the other',
      record: aClosingRecord({ category: 'AD-DUP', parent }),
    });

    it('R-11 refuses a duplicate of a closed contact while its words have not been looked at there', async () => {
      const parent = await taken();
      const plain = await taken();
      const armed = await taken(by, { account: 'He has a knife and my friend is bleeding.' });
      await give(by, parent, { kind: 'triage', entry: aLook });
      await give(by, parent, aClosing());
      await give(by, plain, link(parent));
      expect(outcome(await give(by, plain, duplicateOf(parent)))).toBe('applied');
      await give(by, armed, link(parent));
      const refused = await give(by, armed, duplicateOf(parent));
      expect(refused).toMatchObject({
        result: { refusal: { code: 'parent-closed', ref: (await contact(parent)).ref, open: ['re-thrive'] } },
      });
      expect((await contact(armed)).ownership.kind).toBe('owned');
      await give(by, parent, { kind: 'reopen', reason: 'a knife' }, { fence: 1 });
      expect(outcome(await give(by, armed, duplicateOf(parent)))).toBe('applied');
    });

    it('R-15 lets no chain of duplicates come back to where it began, and ends none where nobody weighed the risk', async () => {
      const [one, two, three] = [await taken(), await taken(), await taken()];
      for (const [child, parent] of [
        [one, two],
        [two, three],
        [three, one],
      ] as const)
        await give(by, child, link(parent));
      expect([
        outcome(await give(by, one, duplicateOf(two))),
        outcome(await give(by, two, duplicateOf(three))),
      ]).toEqual(['applied', 'applied']);
      expect(await give(by, three, duplicateOf(one))).toMatchObject({
        result: { refusal: { code: 'not-a-duplicate', because: 'ended-elsewhere' } },
      });
      const late = await taken();
      await give(by, late, link(three));
      await give(by, three, aClosing());
      expect(await give(by, late, duplicateOf(three))).toMatchObject({
        result: { refusal: { code: 'not-a-duplicate', because: 'not-assessed' } },
      });
    });

    it('R-15 ends no duplicate that has told more since it was linked than the other has', async () => {
      const parent = await taken(by, { account: 'Two men are arguing outside the shop.' });
      const child = await taken(by, { account: 'Two men are arguing outside the shop.' });
      await give(by, child, link(parent));
      const linked = await contact(child);
      const told = { ...linked, rev: linked.rev + 1, account: 'One of the two men has a knife.' };
      await store.transact((tx) => tx.writeContact(linked, told));
      expect(await give(by, child, duplicateOf(parent))).toMatchObject({
        result: { refusal: { code: 'not-a-duplicate', because: 'said-since' } },
      });
    });

    it('R-16 parts nothing that was closed as a duplicate: it would be one of nothing', async () => {
      const [parent, child] = [await taken(), await taken()];
      const done = await give(by, child, link(parent));
      const made = done.kind === 'decided' ? done.result.command : asCommandId('');
      const part: Act = { kind: 'part', link: made, reason: 'another street' };
      await give(by, child, duplicateOf(parent));
      expect(await give(by, parent, part)).toMatchObject({
        result: { refusal: { code: 'closed-as-duplicate', ref: (await contact(child)).ref } },
      });
      expect((await contact(parent)).links).toMatchObject([{ parted: null }]);
      await give(by, child, { kind: 'reopen', reason: 'another street' }, { fence: 1 });
      expect(outcome(await give(by, parent, part))).toBe('applied');
    });

    it('C-24 raises the parent by what the child’s words add, whoever has it', async () => {
      const other = anActor({ deskNumber: 2 });
      const parent = await taken(other, { account: 'Two men are arguing outside the shop.' });
      const child = await taken(by, { account: 'He has a knife and my friend is bleeding.' });
      const before = await contact(parent);
      await give(by, child, link(parent));
      const after = await contact(parent);
      expect(after.links[0]?.found).toEqual(expect.arrayContaining(['weapon', 'injury']));
      expect(after).toMatchObject({
        flags: { lookFirst: true },
        marks: { duties: ['re-thrive'] },
        ownership: before.ownership,
        fence: before.fence,
        account: before.account,
      });
      expect(after.due.at).toBeLessThan(before.due.at);
    });

    it('C-35 hands a major incident on with all its versions, leaves the two linked, and lets it come back the same way', async () => {
      const other = anActor({ deskNumber: 2 });
      const [first, second] = [await taken(), await taken(other)];
      const report = { ...emptyMethane, major: 'declared', exact: 'A414 at Hertford', type: 'a coach' };
      const acceptedBy = 'Insp. Vale, desk 2';
      const declare = (over: Partial<Extract<Act, { kind: 'major' }>> = {}): Act => ({
        kind: 'major',
        name: 'A414 collision',
        report,
        ...over,
      });
      const idOf = (done: Execution) => (done.kind === 'decided' ? done.result.command : asCommandId(''));
      const one = idOf(await give(by, first, declare()));
      const two = idOf(
        await give(by, first, declare({ report: { ...report, hazards: 'fuel' }, replaces: one })),
      );
      const stale = await give(by, second, declare({ from: first, replaces: one, acceptedBy }));
      expect(stale).toMatchObject({ result: { refusal: { code: 'major-changed' } } });
      const nobody = await give(by, second, declare({ from: first, replaces: two }));
      expect(nobody).toMatchObject({ result: { refusal: { code: 'not-whole', field: 'acceptedBy' } } });
      const strangers = await give(other, second, declare({ from: first, replaces: two, acceptedBy }));
      expect(strangers).toMatchObject({ result: { refusal: { code: 'not-yours' } } });
      const handed = await give(by, second, declare({ from: first, replaces: two, acceptedBy }));
      expect(handed).toMatchObject({ otherEntries: [{ contact: first, what: { kind: 'stood-down' } }] });
      const [left, there] = [await contact(first), await contact(second)];
      expect([left.marks.major, there.marks.major]).toEqual([null, 'A414 collision']);
      expect(there.earlierMajors.map(({ id }) => id)).toEqual([one, two]);
      expect(left.major?.stoodDown?.reason).toBe(
        `Handed on to ${there.ref}, accepted there by ${acceptedBy}`,
      );
      expect(there.major?.acceptedBy).toBe(acceptedBy);
      const end = { id: idOf(handed), kind: 'major-incident', parted: null };
      expect([left.links, there.links]).toMatchObject([
        [{ ...end, side: 'child', other: { contact: second } }],
        [{ ...end, side: 'parent', other: { contact: first } }],
      ]);
      const twice = await give(by, second, declare({ from: first, replaces: two, acceptedBy }));
      expect(twice).toMatchObject({ result: { refusal: { code: 'major-changed' } } });
      await give(other, first, declare({ from: second, replaces: idOf(handed), acceptedBy }));
      const back = await contact(first);
      expect([back.marks.major, (await contact(second)).marks.major]).toEqual(['A414 collision', null]);
      expect(back.earlierMajors.map(({ id }) => id)).toEqual([one, two, idOf(handed)]);
      expect([back.links.length, (await contact(second)).links.length]).toEqual([1, 1]);
      expect((await checkAudit(store)).flaw).toBeNull();
    });

    it('C-34 tells the parent of a new danger that is typed, answered or heard on the child after the linking, once, and of nothing else', async () => {
      const other = anActor({ deskNumber: 2 });
      const parent = await taken(other, { account: 'Two men are arguing outside the shop.' });
      const child = await taken(by, { account: 'Two men are arguing outside the shop.' });
      await give(by, child, link(parent));
      const before = await contact(parent);
      const note = (text: string): Act => ({ kind: 'note', text, happenedAt: null });
      const told = async () => (await contact(parent)).links[0]?.later?.map(({ found }) => found) ?? [];
      await give(by, child, note('Still shouting at each other'));
      expect([await told(), await contact(parent)]).toEqual([[], before]);
      const done = await give(by, child, note('One of them has a knife now'));
      expect(done).toMatchObject({ otherEntries: [{ contact: parent, what: { kind: 'child-told' } }] });
      expect(await contact(parent)).toMatchObject({
        flags: { lookFirst: true },
        marks: { duties: ['re-thrive'] },
        duties: [{ because: 'linked-adds-facts' }],
        ownership: before.ownership,
        fence: before.fence,
        account: before.account,
        notes: [],
      });
      await give(by, child, note('No knife to be seen from here'));
      const sound: HeardSound = { what: 'voice', means: null, words: 'the knife, he said' };
      await give(by, child, { kind: 'hear', sound });
      expect(await told()).toEqual([['weapon']]);
      await give(by, child, note('Now somebody is bleeding'));
      expect(await told()).toEqual([['weapon'], ['injury']]);
      const kept = await contact(child);
      expect(kept.notes.map(({ text }) => text)).toHaveLength(4);
      expect(outcome(await give(by, child, duplicateOf(parent)))).toBe('applied');
      expect((await checkAudit(store)).flaw).toBeNull();
    });

    it('C-34 tells nobody once they were parted, and what was told stays', async () => {
      const [parent, child] = [await taken(), await taken()];
      const made = await give(by, child, link(parent));
      const id = made.kind === 'decided' ? made.result.command : asCommandId('');
      await give(by, child, { kind: 'note', text: 'He has a knife', happenedAt: null });
      await give(by, child, { kind: 'part', link: id, reason: 'another street' });
      await give(by, child, { kind: 'note', text: 'He has shot somebody with a gun', happenedAt: null });
      expect((await contact(parent)).links).toMatchObject([
        { later: [{ found: ['weapon'] }], parted: { reason: 'another street' } },
      ]);
    });

    it('Y-07 keeps with what was decided which versions of the policies decided it, at both ends, as they were told and as they are read again', async () => {
      const [parent, child] = [await taken(by, { channel: 'web-chat' }), await taken()];
      const done = await give(by, child, link(parent));
      const policies = { 'risk-words': shippedRiskWords().version, linking: shippedLinking().version };
      expect(done).toMatchObject({ entry: { what: { policies } }, otherEntries: [{ what: { policies } }] });
      const kept = await store.entriesAfter(asLsn(0), 20);
      expect(kept.map(({ what }) => [what.kind, what.policies ?? null])).toEqual([
        ['arrived', { 'risk-words': policies['risk-words'] }],
        ['claimed', null],
        ['arrived', null],
        ['claimed', null],
        ['linked', policies],
        ['joined', policies],
      ]);
      for (const end of [parent, child]) expect((await contact(end)).links).toMatchObject([{ policies }]);
      expect((await checkAudit(store)).flaw).toBeNull();
    });

    it('C-24 T-17 raises an open parent when its caller rings again with nothing new, and no closed one', async () => {
      const again = (to: ContactId): Act => ({ kind: 'link', to, as: 'same-caller', fact: '' });
      const words = { account: 'Two men are arguing outside the shop.' };
      const [open, ended] = [await taken(by, words), await taken(by, words)];
      await give(by, ended, aClosing());
      for (const parent of [open, ended]) await give(by, await taken(by, words), again(parent));
      expect(await contact(open)).toMatchObject({
        flags: { lookFirst: true },
        duties: [{ kind: 're-thrive', because: 'caller-rang-back', done: null }],
        links: [{ side: 'parent', found: [] }],
      });
      expect(await contact(ended)).toMatchObject({
        flags: { lookFirst: false },
        duties: [],
        links: [{ side: 'parent', found: [] }],
      });
    });
  });
}

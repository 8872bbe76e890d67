import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { acceptContact } from '../../src/queue/accept-contact.ts';
import { appendEvent } from '../../src/queue/append-event.ts';
import { executeCommand, type NumberedCommand } from '../../src/queue/execute-command.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import type { QueueStore, StoreTransaction } from '../../src/queue/store/queue-store.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import { causes, rights } from '../../src/shared/domain/authorisation.ts';
import type { Act, ActKind } from '../../src/shared/domain/command.ts';
import { summaryOf, type Actor, type Contact } from '../../src/shared/domain/contact.ts';
import type { Happening, HappeningKind } from '../../src/shared/domain/event.ts';
import {
  asCommandId,
  asFence,
  asHandlerId,
  asIncarnation,
  asLsn,
  type ContactId,
} from '../../src/shared/domain/ids.ts';
import { roles, type Role } from '../../src/shared/domain/role.ts';
import { asInstant, HOUR, later, type Instant } from '../../src/shared/domain/time.ts';
import { anAccount, aSignIn } from '../harness/accounts.ts';
import { aLog, anArrival } from '../harness/arrivals.ts';
import { chatActs } from '../harness/chat-acts.ts';
import { recordActs } from '../harness/record-acts.ts';
import { aClosing, aContact, anActor, anId, aPolicy, testStart } from '../harness/builders.ts';
import type { StoreUnderTest } from './queue-store.contract.ts';

const policy = aPolicy();
const deskTime = { mono: 1, wall: testStart, offset: 0, err: 0 };

/** What the rules of access and of new contacts promise, whichever store keeps it (rules A, P, S-11). */
export function queueStorePeopleContract(name: string, openEmpty: () => Promise<StoreUnderTest>): void {
  describe(`people in the queue's ${name} store`, () => {
    let underTest: StoreUnderTest;
    let store: QueueStore;
    beforeEach(async () => {
      underTest = await openEmpty();
      ({ store } = underTest);
    });
    afterEach(() => underTest.dispose());

    const inTx = <T>(work: (tx: StoreTransaction) => Promise<T>) => store.transact(work);
    const arrive = async (channel: Contact['channel'] = '101-voice'): Promise<ContactId> => {
      const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival({ channel }) };
      const context = {
        now: testStart,
        policy,
        register: emptyRegister,
        realm: store.realm,
        newId: randomUUID,
      };
      const acceptance = await inTx((tx) => acceptContact(tx, handover, context));
      if (acceptance.kind !== 'accepted') throw new Error('not accepted');
      return acceptance.receipt.contact;
    };
    const contact = async (id: ContactId): Promise<Contact> => {
      const [found] = await store.contacts([id]);
      if (found === undefined) throw new Error(`no contact ${id}`);
      return found;
    };
    const haveRole = (by: Actor, role: Role) =>
      inTx(async (tx) => {
        await tx.putAccount(anAccount({ handler: by.handler, role }));
        if ((await tx.lastSeenAt(by.handler, by.desk)) === null)
          await tx.keepSignIn({ ...aSignIn(by), digest: randomUUID().replaceAll('-', '').padEnd(64, '0') });
      });
    /** One command, under a counter of its own, so that the order of tests' commands does not matter. */
    const give = (
      by: Actor,
      id: ContactId,
      act: Act,
      over: {
        readonly fence?: number;
        readonly as?: Actor;
        readonly numbered?: NumberedCommand;
        readonly at?: Instant;
      } = {},
    ) => {
      const command = {
        id: asCommandId(randomUUID()),
        contact: id,
        fence: asFence(over.fence ?? 0),
        baseRev: 1,
        by: (over.as ?? by).handler,
        act,
      };
      const numbered = over.numbered ?? {
        incarnation: asIncarnation(randomUUID()),
        cmdSeq: 1,
        command,
        deskTime,
      };
      const context = {
        by,
        now: over.at ?? later(testStart, 1_000),
        policy,
        register: emptyRegister,
        realm: store.realm,
      };
      return inTx((tx) => executeCommand(tx, numbered, context));
    };
    const outcome = async (execution: ReturnType<typeof give>) => {
      const done = await execution;
      if (done.kind !== 'decided') return done.kind;
      return done.result.refusal?.code ?? done.result.status;
    };

    it('A-12 keeps accounts by number, and what was changed of them', async () => {
      const [one, two] = [
        anAccount({ handler: asHandlerId('20') }),
        anAccount({ handler: asHandlerId('10') }),
      ];
      await inTx(async (tx) => {
        await tx.putAccount(one);
        await tx.putAccount(two);
        await tx.putAccount({ ...one, role: 'mentor', isActive: false, name: 'Another name' });
      });
      const changed = { ...one, role: 'mentor', isActive: false, name: 'Another name' };
      expect(await store.accounts()).toEqual([two, changed]);
      expect(await inTx((tx) => tx.account(one.handler))).toEqual(changed);
      expect(await inTx((tx) => tx.account(asHandlerId('30')))).toBeNull();
    });

    it('A-02 A-06 keeps sign-ins by their digest, and moves them on but never back', async () => {
      const [account, signIn] = [anAccount(), aSignIn()];
      await inTx(async (tx) => {
        await tx.putAccount(account);
        await tx.keepSignIn(signIn);
        await tx.seeSignIn(signIn.digest, later(testStart, 500));
        await tx.seeSignIn(signIn.digest, later(testStart, 200));
      });
      const kept = { account, signIn: { ...signIn, lastSeen: later(testStart, 500) } };
      expect(await store.standings([signIn.digest, 'f'.repeat(64)])).toEqual([kept]);
      expect(await inTx((tx) => tx.standing(signIn.digest))).toEqual(kept);
      expect(await inTx((tx) => tx.standing('f'.repeat(64)))).toBeNull();
    });

    it('A-02 A-07 A-12 ends one sign-in, those of an account, or everybody else’s at a desk who was not seen lately', async () => {
      const [desk, other] = [anActor({ deskNumber: 1 }).desk, anActor({ deskNumber: 2 }).desk];
      const [kim, lee] = [asHandlerId('1'), asHandlerId('2')];
      const all = [
        aSignIn({ n: 1, handler: kim, desk }),
        aSignIn({ n: 2, handler: lee, desk }),
        aSignIn({ n: 3, handler: lee, desk: other }),
        aSignIn({ n: 4, handler: kim, desk: other }),
      ];
      await inTx(async (tx) => {
        for (const handler of [kim, lee]) await tx.putAccount(anAccount({ handler }));
        for (const signIn of all) await tx.keepSignIn(signIn);
      });
      const open = async () =>
        (await store.standings(all.map(({ digest }) => digest)))
          .filter(({ signIn }) => signIn.endedAt === null)
          .map(({ signIn }) => Number(`0x${signIn.digest}`))
          .toSorted((a, b) => a - b);
      await inTx((tx) => tx.endSignIns({ desk, except: lee, seenBefore: testStart }, testStart));
      expect(await open()).toEqual([1, 2, 3, 4]);
      const seenBefore = later(testStart, 1);
      await inTx((tx) => tx.endSignIns({ desk, except: lee, seenBefore }, testStart));
      expect(await open()).toEqual([2, 3, 4]);
      await inTx((tx) => tx.endSignIns({ digest: aSignIn({ n: 4 }).digest }, testStart));
      expect(await open()).toEqual([2, 3]);
      expect((await store.vitals(testStart)).signedIn).toBe(2);
      expect((await store.vitals(later(testStart, 1))).signedIn).toBe(0);
      await inTx((tx) => tx.putAccount(anAccount({ handler: lee, isActive: false })));
      expect((await store.vitals(testStart)).signedIn).toBe(0);
      await inTx((tx) => tx.endSignIns({ handler: lee }, later(testStart, 9)));
      expect(await open()).toEqual([]);
      await inTx((tx) => tx.keepSignIn(aSignIn({ n: 5, handler: kim, desk, lastSeen: later(testStart, 7) })));
      expect(await inTx((tx) => tx.lastSeenAt(kim, desk))).toBe(later(testStart, 7));
      expect(await inTx((tx) => tx.lastSeenAt(kim, anActor({ deskNumber: 3 }).desk))).toBeNull();
    });

    it('A-01 remembers wrong PINs until they count no more, and forgets with the transaction', async () => {
      const attempts = { recent: [testStart, later(testStart, 5)], waits: 2, until: later(testStart, 9) };
      await inTx((tx) => tx.keepAttempts('number 1', attempts, later(testStart, 100)));
      await inTx(async (tx) => {
        await tx.dropAttempts('number 1');
        throw new Error('cut');
      }).catch(() => undefined);
      await inTx((tx) => tx.dropAttemptsBefore(later(testStart, 100)));
      expect(await inTx((tx) => tx.attempts('number 1'))).toEqual(attempts);
      await inTx((tx) => tx.dropAttemptsBefore(later(testStart, 101)));
      expect(await inTx((tx) => tx.attempts('number 1'))).toEqual({ recent: [], waits: 0, until: 0 });
    });

    it('A-10 A-11 keeps what a desk’s person is doing now, and nothing earlier', async () => {
      const { desk, handler } = anActor();
      const busy = { kind: 'busy', reason: 'call', since: testStart } as const;
      const away = { kind: 'away', reason: 'other', since: later(testStart, 5) } as const;
      await inTx((tx) => tx.putAccount(anAccount({ handler })));
      await inTx((tx) => tx.putDeskStatus(desk, handler, busy));
      await inTx((tx) => tx.putDeskStatus(desk, handler, away));
      expect(await inTx((tx) => tx.deskStatus(desk))).toEqual(away);
      await inTx((tx) => tx.putDeskStatus(desk, handler, null));
      expect(await inTx((tx) => tx.deskStatus(desk))).toBeNull();
    });

    const acts: Readonly<Record<ActKind, Act>> = {
      claim: { kind: 'claim' },
      release: { kind: 'release' },
      free: { kind: 'free', reason: 'the desk is dead' },
      note: { kind: 'note', text: 'on the line', happenedAt: null },
      grade: { kind: 'grade', grade: 'G2', reason: 'risk' },
      promote: { kind: 'promote', reason: 'knife' },
      demote: { kind: 'demote', reason: 'a toy' },
      close: aClosing(),
      reopen: { kind: 'reopen', reason: 'rang again' },
      log: { kind: 'log', ...aLog() },
      consult: { kind: 'consult' },
      ...recordActs,
      ...chatActs,
    };
    it.each(roles)(
      'A-03 A-04 decides every act by the one table, with and without an emergency: %s',
      async (role) => {
        const by = anActor();
        await haveRole(by, role);
        for (const kind of Object.keys(acts) as ActKind[]) {
          for (const channel of ['999-voice', '101-voice'] as const) {
            const id = await arrive(channel);
            const right = rights[kind][role];
            const isRefused = right === 'no' || (right === 'not-emergencies' && channel === '999-voice');
            const code = await outcome(give(by, id, acts[kind]));
            expect([kind, channel, code === 'role']).toEqual([kind, channel, isRefused]);
            expect((await store.auditAfter(0, 1_000)).at(-1)).toMatchObject({
              act: kind,
              handler: by.handler,
            });
          }
        }
      },
    );

    it('A-03 lets a trainee claim what is no emergency, and nothing that became one meanwhile', async () => {
      const [trainee, other] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
      await haveRole(trainee, 'trainee');
      await haveRole(other, 'handler');
      const [plain, promoted] = [await arrive(), await arrive()];
      expect(await outcome(give(trainee, plain, acts.claim))).toBe('applied');
      expect(await outcome(give(other, promoted, acts.promote))).toBe('applied');
      expect(await outcome(give(trainee, promoted, acts.claim))).toBe('role');
      expect((await contact(promoted)).ownership.kind).toBe('waiting');
    });

    it('C-05 never reads before the claim of anybody but a trainee, and a trainee’s after the contact is held', async () => {
      for (const [role, reads] of [
        ['handler', []],
        ['mentor', []],
        ['trainee', ['lock']],
      ] as const) {
        const by = anActor();
        await haveRole(by, role);
        const id = await arrive();
        const seen: string[] = [];
        await inTx((tx) => {
          const watched: StoreTransaction = {
            ...tx,
            lockContact: (one) => {
              seen.push('lock');
              return tx.lockContact(one);
            },
            claimIfWaiting: (...claim) => {
              seen.push('claim');
              return tx.claimIfWaiting(...claim);
            },
          };
          const command = {
            id: asCommandId(randomUUID()),
            contact: id,
            fence: asFence(0),
            baseRev: 1,
            by: by.handler,
            act: acts.claim,
          };
          const numbered = { incarnation: asIncarnation(randomUUID()), cmdSeq: 1, command, deskTime };
          return executeCommand(watched, numbered, {
            by,
            now: testStart,
            policy,
            register: emptyRegister,
            realm: store.realm,
          });
        });
        expect(seen).toEqual([...reads, 'claim']);
      }
    });

    it('A-04 C-06 frees what another desk holds under a new fence, and keeps late words without effect', async () => {
      const [owner, mentor] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
      await haveRole(owner, 'handler');
      await haveRole(mentor, 'mentor');
      const call = await arrive('999-voice');
      await give(owner, call, acts.claim);
      expect(await outcome(give(mentor, call, acts.free, { fence: 0 }))).toBe('fenced');
      expect(await outcome(give(mentor, call, acts.free, { fence: 1 }))).toBe('applied');
      expect(await contact(call)).toMatchObject({ fence: 2, ownership: { kind: 'waiting' } });
      expect((await store.entriesAfter(asLsn(2), 1))[0]).toMatchObject({
        what: { kind: 'freed', fence: 2, reason: 'the desk is dead' },
        flash: { ownership: { kind: 'waiting' } },
      });
      expect(await outcome(give(owner, call, acts.close, { fence: 1 }))).toBe('fenced');
      expect(await outcome(give(owner, call, acts.note, { fence: 1 }))).toBe('late');
      expect(await outcome(give(mentor, call, acts.claim, { fence: 2 }))).toBe('applied');
      expect(await contact(call)).toMatchObject({ fence: 3, ownership: { by: mentor } });
    });

    it('A-03 decides in the role in force at that moment, not in that of the sign-in', async () => {
      const by = anActor();
      await haveRole(by, 'trainee');
      const [one, two] = [await arrive('999-voice'), await arrive('999-voice')];
      expect(await outcome(give(by, one, acts.claim))).toBe('role');
      await haveRole(by, 'handler');
      expect(await outcome(give(by, one, acts.claim))).toBe('applied');
      await haveRole(by, 'trainee');
      expect(await outcome(give(by, two, acts.claim))).toBe('role');
    });

    it('A-08 takes a command in the name of who has signed in at this desk, and of nobody else', async () => {
      const desk = anActor({ deskNumber: 1 });
      const earlier: Actor = { ...desk, handler: asHandlerId('earlier') };
      const elsewhere = anActor({ deskNumber: 2 });
      await haveRole(desk, 'handler');
      await haveRole(earlier, 'handler');
      await haveRole(elsewhere, 'handler');
      const id = await arrive();
      expect(await outcome(give(desk, id, acts.note, { as: elsewhere }))).toBe('not-in-this-name');
      const stranger: Actor = { ...desk, handler: asHandlerId('stranger') };
      expect(await outcome(give(desk, id, acts.note, { as: stranger }))).toBe('not-in-this-name');
      expect((await contact(id)).rev).toBe(1);
      expect(await outcome(give(desk, id, acts.note, { as: earlier }))).toBe('applied');
      expect((await contact(id)).notes[0]?.by).toEqual(earlier);
    });

    it('A-08 C-14 names in the audit who sent a command besides in whose name, and only the sender when that is not proved', async () => {
      const desk = anActor({ deskNumber: 1 });
      const earlier: Actor = { ...desk, handler: asHandlerId('earlier') };
      await haveRole(desk, 'handler');
      await haveRole(earlier, 'handler');
      const id = await arrive();
      await give(desk, id, acts.note, { as: earlier });
      await give(desk, id, acts.note, { as: { ...desk, handler: asHandlerId('stranger') } });
      await give(desk, id, acts.note);
      const told = (await store.auditAfter(1, 10)).map(({ handler, source, outcome: how }) => [
        handler,
        source,
        how,
      ]);
      expect(told).toEqual([
        ['earlier', `sent by ${desk.handler}`, 'applied'],
        [desk.handler, null, 'not-in-this-name'],
        [desk.handler, null, 'applied'],
      ]);
      expect(await checkAudit(store)).toMatchObject({ flaw: null });
    });

    it.each<[Role, Role, ActKind, string]>([
      ['trainee', 'mentor', 'free', 'role'],
      ['trainee', 'mentor', 'claim', 'role'],
      ['mentor', 'trainee', 'free', 'role'],
      ['mentor', 'mentor', 'free', 'applied'],
      ['trainee', 'mentor', 'note', 'applied'],
    ])(
      'A-08 A-03 lets a %s send of a %s’s acts only what both may do: %s',
      async (sender, giver, kind, code) => {
        const [desk, owner] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
        const earlier: Actor = { ...desk, handler: asHandlerId('earlier') };
        await haveRole(owner, 'handler');
        await haveRole(desk, sender);
        await haveRole(earlier, giver);
        const id = await arrive('999-voice');
        if (kind === 'free') await give(owner, id, acts.claim);
        const fence = kind === 'free' ? 1 : 0;
        expect(await outcome(give(desk, id, acts[kind], { as: earlier, fence }))).toBe(code);
      },
    );

    it('A-08 takes what somebody left unsent for 72 hours after they were last seen at the desk, and no longer', async () => {
      const desk = anActor();
      const earlier: Actor = { ...desk, handler: asHandlerId('earlier') };
      await haveRole(desk, 'handler');
      await haveRole(earlier, 'handler');
      const id = await arrive();
      const [last, late] = [later(testStart, 72 * HOUR), later(testStart, 72 * HOUR + 1)];
      expect(await outcome(give(desk, id, acts.note, { as: earlier, at: last }))).toBe('applied');
      expect(await outcome(give(desk, id, acts.note, { as: earlier, at: late }))).toBe('not-in-this-name');
      expect(await outcome(give(desk, id, acts.note, { at: late }))).toBe('applied');
    });

    it('A-08 X-03 refuses what it cannot place under its number, says the same when asked again, and takes the next', async () => {
      const [desk, other] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
      await haveRole(desk, 'handler');
      await haveRole(other, 'handler');
      const id = await arrive();
      const incarnation = asIncarnation(anId(1));
      const numbered = (cmdSeq: number, cmdId: string, by: string): NumberedCommand => ({
        incarnation,
        cmdSeq,
        deskTime,
        command: {
          id: asCommandId(cmdId),
          contact: id,
          fence: asFence(0),
          baseRev: 1,
          by: asHandlerId(by),
          act: acts.note,
        },
      });
      const taken = anId(0x301);
      const theirs = { ...numbered(1, taken, other.handler), incarnation: asIncarnation(anId(2)) };
      expect(await outcome(give(other, id, acts.note, { numbered: theirs }))).toBe('applied');
      const sent = [
        numbered(1, anId(0x302), 'stranger'),
        numbered(2, taken, desk.handler),
        numbered(3, anId(0x303), desk.handler),
      ];
      const answers = async () => {
        const all: unknown[] = [];
        for (const one of sent) {
          const done = await give(desk, id, acts.note, { numbered: one });
          all.push('result' in done ? [done.kind, done.result.status, done.result.refusal] : done.kind);
        }
        return all;
      };
      const refusals = [{ code: 'not-in-this-name' }, { code: 'id-in-use' }];
      const told = (kind: string) => [
        ...refusals.map((refusal) => [kind, 'refused', refusal]),
        [kind, 'applied', null],
      ];
      expect(await answers()).toEqual(told('decided'));
      expect(await answers()).toEqual(told('repeated'));
      expect((await contact(id)).notes.map(({ by }) => by)).toEqual([other, desk]);
      expect(await checkAudit(store)).toMatchObject({ flaw: null });
    });

    it('A-08 A-12 takes nothing of a closed account’s own link, and keeps what it had left unsent', async () => {
      const [by, next] = [anActor(), { ...anActor(), handler: asHandlerId('next') }];
      await haveRole(by, 'handler');
      await haveRole(next, 'handler');
      const id = await arrive();
      await inTx((tx) => tx.putAccount(anAccount({ handler: by.handler, isActive: false })));
      expect(await outcome(give(by, id, acts.note))).toBe('revoked');
      expect((await contact(id)).rev).toBe(1);
      expect(await outcome(give(next, id, acts.note, { as: by }))).toBe('applied');
    });

    it('A-05 writes no event that its cause cannot have caused', async () => {
      const one = aContact();
      await inTx((tx) => tx.insertContact(one));
      const what = (kind: HappeningKind) => ({ kind }) as Happening;
      const fact = {
        at: testStart,
        contact: one.id,
        desk: null,
        deskNumber: null,
        handler: null,
        source: 'telephony',
        act: 'say',
        outcome: 'applied',
        command: null,
        actDigest: 'x',
      } as const;
      for (const [kind, allowed] of Object.entries(causes) as [HappeningKind, readonly string[]][]) {
        for (const [cause, by] of [['source', null] as const, ['person', anActor()] as const]) {
          const event = { contact: one.id, rev: 2, at: testStart, by, what: what(kind) };
          const written = inTx(async (tx) => {
            await appendEvent(tx, event, null, fact);
            throw new Error('not kept');
          });
          // An event with nothing in it gets as far as what desks could not read (rule L-22).
          const why = allowed.includes(cause)
            ? /not kept|desks could not read/
            : `bug: ${kind} cannot come from a ${cause}`;
          await expect(written, `${kind} ${cause}`).rejects.toThrow(why);
        }
      }
      expect(await store.head()).toBe(0);
    });

    it('P-03 P-04 S-10 makes the contact that a handler wrote down, theirs, with event, audit, result and flash', async () => {
      const by = anActor();
      await haveRole(by, 'trainee');
      const id = anId(0x10c) as ContactId;
      const log: Act = { kind: 'log', ...aLog({ channel: '999-voice', provisionalRef: 'PROV-ABC234' }) };
      const done = await give(by, id, log);
      expect(done).toMatchObject({ kind: 'decided', result: { status: 'applied', lsn: 1, rev: 1 } });
      const kept = await contact(id);
      expect(kept).toMatchObject({
        ref: 'CON-20261122-000001',
        seq: 1,
        fence: 1,
        band: 'A',
        provisionalRef: 'PROV-ABC234',
        ownership: { kind: 'owned', by },
        source: 'handler',
      });
      const [entry] = await store.entriesAfter(asLsn(0), 1);
      expect(entry).toMatchObject({ by, what: { kind: 'arrived', contact: kept }, flash: null });
      expect((await store.auditAfter(0, 10)).at(-1)).toMatchObject({
        act: 'log',
        outcome: 'applied',
        lsn: 1,
      });
      // Worked on at once, under the fence that the desk gave it.
      expect(await outcome(give(by, id, acts.grade, { fence: 1 }))).toBe('applied');
      expect(await outcome(give(by, id, acts.close, { fence: 1 }))).toBe('role');
      expect(await checkAudit(store)).toMatchObject({ flaw: null });
      expect(summaryOf(kept).ref).toBe(kept.ref);
    });

    it('P-05 makes one contact of one command, however often it comes, also at once', async () => {
      const by = anActor();
      await haveRole(by, 'handler');
      const id = anId(0x10d) as ContactId;
      const numbered: NumberedCommand = {
        incarnation: asIncarnation(anId(1)),
        cmdSeq: 1,
        deskTime,
        command: {
          id: asCommandId(anId(2)),
          contact: id,
          fence: asFence(0),
          baseRev: 0,
          by: by.handler,
          act: acts.log,
        },
      };
      const all = await Promise.all(Array.from({ length: 10 }, () => give(by, id, acts.log, { numbered })));
      expect(all.map(({ kind }) => kind).toSorted()).toEqual(['decided', ...Array(9).fill('repeated')]);
      expect(await store.head()).toBe(1);
      const again = await give(by, id, acts.log);
      expect(again).toMatchObject({
        result: { refusal: { code: 'already-logged', ref: (await contact(id)).ref } },
      });
    });

    it('P-05 refuses a paper log that is typed in twice, however it is written, with its reference', async () => {
      const [one, two] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
      await haveRole(one, 'handler');
      await haveRole(two, 'handler');
      const logged = (paperLog: string | null) => ({ kind: 'log', ...aLog({ paperLog }) }) as const;
      const ids = [1, 2, 3, 4, 5].map((n) => anId(0x200 + n) as ContactId);
      const [first, second, ...others] = ids as [ContactId, ContactId, ContactId, ContactId, ContactId];
      const race = await Promise.all([
        outcome(give(one, first, logged('P12-0007'))),
        outcome(give(two, second, logged(' p12-0007 '))),
      ]);
      expect(race.toSorted()).toEqual(['already-logged', 'applied']);
      const [winner] = await store.contacts([first, second]);
      expect(await give(one, others[0], logged('P12-0007'))).toMatchObject({
        result: { refusal: { code: 'already-logged', ref: winner?.ref } },
      });
      expect(await outcome(give(one, others[1], logged(null)))).toBe('applied');
      expect(await outcome(give(one, others[2], logged('  ')))).toBe('applied');
      expect((await store.snapshot(asInstant(0))).contacts).toHaveLength(3);
    });

    it('P-02 C-03 keeps when it reached us, and marks what was typed in from paper as over', async () => {
      const by = anActor();
      await haveRole(by, 'handler');
      const id = anId(0x10e) as ContactId;
      const receivedAt = later(testStart, -3_600_000);
      await give(by, id, { kind: 'log', ...aLog({ receivedAt, paperLog: 'P1-0001', channel: '101-voice' }) });
      expect(await contact(id)).toMatchObject({
        receivedAt,
        enteredAt: later(testStart, 1_000),
        channelState: 'ended',
        callBackDue: false,
      });
    });

    it.each<[string, Parameters<typeof aLog>[0], string]>([
      ['no title', { title: ' ' }, 'text-missing'],
      ['a title too long', { title: 'x'.repeat(161) }, 'text-too-long'],
      ['an account too long', { account: 'x'.repeat(8_001) }, 'text-too-long'],
      [
        'an address too long',
        { caller: { name: null, number: null, address: 'x'.repeat(301) } },
        'text-too-long',
      ],
    ])('P-03 refuses what cannot be written down, and keeps nothing of it: %s', async (_, over, code) => {
      const by = anActor();
      await haveRole(by, 'handler');
      const id = anId(0x10f) as ContactId;
      expect(await outcome(give(by, id, { kind: 'log', ...aLog(over) }))).toBe(code);
      expect(await store.contacts([id])).toEqual([]);
      expect(await store.head()).toBe(0);
    });

    it('P-03 C-10 keeps what a handler typed with a sign for what no database takes', async () => {
      const by = anActor();
      await haveRole(by, 'handler');
      const id = anId(0x110) as ContactId;
      const caller = { name: 'Ro\u0000bin', number: null, address: '\uD800' };
      const log = aLog({
        title: 'a\u0000b',
        account: 'x\uDC00',
        caller,
        place: 'c\u0000',
        paperLog: 'P\u00001',
      });
      expect(await outcome(give(by, id, { kind: 'log', ...log }))).toBe('applied');
      expect(await contact(id)).toMatchObject({
        title: 'a\uFFFDb',
        account: 'x\uFFFD',
        caller: { name: 'Ro\uFFFDbin', address: '\uFFFD' },
        place: 'c\uFFFD',
      });
    });
  });
}

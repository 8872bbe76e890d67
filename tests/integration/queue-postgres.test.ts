import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../src/platform/log.ts';
import { executeCommand, type NumberedCommand } from '../../src/queue/execute-command.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import { StoreNewer, StoreOfOtherRealm, StoreUnavailable } from '../../src/queue/store/queue-store.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import { asCommandId, asFence, asIncarnation, asLsn } from '../../src/shared/domain/ids.ts';
import { ownershipEdges } from '../../src/shared/domain/lifecycle.ts';
import type { Ownership } from '../../src/shared/domain/contact.ts';
import { aBody, anArrival, post } from '../harness/arrivals.ts';
import { aContact, anActor, aPolicy, testStart } from '../harness/builders.ts';
import { layWire } from '../harness/cuttable-wire.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';
import { migrations } from '../../src/queue/store/migrate.ts';
import { signIn, startTestQueue, type TestQueue } from '../harness/queue.ts';

describe('the queue’s database', () => {
  let database: TestDatabase;
  let sql: Client;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ sql } = database);
  });
  afterEach(() => database.drop());

  const open = (over: { readonly realm?: 'demo' | 'training'; readonly newEpoch?: boolean } = {}) =>
    openPostgresStore({
      connectionString: database.connectionString,
      realm: 'demo',
      newId: randomUUID,
      log: silentLogger,
      ...over,
    });
  const queueOn = () => startTestQueue({ store: 'postgres', connectionString: database.connectionString });
  const arrive = async (queue: TestQueue, channel: '999-voice' | '101-voice' = '101-voice') => {
    const acceptance = await queue.service.accept({
      source: 'telephony',
      key: randomUUID(),
      arrival: anArrival({ channel }),
    });
    if (acceptance.kind === 'key-reused') throw new Error('key reused');
    return acceptance.receipt.contact;
  };

  it('S-05 leaves a database of a newer program untouched and names it', async () => {
    await (await open()).close();
    await sql.query(`insert into schema_version (version, name) values (99, 'from tomorrow')`);
    await expect(open()).rejects.toThrow(StoreNewer);
    await expect(open()).rejects.toThrow(
      `The database has form 99; this program knows up to ${migrations.length}. Update the program.`,
    );
  });

  it('S-05 names a database that a newer program has changed under a running one, and not before', async () => {
    const store = await open();
    await store.checkForm();
    await sql.query(`insert into schema_version (version, name) values (99, 'from tomorrow')`);
    await expect(store.checkForm()).rejects.toThrow(StoreNewer);
    await store.close();
  });

  it('S-05 brings a database to its form once, however many nodes start together', async () => {
    const stores = await Promise.all([open(), open(), open()]);
    expect(new Set(stores.map(({ storeEpoch }) => storeEpoch)).size).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
    const { rows } = await sql.query('select version from schema_version');
    expect(rows).toEqual(migrations.map(({ version }) => ({ version })));
  });

  it('L-03 refuses a database of another realm', async () => {
    await (await open()).close();
    await expect(open({ realm: 'training' })).rejects.toThrow(StoreOfOtherRealm);
    await expect(sql.query(`update meta set realm = 'play'`)).rejects.toMatchObject({ code: '23514' });
  });

  it('L-02 keeps its epoch over a restart, and begins another when it was restored from a copy', async () => {
    const epochs: string[] = [];
    for (const newEpoch of [false, false, true, false]) {
      const store = await open({ newEpoch });
      epochs.push(store.storeEpoch);
      await store.close();
    }
    expect(epochs[1]).toBe(epochs[0]);
    expect(epochs[2]).not.toBe(epochs[0]);
    expect(epochs[3]).toBe(epochs[2]);
  });

  it('C-04 moves ownership along the edges of the lifecycle and no others', async () => {
    const store = await open();
    const owner = { desk: anActor().desk, number: 1, handler: '1' };
    const kinds = Object.keys(ownershipEdges) as Ownership['kind'][];
    const allowed: Record<string, string[]> = {};
    for (const [row, from] of kinds.entries()) {
      allowed[from] = [];
      for (const [column, to] of kinds.entries()) {
        const id = randomUUID();
        const contact = {
          ...aContact({ seq: row * 10 + column + 1 }),
          id: id as ReturnType<typeof aContact>['id'],
          fence: asFence(1),
        };
        await store.transact((tx) => tx.insertContact(contact));
        const who = (kind: string, desk: string) =>
          kind === 'waiting' ? [null, null, null] : [desk, owner.number, owner.handler];
        await sql.query('alter table contact disable trigger contact_edge');
        await sql.query(
          'update contact set state = $2, owner_desk = $3, owner_number = $4, owner_handler = $5 where id = $1',
          [id, from, ...who(from, owner.desk)],
        );
        await sql.query('alter table contact enable trigger contact_edge');
        try {
          await sql.query(
            `update contact set state = $2, owner_desk = $3, owner_number = $4, owner_handler = $5, rev = rev + 1, fence = fence + $6 where id = $1`,
            [id, to, ...who(to, 'another desk'), to === 'owned' ? 1 : 0],
          );
          // Waiting that stays waiting is no move: nobody is named on either side.
          if (!(from === 'waiting' && to === 'waiting')) allowed[from].push(to);
        } catch (error) {
          expect(error).toMatchObject({ code: '23514' });
        }
      }
    }
    await store.close();
    const sorted = (edges: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(edges).map(([from, to]) => [from, to.toSorted()]));
    expect(sorted(allowed)).toEqual(sorted(ownershipEdges));
  });

  it('C-33 keeps connections for calls and desks, whatever other sources write', async () => {
    const store = await open();
    let [now, most] = [0, 0];
    let mayEnd = (): void => undefined;
    const held = new Promise<void>((resolve) => (mayEnd = resolve));
    const others = Array.from({ length: 30 }, () =>
      store.transact(async () => {
        now += 1;
        most = Math.max(most, now);
        await held;
        now -= 1;
      }, 'other-sources'),
    );
    expect(
      await Promise.all(Array.from({ length: 20 }, () => store.transact(() => Promise.resolve(1)))),
    ).toHaveLength(20);
    await vi.waitUntil(() => now === 2);
    mayEnd();
    await Promise.all(others);
    expect(most).toBe(2);
    await store.close();
  });

  it('C-06 refuses ownership without a new fence, and a revision that skips', async () => {
    const queue = await queueOn();
    const id = await arrive(queue);
    const claimed = `update contact set state = 'owned', owner_desk = 'd', owner_number = 1, owner_handler = 'h'`;
    await expect(sql.query(`${claimed}, rev = rev + 1 where id = $1`, [id])).rejects.toThrow(
      /fence 0 to fence 0/,
    );
    await expect(sql.query(`${claimed}, fence = 1 where id = $1`, [id])).rejects.toThrow(/rev 1 to rev 1/);
    await queue.stop();
  });

  it('C-14 lets nobody take out or rewrite contacts, events or audit entries', async () => {
    const queue = await queueOn();
    await arrive(queue);
    for (const statement of [
      'delete from contact',
      'delete from event',
      `update event set kind = 'x'`,
      'delete from audit',
      `update audit set outcome = 'x'`,
      'truncate audit',
      'truncate event cascade',
    ]) {
      await expect(sql.query(statement), statement).rejects.toMatchObject({ code: '23514' });
    }
    await queue.stop();
  });

  it.each([0, 1])(
    'L-08 L-16 waits in WELCOME for a command that another node is committing, and counts it: after %i others',
    async (before) => {
      const [left, right] = [await queueOn(), await queueOn()];
      const id = await arrive(left);
      const desk = anActor();
      const incarnation = asIncarnation(randomUUID());
      const context = {
        by: desk,
        now: testStart,
        policy: aPolicy(),
        register: emptyRegister,
        realm: left.service.realm,
      };
      await signIn(left, { desk: desk.desk, handler: desk.handler });
      const note = (cmdSeq: number): NumberedCommand => ({
        incarnation,
        cmdSeq,
        deskTime: { mono: 0, wall: testStart, offset: 0, err: 0 },
        command: {
          id: asCommandId(randomUUID()),
          contact: id,
          fence: asFence(0),
          baseRev: 1,
          by: desk.handler,
          act: { kind: 'claim' },
        },
      });
      for (let n = 1; n <= before; n += 1)
        await left.store.transact((tx) => executeCommand(tx, note(n), context));
      let commit = (): void => undefined;
      const asked = new Promise<void>((resolve) => (commit = resolve));
      let reach = (): void => undefined;
      const reached = new Promise<void>((resolve) => (reach = resolve));
      const pending = left.store.transact(async (tx) => {
        await executeCommand(tx, note(before + 1), context);
        reach();
        await asked;
      });
      await reached;
      const greeted = { yet: false };
      const greeting = right.store.greeting(desk.desk, incarnation).finally(() => {
        greeted.yet = true;
      });
      const isWaiting = async () => {
        const { rows } = await sql.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length > 0;
      };
      while (!greeted.yet && !(await isWaiting())) await nextTurn();
      commit();
      await pending;
      expect(await greeting).toMatchObject({
        lastCmdSeq: before + 1,
        head: 2,
        owned: [{ contact: id, fence: 1, rev: 2 }],
      });
      await Promise.all([left.stop(), right.stop()]);
    },
  );

  it('L-02 does not wait for ever for a database that says nothing, and goes on when it speaks again', async () => {
    await using wire = await layWire(database.connectionString);
    const store = await openPostgresStore({
      connectionString: wire.url,
      realm: 'demo',
      newId: randomUUID,
      log: silentLogger,
      answerLimitMs: 500,
    });
    wire.hang();
    await expect(store.entriesAfter(asLsn(0), 1)).rejects.toThrow(StoreUnavailable);
    await expect(store.vitals(testStart)).rejects.toThrow(StoreUnavailable);
    wire.mend();
    expect(await store.entriesAfter(asLsn(0), 1)).toEqual([]);
    await store.close();
  });

  it('L-02 S-10 keeps everything over a restart: contacts, positions, numbers, results', async () => {
    const first = await queueOn();
    const id = await arrive(first, '999-voice');
    const desk = await DeskClient.welcomed(first.deskUrl);
    const cmdId = desk.command(id, { kind: 'claim' });
    const answer = await desk.answer(cmdId);
    await first.stop();
    const second = await queueOn();
    const again = await DeskClient.welcomed(second.deskUrl, {
      deskId: desk.deskId,
      incarnation: desk.incarnation,
      cursor: { storeEpoch: desk.welcome.storeEpoch, lsn: asLsn(1) },
    });
    expect(again.welcome).toMatchObject({
      resumed: true,
      head: 2,
      lastCmdSeq: 1,
      deskNumber: 1,
      owned: [{ contact: id, fence: 1 }],
    });
    again.command(id, { kind: 'claim' }, { cmdSeq: 1, cmdId });
    expect(await again.answer(cmdId)).toEqual({ ...answer, status: 'duplicate' });
    await again.cut();
    await second.stop();
  });

  it('L-09 tells desks of every node at once, in order, when nodes share a database', async () => {
    const [left, right] = [await queueOn(), await queueOn()];
    const [one, two] = [await DeskClient.welcomed(left.deskUrl), await DeskClient.welcomed(right.deskUrl)];
    await Promise.all([one.first('SNAPEND'), two.first('SNAPEND')]);
    const ids = await Promise.all([
      arrive(left, '999-voice'),
      arrive(right, '999-voice'),
      arrive(left),
      arrive(right),
    ]);
    await Promise.all([one.event(4), two.event(4)]);
    for (const desk of [one, two]) {
      expect(desk.all('EVT').map(({ prev, lsn }) => [prev, lsn])).toEqual([
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ]);
      expect(new Set(desk.all('FLASH').map(({ summary }) => summary.id))).toEqual(new Set(ids.slice(0, 2)));
      expect(desk.all('FLASH')).toHaveLength(2);
      for (const { lsn } of desk.all('FLASH')) {
        const flashed = desk.frames.findIndex((frame) => frame.t === 'FLASH' && frame.lsn === lsn);
        expect(flashed).toBeLessThan(
          desk.frames.findIndex((frame) => frame.t === 'EVT' && frame.lsn === lsn),
        );
      }
    }
    const call = ids[0];
    const claims = [one, two].map((desk) => desk.answer(desk.command(call, { kind: 'claim' })));
    expect((await Promise.all(claims)).map(({ status }) => status).sort()).toEqual(['applied', 'refused']);
    await Promise.all([one.cut(), two.cut()]);
    await Promise.all([left.stop(), right.stop()]);
  });

  it('C-01 L-10 says “come again” while the database is away, and goes on by itself when it is back', async () => {
    await using wire = await layWire(database.connectionString);
    const queue = await startTestQueue({ store: 'postgres', connectionString: wire.url });
    const desk = await DeskClient.welcomed(queue.deskUrl);
    const kept = await arrive(queue);
    await desk.event(1);
    wire.cut();
    const away = await post(queue, aBody(), { key: 'call-7' });
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
    desk.command(kept, { kind: 'claim' });
    expect((await desk.closed).code).toBe(4013);
    expect((await fetch(queue.healthUrl)).status).toBe(503);
    wire.mend();
    expect((await post(queue, aBody(), { key: 'call-7' })).status).toBe(201);
    const again = await DeskClient.welcomed(queue.deskUrl, {
      deskId: desk.deskId,
      cursor: { storeEpoch: desk.welcome.storeEpoch, lsn: asLsn(1) },
    });
    expect(await again.event(2)).toMatchObject({ prev: 1 });
    await arrive(queue, '999-voice');
    expect(await again.event(3)).toMatchObject({ prev: 2 });
    await again.cut();
    await queue.stop();
  });

  it('C-01 C-02 keeps a contact once when the connection breaks in the middle of its transaction', async () => {
    await using wire = await layWire(database.connectionString);
    let isCutting = true;
    const queue = await startTestQueue({
      store: 'postgres',
      connectionString: wire.url,
      wrapStore: (store) => ({
        ...store,
        transact: (work) =>
          store.transact(async (tx) => {
            const done = await work(tx);
            if (isCutting) wire.cut();
            return done;
          }),
      }),
    });
    expect((await post(queue, aBody(), { key: 'call-8' })).status).toBe(503);
    isCutting = false;
    wire.mend();
    expect(await queue.service.head()).toBe(0);
    expect((await post(queue, aBody(), { key: 'call-8' })).status).toBe(201);
    expect((await queue.service.snapshot()).contacts).toHaveLength(1);
    await queue.stop();
  });
});

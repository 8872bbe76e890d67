import { randomUUID } from 'node:crypto';
import type { Client, PoolClient } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/log.ts';
import { executeCommand } from '../../src/queue/execute-command.ts';
import { checkAudit } from '../../src/queue/store/audit-check.ts';
import { auditFact, chained, emptyAudit } from '../../src/queue/store/audit-chain.ts';
import { migrate, migrations } from '../../src/queue/store/migrate.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import type { QueueStore } from '../../src/queue/store/queue-store.ts';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import type { Closing, Contact } from '../../src/shared/domain/contact.ts';
import type { LogEntry } from '../../src/shared/domain/event.ts';
import { asCommandId, asFence, asIncarnation, asLsn, asStoreEpoch } from '../../src/shared/domain/ids.ts';
import { noParts, type RecordParts } from '../../src/shared/domain/record/parts.ts';
import { HOUR, later } from '../../src/shared/domain/time.ts';
import { anAccount } from '../harness/accounts.ts';
import { aContact, anActor, anId, aPolicy, testStart } from '../harness/builders.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';
import { startTestQueue } from '../harness/queue.ts';

const oldEpoch = asStoreEpoch(anId(0xe1));
const noted = asCommandId(anId(0xc1));

/** A contact as the third form of the database had it: nothing on its record but notes and gradings, and no marks. */
function asInVersion3({ marks: _m, gradings, closing, ...contact }: Contact) {
  const rest = Object.entries(contact).filter(([key]) => !Object.hasOwn(noParts, key));
  return {
    ...(Object.fromEntries(rest) as Omit<typeof contact, keyof RecordParts>),
    gradings: gradings.map(({ rationale: _r, ...grading }) => grading),
    closing: closing === null ? null : withoutRecord(closing),
  };
}
const withoutRecord = ({ record: _r, ...closing }: Closing) => closing;

/** And the first: nobody knew of locations, messages or other references. */
function asInVersion1(contact: Contact) {
  const { provisionalRef: _r, paperLog: _p, locations: _l, messages: _m, ...first } = asInVersion3(contact);
  return { ...first, notes: first.notes.map(({ happenedAt: _h, ...note }) => note) };
}

const note = (n: number, text: string) => ({
  id: asCommandId(anId(0xc0 + n)),
  text,
  by: anActor(),
  at: later(testStart, n),
  happenedAt: null,
  late: false,
});
const contacts = [
  aContact({ seq: 1, rev: 3, notes: [note(1, 'first'), note(2, 'second')] }),
  aContact({ seq: 2, channel: '999-voice', ownership: { kind: 'owned', by: anActor(), since: testStart } }),
  aContact({ seq: 3, grade: 'G3', ownership: { kind: 'closed', by: anActor(), since: testStart } }),
].map((contact): Contact => ({
  ...contact,
  closing: contact.closing === null ? null : { ...contact.closing, record: null },
}));

describe('a database of version 1', () => {
  let database: TestDatabase;
  let sql: Client;
  let store: QueueStore | null;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ sql } = database);
    store = null;
    await fillVersion1(sql);
  });
  afterEach(async () => {
    await store?.close();
    await database.drop();
  });

  const open = async () => {
    store = await openPostgresStore({
      connectionString: database.connectionString,
      realm: 'demo',
      newId: randomUUID,
      log: silentLogger,
    });
    return store;
  };
  const table = async (name: string, order: string) =>
    (await sql.query(`select * from ${name} order by ${order}`)).rows as Record<string, unknown>[];

  it('S-05 keeps every contact, with the new fields empty, and changes nothing else of it', async () => {
    const before = await table('contact', 'seq');
    const opened = await open();
    const after = await table('contact', 'seq');
    expect(after).toEqual(
      before.map((row, n) => ({
        ...row,
        named: [contacts[n]?.ref],
        body: {
          ...(row['body'] as object),
          provisionalRef: null,
          paperLog: null,
          locations: [],
          messages: [],
          notes: contacts[n]?.notes,
          ...noParts,
          gradings: contacts[n]?.gradings,
          closing: contacts[n]?.closing,
          marks: contacts[n]?.marks,
        },
      })),
    );
    const kept = await opened.contacts(contacts.map(({ id }) => id));
    expect(new Map(kept.map((one) => [one.id, one]))).toEqual(new Map(contacts.map((one) => [one.id, one])));
    for (const one of kept) expect(() => contactSchema.parse(JSON.parse(JSON.stringify(one)))).not.toThrow();
  });

  it('R-08 C-20 to C-31: what is open owes a decision about a crime, and its record can be written on', async () => {
    const opened = await open();
    const dues = contacts.map(({ id }) => opened.contacts([id]).then(([one]) => one?.marks.crimeDueAt));
    expect(await Promise.all(dues)).toEqual([later(testStart, 24 * HOUR), later(testStart, 24 * HOUR), null]);
    const by = anActor();
    const [, owned] = contacts as [Contact, Contact];
    const command = {
      ...{ id: asCommandId(anId(0xc7)), contact: owned.id, fence: owned.fence, baseRev: 1, by: by.handler },
      act: { kind: 'incident', category: 'AS-NUI', provisionalRef: 'PROV-7KQ4TX' } as const,
    };
    await opened.transact(async (tx) => {
      await tx.putAccount(anAccount({ handler: by.handler }));
      const deskTime = { mono: 0, wall: testStart, offset: 0, err: 0 };
      const numbered = { incarnation: asIncarnation(anId(0x1)), cmdSeq: 2, command, deskTime };
      const context = { by, now: testStart, policy: aPolicy(), register: emptyRegister, realm: opened.realm };
      return executeCommand(tx, numbered, context);
    });
    const [written] = await opened.contacts([owned.id]);
    expect(written).toMatchObject({
      incident: { ref: '2026-11-22/0001' },
      marks: { isr: '2026-11-22/0001' },
    });
    await expect(sql.query('delete from record_number')).rejects.toMatchObject({ code: '23514' });
    await expect(sql.query('truncate record_number')).rejects.toMatchObject({ code: '23514' });
  });

  it('S-05 C-14 leaves the log and the audit as they were, unbroken, and goes on with both', async () => {
    const names = ['event', 'audit', 'desk', 'intake_receipt', 'command_number'] as const;
    const orders = ['lsn', 'seq', 'id', 'source, key', 'desk, incarnation, cmd_seq'];
    const read = async () => {
      const rows: unknown[] = [];
      for (const [n, name] of names.entries()) rows.push(await table(name, orders[n] ?? '1'));
      return rows;
    };
    const before = await read();
    const opened = await open();
    expect(await read()).toEqual(before);
    expect(await checkAudit(opened)).toEqual({ entries: 1, flaw: null });
  });

  it('S-05 guards contacts again after it has filled them', async () => {
    await open();
    await expect(
      sql.query(`update contact set rev = rev + 5 where id = $1`, [contacts[0]?.id]),
    ).rejects.toMatchObject({ code: '23514' });
    await expect(sql.query('delete from account')).resolves.toBeDefined();
    await sql.query(
      `insert into account values ('1', 'x', 'handler', true, 16, 1, 1, repeat('0', 32), repeat('0', 64))`,
    );
    await expect(sql.query('delete from account')).rejects.toMatchObject({ code: '23514' });
  });

  it('L-02 L-10 gives desks a snapshot once, because events of the old form are told to nobody any more', async () => {
    await using queue = await startTestQueue({
      store: 'postgres',
      connectionString: database.connectionString,
    });
    await using desk = await DeskClient.welcomed(queue.deskUrl, {
      cursor: { storeEpoch: oldEpoch, lsn: asLsn(0) },
    });
    await desk.first('SNAPEND');
    expect(desk.welcome).toMatchObject({ resumed: false, head: 1 });
    expect(desk.welcome.storeEpoch).not.toBe(oldEpoch);
    expect(desk.all('EVT')).toEqual([]);
  });

  it('L-16 X-03 answers a command that was done before, although a desk writes it in another form now', async () => {
    const opened = await open();
    const by = anActor();
    const command = {
      id: noted,
      contact: contacts[0]?.id ?? ('' as never),
      fence: asFence(0),
      baseRev: 1,
      by: by.handler,
      act: { kind: 'note', text: 'first', happenedAt: null } as const,
    };
    const numbered = {
      incarnation: asIncarnation(anId(0x1)),
      cmdSeq: 1,
      command,
      deskTime: { mono: 0, wall: testStart, offset: 0, err: 0 },
    };
    const context = { by, now: testStart, policy: aPolicy(), register: emptyRegister, realm: opened.realm };
    const execution = await opened.transact(async (tx) => {
      await tx.putAccount(anAccount({ handler: by.handler }));
      return executeCommand(tx, numbered, context);
    });
    expect(execution).toMatchObject({ kind: 'repeated', result: { status: 'applied' } });
  });

  it('S-05 finds sign-ins by their digest and a handler’s by the desk, through an index', async () => {
    await open();
    await sql.query('set enable_seqscan = off');
    const plan = async (question: string) => JSON.stringify((await sql.query(`explain ${question}`)).rows);
    expect(await plan(`select from sign_in where digest = any('{a,b}')`)).toContain('sign_in_pkey');
    expect(await plan(`select from sign_in where desk = 'd' and handler = 'h'`)).toContain('sign_in_at_desk');
    expect(await plan(`select from sign_in where handler = 'h' and ended_at is null`)).toContain(
      'sign_in_open',
    );
    expect(await plan(`select from contact_alias where kind = 'paper' and name = 'x'`)).toMatch(
      /contact_alias_of_paper|contact_alias_pkey/,
    );
  });
});

/** Writes rows as the program of version 1 wrote them. */
async function fillVersion1(sql: Client): Promise<void> {
  await migrate(sql as unknown as PoolClient, migrations.slice(0, 1));
  await sql.query(`insert into meta (id, store_epoch, realm) values (1, $1, 'demo')`, [oldEpoch]);
  for (const contact of contacts) {
    const { id, seq, rev, fence, band, bandSince, receivedAt, ownership, work, ...body } =
      asInVersion1(contact);
    const who = ownership.kind === 'waiting' || ownership.kind === 'verify' ? null : ownership.by;
    await sql.query(
      `insert into contact (id, seq, rev, fence, band, band_since, due_at, received_at, state, state_since, owner_desk,
         owner_number, owner_handler, work, body)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        ...[
          id,
          seq,
          rev,
          fence,
          band,
          bandSince,
          contact.due.at,
          receivedAt,
          ownership.kind,
          ownership.since,
        ],
        ...[who?.desk ?? null, who?.deskNumber ?? null, who?.handler ?? null, work, JSON.stringify(body)],
      ],
    );
  }
  const [first] = contacts as [Contact];
  const arrived = { kind: 'arrived', contact: asInVersion1({ ...first, rev: 1, notes: [] }) };
  const event = {
    ...{ lsn: asLsn(1), contact: first.id, rev: 1, at: testStart, by: null },
    what: arrived as LogEntry['what'],
  };
  await sql.query(
    `insert into event (lsn, contact, rev, at, by, kind, body, flash) values (1, $1, 1, $2, null, 'arrived', $3, null)`,
    [first.id, testStart, JSON.stringify(arrived)],
  );
  const draft = {
    ...{ at: testStart, contact: first.id, desk: null, deskNumber: null, handler: null, source: 'telephony' },
    ...({ act: 'arrive', outcome: 'applied', command: null, actDigest: 'x' } as const),
  };
  const entry = chained(emptyAudit, auditFact(draft, event));
  await sql.query(
    `insert into audit (seq, at, contact, source, act, outcome, lsn, digest, previous, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[entry.seq, entry.at, entry.contact, entry.source, entry.act, entry.outcome, entry.lsn],
      ...[entry.digest, entry.previous, entry.hash],
    ],
  );
  await sql.query('update shard set lsn = 1, audit_seq = 1, audit_hash = $1, arrival_seq = 3, desk_seq = 1', [
    entry.hash,
  ]);
  const desk = anActor().desk;
  await sql.query('insert into desk (id, number) values ($1, 1)', [desk]);
  await sql.query('insert into command_counter (desk, incarnation, last) values ($1, $2, 1)', [
    desk,
    anId(1),
  ]);
  await sql.query('insert into command_number (desk, incarnation, cmd_seq, command) values ($1, $2, 1, $3)', [
    ...[desk, anId(1), noted],
  ]);
  await sql.query(
    `insert into command_result (command, desk, digest, status, refusal, lsn, rev, desk_time)
     values ($1, $2, $3, 'applied', null, null, 2, '{"mono":0,"wall":0,"offset":0,"err":0}')`,
    [noted, desk, 'd'.repeat(64)],
  );
  await sql.query(
    `insert into intake_receipt (source, key, digest, contact, ref, warnings) values ('telephony', 'k', $1, $2, $3, '[]')`,
    ['e'.repeat(64), first.id, first.ref],
  );
}

describe('a database of version 3', () => {
  it('L-16 X-03 C-14: a closing that was done and not answered is answered, although it is read with a record now', async () => {
    await using database = await createTestDatabase().then((made) => ({
      ...made,
      [Symbol.asyncDispose]: () => made.drop(),
    }));
    const { sql } = database;
    await fillVersion1(sql);
    await migrate(sql as unknown as PoolClient, migrations.slice(0, 3));
    await sql.query(
      `insert into command_result (command, desk, digest, status, refusal, lsn, rev, desk_time)
       values ($1, $2, $3, 'applied', null, null, 2, '{"mono":0,"wall":0,"offset":0,"err":0}'),
              ($4, $2, $5, 'applied', null, null, 2, '{"mono":0,"wall":0,"offset":0,"err":0}')`,
      [anId(0xc8), anActor().desk, 'a'.repeat(64), anId(0xc9), 'b'.repeat(64)],
    );
    await sql.query(
      `insert into audit (seq, at, contact, desk, desk_number, handler, act, outcome, command, digest, previous, hash)
       values (2, 0, $1, $2, 1, 'handler-1', 'close', 'applied', $3, $4, $4, $5)`,
      [contacts[0]?.id, anActor().desk, anId(0xc8), 'c'.repeat(64), 'd'.repeat(64)],
    );
    await migrate(sql as unknown as PoolClient);
    const { rows } = await sql.query(
      'select command, digest from command_result where command = any($1) order by command',
      [[anId(0xc8), anId(0xc9)]],
    );
    expect(rows).toEqual([
      { command: anId(0xc8), digest: '' },
      { command: anId(0xc9), digest: 'b'.repeat(64) },
    ]);
  });
});

describe('a database of version 7', () => {
  it('R-22 S-05: every contact is found by each of its references then, by the index and without reading the others', async () => {
    await using database = await createTestDatabase().then((made) => ({
      ...made,
      [Symbol.asyncDispose]: () => made.drop(),
    }));
    const { sql } = database;
    await fillVersion1(sql);
    await migrate(sql as unknown as PoolClient, migrations.slice(0, 7));
    const incident = { ref: '2026-03-14/0412', provisionalRef: 'PROV-7KQ4TX' };
    await sql.query(
      `alter table contact disable trigger contact_edge;
       update contact set body = body || '${JSON.stringify({ incident, crime: { ref: '41/895/26' } })}' where id = '${contacts[0]?.id}'`,
    );
    const before = await sql.query('select id, rev, body from contact order by id');
    await migrate(sql as unknown as PoolClient, migrations.slice(0, 9));
    expect((await sql.query('select id, rev, body from contact order by id')).rows).toEqual(before.rows);
    const { rows } = await sql.query('select named from contact order by id');
    expect(rows).toEqual(
      contacts
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, ref }) => ({
          named: id === contacts[0]?.id ? [ref, incident.ref, incident.provisionalRef, '41/895/26'] : [ref],
        })),
    );
    await sql.query('set enable_seqscan = off');
    const plan = await sql.query("explain select id from contact where named && '{41/895/26}'::text[]");
    expect(JSON.stringify(plan.rows)).toContain('contact_named');
  });
});

describe('a database of version 12', () => {
  it('R-26 S-05: a crime that was recorded has its number and no provisional reference, and one that comes is found by both', async () => {
    await using database = await createTestDatabase().then((made) => ({
      ...made,
      [Symbol.asyncDispose]: () => made.drop(),
    }));
    const { sql } = database;
    await fillVersion1(sql);
    await migrate(sql as unknown as PoolClient, migrations.slice(0, 12));
    const old = { decision: { kind: 'recorded', offence: 'Burglary', offenceClass: null }, ref: '41/895/26' };
    const change = async (of: string | undefined, crime: object) =>
      sql.query(
        `alter table contact disable trigger contact_edge;
         update contact set body = body || '${JSON.stringify({ crime })}' where id = '${of ?? ''}';
         alter table contact enable trigger contact_edge`,
      );
    await change(contacts[0]?.id, old);
    const rows = async () =>
      (await sql.query<{ id: string; rev: number; body: object }>('select id, rev, body from contact')).rows;
    const before = await rows();
    await migrate(sql as unknown as PoolClient, migrations.slice(0, 13));
    const expected = before.map((row) =>
      row.id === contacts[0]?.id
        ? { ...row, body: { ...row.body, crime: { ...old, provisionalRef: '' } } }
        : row,
    );
    expect(new Map((await rows()).map((row) => [row.id, row]))).toEqual(
      new Map(expected.map((row) => [row.id, row])),
    );
    await change(contacts[1]?.id, { ...old, ref: '41/896/26', provisionalRef: 'PROV-K7M3QX' });
    const named = await sql.query<{ id: string }>(
      "select id from contact where named && '{PROV-K7M3QX}'::text[] union all select id from contact where named && '{41/896/26}'::text[] union all select id from contact where named && '{41/895/26}'::text[]",
    );
    expect(named.rows.map(({ id }) => id)).toEqual([contacts[1]?.id, contacts[1]?.id, contacts[0]?.id]);
    await sql.query('set enable_seqscan = off');
    const plan = await sql.query("explain select id from contact where named && '{PROV-K7M3QX}'::text[]");
    expect(JSON.stringify(plan.rows)).toContain('contact_named');
  });
});

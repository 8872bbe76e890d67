import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditFlaw } from '../../src/queue/store/audit-chain.ts';
import { auditSentence, checkAuditOf } from '../../src/queue/store/audit-check.ts';
import { anArrival } from '../harness/arrivals.ts';
import { DeskClient } from '../harness/desk-client.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

describe('the check of the audit, against whoever has the database’s own powers', () => {
  let database: TestDatabase;
  let sql: Client;
  beforeEach(async () => {
    database = await createTestDatabase();
    ({ sql } = database);
  });
  afterEach(() => database.drop());

  const queueOn = () => startTestQueue({ store: 'postgres', connectionString: database.connectionString });
  const arrive = async (queue: TestQueue) => {
    const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival() };
    const acceptance = await queue.service.accept(handover);
    if (acceptance.kind === 'key-reused') throw new Error('key reused');
    return acceptance.receipt.contact;
  };

  it('C-14 finds an entry that somebody changed with the database’s own powers', async () => {
    const queue = await queueOn();
    for (let n = 0; n < 4; n += 1) await arrive(queue);
    const flaw = async () => auditFlaw(await queue.store.auditAfter(0, 100), await queue.store.auditHead());
    expect(await flaw()).toBeNull();
    await sql.query('alter table audit disable trigger all');
    await sql.query(`update audit set handler = 'somebody' where seq = 2`);
    expect(await flaw()).toBe('entry 2 was changed: its hash is of something else');
    await sql.query('update audit set handler = null where seq = 2');
    expect(await flaw()).toBeNull();
    await sql.query('delete from audit where seq = 4');
    expect(await flaw()).toBe('the chain ends at 3, not at 4');
    await queue.stop();
  });

  it.each([
    [
      'an actor',
      `update event set by = jsonb_set(by, '{handler}', '"9999"') where lsn = 3`,
      'event 3 is not',
    ],
    [
      'a contact',
      'update event set contact = (select contact from event where lsn = 1), rev = 7 where lsn = 2',
      'event 2 is not',
    ],
    ['a time', 'update event set at = at + 1 where lsn = 1', 'event 1 is not'],
    ['a revision', 'update event set rev = 9 where lsn = 3', 'event 3 is not'],
    ['an event that is gone', 'delete from event where lsn = 2', 'event 2 of entry 2 is gone'],
    [
      'entries that were swapped',
      'update audit set seq = case seq when 1 then 12 else 11 end where seq in (1, 2); update audit set seq = seq - 10 where seq > 10',
      'entry 1 does not follow',
    ],
    ['an audit without its end', 'delete from audit where seq = 4', 'the chain ends at 3, not at 4'],
    [
      'an event that nobody audited',
      'insert into event (lsn, contact, rev, at, kind, body) select 4, contact, 9, at, kind, body from event where lsn = 1',
      'event 4 is in no audit entry',
    ],
  ])('C-14 finds with --check-audit, while a queue runs: %s', async (_, statement, flaw) => {
    const queue = await queueOn();
    const [id] = [await arrive(queue), await arrive(queue)];
    const desk = await DeskClient.welcomed(queue.deskUrl);
    await desk.answer(desk.command(id, { kind: 'claim' }));
    await desk.cut();
    expect(auditSentence(await checkAuditOf(database.connectionString))).toBe('4 entries, unbroken');
    await sql.query('alter table audit disable trigger all; alter table event disable trigger all');
    await sql.query(statement);
    expect((await checkAuditOf(database.connectionString)).flaw).toMatch(flaw);
    await queue.stop();
  });

  it('C-14 says that there is nothing to check, and makes nothing, in an empty database', async () => {
    await expect(checkAuditOf(database.connectionString)).rejects.toThrow('nothing of a queue');
    const { rows } = await sql.query(`select from pg_tables where schemaname = 'public'`);
    expect(rows).toEqual([]);
  });
});

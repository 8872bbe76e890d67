import { randomUUID } from 'node:crypto';
import type { PoolClient } from 'pg';
import { expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/log.ts';
import { insertRow } from '../../src/queue/store/contact-rows.ts';
import { migrate, migrations } from '../../src/queue/store/migrate.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { aContact, anActor, testStart } from '../harness/builders.ts';
import { createTestDatabase } from '../harness/postgres.ts';

const by = anActor();
const contacts = [
  aContact({ seq: 1 }),
  aContact({ seq: 2, channel: 'web-chat', channelState: 'queued' }),
  aContact({
    seq: 3,
    channel: 'web-chat',
    channelState: 'left-by-exit',
    ownership: { kind: 'owned', by, since: testStart },
  }),
  aContact({
    seq: 4,
    channel: 'web-chat',
    channelState: 'active',
    ownership: { kind: 'closed', by, since: testStart },
  }),
];

/** A contact as the seventh form of the database had it. */
function asInVersion7(whole: Contact): Contact {
  const {
    chat: _c,
    form: _f,
    safeContacts: _s,
    languageChosen: _chosen,
    translations: _lines,
    sendings: _sent,
    marks,
    ...contact
  } = whole;
  const { backTo: _b, turnSince: _t, ...before } = marks;
  return { ...contact, marks: before } as unknown as Contact;
}

it('S-05 CH-04: a database of version 7 keeps every contact, with no chat on it and nothing sent, and a chat that goes on waits since it came', async () => {
  await using database = await createTestDatabase().then((made) => ({
    ...made,
    [Symbol.asyncDispose]: () => made.drop(),
  }));
  const { sql, connectionString } = database;
  await migrate(sql as unknown as PoolClient, migrations.slice(0, 7));
  await sql.query(`insert into meta (id, realm, store_epoch) values (1, 'demo', $1) on conflict do nothing`, [
    randomUUID(),
  ]);
  for (const contact of contacts) await insertRow(sql, asInVersion7(contact));
  const columns = 'id, seq, rev, fence, band, due_at, received_at, state, owner_number, work';
  const before = (await sql.query(`select ${columns} from contact order by seq`)).rows as unknown[];

  const store = await openPostgresStore({
    connectionString,
    realm: 'demo',
    newId: randomUUID,
    log: silentLogger,
  });
  const after = (await sql.query(`select ${columns} from contact order by seq`)).rows as unknown[];
  expect(after).toEqual(before);
  const kept = await store.contacts(contacts.map(({ id }) => id));
  await store.close();
  expect(new Map(kept.map((one) => [one.seq, one]))).toEqual(new Map(contacts.map((one) => [one.seq, one])));
  for (const one of kept) expect(() => contactSchema.parse(JSON.parse(JSON.stringify(one)))).not.toThrow();
  expect(
    kept.map(({ seq, marks }) => [seq, marks.turnSince]).toSorted((a, b) => Number(a[0]) - Number(b[0])),
  ).toEqual([
    [1, null],
    [2, testStart],
    [3, null],
    [4, null],
  ]);
});

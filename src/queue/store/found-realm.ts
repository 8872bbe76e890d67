import { Client } from 'pg';
import type { Realm } from '../../shared/contract/realm.ts';
import { realmRow } from './meta-rows.ts';

/** The realm of a database that a queue has opened before, or `null`. Changes nothing. */
export async function foundRealm(connectionString: string): Promise<Realm | null> {
  const client = new Client({ connectionString, application_name: 'fcr-accounts' });
  // The question that is being asked tells of a connection that ends.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await realmRow(client);
  } finally {
    await client.end();
  }
}

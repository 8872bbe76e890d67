import { randomUUID } from 'node:crypto';
import { silentLogger } from '../../src/platform/log.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { queueStoreContract } from './queue-store.contract.ts';

queueStoreContract('memory', async () => {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  return { store, dispose: () => store.close() };
});

queueStoreContract('PostgreSQL', async () => {
  const database = await createTestDatabase();
  const { connectionString } = database;
  const store = await openPostgresStore({
    connectionString,
    realm: 'demo',
    newId: randomUUID,
    log: silentLogger,
  });
  return {
    store,
    async dispose() {
      await store.close();
      await database.drop();
    },
  };
});

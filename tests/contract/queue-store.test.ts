import { randomUUID } from 'node:crypto';
import { silentLogger } from '../../src/platform/log.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import { createTestDatabase } from '../harness/postgres.ts';
import { queueStoreOutboundContract } from './queue-store-outbound.contract.ts';
import { queueStorePeopleContract } from './queue-store-people.contract.ts';
import { queueStoreRecordContract } from './queue-store-record.contract.ts';
import { queueStoreContract, type StoreUnderTest } from './queue-store.contract.ts';

async function openMemory(): Promise<StoreUnderTest> {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  return { store, dispose: () => store.close() };
}

async function openPostgres(): Promise<StoreUnderTest> {
  const database = await createTestDatabase();
  const { connectionString } = database;
  const store = await openPostgresStore({
    connectionString,
    realm: 'demo',
    newId: randomUUID,
    log: silentLogger,
  });
  // It wakes its listeners once when it begins to hear other nodes; a test counts only what comes after.
  await new Promise<void>((resolve) => {
    const hearing = store.onCommit(() => {
      hearing[Symbol.dispose]();
      resolve();
    });
  });
  return {
    store,
    async dispose() {
      await store.close();
      await database.drop();
    },
  };
}

for (const contract of [
  queueStoreContract,
  queueStorePeopleContract,
  queueStoreRecordContract,
  queueStoreOutboundContract,
]) {
  contract('memory', openMemory);
  contract('PostgreSQL', openPostgres);
}

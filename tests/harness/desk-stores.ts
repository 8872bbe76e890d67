import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import { memoryStore } from '../../src/main/cache/memory-store.ts';
import { deskMigrations } from '../../src/main/cache/migrations/all.ts';
import { applicationIds } from '../../src/main/cache/open-desk-store.ts';
import { sqliteStore } from '../../src/main/cache/sqlite-store.ts';
import { openSqlite } from '../../src/platform/sqlite.ts';
import { asIncarnation } from '../../src/shared/domain/ids.ts';
import { anId } from './builders.ts';

export const firstLife = asIncarnation(anId(1));
const key = '7c'.repeat(32);
const cleanUps: (() => void)[] = [];

/** After each test: closes what was opened, and removes its files. */
export function cleanUpDeskStores(): void {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
}

/** A kind of desk store, for suites that hold for every kind (rule S-11). */
export interface DeskStoreKind {
  readonly name: string;
  /** Closing and opening again gives what was there; `null` where nothing outlives the program. */
  readonly open: () => { readonly store: DeskStore; readonly reopen: (() => DeskStore) | null };
}

export const deskStoreKinds: readonly DeskStoreKind[] = [
  { name: 'memory', open: () => ({ store: memoryStore(firstLife), reopen: null }) },
  {
    name: 'encrypted file',
    open() {
      const folder = mkdtempSync(join(tmpdir(), 'fcr-desk-'));
      cleanUps.push(() => rmSync(folder, { recursive: true, force: true }));
      const path = join(folder, 'desk.db');
      const again = (): DeskStore => {
        const store = sqliteStore(
          openSqlite({ path, key, applicationId: applicationIds.demo, migrations: deskMigrations }),
          firstLife,
        );
        cleanUps.push(() => store.close());
        return store;
      };
      const store = again();
      return {
        store,
        reopen() {
          store.close();
          return again();
        },
      };
    },
  },
];

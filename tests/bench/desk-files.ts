import { createHash, randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDeskStore } from '../../src/main/cache/open-desk-store.ts';
import type { DeskStore } from '../../src/main/cache/desk-store.ts';
import { deskMigrations } from '../../src/main/cache/migrations/all.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Cursor, Welcome } from '../../src/shared/contract/queue-link.ts';
import { asLsn, asStoreEpoch } from '../../src/shared/domain/ids.ts';
import { HOUR, later } from '../../src/shared/domain/time.ts';
import { aPerson, aPolicy, anId } from '../harness/builders.ts';
import { keepSignIn } from '../harness/kept-sign-in.ts';
import { contactAt, contactsOf } from './contacts.ts';

/** The profile under which the bench's desks run. */
export const PROFILE = 'desk';
const INDEXED_AT_ONCE = 20_000;
const KEY = createHash('sha256').update('the key of invented contacts').digest('hex');

/** The time line of the bench's queue; every file has taken it in up to as many events as it has contacts. */
export const cursorOf = (contacts: number): Cursor => ({
  storeEpoch: asStoreEpoch(anId(0xbe4c4)),
  lsn: asLsn(contacts),
});

export const greeting = { deskNumber: 7, policy: aPolicy() };

/** Who works at the bench's desk, and until when the queue lets them: a run takes less. */
export const signedIn = (): Welcome['signedIn'] => ({
  person: aPerson(),
  until: later(systemClock.now(), 11 * HOUR),
});

/** A change of the tables or of what a contact is makes other files. */
function version(): string {
  const shape = createHash('sha256')
    .update(JSON.stringify(contactAt(1, 1_000)))
    .digest('hex');
  return `schema-${deskMigrations.length}-${shape.slice(0, 8)}`;
}

/**
 * The data folder of a desk with so many contacts in its encrypted file, and somebody signed in: written by the product's
 * own store, once, into `cache`. Programs may be started in it again and again, as long as nothing changes its contacts.
 */
export function deskFile(cache: string, contacts: number, say: (words: string) => void): string {
  const folder = join(cache, version(), String(contacts));
  if (!existsSync(folder)) {
    say(`writing a desk's file with ${contacts} contacts …`);
    const unfinished = `${folder}.new`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(join(unfinished, PROFILE), { recursive: true });
    // The demo realm may keep its key beside the file, so that it opens on any machine.
    writeFileSync(join(unfinished, PROFILE, 'desk.key'), `${JSON.stringify({ kind: 'plain', key: KEY })}\n`);
    withStore(unfinished, (store) => {
      store.keepGreeting(greeting);
      store.installSnapshot(contactsOf(contacts), cursorOf(contacts));
      // As a desk that has been at work: otherwise the index of the search would be written while something is measured.
      while (store.indexSome(INDEXED_AT_ONCE));
    });
    renameSync(unfinished, folder);
  }
  // A desk that nobody has touched for a while comes up locked.
  withStore(folder, (store) => {
    keepSignIn(store, signedIn());
    store.keepSeenAt(systemClock.now());
  });
  return folder;
}

function withStore(folder: string, work: (store: DeskStore) => void): void {
  const { store, release } = openDeskStore({
    folder: join(folder, PROFILE),
    realm: 'demo',
    key: KEY,
    newId: randomUUID,
    clock: systemClock,
  });
  work(store);
  store.close();
  release();
}

/** A copy that a run may change; the caller removes it. */
export function copyOf(folder: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  cpSync(folder, to, { recursive: true });
  return to;
}

import type Database from 'better-sqlite3';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { HandlerId } from '../../shared/domain/ids.ts';
import {
  keptSessionSchema,
  knownPersonSchema,
  nobodyYet,
  type KeptSession,
  type KnownPerson,
} from './kept-session.ts';

/** The statements on `session`, the table with one row, and on `person`. */
export function sessionRows(db: Database) {
  const read = db.prepare('select state from session where one = 1');
  const put = db.prepare(`
    insert into session (one, state, seen_at) values (1, :state, 0)
    on conflict (one) do update set state = excluded.state`);
  const readSeen = db.prepare('select seen_at as seenAt from session where one = 1');
  const setSeen = db.prepare('update session set seen_at = ?');
  const readLatest = db.prepare('select latest_at as latestAt from session where one = 1');
  const setLatest = db.prepare('update session set latest_at = ?');
  const people = db.prepare('select state from person order by handler');
  const putPerson = db.prepare(`
    insert into person (handler, state) values (:handler, :state)
    on conflict (handler) do update set state = excluded.state`);
  const removePerson = db.prepare('delete from person where handler = ?');

  return {
    get(): KeptSession {
      const row = read.get() as { readonly state: string } | undefined;
      return row === undefined ? nobodyYet : keptSessionSchema.parse(JSON.parse(row.state));
    },
    put: (session: KeptSession) => void put.run({ state: JSON.stringify(session) }),
    seenAt(): Instant | null {
      const row = readSeen.get() as { readonly seenAt: number } | undefined;
      return row === undefined || row.seenAt === 0 ? null : asInstant(row.seenAt);
    },
    setSeenAt: (at: Instant) => void setSeen.run(at),
    latestAt(): Instant | null {
      const row = readLatest.get() as { readonly latestAt: number | null } | undefined;
      return row === undefined || row.latestAt === null ? null : asInstant(row.latestAt);
    },
    setLatestAt: (at: Instant) => void setLatest.run(at),
    people: (): KnownPerson[] => people.all().map(knownPersonOf),
    putPerson: (known: KnownPerson) =>
      void putPerson.run({ handler: known.person.handler, state: JSON.stringify(known) }),
    removePerson: (handler: HandlerId) => void removePerson.run(handler),
  };
}

/** Every known person in a file, as long as it can be read: for rescuing them from a damaged one. */
export const iteratePeople = (db: Database, order: 'asc' | 'desc'): IterableIterator<unknown> =>
  db.prepare(`select state from person order by handler ${order}`).iterate();

/** One stored person, parsed. */
export const knownPersonOf = (row: unknown): KnownPerson =>
  knownPersonSchema.parse(JSON.parse((row as { readonly state: string }).state));

/** The session of a damaged file; throws what reading it throws. */
export const rescuedSession = (db: Database): KeptSession => {
  const { state } = db.prepare('select state from session where one = 1').get() as { readonly state: string };
  return keptSessionSchema.parse(JSON.parse(state));
};

import type Database from 'better-sqlite3';
import { storeEpochSchema } from '../../shared/contract/basic-schemas.ts';
import { servicePolicySchema } from '../../shared/contract/schemas.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import { asIncarnation, asLsn, type Incarnation } from '../../shared/domain/ids.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import type { Greeting } from './desk-store.ts';

interface DeskRow {
  readonly incarnation: string;
  readonly storeEpoch: string | null;
  readonly lsn: number | null;
  readonly nextSeq: number;
  readonly deskNumber: number | null;
  readonly policy: string | null;
}

/** The statements on `desk`, the table with one row: cursor, counter, greeting. */
export function deskRows(db: Database) {
  const insert = db.prepare(
    'insert into desk (one, incarnation, next_seq) values (1, ?, 1) on conflict do nothing',
  );
  const read = db.prepare(`
    select incarnation, store_epoch as storeEpoch, lsn, next_seq as nextSeq, desk_number as deskNumber, policy
    from desk where one = 1`);
  const setCursor = db.prepare('update desk set store_epoch = :storeEpoch, lsn = :lsn');
  const forgetCursor = db.prepare('update desk set store_epoch = null, lsn = null');
  const setGreeting = db.prepare('update desk set desk_number = :deskNumber, policy = :policy');
  const setNextSeq = db.prepare('update desk set next_seq = ?');
  const setIncarnation = db.prepare('update desk set incarnation = ?, next_seq = 1');
  const heardAt = db.prepare('select heard_at as at from desk where one = 1');
  const setHeardAt = db.prepare('update desk set heard_at = ?');
  const lastPaper = db.prepare('select last_paper as lastPaper from desk where one = 1');
  const setLastPaper = db.prepare('update desk set last_paper = ?');
  const row = () => read.get() as DeskRow;

  return {
    begin: (incarnation: Incarnation) => void insert.run(incarnation),
    incarnation: () => asIncarnation(row().incarnation),
    setIncarnation: (incarnation: Incarnation) => void setIncarnation.run(incarnation),
    cursor(): Cursor | null {
      const { storeEpoch, lsn } = row();
      return storeEpoch === null || lsn === null
        ? null
        : { storeEpoch: storeEpochSchema.parse(storeEpoch), lsn: asLsn(lsn) };
    },
    setCursor: (cursor: Cursor) => void setCursor.run({ ...cursor }),
    forgetCursor: () => void forgetCursor.run(),
    greeting: () => greetingOf(row()),
    setGreeting: ({ deskNumber, policy }: Greeting) =>
      void setGreeting.run({ deskNumber, policy: JSON.stringify(policy) }),
    nextSeq: () => row().nextSeq,
    setNextSeq: (seq: number) => void setNextSeq.run(seq),
    heardAt(): Instant | null {
      const { at } = heardAt.get() as { readonly at: number | null };
      return at === null ? null : asInstant(at);
    },
    setHeardAt: (at: Instant) => void setHeardAt.run(at),
    lastPaper: () => (lastPaper.get() as { readonly lastPaper: number }).lastPaper,
    setLastPaper: (last: number) => void setLastPaper.run(last),
  };
}

function greetingOf({ deskNumber, policy }: Pick<DeskRow, 'deskNumber' | 'policy'>): Greeting | null {
  return deskNumber === null || policy === null
    ? null
    : { deskNumber, policy: servicePolicySchema.parse(JSON.parse(policy)) };
}

/** What a damaged file knew of its desk; throws what reading it throws. */
export function rescuedGreeting(db: Database): Greeting | null {
  const row = db.prepare('select desk_number as deskNumber, policy from desk where one = 1').get();
  return greetingOf(row as Pick<DeskRow, 'deskNumber' | 'policy'>);
}

/** The last number given to a paper log, in a file of whatever version; one of the first schema has given none. */
export function rescuedLastPaper(db: Database): number {
  if (Number(db.pragma('user_version', { simple: true })) < 2) return 0;
  return (db.prepare('select last_paper as last from desk where one = 1').get() as { readonly last: number })
    .last;
}

import type Database from 'better-sqlite3';
import { commandSchema, refusalSchema } from '../../shared/contract/schemas.ts';
import type { Command } from '../../shared/domain/command.ts';
import { asLsn, type CommandId, type HandlerId, type Lsn } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { OutboxRow, OutboxStanding } from './desk-store.ts';
import { nobodyNamed } from './kept-session.ts';

interface Row {
  readonly seq: number;
  readonly command: string;
  readonly keptAt: number;
  readonly mono: number;
  readonly standing: OutboxStanding['kind'];
  readonly lsn: number | null;
  readonly refusal: string | null;
}

const columns = 'seq, command, kept_at as keptAt, mono, standing, lsn, refusal';

/** The statements on `outbox`, prepared once per connection. */
export function outboxRows(db: Database) {
  const insert = db.prepare(`
    insert into outbox (seq, id, contact, command, kept_at, mono, standing)
    values (:seq, :id, :contact, :command, :keptAt, :mono, 'waiting')`);
  const all = db.prepare(`select ${columns} from outbox order by position`);
  const settled = db.prepare(
    `select ${columns} from outbox where standing = 'applied' and lsn <= ? order by position`,
  );
  const removeSettled = db.prepare("delete from outbox where standing = 'applied' and lsn <= ?");
  const remove = db.prepare('delete from outbox where id = ?');
  const removeSeen = db.prepare("delete from outbox where id = ? and standing in ('refused', 'late')");
  const setStanding = db.prepare(
    'update outbox set standing = :standing, lsn = :lsn, refusal = :refusal where id = :id',
  );
  const setRefused = db.prepare(
    "update outbox set seq = 0, standing = 'refused', refusal = :refusal where id = :id",
  );
  const unanswer = db.prepare(
    "update outbox set standing = 'waiting', lsn = null where standing = 'applied'",
  );
  const setSeq = db.prepare('update outbox set seq = :seq where id = :id');
  const setCommand = db.prepare('update outbox set command = :command where id = :id');

  return {
    insert(seq: number, command: Command, keptAt: number, mono: number): void {
      insert.run({
        seq,
        id: command.id,
        contact: command.contact,
        command: JSON.stringify(command),
        keptAt,
        mono,
      });
    },
    all: (): OutboxRow[] => (all.all() as Row[]).map(outboxRowOf),
    /** Removes and returns what the events up to `lsn` have settled. */
    settle(lsn: Lsn): OutboxRow[] {
      const rows = (settled.all(lsn) as Row[]).map(outboxRowOf);
      if (rows.length > 0) removeSettled.run(lsn);
      return rows;
    },
    remove: (id: CommandId) => void remove.run(id),
    removeSeen: (id: CommandId) => void removeSeen.run(id),
    setStanding(id: CommandId, standing: OutboxStanding): void {
      const lsn = standing.kind === 'applied' ? standing.lsn : null;
      const refusal = standing.kind === 'refused' ? JSON.stringify(standing.refusal) : null;
      setStanding.run({ id, standing: standing.kind, lsn, refusal });
    },
    setRefused: (id: CommandId, refusal: string) => void setRefused.run({ id, refusal }),
    /** What was applied on a time line of the queue that may be gone is to be sent again. */
    unanswer: () => void unanswer.run(),
    setSeq: (id: CommandId, seq: number) => void setSeq.run({ id, seq }),
    /** What nobody's name stands on becomes theirs. */
    adopt(by: HandlerId): void {
      for (const { command } of (all.all() as Row[]).map(outboxRowOf)) {
        if (command.by !== nobodyNamed) continue;
        setCommand.run({ id: command.id, command: JSON.stringify({ ...command, by }) });
      }
    },
  };
}

/** Every row in a file from one end, as long as it can be read: for rescuing them from a damaged one. */
export function iterateOutbox(db: Database, order: 'asc' | 'desc'): IterableIterator<unknown> {
  return db.prepare(`select ${columns} from outbox order by position ${order}`).iterate();
}

/** One row of `iterateOutbox`, parsed. A command of the first schema says neither whose it is nor when a note happened. */
export function rescuedRowOf(row: unknown): OutboxRow {
  const { command, ...rest } = row as Row;
  const { act, ...words } = JSON.parse(command) as { readonly act: { readonly kind: string } };
  const whole = act.kind === 'note' ? { happenedAt: null, ...act } : act;
  return outboxRowOf({ ...rest, command: JSON.stringify({ by: nobodyNamed, ...words, act: whole }) });
}

/** One stored row, parsed. */
function outboxRowOf(row: Row): OutboxRow {
  return {
    seq: row.seq,
    command: commandSchema.parse(JSON.parse(row.command)),
    keptAt: asInstant(row.keptAt),
    mono: row.mono,
    standing: standingOf(row),
  };
}

function standingOf(row: Row): OutboxStanding {
  switch (row.standing) {
    case 'applied':
      return { kind: 'applied', lsn: asLsn(must(row.lsn, 'position of an applied command')) };
    case 'refused':
      return {
        kind: 'refused',
        refusal: refusalSchema.parse(JSON.parse(must(row.refusal, 'stored refusal'))),
      };
    case 'waiting':
    case 'late':
      return { kind: row.standing };
  }
}

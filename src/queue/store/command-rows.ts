import {
  asLsn,
  type CommandId,
  type ContactId,
  type DeskId,
  type HandlerId,
  type Incarnation,
} from '../../shared/domain/ids.ts';
import { assert, must } from '../../shared/lib/assert.ts';
import type { Queryable } from './contact-rows.ts';
import type { CommandResult, DeskTime } from './queue-store.ts';

/** The counter of one life of a desk, locked; made at 0 when it is new. */
export async function lockCounter(db: Queryable, desk: DeskId, incarnation: Incarnation): Promise<number> {
  await db.query(
    'insert into command_counter (desk, incarnation, last) values ($1, $2, 0) on conflict do nothing',
    [desk, incarnation],
  );
  const { rows } = await db.query<{ last: string }>(
    'select last from command_counter where desk = $1 and incarnation = $2 for update',
    [desk, incarnation],
  );
  return Number(must(rows[0], `command counter of desk ${desk}`).last);
}

export async function commandNumberedRow(
  db: Queryable,
  desk: DeskId,
  incarnation: Incarnation,
  cmdSeq: number,
): Promise<CommandId | null> {
  const { rows } = await db.query<{ command: CommandId }>(
    'select command from command_number where desk = $1 and incarnation = $2 and cmd_seq = $3',
    [desk, incarnation, cmdSeq],
  );
  return rows[0]?.command ?? null;
}

export async function insertNumber(
  db: Queryable,
  desk: DeskId,
  incarnation: Incarnation,
  cmdSeq: number,
  command: CommandId,
): Promise<void> {
  const { rowCount } = await db.query(
    'update command_counter set last = $3 where desk = $1 and incarnation = $2 and last = $3 - 1',
    [desk, incarnation, cmdSeq],
  );
  assert(rowCount === 1, `command ${command} is not the next of desk ${desk}`);
  await db.query('insert into command_number (desk, incarnation, cmd_seq, command) values ($1, $2, $3, $4)', [
    desk,
    incarnation,
    cmdSeq,
    command,
  ]);
}

interface ResultRow {
  readonly command: CommandId;
  readonly desk: DeskId;
  readonly digest: string;
  readonly status: CommandResult['status'];
  readonly refusal: CommandResult['refusal'];
  readonly lsn: string | null;
  readonly rev: number | null;
  readonly desk_time: DeskTime;
}

export async function resultRow(db: Queryable, command: CommandId): Promise<CommandResult | null> {
  const { rows } = await db.query<ResultRow>(
    'select command, desk, digest, status, refusal, lsn, rev, desk_time from command_result where command = $1',
    [command],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { desk_time: deskTime, lsn, ...rest } = row;
  return { ...rest, lsn: lsn === null ? null : asLsn(Number(lsn)), deskTime };
}

/** False when another transaction has kept a result of this command meanwhile. */
export async function insertResult(db: Queryable, result: CommandResult): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into command_result (command, desk, digest, status, refusal, lsn, rev, desk_time)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (command) do nothing`,
    [
      result.command,
      result.desk,
      result.digest,
      result.status,
      result.refusal === null ? null : JSON.stringify(result.refusal),
      result.lsn,
      result.rev,
      JSON.stringify(result.deskTime),
    ],
  );
  return rowCount === 1;
}

/** True for the first look of a handler at a contact in this minute (rule C-12). */
export async function insertConsultation(
  db: Queryable,
  contact: ContactId,
  handler: HandlerId,
  minute: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into consultation (contact, handler, minute) values ($1, $2, $3) on conflict do nothing',
    [contact, handler, minute],
  );
  return rowCount === 1;
}

export async function deskNumberRow(db: Queryable, desk: DeskId): Promise<number | null> {
  const { rows } = await db.query<{ number: number }>('select number from desk where id = $1', [desk]);
  return rows[0]?.number ?? null;
}

/** False when another transaction has numbered this desk meanwhile. */
export async function insertDesk(db: Queryable, desk: DeskId, number: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into desk (id, number) values ($1, $2) on conflict (id) do nothing',
    [desk, number],
  );
  return rowCount === 1;
}

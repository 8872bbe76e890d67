import { UP_FRAME_LIMIT, type Cmd } from '../../shared/contract/queue-link.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { OutboxRow } from '../cache/desk-store.ts';

/** Room for the numbers of a frame, which are not known before it is sent. Bytes. */
const NUMBERS_ROOM = 512;

/** A kept command as it goes to the queue. `offset`: this desk's clock against the queue's. */
export const frameOf = (
  { seq, command, keptAt, mono }: Pick<OutboxRow, 'seq' | 'command' | 'keptAt' | 'mono'>,
  offset: { readonly ms: number; readonly errorMs: number },
): Omit<Cmd, 't'> => ({
  cmdSeq: seq,
  cmdId: command.id,
  contact: command.contact,
  fence: command.fence,
  baseRev: command.baseRev,
  by: command.by,
  body: command.act,
  at: { mono, wall: keptAt, offset: offset.ms, err: offset.errorMs },
});

/**
 * Why a command could never be sent, or `null`. The queue ends the link at a frame that is too large (rule L-04), and
 * everything behind it would wait for ever: no such command is kept.
 */
export function refusalOfSize(command: Command): Refusal | null {
  const { id, act, ...rest } = command;
  const text = JSON.stringify({ ...rest, cmdId: id, body: act });
  const length = Buffer.byteLength(text) + NUMBERS_ROOM;
  return length > UP_FRAME_LIMIT ? { code: 'text-too-long', limit: UP_FRAME_LIMIT, length } : null;
}

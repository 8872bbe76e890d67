import type { ActKind } from '../../shared/domain/command.ts';
import type { CommandId, ContactId, DeskId, HandlerId, Lsn } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { LogEntry } from '../../shared/domain/event.ts';
import { digestOf } from './canonical-json.ts';

/**
 * One act, as the audit keeps it (rule C-14): who did what to which contact, when, and how it ended. It holds ids and
 * a digest, never words, so that it may be kept when the words must be erased.
 */
export interface AuditFact {
  readonly at: Instant;
  readonly contact: ContactId;
  /** `null` for an arrival, which comes from a source and not from a desk. */
  readonly desk: DeskId | null;
  readonly deskNumber: number | null;
  readonly handler: HandlerId | null;
  /** The source of an arrival; `null` for a desk's act. */
  readonly source: string | null;
  readonly act: ActKind | 'arrive';
  /** `applied`, `late`, or the code of the refusal. */
  readonly outcome: string;
  readonly command: CommandId | null;
  /** Position of the event it made; `null` when it changed nothing. */
  readonly lsn: Lsn | null;
  /** Digest of the event, so that an event cannot be rewritten behind the audit; of the act when there is none. */
  readonly digest: string;
}

/** A fact with its place in the chain: 1, 2, 3 … and a hash over itself and the entry before. */
export interface AuditEntry extends AuditFact {
  readonly seq: number;
  readonly previous: string;
  readonly hash: string;
}

/** Where the chain stands. The queue keeps it in the counter row, so that a cut-off end is noticed. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Before the first entry. */
export const emptyAudit: AuditHead = { seq: 0, hash: '0'.repeat(64) };

/** The next entry of a chain. */
export function chained(head: AuditHead, fact: AuditFact): AuditEntry {
  const linked = { ...fact, seq: head.seq + 1, previous: head.hash };
  return { ...linked, hash: digestOf(linked) };
}

/**
 * Walks a chain from its beginning and says where it does not hold, or `null` when it does. Finds an entry that was
 * changed, dropped or moved, and an end that was cut off.
 */
export function auditFlaw(entries: Iterable<AuditEntry>, head: AuditHead): string | null {
  let last = emptyAudit;
  for (const entry of entries) {
    if (entry.seq !== last.seq + 1) return `after entry ${last.seq} comes ${entry.seq}`;
    if (entry.previous !== last.hash) return `entry ${entry.seq} does not follow from the one before`;
    const { hash, ...linked } = entry;
    if (digestOf(linked) !== hash) return `entry ${entry.seq} is not what was written`;
    last = { seq: entry.seq, hash };
  }
  if (last.seq !== head.seq || last.hash !== head.hash)
    return `the chain ends at ${last.seq}, not at ${head.seq}`;
  return null;
}

/** Says which event is not the one its audit entry was written with, or `null`. `entries` may be any part of the chain. */
export function eventFlaw(entries: Iterable<AuditEntry>, events: Iterable<LogEntry>): string | null {
  const audited = new Map([...entries].map(({ lsn, digest }) => [lsn, digest]));
  for (const { lsn, what } of events) {
    if (audited.get(lsn) !== digestOf(what)) return `event ${lsn} is not what was audited`;
  }
  return null;
}

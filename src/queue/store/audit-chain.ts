import type { ActKind } from '../../shared/domain/command.ts';
import type { CommandId, ContactId, DeskId, HandlerId, Lsn } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { LogEntry } from '../../shared/domain/event.ts';
import { digestOf } from './canonical-json.ts';

/** What is audited: a handler's acts, what sources tell, and who may work here and does. */
export type AuditedAct =
  | ActKind
  | 'arrive'
  | 'locate'
  | 'say'
  | 'line'
  | 'call'
  | 'join'
  | 'reach'
  | 'look-up'
  | 'translate'
  | 'attach'
  | 'look-at-photo'
  | 'see-photo'
  | 'carry'
  | 'sign-in'
  | 'sign-off'
  | 'account-add'
  | 'account-pin'
  | 'account-role'
  | 'account-close';

/**
 * One act, as the audit keeps it (rule C-14): who did what to which contact, when, and how it ended. It holds ids and
 * a digest, never words, so that it may be kept when the words must be erased.
 */
export interface AuditFact {
  readonly at: Instant;
  /** `null` for an act on an account or a desk, which concerns no contact. */
  readonly contact: ContactId | null;
  /** `null` for what comes from a source, or from the queue's own operator, and not from a desk. */
  readonly desk: DeskId | null;
  readonly deskNumber: number | null;
  readonly handler: HandlerId | null;
  /**
   * The source of an arrival or a tiding, or where an account was changed. Of a desk's act: who sent it, when that was not who gave
   * it (rule A-08), and otherwise `null`.
   */
  readonly source: string | null;
  readonly act: AuditedAct;
  /** `applied`, `late`, or the code of the refusal. */
  readonly outcome: string;
  readonly command: CommandId | null;
  /** Position of the event it made; `null` when it changed nothing. */
  readonly lsn: Lsn | null;
  /** Digest of the whole event, so that none can be rewritten behind the audit; of the act when there is none. */
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

/** A fact before the log has given its event a position. `actDigest` is kept when there is no event. */
export type AuditDraft = Omit<AuditFact, 'lsn' | 'digest'> & { readonly actDigest: string };

/** The fact of an act and of the event it made, if it made one. */
export function auditFact({ actDigest, ...draft }: AuditDraft, event: LogEntry | null): AuditFact {
  return { ...draft, lsn: event?.lsn ?? null, digest: event === null ? actDigest : eventDigest(event) };
}

/** Of everything an event says, and nothing else that lies beside it. */
function eventDigest({ lsn, contact, rev, at, by, what }: LogEntry): string {
  return digestOf({ lsn, contact, rev, at, by, what });
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
  const walked = walkChain(emptyAudit, entries);
  return walked.flaw ?? endFlaw(walked.last, head);
}

/** Goes on along a chain from where it was left. */
export function walkChain(
  from: AuditHead,
  entries: Iterable<AuditEntry>,
): { readonly last: AuditHead; readonly flaw: string | null } {
  let last = from;
  for (const entry of entries) {
    const flaw = linkFlaw(last, entry);
    if (flaw !== null) return { last, flaw };
    last = { seq: entry.seq, hash: entry.hash };
  }
  return { last, flaw: null };
}

function linkFlaw(last: AuditHead, entry: AuditEntry): string | null {
  if (entry.seq !== last.seq + 1) return `after entry ${last.seq} comes ${entry.seq}`;
  if (entry.previous !== last.hash) return `entry ${entry.seq} does not follow from the one before`;
  const { hash, ...linked } = entry;
  return digestOf(linked) === hash ? null : `entry ${entry.seq} was changed: its hash is of something else`;
}

/** Says whether a chain ends where it should. */
export function endFlaw(last: AuditHead, head: AuditHead): string | null {
  if (last.seq === head.seq && last.hash === head.hash) return null;
  return `the chain ends at ${last.seq}, not at ${head.seq}`;
}

/**
 * Says which event is not the one its audit entry was written with, which is in no entry, or which entry's event is
 * gone; `null` when all is well. `events` are those that came while `entries` were written: the same part of both.
 */
export function eventFlaw(entries: Iterable<AuditEntry>, events: Iterable<LogEntry>): string | null {
  const audited = new Map([...entries].flatMap((entry) => (entry.lsn === null ? [] : [[entry.lsn, entry]])));
  for (const event of events) {
    const entry = audited.get(event.lsn);
    if (entry === undefined) return `event ${event.lsn} is in no audit entry`;
    if (entry.digest !== eventDigest(event)) return `event ${event.lsn} is not what was audited`;
    audited.delete(event.lsn);
  }
  for (const { lsn, seq } of audited.values()) return `event ${lsn} of entry ${seq} is gone`;
  return null;
}

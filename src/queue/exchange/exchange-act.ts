import type { Actor, Contact } from '../../shared/domain/contact.ts';
import type { Happening, LogEntry } from '../../shared/domain/event.ts';
import type { Instant } from '../../shared/domain/time.ts';

/**
 * What a handler's act means for the telephone call of its contact (rule TE-09). Nobody holds or transfers a line from the desk; to pass a
 * contact on is to tell another service of it, while our caller may still be on the line.
 */
export type ExchangeAct =
  /** A desk has the contact: connect the caller to it. */
  | { readonly act: 'answer' }
  /** Nobody here has it any more: offer it to everybody again. */
  | { readonly act: 'release' }
  /** The contact is closed: the talk is over. */
  | { readonly act: 'end' };

/** One act as an exchange is told it. Neither names, numbers nor words of anybody: the call's own id is enough. */
export type ToldAct = ExchangeAct & {
  /** The time line of the queue's log; with `n` it names the act for ever. */
  readonly epoch: string;
  /** Its position in the log: it grows from act to act, with gaps. */
  readonly n: number;
  readonly callId: string;
  /** When the queue decided it, by the queue's clock. */
  readonly at: Instant;
  /** The number painted on the desk. */
  readonly desk: number | null;
  /** The telephone of that desk, where the queue was told which it is; else the exchange knows by the desk's number. */
  readonly extension: string | null;
};

/** Whether an event may mean something to an exchange: asked of every entry of the log, before anything is read. */
export const mayMeanAnAct = ({ kind }: Happening): boolean => actKinds.has(kind);

const actKinds: ReadonlySet<Happening['kind']> = new Set([
  'claimed',
  'reopened',
  'released',
  'freed',
  'closed',
]);

/** What an event means for a call, or `null`. */
function actOf(what: Happening): ExchangeAct | null {
  switch (what.kind) {
    case 'claimed':
    case 'reopened':
      return { act: 'answer' };
    case 'released':
    case 'freed':
      return { act: 'release' };
    case 'closed':
      return { act: 'end' };
    default:
      return null;
  }
}

/**
 * What the exchange is told of an entry of the log, or `null`: it is no act on a call of that source, or the call is over by now, and
 * nothing may bring it back. `contact`: as it stands when the exchange is told, which may be later.
 */
export function toldAct(
  { what, lsn, at, by }: LogEntry,
  contact: Contact,
  to: {
    readonly source: string;
    readonly epoch: string;
    readonly extensionOf: (desk: number) => string | null;
  },
): ToldAct | null {
  const act = actOf(what);
  const { call, source } = contact;
  if (act === null || call === null || source !== to.source) return null;
  if (call.endedAt !== null) return null;
  const desk = deskOf(by);
  const extension = desk === null ? null : to.extensionOf(desk);
  return { ...act, epoch: to.epoch, n: lsn, callId: call.id, at, desk, extension };
}

const deskOf = (by: Actor | null): number | null => by?.deskNumber ?? null;

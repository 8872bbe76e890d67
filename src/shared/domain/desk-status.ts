import type { Instant } from './time.ts';

/**
 * What the person at a desk is doing, as everybody may see it, with the reasons that may be given. `away` by `locked` is set by
 * the lock. Welfare is a reason like any other on the desk's own screen; what leaves the desk says `away` alone (rule A-11).
 */
export const deskStatusReasons = {
  available: [],
  busy: ['call', 'call-back', 'online-work', 'finishing-a-log'],
  'wrap-up': [],
  break: ['break', 'meal', 'comfort'],
  training: ['training', 'coaching', 'meeting'],
  away: ['welfare', 'locked', 'system-fault', 'other'],
} as const;

export type DeskStatusKind = keyof typeof deskStatusReasons;
export type DeskStatusReason = (typeof deskStatusReasons)[DeskStatusKind][number];
export const deskStatusKinds = Object.keys(deskStatusReasons) as readonly DeskStatusKind[];

export interface DeskStatus {
  readonly kind: DeskStatusKind;
  /** One of the kind's own reasons; `null` where none is asked for. */
  readonly reason: DeskStatusReason | null;
  readonly since: Instant;
}

/** Whether the reason is one of the kind's: a kind without reasons takes none, the others need one of theirs. */
export function isWhole({ kind, reason }: Pick<DeskStatus, 'kind' | 'reason'>): boolean {
  const known: readonly DeskStatusReason[] = deskStatusReasons[kind];
  return reason === null ? known.length === 0 : known.includes(reason);
}

/** What others are told: that somebody is away for their own sake is nobody's business (rule A-11). */
export function toldToOthers(status: DeskStatus): DeskStatus {
  return status.reason === 'welfare' ? { ...status, reason: 'other' } : status;
}

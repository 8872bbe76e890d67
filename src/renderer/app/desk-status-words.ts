import type { DeskStatus, DeskStatusKind, DeskStatusReason } from '../../shared/domain/desk-status.ts';

export const statusKindWords: Readonly<Record<DeskStatusKind, string>> = {
  available: 'Available',
  busy: 'Busy',
  'wrap-up': 'Wrap-up',
  break: 'Break',
  training: 'Training',
  away: 'Away',
};

export const statusReasonWords: Readonly<Record<DeskStatusReason, string>> = {
  call: 'on a call',
  'call-back': 'ringing back',
  'online-work': 'online work',
  'finishing-a-log': 'finishing a log',
  break: 'short break',
  meal: 'meal',
  comfort: 'comfort',
  training: 'training',
  coaching: 'coaching',
  meeting: 'meeting',
  welfare: 'welfare',
  locked: 'locked',
  'system-fault': 'system fault',
  other: 'other',
};

/** What the person at this desk is doing, as their own screen says it: "Away – welfare". */
export function statusWords({ kind, reason }: Pick<DeskStatus, 'kind' | 'reason'>): string {
  return reason === null ? statusKindWords[kind] : `${statusKindWords[kind]} – ${statusReasonWords[reason]}`;
}

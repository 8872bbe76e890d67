import type { DeskState } from '../../shared/contract/workstation.ts';

/** True while only the queue could answer and it cannot be heard (rule X-08). */
export function isLinkDown(desk: DeskState | null): boolean {
  const kind = desk?.link.kind;
  return kind === 'down' || kind === 'refused' || kind === 'connecting';
}

import { useEffect, useSyncExternalStore } from 'react';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import { isTargetNear } from '../../shared/domain/triage/re-thrive.ts';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';

/** What is said of it in so many words, to the ear and below the list. */
export const TARGET_NEAR = 'Target near: look at the risk again';

/**
 * Whether the target of a row's grade is near with nobody having looked since (rule T-17). Painted again when that changes, not with every
 * second; the policy is asked for only once there is a grade.
 */
export function useTargetNear(summary: ContactSummary): boolean {
  const { clock, policies } = useWorkplace();
  const isWeighed = summary.marks.weighed !== null;
  useEffect(() => {
    if (isWeighed) policies.want('triage');
  }, [isWeighed, policies]);
  const triage = useCell(policies.of('triage'));
  const isNear = (): boolean =>
    triage.kind === 'here' && isTargetNear(triage.value, summary, clock.tick.read());
  return useSyncExternalStore(clock.tick.subscribe, isNear);
}

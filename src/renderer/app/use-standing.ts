import type { ContactId } from '../../shared/domain/ids.ts';
import { useCell } from './cell.ts';
import { useWorkplace } from './workplace-context.ts';
import type { Standing } from './why-words.ts';

/** The place of an open emergency among those that wait; `null` for everything else. */
export function useStanding(id: ContactId | null): Standing | null {
  const { emergencies, emergencyCount } = useCell(useWorkplace().store.facts);
  const at = emergencies.findIndex(({ summary }) => summary.id === id);
  return at < 0 ? null : { nth: at + 1, of: emergencyCount };
}

import { useSyncExternalStore } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { useWorkplace } from './workplace-context.ts';

/** What the inbox knows of a contact, painted again with every change of the inbox; `undefined` when it has left. */
export function useRow(id: ContactId): InboxRow | undefined {
  const { store } = useWorkplace();
  return useSyncExternalStore(store.painted.subscribe, () => store.rows.get(id));
}

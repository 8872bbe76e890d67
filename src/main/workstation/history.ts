import type { Input, Output } from '../../shared/contract/workstation.ts';
import { keysOfContact } from '../../shared/domain/same-caller.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import type { Inbox } from './inbox.ts';

/** As many earlier contacts as are shown beside one. */
const HISTORY_LIMIT = 50;

/** Other contacts of the same caller that this desk holds, newest received first (rule W-21). */
export function history(
  { store, inbox }: { readonly store: DeskStore; readonly inbox: Inbox },
  { contact }: Input<'history.read'>,
): Output<'history.read'> {
  const open = inbox.held(contact)?.contact ?? null;
  if (open === null) return { items: [] };
  // One more, because the contact itself is among them.
  const others = store
    .sameCaller(keysOfContact(open), HISTORY_LIMIT + 1)
    .filter(({ summary }) => summary.id !== contact);
  return {
    items: others.slice(0, HISTORY_LIMIT).map(({ summary, because }) => ({ summary, because: [...because] })),
  };
}

import type { CommandId, ContactId } from '../../shared/domain/ids.ts';

/** The reason strip that is open in the work pane: for which contact, and what it asks. */
export type Strip =
  /** Part from a linked contact. `link`: the command that made it. */
  | { readonly kind: 'part'; readonly contact: ContactId; readonly link: CommandId; readonly other: string }
  | { readonly kind: 'promote' | 'demote' | 'reopen' | 'free' | 'check-exit'; readonly contact: ContactId };

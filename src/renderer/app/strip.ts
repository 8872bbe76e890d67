import type { CloseOutcome, Grade } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';

/** The reason strip that is open in the work pane: for which contact, and what it asks. */
export type Strip =
  | { readonly kind: 'grade'; readonly contact: ContactId; readonly grade: Grade | null }
  | { readonly kind: 'close'; readonly contact: ContactId; readonly outcome: CloseOutcome | null }
  | { readonly kind: 'promote' | 'demote' | 'reopen' | 'free'; readonly contact: ContactId };

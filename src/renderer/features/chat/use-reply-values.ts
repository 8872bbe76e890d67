import type { Contact } from '../../../shared/domain/contact.ts';
import { useCell } from '../../app/cell.ts';
import { incidentRefWords } from '../../app/record-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { ReplyValues } from './canned.ts';

/** What a ready reply can name of this contact now; `null` where there is nothing yet. */
export function useReplyValues({ ref, caller, incident }: Contact): ReplyValues {
  const { store } = useWorkplace();
  const session = useCell(store.desk)?.session;
  const now = useNow();
  return {
    ref,
    name: caller.name,
    incident: incident === null || incident.ref === null ? null : incidentRefWords(incident, now),
    handler: session?.kind === 'signed-in' ? session.person.name : null,
  };
}

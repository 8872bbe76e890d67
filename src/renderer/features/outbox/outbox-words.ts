import type { OutboxItem } from '../../../shared/contract/workstation.ts';
import type { Act } from '../../../shared/domain/command.ts';
import { refusalWords } from '../../app/refusals.ts';

export interface ItemState {
  /** What became of it, as a sentence. */
  readonly words: string;
  /** What to do about it now; `null`: nothing. */
  readonly todo: string | null;
}

/** What the link and the contact say about a command that waits. */
export interface Waiting {
  readonly linkIsDown: boolean;
  /** The contact is this desk's, as far as the desk knows. */
  readonly isMine: boolean;
}

/** What became of a command, and what to do: short enough for a list (rules ). */
export function stateOfItem({ state, refusal, act }: OutboxItem, { linkIsDown, isMine }: Waiting): ItemState {
  if (state === 'late')
    return {
      words: 'Late: your words are on the record, marked late; nothing else was done.',
      todo: 'Tell whoever has the contact now.',
    };
  if (state === 'refused')
    return {
      words: refusal === null ? 'Refused by the queue.' : refusalWords(refusal),
      todo: hasWords(act)
        ? 'Your words are kept below: copy them, or put them into a new note.'
        : 'Look at the contact as it stands now.',
    };
  if (!linkIsDown)
    return { words: 'Kept here, not received. Sent when the queue can be reached.', todo: null };
  return isMine
    ? {
        words:
          'Kept here, not received. NOT SENT: the link is down, and the contact may already be with another desk.',
        todo: 'It is sent when the link is back. If it cannot wait, call it across or use the telephone.',
      }
    : {
        words: 'Kept here, not received. NOT SENT: the link is down. It is sent when the link is back.',
        todo: null,
      };
}

/** Acts in which a handler writes nothing. */
const wordless: ReadonlySet<Act['kind']> = new Set<Act['kind']>([
  'claim',
  'release',
  'consult',
  'incident',
  'end-chat',
  'park',
  'resume',
]);

const hasWords = ({ kind }: Act): boolean => !wordless.has(kind);

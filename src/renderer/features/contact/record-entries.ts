import type { Actor, CloseOutcome, Contact, Grading, Message, Note } from '../../../shared/domain/contact.ts';
import type { Instant } from '../../../shared/domain/time.ts';

type What =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'note'; readonly note: Note; readonly by: Actor }
  | { readonly kind: 'grading'; readonly grading: Grading; readonly by: Actor }
  | { readonly kind: 'band'; readonly to: 'A' | 'B'; readonly reason: string; readonly by: Actor }
  | {
      readonly kind: 'closing';
      readonly outcome: CloseOutcome;
      readonly reason: string;
      readonly by: Actor;
    };

/** One thing on the record. */
export interface Entry {
  readonly key: string;
  readonly what: What;
  readonly at: Instant;
  /** Only on this desk so far: the queue has not received it. */
  readonly kept: boolean;
}

/** Everything since the account, in order of time; what only this desk has stands last, because the queue will date it later. */
export function recordOf(contact: Contact, keptHere: ReadonlySet<string>): readonly Entry[] {
  const { messages, notes, gradings, bandChanges, closing } = contact;
  const entries: readonly Entry[] = [
    ...messages.map((message) =>
      entry(`message ${message.key}`, message.at, { kind: 'message', message } as const),
    ),
    ...notes.map((note) => ({
      ...entry(note.id, note.at, { kind: 'note', note, by: note.by }),
      kept: keptHere.has(note.id),
    })),
    ...gradings.map((grading) => ({
      ...entry(grading.id, grading.at, { kind: 'grading', grading, by: grading.by }),
      kept: keptHere.has(grading.id),
    })),
    ...bandChanges.map(({ to, reason, by, at }, place) =>
      entry(`band ${place}`, at, { kind: 'band', to, reason, by }),
    ),
    ...(closing === null ? [] : [entry('closing', closing.at, { kind: 'closing', ...closing })]),
  ];
  return entries.toSorted((a, b) => Number(a.kept) - Number(b.kept) || a.at - b.at);
}

const entry = (key: string, at: Instant, what: What): Entry => ({ key, at, what, kept: false });

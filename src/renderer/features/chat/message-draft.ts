/** A half-written line to the public, as it is kept beside the note (rule X-09). */
export interface MessageDraft {
  readonly text: string;
  readonly caret: number;
  /** The canned reply it began as; `null`: written freely. */
  readonly canned: string | null;
}

/** Its name among what is half-written of a contact. */
export const MESSAGE = 'message';

export const noMessage: MessageDraft = { text: '', caret: 0, canned: null };

export function readMessage(value: unknown): MessageDraft | null {
  if (typeof value !== 'object' || value === null) return null;
  const { text, caret, canned } = value as Partial<Record<keyof MessageDraft, unknown>>;
  if (typeof text !== 'string' || typeof caret !== 'number') return null;
  return { text, caret, canned: typeof canned === 'string' ? canned : null };
}

/** What is kept in a draft's own form. */
export function messageIn(words: string): MessageDraft {
  if (words === '') return noMessage;
  try {
    return readMessage(JSON.parse(words)) ?? noMessage;
  } catch {
    return noMessage;
  }
}

/** The line went out: what was typed behind it meanwhile stays. */
export function withoutSent(now: MessageDraft, sent: string): MessageDraft | null {
  const rest = now.text.startsWith(sent) ? now.text.slice(sent.length).trimStart() : now.text;
  return rest === '' ? null : { text: rest, caret: rest.length, canned: null };
}

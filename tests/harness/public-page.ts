import { randomUUID } from 'node:crypto';
import type { ChatAnswer } from '../../src/queue/intake/chat-answer.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';

/** A queue's intake, and the key of the source that speaks to it. */
export interface ChatDoor {
  readonly intakeUrl: string;
  readonly intakeKey: string;
}

/** What was answered, whatever it was. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** The public process's end of one chat, over the same HTTP that it speaks. */
export interface PublicPage {
  readonly key: string;
  readonly id: ContactId;
  /** The contact's reference. */
  readonly ref: string;
  /** Every line of ours that came, by number: a number that comes twice, or a gap, throws. */
  readonly lines: readonly string[];
  /** One line of the person's. */
  says(text: string, over?: { readonly key?: string; readonly language?: string }): Promise<Answered>;
  /** Something else that is told of the chat: `typing`, `seen`, `left`, `back`, `line`. */
  tells(update: Readonly<Record<string, unknown>>, over?: { readonly key?: string }): Promise<Answered>;
  /** Asks what is new after the last line that came, and takes it in. */
  asks(over?: {
    readonly wait?: number;
    readonly after?: number;
    readonly since?: string;
    readonly signal?: AbortSignal;
  }): Promise<ChatAnswer>;
  /** Asks on until the answer fits. */
  until(fits: (answer: ChatAnswer) => boolean): Promise<ChatAnswer>;
}

const headers = ({ intakeKey }: ChatDoor, key: string): Record<string, string> => ({
  authorization: `Bearer ${intakeKey}`,
  'content-type': 'application/json',
  'idempotency-key': key,
});

/** What `GET` of a path of the intake answers. */
export async function getIntake(door: ChatDoor, path: string, signal?: AbortSignal): Promise<Answered> {
  const response = await fetch(`${door.intakeUrl}${path}`, {
    headers: { authorization: `Bearer ${door.intakeKey}` },
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: response.status, body: await response.json() };
}

/** Begins a chat. `door` is asked each time, so that a queue may come back on another address. */
export async function beginChat(
  door: () => ChatDoor,
  over: Readonly<Record<string, unknown>> = {},
): Promise<PublicPage> {
  const key = `chat/${randomUUID()}`;
  const path = (kind: string): string => `/${kind}/${encodeURIComponent(key)}`;
  const begun = await fetch(`${door().intakeUrl}/contacts`, {
    method: 'POST',
    headers: headers(door(), key),
    body: JSON.stringify({
      channel: 'web-chat',
      title: 'Chat: a question about an order',
      caller: { name: 'Nettie' },
      account: 'I have a question about an order.',
      ...over,
    }),
  });
  const { id, ref } = (await begun.json()) as { readonly id: ContactId; readonly ref: string };
  const lines: string[] = [];

  const tells: PublicPage['tells'] = async (update, { key: updateKey = randomUUID() } = {}) => {
    const response = await fetch(`${door().intakeUrl}${path('contacts')}/updates`, {
      method: 'POST',
      headers: headers(door(), updateKey),
      body: JSON.stringify({ at: Date.now(), ...update }),
    });
    return { status: response.status, body: await response.json() };
  };
  const asks: PublicPage['asks'] = async ({ wait = 0, after = lines.length, since, signal } = {}) => {
    const query = new URLSearchParams({ after: String(after), wait: String(wait) });
    if (since !== undefined) query.set('since', since);
    const { status, body } = await getIntake(door(), `${path('chats')}?${query.toString()}`, signal);
    if (status !== 200) throw new Error(`asked for lines, answered ${status} ${JSON.stringify(body)}`);
    const answer = body as ChatAnswer;
    for (const { n, text } of answer.lines) {
      if (n <= lines.length && lines[n - 1] === text) continue;
      if (n !== lines.length + 1) throw new Error(`line ${n} came behind ${lines.length}`);
      lines.push(text);
    }
    return answer;
  };
  return {
    key,
    id,
    ref,
    lines,
    says: (text, { key: messageKey = randomUUID(), language } = {}) =>
      tells({ kind: 'message', text, ...(language === undefined ? {} : { language }) }, { key: messageKey }),
    tells,
    asks,
    async until(fits) {
      let answer = await asks();
      while (!fits(answer)) answer = await asks({ wait: 5_000, since: answer.stamp });
      return answer;
    },
  };
}

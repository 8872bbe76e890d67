import { asContactId, type ContactId } from '../../src/shared/domain/ids.ts';
import type { PlayedCard } from './card.ts';

/** What a source says to the intake beside the card's own timeline: the answer as the source gets it. */
export async function tells(
  { queue }: Pick<PlayedCard, 'queue'>,
  path: string,
  body: Readonly<Record<string, unknown>>,
  key?: string,
): Promise<{ readonly status: number; readonly body: { readonly id: string; readonly error?: string } }> {
  const answer = await fetch(`${queue.intakeUrl}/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${queue.intakeKey}`,
      'content-type': 'application/json',
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { readonly id: string } };
}

/** A call that rings now, told by the exchange alone: nobody has said a word of it. */
export async function rings(
  card: PlayedCard,
  callId: string,
  told: Readonly<Record<string, unknown>>,
): Promise<ContactId> {
  const ring = { event: 'ring', callId, n: 1, at: card.now(), channel: '999-voice', line: 'mobile' };
  const { status, body } = await tells(card, 'telephony/events', { ...ring, ...told });
  if (status !== 201) throw new Error(`the ring was answered by ${status}`);
  return asContactId(body.id);
}

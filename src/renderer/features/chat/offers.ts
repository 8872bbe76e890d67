import { whyNotOneMore } from '../../app/chat-limit.ts';
import type { InboxRow } from '../../../shared/domain/view.ts';
import { ownerOf, type OfferMark } from '../../../shared/domain/contact.ts';
import type { CommandId, ContactId } from '../../../shared/domain/ids.ts';
import type { Workplace } from '../../app/workplace.ts';

/** A chat that a colleague offers to this handler, and that can still be taken. */
export interface Offered {
  readonly row: InboxRow;
  readonly offer: OfferMark;
}

/** The first of them; `null` where none is. */
export function offeredToMe({ store, clock }: Workplace): Offered | null {
  const me = store.desk.read()?.me;
  const now = clock.tick.read();
  for (const row of store.facts.read().offered) {
    const { offer } = row.summary.marks;
    const isMine = offer?.to.desk === me?.desk && offer?.to.handler === me?.handler;
    if (offer !== undefined && isMine && offer.until >= now && !isAnswered(row)) return { row, offer };
  }
  return null;
}

const isAnswered = ({ pending }: InboxRow): boolean => pending.some(({ kind }) => kind === 'answer-offer');

/** Says yes: the chat opens when the queue has said that it is theirs now (rule CH-16). */
export async function takeOffered(workplace: Workplace): Promise<void> {
  const { acts, law } = workplace;
  const offered = offeredToMe(workplace);
  if (offered === null) return workplace.say('No chat is offered to you.', 'plain');
  const { id } = offered.row.summary;
  if (acts.linkIsDown)
    return workplace.say(
      'Not possible now: the link to the queue is down. The chat stays with who offered it.',
      'warning',
    );
  const enough = whyNotOneMore(workplace, id);
  if (enough !== null) return workplace.say(enough, 'warning');
  const ticket = law.ticket();
  const answer = await acts.ask(id, answerOf(offered.offer.id, { accepted: true }));
  if (answer?.status === 'applied') workplace.openAnswered(id, ticket);
}

/** Says no: it stays with who offered it, who is told. */
export async function declineOffered(workplace: Workplace): Promise<void> {
  const offered = offeredToMe(workplace);
  if (offered === null) return workplace.say('No chat is offered to you.', 'plain');
  await workplace.acts.submit(offered.row.summary.id, answerOf(offered.offer.id, { accepted: false }));
}

const answerOf = (offer: CommandId, { accepted }: { readonly accepted: boolean }) =>
  ({ kind: 'answer-offer', offer, accepted, words: '' }) as const;

/**
 * Says what has become of the offers of this desk: taken, declined, or run out with nobody saying a word. An offer never ends in silence (rule
 * CH-16). Returns what stops it.
 */
export function watchOwnOffers(workplace: Workplace): () => void {
  const { store, clock } = workplace;
  const open = new Map<ContactId, { readonly offer: OfferMark; readonly ref: string; isOver: boolean }>();
  const look = (): void => {
    const me = store.desk.read()?.me?.desk;
    const now = clock.tick.read();
    for (const { summary } of store.facts.read().offered) {
      const { id, ref, marks } = summary;
      if (marks.offer === undefined || ownerOf(summary)?.desk !== me) continue;
      if (open.get(id)?.offer.id !== marks.offer.id) open.set(id, { offer: marks.offer, ref, isOver: false });
    }
    for (const [id, known] of open) {
      const summary = store.rows.get(id)?.summary;
      const { deskNumber } = known.offer.to;
      if (summary?.marks.offer?.id === known.offer.id) {
        if (known.isOver || now <= known.offer.until) continue;
        known.isOver = true;
        workplace.say(`Desk ${deskNumber} has not answered: ${known.ref} is still yours.`, 'warning');
        continue;
      }
      open.delete(id);
      const owner = summary === undefined ? null : ownerOf(summary);
      if (owner === null) continue;
      if (owner.desk !== me) workplace.say(`Desk ${owner.deskNumber} has taken over ${known.ref}.`, 'plain');
      else if (!takenBack(workplace, id, known.offer.id))
        workplace.say(`Desk ${deskNumber} said no: ${known.ref} is still yours.`, 'warning');
    }
  };
  const stops = [store.facts.subscribe(look), clock.tick.subscribe(look), store.onInbox(() => look())];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}

/** By the handler's own key: said already. */
function takenBack({ store, readings }: Workplace, id: ContactId, offer: CommandId): boolean {
  const row = store.rows.get(id);
  if (row?.pending.some(({ kind }) => kind === 'withdraw-offer' || kind === 'offer-chat') === true)
    return true;
  const reading = readings.of(id).read();
  const tried =
    reading?.kind === 'here' ? reading.contact.chat?.handOvers?.find((each) => each.id === offer) : undefined;
  return tried?.ended?.how === 'withdrawn';
}

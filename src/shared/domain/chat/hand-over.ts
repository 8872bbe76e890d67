import { unreachable } from '../../lib/assert.ts';
import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import { ownerOf, type Actor, type Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import { asFence, type CommandId } from '../ids.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { dutiesOfHandover } from '../record/duties.ts';
import { later, SECOND, type Instant } from '../time.ts';
import { chatOf, isChat, type HandOver } from './chat.ts';
import { hasRunOut, standingOffer } from './standing-offer.ts';

/** Handing a chat on to a colleague (rule CH-16): it has one owner all the time, and changes hands in one event. */

const handOverActs = ['offer-chat', 'answer-offer', 'withdraw-offer'] as const;
export type HandOverAct = Extract<Act, { kind: (typeof handOverActs)[number] }>;

const handOverKinds = ['chat-offered', 'taken-over', 'offer-declined', 'offer-withdrawn'] as const;
export type HandOverHappening = Extract<Happening, { kind: (typeof handOverKinds)[number] }>;

export function isHandOverHappening(what: Happening): what is HandOverHappening {
  return (handOverKinds as readonly string[]).includes(what.kind);
}

/** An offer can be taken for so long where no policy says it. Seconds. */
const OFFER_SECONDS = 60;

/** Why an offer cannot be answered or taken back any more. */
export const offerGones = ['taken', 'declined', 'withdrawn', 'run-out', 'overtaken', 'not-you'] as const;
export type OfferGone = (typeof offerGones)[number];

/** What such an act does, or why not. Who can take it the queue looks at besides: only there is it known who is signed in. */
export function decideHandOver(
  contact: Contact,
  { act, ...rest }: Command & { readonly act: HandOverAct },
  by: Actor,
  { chat: policy }: Pick<DecisionPolicy, 'chat'>,
  now: Instant,
): Decision {
  switch (act.kind) {
    case 'offer-chat': {
      const { to, words } = act;
      const refusal =
        refusalOfEffect(contact, { act, ...rest }, by) ??
        (isChat(contact) ? null : ({ code: 'not-a-chat' } as const)) ??
        refusalOfWords(words, REASON_LIMIT, { mayBeEmpty: false }) ??
        (to.desk === by.desk ? ({ code: 'cannot-take', to, because: 'yourself', n: 0 } as const) : null);
      const until = later(now, (policy?.clocks.offerSeconds ?? OFFER_SECONDS) * SECOND);
      return refusal === null
        ? accept({ kind: 'chat-offered', offer: rest.id, to, words, until })
        : refuse(refusal);
    }
    case 'answer-offer': {
      const { offer, accepted, words } = act;
      const gone = goneFor(contact, offer, by, now);
      const refusal = gone ?? refusalOfWords(words, REASON_LIMIT, { mayBeEmpty: true });
      if (refusal !== null) return refuse(refusal);
      return accepted
        ? accept({ kind: 'taken-over', offer, fence: asFence(contact.fence + 1) })
        : accept({ kind: 'offer-declined', offer, words });
    }
    case 'withdraw-offer': {
      const refusal = refusalOfEffect(contact, { act, ...rest }, by) ?? goneOf(contact, act.offer);
      return refusal === null ? accept({ kind: 'offer-withdrawn', offer: act.offer }) : refuse(refusal);
    }
    default:
      return unreachable(act);
  }
}

/** Whoever has it may take an offer back after its time too: then it is off both screens. */
function goneOf(contact: Contact, id: CommandId): Refusal | null {
  const offer = chatOf(contact).handOvers?.find((each) => each.id === id);
  const owner = ownerOf(contact);
  if (offer !== undefined && offer.ended !== null)
    return { code: 'offer-gone', because: offer.ended.how, by: owner };
  return standingOffer(contact)?.id === id ? null : { code: 'offer-gone', because: 'overtaken', by: owner };
}

function goneFor(contact: Contact, id: CommandId, by: Actor, now: Instant): Refusal | null {
  const gone = goneOf(contact, id);
  const offer = standingOffer(contact);
  if (gone !== null || offer === null) return gone;
  const owner = ownerOf(contact);
  const isTheirs = offer.to.desk === by.desk && offer.to.handler === by.handler;
  if (!isTheirs) return { code: 'offer-gone', because: 'not-you', by: owner };
  return hasRunOut(offer, now) ? { code: 'offer-gone', because: 'run-out', by: owner } : null;
}

/** What such an event changes. Total (rule C-09). */
export function changedByHandOver(
  contact: Contact,
  { what, by, at }: { readonly what: HandOverHappening; readonly by: Actor; readonly at: Instant },
): Partial<Contact> {
  const ended = (
    how: NonNullable<HandOver['ended']>['how'],
    { offer, words }: { readonly offer: CommandId; readonly words: string },
  ): Pick<Contact, 'chat'> =>
    withHandOvers(contact, (before) =>
      before.map((each) => (each.id === offer ? { ...each, ended: { how, words, by, at } } : each)),
    );
  switch (what.kind) {
    case 'chat-offered': {
      const { offer: id, to, words, until } = what;
      const { fence } = contact;
      const next: HandOver = { id, to, words, until, fence, by, at, ended: null };
      const standing = standingOffer(contact);
      // One at a time: who offers it to somebody else has taken it back from the first.
      return withHandOvers(contact, (before) => [
        ...before.map((each) =>
          each.id === standing?.id
            ? { ...each, ended: { how: 'withdrawn' as const, words: '', by, at } }
            : each,
        ),
        next,
      ]);
    }
    case 'taken-over':
      return {
        ...ended('taken', { offer: what.offer, words: '' }),
        fence: what.fence,
        ownership: { kind: 'owned', by, since: at },
        work: 'open',
        ...dutiesOfHandover(contact, at),
      };
    case 'offer-declined':
      return ended('declined', what);
    case 'offer-withdrawn':
      return ended('withdrawn', { offer: what.offer, words: '' });
    default:
      return unreachable(what);
  }
}

function withHandOvers(
  contact: Contact,
  next: (before: readonly HandOver[]) => readonly HandOver[],
): Pick<Contact, 'chat'> {
  const chat = chatOf(contact);
  return { chat: { ...chat, handOvers: next(chat.handOvers ?? []) } };
}

/** Taken over, and the new owner has not written yet: the person's page says that a colleague is there (rule CH-17). */
export function isColleagueNew(contact: Pick<Contact, 'chat' | 'ownership'>): boolean {
  const chat = chatOf(contact);
  const taken = chat.handOvers?.findLast(({ to, ended }) => to !== null && ended?.how === 'taken')?.ended;
  const { ownership } = contact;
  if (
    taken === undefined ||
    taken === null ||
    ownership.kind !== 'owned' ||
    ownership.by.desk !== taken.by.desk
  )
    return false;
  const last = chat.replies.at(-1);
  return last === undefined || last.at < taken.at;
}

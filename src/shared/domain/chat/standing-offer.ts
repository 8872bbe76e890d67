import type { Actor, Contact } from '../contact.ts';
import type { Instant } from '../time.ts';
import type { HandOver } from './chat.ts';

/** What a screen must know of an offered chat (rule CH-16); what may be done with it is in `hand-over.ts`. */

/** An offer by name that nobody has answered. */
export type StandingOffer = HandOver & { readonly to: Actor };

/** The offer that nobody has answered and nothing has overtaken, or `null`. Whether it has run out the time says. */
export function standingOffer({
  chat,
  ownership,
  fence,
}: Pick<Contact, 'ownership' | 'fence'> & Partial<Pick<Contact, 'chat'>>): StandingOffer | null {
  const last = chat?.handOvers?.at(-1);
  if (last === undefined || last.ended !== null || last.fence !== fence) return null;
  const { to } = last;
  if (to === null || (ownership.kind !== 'owned' && ownership.kind !== 'link-lost')) return null;
  return { ...last, to };
}

/** Whether it is too late to take it. */
export const hasRunOut = ({ until }: Pick<HandOver, 'until'>, now: Instant): boolean => now > until;

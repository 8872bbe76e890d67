import { SIGN_IN_HOLDS_MS } from '../shared/contract/sign-in.ts';
import { whyCannotTake, type Colleague } from '../shared/domain/chat/colleague.ts';
import type { Act } from '../shared/domain/command.ts';
import { ownerOf, type Contact } from '../shared/domain/contact.ts';
import type { Refusal } from '../shared/domain/lifecycle.ts';
import { later, type Instant } from '../shared/domain/time.ts';
import type { GivenCommand } from './command-effect.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** Whoever works at a desk now, as everybody may know it (rules A-10, CH-16). */
export const colleaguesAt = (tx: StoreTransaction, now: Instant): Promise<readonly Colleague[]> =>
  tx.colleagues(later(now, -SIGN_IN_HOLDS_MS));

/**
 * Why a colleague cannot take over a chat that they said yes to, or `null`: two may have offered them one in the same minute, and they can take
 * one (rule CH-14). Whether they are available their yes has answered.
 */
export async function refusalOfYes(
  tx: StoreTransaction,
  contact: Contact,
  { by, now, policy }: Pick<GivenCommand, 'by' | 'now' | 'policy'>,
): Promise<Refusal | null> {
  const giver = ownerOf(contact);
  if (giver === null) return null;
  const refusal = await refusalOfColleague(tx, contact, { to: by }, { by: giver, now, policy });
  if (refusal?.code !== 'cannot-take') return refusal;
  return refusal.because === 'limit' || refusal.because === 'risk' ? refusal : null;
}

/**
 * Why this colleague cannot be offered a chat at this moment, or `null`: what the contact alone does not say (rule CH-16). They are meant by
 * desk and person together: who sits there by now is somebody else.
 */
export async function refusalOfColleague(
  tx: StoreTransaction,
  contact: Contact,
  { to }: Pick<Extract<Act, { kind: 'offer-chat' }>, 'to'>,
  { by, now, policy }: Pick<GivenCommand, 'by' | 'now' | 'policy'>,
): Promise<Refusal | null> {
  const there = (await colleaguesAt(tx, now)).find(
    ({ actor }) =>
      actor.desk === to.desk && actor.handler === to.handler && actor.deskNumber === to.deskNumber,
  );
  const because = whyCannotTake(contact, there ?? null, { by, atOnce: policy.chat?.atOnce });
  return because === null ? null : { code: 'cannot-take', to, because, n: there?.chats ?? 0 };
}

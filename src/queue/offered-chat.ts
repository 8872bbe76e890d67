import { SIGN_IN_HOLDS_MS } from '../shared/contract/sign-in.ts';
import { whyCannotTake, type Colleague } from '../shared/domain/chat/colleague.ts';
import type { Act } from '../shared/domain/command.ts';
import type { Contact } from '../shared/domain/contact.ts';
import type { Refusal } from '../shared/domain/lifecycle.ts';
import { later, type Instant } from '../shared/domain/time.ts';
import type { GivenCommand } from './command-effect.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/** Whoever works at a desk now, as everybody may know it (rules A-10, CH-16). */
export const colleaguesAt = (tx: StoreTransaction, now: Instant): Promise<readonly Colleague[]> =>
  tx.colleagues(later(now, -SIGN_IN_HOLDS_MS));

/**
 * Why this colleague cannot be offered a chat at this moment, or `null`: what the contact alone does not say (rule CH-16). They are meant by
 * desk and person together: who sits there by now is somebody else.
 */
export async function refusalOfColleague(
  tx: StoreTransaction,
  contact: Contact,
  { to }: Extract<Act, { kind: 'offer-chat' }>,
  { by, now, policy }: Pick<GivenCommand, 'by' | 'now' | 'policy'>,
): Promise<Refusal | null> {
  const there = (await colleaguesAt(tx, now)).find(
    ({ actor }) =>
      actor.desk === to.desk && actor.handler === to.handler && actor.deskNumber === to.deskNumber,
  );
  const because = whyCannotTake(contact, there ?? null, { by, atOnce: policy.chat?.atOnce });
  return because === null ? null : { code: 'cannot-take', to, because, n: there?.chats ?? 0 };
}

import type { ContactId } from '../../shared/domain/ids.ts';
import type { Workplace } from './workplace.ts';

/** Asked for once although there were enough: asked for again it is taken. */
const insisted = new WeakMap<Workplace, ContactId>();

/**
 * Why one more chat is not taken just like that (rule CH-14): a sentence, or `null`. Nobody in danger is kept out by a number: the same key
 * again takes it.
 */
export function whyNotOneMore(workplace: Workplace, id: ContactId): string | null {
  const row = workplace.store.rows.get(id)?.summary;
  if (row === undefined || row.band === 'A' || insisted.get(workplace) === id) return null;
  const limit = limitOf(workplace);
  const { length } = workplace.chats.mine();
  if (limit === null || length < limit.n) return null;
  insisted.set(workplace, id);
  const many = length === 1 ? 'a chat' : `${length} chats`;
  const because = limit.isRisk ? ', and risk is flagged' : '';
  return `Not claimed: you have ${many}${because}. ${limit.n} at once is your limit. Claim it again to take it all the same.`;
}

/** How many at once, by policy; `null` while it is not there. */
function limitOf({
  policies,
  store,
  chats,
}: Workplace): { readonly n: number; readonly isRisk: boolean } | null {
  const view = policies.of('chat').read();
  const session = store.desk.read()?.session;
  if (view.kind !== 'here' || session?.kind !== 'signed-in') return null;
  const { atOnce } = view.value;
  const isRisk = chats.mine().some(({ flags, band }) => flags.lookFirst || band === 'A');
  return { n: isRisk ? atOnce.whenRisk : atOnce[session.person.role], isRisk };
}

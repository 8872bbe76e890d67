import type { HandedContact, Update } from './handed-contact.ts';
import { eventOfState, toldAtOnce } from './telephone-line.ts';

/** One thing that happens in the day: a contact is handed over, or more becomes known about one. */
export type Step = {
  /** The instant of the day that is played. Milliseconds. */
  readonly at: number;
  /** Its own, in the whole plan. */
  readonly key: string;
  /** The contact that it is, or is about. */
  readonly contactKey: string;
  /** True when nothing about this contact follows. */
  readonly isLast: boolean;
  /** Where it comes from: a card's id, or an everyday story's and its kind. Not handed over. */
  readonly story: { readonly id: string; readonly kind: string };
} & (
  | { readonly kind: 'contact'; readonly contact: HandedContact }
  | { readonly kind: 'update'; readonly update: Update }
);

/**
 * A contact and what follows about it, as steps in order. Times are instants of the day that is played. Of what rings, the
 * states of its line are told as the exchange tells them.
 */
export function stepsOf(
  story: Step['story'],
  key: string,
  arrival: { readonly at: number; readonly contact: HandedContact },
  updates: readonly { readonly at: number; readonly update: Update }[],
): readonly Step[] {
  const common = { contactKey: key, story };
  const { at, contact } = arrival;
  const atOnce = toldAtOnce(contact);
  const told =
    contact.call === null ? updates : updates.map((one) => ({ ...one, update: asCall(one.update) }));
  const all = atOnce === null ? told : [{ at, update: { kind: 'call', told: atOnce } as const }, ...told];
  return [
    { ...common, ...arrival, key, kind: 'contact', isLast: all.length === 0 },
    ...all.map((one, n): Step => {
      const isLast = n === all.length - 1;
      return { ...common, ...one, key: `${key}.${n + 1}`, kind: 'update', isLast };
    }),
  ];
}

function asCall(update: Update): Update {
  const told = update.kind === 'line' ? eventOfState(update.state) : null;
  return told === null ? update : { kind: 'call', told };
}

/** How one try to hand something over ended. */
export type Answer =
  /** The queue has it. `ref` is what handlers call the contact; empty for an update. */
  | { readonly kind: 'received'; readonly ref: string }
  /** The queue is away or busy: the same again, not before `afterMs`. */
  | { readonly kind: 'later'; readonly why: string; readonly afterMs: number }
  /** The contact was closed meanwhile: nothing can be added to it. */
  | { readonly kind: 'closed' }
  /** The queue will never take it as it is. */
  | { readonly kind: 'refused'; readonly why: string };

/** What is handed over: a contact, an update of one, or an event of a call. */
export interface Parcel {
  /** Its own, the same at every try: so it is kept once however often it is sent (rule C-02). */
  readonly key: string;
  /** By which of the intake's doors. `update`: to the contact of a key. `call`: an event of telephony, which names its call itself. */
  readonly to:
    | { readonly kind: 'contact' }
    | { readonly kind: 'update'; readonly contactKey: string }
    | { readonly kind: 'call' };
  /** JSON, the same at every try. */
  readonly body: string;
}

/** How long to wait before the next try: at random up to a bound that doubles, 200 ms to 5 s. Milliseconds. */
export function backOffMs(tries: number, random: () => number): number {
  return 50 + random() * Math.min(5_000, 200 * 2 ** Math.min(tries, 10));
}

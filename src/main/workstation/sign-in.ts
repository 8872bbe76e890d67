import { handlerIdSchema } from '../../shared/contract/basic-schemas.ts';
import { pinSchema, type SignInRefusal } from '../../shared/contract/sign-in.ts';
import type { Realm } from '../../shared/contract/realm.ts';
import type { Input, Output } from '../../shared/contract/workstation.ts';
import type { DeskId, HandlerId } from '../../shared/domain/ids.ts';
import type { KnownPerson } from '../cache/kept-session.ts';
import type { KnownPeople } from './known-people.ts';
import type { PinHasher } from './pin-hash.ts';
import { WRONG_PINS } from './pin-limit.ts';
import type { SignInClient, SignInReply } from './sign-in-client.ts';

export interface SignInDoorOptions {
  readonly deskId: DeskId;
  readonly realm: Realm;
  readonly people: KnownPeople;
  readonly pins: PinHasher;
  /** Where to sign in; `null` when there is no queue to ask. */
  readonly client: SignInClient | null;
  /** The queue's address, for the handler to read. */
  readonly address: string | null;
}

/** Somebody may begin; or what they are told. */
export type SignInOutcome =
  | {
      readonly kind: 'may-begin';
      readonly known: KnownPerson;
      /** The queue's word; `null` when it was not asked. */
      readonly token: string | null;
    }
  | { readonly kind: 'told'; readonly answer: Exclude<Output<'session.sign-in'>, { kind: 'signed-in' }> };

const told = (answer: Extract<SignInOutcome, { kind: 'told' }>['answer']): SignInOutcome => ({
  kind: 'told',
  answer,
});

/** Where a number and a PIN are looked at: by the queue, or, when it does not answer, by what the desk knows (rules ). */
export class SignInDoor {
  readonly #options: SignInDoorOptions;

  constructor(options: SignInDoorOptions) {
    this.#options = options;
  }

  async comeIn({ handler, pin }: Input<'session.sign-in'>): Promise<SignInOutcome> {
    const { people, pins } = this.#options;
    const who = handlerIdSchema.safeParse(handler.trim());
    // What cannot be a number and a PIN is not worth a question, and is told like any other mistake.
    if (!who.success || !pinSchema.safeParse(pin).success)
      return told({ kind: 'wrong', attemptsLeft: WRONG_PINS });
    const reply = await this.ask(who.data, pin);
    switch (reply.kind) {
      case 'signed-in': {
        const { person, token } = reply.signedIn;
        return { kind: 'may-begin', known: people.signedIn(person, await pins.hash(pin)), token };
      }
      case 'refused':
        return this.#refused(who.data, pin, reply.refusal);
      case 'unreachable':
        return this.#withoutQueue(who.data, pin);
    }
  }

  /** The queue alone. */
  async ask(handler: HandlerId, pin: string): Promise<SignInReply> {
    const { client, deskId, realm } = this.#options;
    if (client === null) return { kind: 'unreachable' };
    return client.signIn({ desk: deskId, realm, handler, pin });
  }

  async #refused(handler: HandlerId, pin: string, refusal: SignInRefusal): Promise<SignInOutcome> {
    const { people } = this.#options;
    switch (refusal.code) {
      case 'wrong': {
        // A PIN that was right here and is wrong there was changed, or its account closed: here, too, it is over.
        if (await people.isRight(handler, pin)) people.forget(handler);
        return told({ kind: 'wrong', attemptsLeft: refusal.attemptsLeft });
      }
      case 'too-many':
        return told({ kind: 'too-many', retryAfterMs: refusal.retryAfterMs });
      case 'other-realm':
        return told({ kind: 'other-realm', realm: refusal.realm });
      case 'bad-request':
        return told({ kind: 'wrong', attemptsLeft: WRONG_PINS });
    }
  }

  async #withoutQueue(handler: HandlerId, pin: string): Promise<SignInOutcome> {
    const { people, address } = this.#options;
    if (people.find(handler) === null) return told({ kind: 'unreachable', address });
    const tried = await people.tryPin(handler, pin);
    return tried.kind === 'right' ? { kind: 'may-begin', known: tried.known, token: null } : told(tried);
  }
}

import { z } from 'zod';
import { pinSchema } from '../../shared/contract/sign-in.ts';
import { asHandlerId, type HandlerId } from '../../shared/domain/ids.ts';
import { roles, type Role } from '../../shared/domain/role.ts';
import type { Clock } from '../../shared/domain/time.ts';
import { isCleanText } from '../storable-text.ts';
import type { Account } from '../store/account-store.ts';
import type { AuditedAct } from '../store/audit-chain.ts';
import { digestOf } from '../store/canonical-json.ts';
import type { QueueStore, StoreTransaction } from '../store/queue-store.ts';
import { hashPin, productionCost, type RandomBytes, type ScryptCost } from './pin-hash.ts';

/** An account as it is asked for. */
export const accountWishSchema = z.strictObject({
  number: z.string().regex(/^[0-9A-Za-z-]{1,32}$/),
  name: z.string().trim().min(1).max(80).refine(isCleanText),
  role: z.enum(roles),
  pin: pinSchema,
});
export type AccountWish = z.infer<typeof accountWishSchema>;

/** What cannot be done with an account, in a sentence for whoever asked. */
export class AccountRefused extends Error {
  override readonly name = 'AccountRefused';
}

/**
 * Makes, changes and closes accounts (rule A-12), each with an audit entry in the same transaction. It works on the store,
 * beside or without a running queue; queues learn of it within half a second. Methods reject with `AccountRefused`.
 */
export class AccountChanges {
  readonly #store: QueueStore;
  readonly #clock: Clock;
  readonly #random: RandomBytes;
  readonly #cost: ScryptCost;
  readonly #from: string;

  constructor(options: {
    readonly store: QueueStore;
    readonly clock: Clock;
    readonly random: RandomBytes;
    readonly cost?: ScryptCost;
    /** Where the change is asked for, as the audit names it. */
    readonly from: string;
  }) {
    this.#store = options.store;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#cost = options.cost ?? productionCost;
    this.#from = options.from;
  }

  list(): Promise<readonly Account[]> {
    return this.#store.accounts();
  }

  async add({ number, name, role, pin }: AccountWish): Promise<void> {
    const handler = asHandlerId(number);
    const hash = await hashPin(pin, this.#cost, this.#random);
    await this.#store.transact(async (tx) => {
      if ((await tx.account(handler)) !== null)
        throw new AccountRefused(`There is an account ${number} already.`);
      const account = { handler, name, role, isActive: true, pin: hash };
      await tx.putAccount(account);
      await this.#audit(tx, 'account-add', account);
    });
  }

  /** Whoever knew the old one is signed in nowhere any more: the desks ask for the new one (rule A-12). */
  async setPin(number: string, pin: string): Promise<void> {
    const hash = await hashPin(pin, this.#cost, this.#random);
    await this.#change(number, 'account-pin', (account) => ({ ...account, pin: hash }));
  }

  async setRole(number: string, role: Role): Promise<void> {
    await this.#change(number, 'account-role', (account) => ({ ...account, role }));
  }

  /** Nobody signs in with it any more, and its links end (rule A-12). */
  async close(number: string): Promise<void> {
    await this.#change(number, 'account-close', (account) => ({ ...account, isActive: false }));
  }

  async #change(number: string, act: AuditedAct, changed: (account: Account) => Account): Promise<void> {
    const handler: HandlerId = asHandlerId(number);
    await this.#store.transact(async (tx) => {
      const account = await tx.account(handler);
      if (account === null) throw new AccountRefused(`There is no account ${number}.`);
      if (!account.isActive) throw new AccountRefused(`Account ${number} is closed.`);
      const after = changed(account);
      await tx.putAccount(after);
      if (!after.isActive || after.pin !== account.pin) await tx.endSignIns({ handler }, this.#clock.now());
      await this.#audit(tx, act, after);
    });
  }

  async #audit(tx: StoreTransaction, act: AuditedAct, { handler, role, isActive }: Account): Promise<void> {
    await tx.append(null, null, {
      at: this.#clock.now(),
      contact: null,
      desk: null,
      deskNumber: null,
      handler,
      source: this.#from,
      act,
      outcome: 'applied',
      command: null,
      actDigest: digestOf({ act, handler, role, isActive }),
    });
  }
}

import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { keysOfContact } from '../../shared/domain/same-caller.ts';
import { sameNumberOf, type SameNumber } from '../../shared/domain/same-number.ts';
import type { DeskStore, Held } from '../cache/desk-store.ts';

/** So many of the newest contacts of one number are looked at, beside those that were looked at before. */
const OF_NUMBER = 50;

export interface SameNumbersOptions {
  readonly store: Pick<DeskStore, 'ofCaller'>;
  readonly held: (contact: ContactId) => Held | null;
}

/**
 * Who rings from the number of somebody who is due to be rung back (rule TE-10), kept for the rows. A number is looked up in the file only
 * while somebody is due at it: of every other contact it is asked for in memory.
 */
export class SameNumbers {
  readonly #options: SameNumbersOptions;
  /** By number, while somebody is due to be rung back at it: every contact of it that was looked at, and what its row says. */
  readonly #groups = new Map<string, ReadonlyMap<ContactId, readonly SameNumber[]>>();
  readonly #numberOf = new Map<ContactId, string>();

  constructor(options: SameNumbersOptions) {
    this.#options = options;
  }

  /** What the row of a contact says; empty for nearly all. */
  of(contact: ContactId): readonly SameNumber[] {
    const number = this.#numberOf.get(contact);
    return number === undefined ? [] : (this.#groups.get(number)?.get(contact) ?? []);
  }

  /** Takes in how contacts stand now. Returns every contact whose row says something else than before, of these or not. */
  take(contacts: ReadonlyMap<ContactId, Held | null>): readonly ContactId[] {
    const numbers = new Set<string>();
    for (const [id, held] of contacts) {
      const before = this.#numberOf.get(id);
      if (before !== undefined) numbers.add(before);
      const number = numberOf(held?.contact ?? null);
      if (number === null) continue;
      if (held?.summary.callBackDue === true || this.#groups.has(number)) numbers.add(number);
    }
    return [...numbers].flatMap((number) => this.#lookAgain(number));
  }

  forget(): void {
    this.#groups.clear();
    this.#numberOf.clear();
  }

  #lookAgain(number: string): readonly ContactId[] {
    const { store, held } = this.#options;
    const before = this.#groups.get(number) ?? new Map<ContactId, readonly SameNumber[]>();
    const candidates = new Set([
      ...before.keys(),
      ...store.ofCaller({ number, address: null, name: null }, OF_NUMBER),
    ]);
    const contacts = [...candidates].flatMap((id) => {
      const contact = held(id)?.contact ?? null;
      return contact !== null && numberOf(contact) === number ? [contact] : [];
    });
    const said = sameNumberOf(contacts);
    for (const id of before.keys()) if (this.#numberOf.get(id) === number) this.#numberOf.delete(id);
    this.#groups.delete(number);
    if (contacts.some(({ callBackDue }) => callBackDue)) {
      this.#groups.set(number, new Map(contacts.map(({ id }) => [id, said.get(id) ?? []])));
      for (const { id } of contacts) this.#numberOf.set(id, number);
    }
    return [...candidates].filter((id) => !saysTheSame(before.get(id) ?? [], said.get(id) ?? []));
  }
}

const numberOf = (contact: Contact | null): string | null =>
  contact === null ? null : keysOfContact(contact).number;

const saysTheSame = (some: readonly SameNumber[], others: readonly SameNumber[]): boolean =>
  some.length === others.length &&
  some.every(({ contact, ref, is }, at) => {
    const other = others[at];
    return other?.contact === contact && other.ref === ref && other.is === is;
  });

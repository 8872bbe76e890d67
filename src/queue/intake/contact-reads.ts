import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';

/** Somebody who waits for a contact. */
interface Asking {
  readonly resolve: (contact: Contact | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/** Contacts in one question. More would keep everything else waiting while they are read. */
const AT_A_TIME = 24;

/**
 * Reads single contacts for many who ask at the same moment: together, and one question at a time. When a place in the line moves, every chat that waits asks;
 * each with a connection of its own they would stand before a call (rule C-33).
 */
export class ContactReads {
  readonly #read: (ids: readonly ContactId[]) => Promise<readonly Contact[]>;
  readonly #asked = new Map<ContactId, Asking[]>();
  #isReading = false;

  constructor(read: (ids: readonly ContactId[]) => Promise<readonly Contact[]>) {
    this.#read = read;
  }

  /** As it stands after this was asked; rejects as the store does. */
  read(id: ContactId): Promise<Contact | undefined> {
    return new Promise((resolve, reject) => {
      const asking = this.#asked.get(id) ?? [];
      this.#asked.set(id, asking);
      asking.push({ resolve, reject });
      if (!this.#isReading) {
        this.#isReading = true;
        // After this turn of the loop, so that all who were woken by the same thing are in one question.
        setImmediate(() => void this.#readAll());
      }
    });
  }

  async #readAll(): Promise<void> {
    while (this.#asked.size > 0) {
      const some = [...this.#asked].slice(0, AT_A_TIME);
      for (const [id] of some) this.#asked.delete(id);
      try {
        const found = await this.#read(some.map(([id]) => id));
        const byId = new Map(found.map((contact) => [contact.id, contact]));
        for (const [id, asking] of some) for (const { resolve } of asking) resolve(byId.get(id));
      } catch (error) {
        for (const [, asking] of some) for (const { reject } of asking) reject(error);
      }
    }
    this.#isReading = false;
  }
}

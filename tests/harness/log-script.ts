import type { Act } from '../../src/shared/domain/command.ts';
import { summaryOf, type Actor, type Contact, type ContactSummary } from '../../src/shared/domain/contact.ts';
import type { LogEntry } from '../../src/shared/domain/event.ts';
import {
  asCommandId,
  asContactId,
  asLsn,
  asStoreEpoch,
  type CommandId,
  type ContactId,
  type Lsn,
} from '../../src/shared/domain/ids.ts';
import { apply } from '../../src/shared/domain/lifecycle.ts';
import { later } from '../../src/shared/domain/time.ts';
import type { Cursor, Evt } from '../../src/shared/contract/queue-link.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { aCommand, aContact, anActor, anId, carryOut, testStart } from './builders.ts';

/** A queue's log as a test tells it: what happened, numbered without gaps, and the contacts as they are after it. */
export class LogScript {
  readonly storeEpoch = asStoreEpoch(anId(0xe0001));
  readonly entries: LogEntry[] = [];
  readonly #contacts = new Map<ContactId, Contact>();

  /** A contact arrives; its id, reference and arrival number follow from how many came before. */
  arrives(over: Partial<Contact> = {}): LogEntry {
    const seq = this.#contacts.size + 1;
    const id = asContactId(anId(0xa0000 + seq));
    const receivedAt = later(testStart, seq * 1_000);
    const contact = aContact({ id, seq, ref: `CON-${seq}`, receivedAt, ...over });
    this.#contacts.set(contact.id, contact);
    return this.#append({
      contact: contact.id,
      rev: contact.rev,
      at: contact.receivedAt,
      by: null,
      what: { kind: 'arrived', contact },
    });
  }

  /** A command that the queue accepts. `id` is the command's, where a test cares. */
  happens(
    to: ContactId,
    act: Act,
    { by = anActor(), id }: { readonly by?: Actor; readonly id?: CommandId } = {},
  ): LogEntry {
    const contact = this.contact(to);
    const command = aCommand({
      on: contact,
      act,
      id: id ?? asCommandId(anId(0xc8000 + this.entries.length)),
    });
    const at = later(testStart, 3_600_000 + this.entries.length * 1_000);
    const { event, contact: after, decision } = carryOut(contact, command, { by, at });
    if (event === null) throw new Error(`the queue would not do this: ${JSON.stringify(decision)}`);
    this.#contacts.set(to, after);
    return this.#append(event);
  }

  /** A line of whoever the contact is with, from outside. */
  says(to: ContactId, text: string): LogEntry {
    const contact = this.contact(to);
    const at = later(testStart, 3_600_000 + this.entries.length * 1_000);
    const message = { key: `line-${contact.rev}`, from: 'public', text, language: null, at } as const;
    const what = { kind: 'said', message } as const;
    const event = { contact: to, rev: contact.rev + 1, at, by: null, what };
    this.#contacts.set(to, apply(contact, event));
    return this.#append(event);
  }

  contact(id: ContactId): Contact {
    return must(this.#contacts.get(id), `contact ${id}`);
  }

  /** What a flash says of it now. */
  summary(id: ContactId): ContactSummary {
    return summaryOf(this.contact(id));
  }

  /** Every contact as it is now. */
  get contacts(): readonly Contact[] {
    return [...this.#contacts.values()];
  }

  get head(): Lsn {
    return asLsn(this.entries.length);
  }

  /** The position after everything that has happened, or after entry `lsn`. */
  cursor(lsn: Lsn = this.head): Cursor {
    return { storeEpoch: this.storeEpoch, lsn };
  }

  #append(event: Omit<LogEntry, 'lsn'>): LogEntry {
    const entry = { ...event, lsn: asLsn(this.entries.length + 1) };
    this.entries.push(entry);
    return entry;
  }
}

/** The frame that brings an entry to a desk which has everything before it. */
export function asFrame(entry: LogEntry): Evt {
  return { t: 'EVT', prev: asLsn(entry.lsn - 1), ...entry };
}

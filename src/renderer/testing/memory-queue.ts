import { loggedContact, refusalOfLog } from '../../shared/domain/arrival.ts';
import { refusalByRole } from '../../shared/domain/authorisation.ts';
import type { Act, Command } from '../../shared/domain/command.ts';
import type { Actor, Contact } from '../../shared/domain/contact.ts';
import type { Happening } from '../../shared/domain/event.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { apply, decide, type Refusal } from '../../shared/domain/lifecycle.ts';
import type { Role } from '../../shared/domain/role.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { testPolicy } from './builders.ts';

/** Numbers of contacts that a desk wrote down begin here, away from those that tests give. */
const FIRST_LOGGED = 900_000;

/** The contacts, and a queue that decides about them by the domain's own functions. */
export class MemoryQueue {
  readonly #contacts = new Map<ContactId, Contact>();
  readonly #now: () => Instant;
  #logged = 0;

  constructor({ now }: { readonly now: () => Instant }) {
    this.#now = now;
  }

  get all(): readonly Contact[] {
    return [...this.#contacts.values()];
  }

  find(id: ContactId): Contact | null {
    return this.#contacts.get(id) ?? null;
  }

  put(...contacts: readonly Contact[]): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
  }

  /** What a desk knows for sure before it asks. */
  refusal(contact: Contact | null, act: Act, role: Role): Refusal | null {
    if (act.kind !== 'log')
      return contact === null ? { code: 'unknown-contact' } : refusalByRole(role, act.kind, contact);
    const logged = this.all.find(({ paperLog }) => paperLog !== null && paperLog === act.paperLog);
    return logged === undefined ? refusalOfLog(act) : { code: 'already-logged', ref: logged.ref };
  }

  /** A contact that a desk has written down itself: provisional until the queue has answered (rule P-03). */
  writeDown({ contact: id, act }: Command, by: Actor): void {
    if (act.kind !== 'log') return;
    const numbers = { id, ref: act.provisionalRef, seq: 0, source: 'desk' };
    this.put({ ...loggedContact(act, numbers, by, this.#now(), testPolicy), rev: 0 });
  }

  /** The other end of a link; what the child's words add is the queue's to read, and left out here. */
  #join(what: Extract<Happening, { kind: 'linked' }>, child: Contact, by: Actor): void {
    const parent = this.find(what.parent.contact);
    if (parent === null) return;
    const { link, as, fact } = what;
    const other = { contact: child.id, ref: child.ref };
    const joined = { kind: 'joined', link, as, child: other, fact, found: [], due: null } as const;
    this.put(apply(parent, { contact: parent.id, rev: parent.rev + 1, at: this.#now(), by, what: joined }));
  }

  /** Decides a command and applies its event. Why not, or `null`. */
  decide(command: Command, by: Actor): Refusal | null {
    const before = this.find(command.contact);
    if (before === null) return { code: 'unknown-contact' };
    if (command.act.kind === 'log' && before.rev === 0) {
      this.#logged += 1;
      const seq = FIRST_LOGGED + this.#logged;
      this.put({ ...before, ref: `CON-20261122-${seq}`, seq, rev: 1 });
      return null;
    }
    const decision = decide(before, command, by, testPolicy, this.#now());
    if (decision.kind === 'refused') return decision.refusal;
    if (decision.what !== null) {
      const event = { contact: before.id, rev: before.rev + 1, at: this.#now(), by, what: decision.what };
      this.put(apply(before, event));
      if (decision.what.kind === 'linked') this.#join(decision.what, before, by);
    }
    return null;
  }
}

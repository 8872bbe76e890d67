import type { Act } from '../../src/shared/domain/command.ts';
import { summaryOf, type Contact } from '../../src/shared/domain/contact.ts';
import type { ContactEvent } from '../../src/shared/domain/event.ts';
import { asCommandId, asContactId, asLsn, type ContactId } from '../../src/shared/domain/ids.ts';
import { later } from '../../src/shared/domain/time.ts';
import type { DownFrame } from '../../src/shared/contract/queue-link.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { aClosing, aCommand, anActor, anId, carryOut } from '../harness/builders.ts';
import { chance, contactAt } from './contacts.ts';

/** Frames that are due at one moment. */
export interface Shot {
  /** Milliseconds from the load's beginning. */
  readonly dueMs: number;
  readonly texts: readonly string[];
  /** The emergency that these frames bring, whose painting is waited for. */
  readonly awaited: string | null;
}

export interface LoadWish {
  /** Contacts in the desk's file, which has taken in as many events. */
  readonly contacts: number;
  readonly seconds: number;
  readonly updatesPerSecond: number;
  readonly emergenciesPerSecond: number;
  /** `anywhere`: arrivals, claims, notes, gradings, closings, a few of them in sight. `out-of-sight`: notes far down. */
  readonly updates: 'anywhere' | 'out-of-sight';
}

/** An emergency is answered at another desk after this long. Milliseconds. */
const ANSWERED_AFTER_MS = 700;
/** One update in so many goes to a contact near the top of the list, where rows are in sight. */
const NEAR_TOP_EVERY = 20;
const NEAR_TOP = 300;

const elsewhere = [2, 3, 4, 5].map((deskNumber) => anActor({ deskNumber }));

/** What a room of desks does in a while, decided by the product's own rules, as frames with their moments. */
export function loadOf(wish: LoadWish): readonly Shot[] {
  return new LoadWriter(wish).write();
}

class LoadWriter {
  readonly #wish: LoadWish;
  readonly #changed = new Map<ContactId, Contact>();
  readonly #owned: Contact[] = [];
  readonly #nearTop: readonly number[];
  #lsn: number;
  #drawn = 0;
  #made = 0;

  constructor(wish: LoadWish) {
    this.#wish = wish;
    this.#lsn = wish.contacts;
    this.#nearTop = oldest(wish.contacts);
  }

  write(): readonly Shot[] {
    const { seconds, updatesPerSecond, emergenciesPerSecond } = this.#wish;
    const acts: { readonly dueMs: number; readonly make: () => Omit<Shot, 'dueMs'> }[] = [];
    const each = 1_000 / updatesPerSecond;
    for (let n = 0; n < seconds * updatesPerSecond; n += 1)
      acts.push({
        dueMs: (n + this.#draw()) * each,
        make: () => ({ texts: [this.#update()], awaited: null }),
      });
    const apart = 1_000 / emergenciesPerSecond;
    for (let n = 0; n < seconds * emergenciesPerSecond; n += 1) {
      const dueMs = (n + 0.8 * this.#draw()) * apart;
      const emergency = this.#emergency(n);
      acts.push({ dueMs, make: () => this.#rings(emergency) });
      acts.push({
        dueMs: dueMs + ANSWERED_AFTER_MS,
        make: () => ({ texts: [this.#happens(emergency, { kind: 'claim' })], awaited: null }),
      });
    }
    // Written in the order in which they happen: the log has no holes.
    return acts.sort((a, b) => a.dueMs - b.dueMs).map(({ dueMs, make }) => ({ dueMs, ...make() }));
  }

  #rings(emergency: Contact): Omit<Shot, 'dueMs'> {
    const flash: DownFrame = { t: 'FLASH', lsn: asLsn(this.#lsn + 1), summary: summaryOf(emergency) };
    return { texts: [JSON.stringify(flash), this.#arrives(emergency)], awaited: emergency.id };
  }

  #update(): string {
    if (this.#wish.updates === 'out-of-sight') {
      const n = Math.floor(this.#draw() * this.#wish.contacts);
      return this.#happens(this.#nowOf(contactAt(n, this.#wish.contacts)), this.#note());
    }
    const draw = this.#draw();
    if (draw < 0.15) return this.#arrives(this.#newcomer());
    const owned = draw < 0.5 ? this.#owned.shift() : undefined;
    if (owned !== undefined) {
      const by = must(owned.ownership.kind === 'owned' ? owned.ownership.by : undefined, 'owner');
      const reason = 'seen to';
      // Graded, given back and taken again, the risk is to be looked at anew before it may be closed.
      if (draw < 0.3 && owned.duties.length === 0) return this.#happens(owned, aClosing({ reason }), by);
      if (draw < 0.4) return this.#happens(owned, { kind: 'release' }, by);
      return this.#happens(owned, { kind: 'grade', grade: 'G3', reason }, by);
    }
    const contact = this.#anyWaiting();
    if (draw < 0.75) return this.#happens(contact, { kind: 'claim' });
    return this.#happens(contact, this.#note());
  }

  #note(): Act {
    return { kind: 'note', text: 'Rang back, no answer.', happenedAt: null };
  }

  #anyWaiting(): Contact {
    const { contacts } = this.#wish;
    for (;;) {
      const isNear = this.#made % NEAR_TOP_EVERY === 0;
      const n = isNear
        ? must(this.#nearTop[Math.floor(this.#draw() * this.#nearTop.length)], 'contact near the top')
        : Math.floor(this.#draw() * contacts);
      const contact = this.#nowOf(contactAt(n, contacts));
      if (contact.ownership.kind === 'waiting' && contact.band === 'B') return contact;
    }
  }

  #nowOf(contact: Contact): Contact {
    return this.#changed.get(contact.id) ?? contact;
  }

  /** A report that has just come: it stands far down. */
  #newcomer(): Contact {
    const n = this.#made;
    const base = contactAt(n, this.#wish.contacts);
    const receivedAt = later(base.receivedAt, 0);
    return {
      ...base,
      id: asContactId(`f0000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`),
      ref: `CON-20261102-${String(n).padStart(6, '0')}`,
      band: 'B',
      channel: 'online-report',
      seq: this.#wish.contacts + n,
      receivedAt,
      bandSince: receivedAt,
    };
  }

  #emergency(n: number): Contact {
    const { contacts } = this.#wish;
    const base = contactAt(0, contacts);
    const receivedAt = later(base.receivedAt, 72 * 3_600_000 + n * 1_000);
    return {
      ...base,
      id: asContactId(`eeeeeeee-0000-4000-8000-${n.toString(16).padStart(12, '0')}`),
      ref: `CON-20261103-${String(n).padStart(6, '0')}`,
      channel: '999-voice',
      band: 'A',
      seq: 2 * contacts + n,
      receivedAt,
      bandSince: receivedAt,
      ownership: { kind: 'waiting', since: receivedAt },
      title: 'Intruder in the house',
    };
  }

  #arrives(contact: Contact): string {
    this.#changed.set(contact.id, contact);
    this.#made += 1;
    return this.#append({
      contact: contact.id,
      rev: contact.rev,
      at: contact.receivedAt,
      by: null,
      what: { kind: 'arrived', contact },
    });
  }

  #happens(contact: Contact, act: Act, by = must(elsewhere[this.#made % elsewhere.length], 'desk')): string {
    this.#made += 1;
    const id = asCommandId(anId(0xc_0000_0000 + this.#made));
    const {
      event,
      contact: after,
      decision,
    } = carryOut(contact, aCommand({ on: contact, act, id }), {
      by,
      at: later(contact.enteredAt, 60_000),
    });
    if (event === null) throw new Error(`not a load the queue could bring: ${JSON.stringify(decision)}`);
    this.#changed.set(after.id, after);
    if (after.ownership.kind === 'owned' && after.band === 'B') this.#owned.push(after);
    return this.#append(event);
  }

  #append(event: ContactEvent): string {
    const prev = asLsn(this.#lsn);
    this.#lsn += 1;
    const frame: DownFrame = { t: 'EVT', prev, lsn: asLsn(this.#lsn), ...event };
    return JSON.stringify(frame);
  }

  /** The next number from 0 up to 1: the same in every run. */
  #draw(): number {
    this.#drawn += 1;
    return chance(this.#drawn, 99);
  }
}

/** The numbers of the contacts that came first. */
function oldest(contacts: number): readonly number[] {
  const start = contactAt(0, contacts).receivedAt;
  const found: number[] = [];
  for (let n = 0; n < contacts && found.length < NEAR_TOP; n += 1)
    if ((n * 7_919) % contacts < NEAR_TOP && contactAt(n, contacts).receivedAt >= start) found.push(n);
  return found;
}

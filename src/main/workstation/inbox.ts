import type { ToldEvent } from '../../shared/contract/salvage.ts';
import type { Draft, Input, Output, Payload } from '../../shared/contract/workstation.ts';
import {
  isOpenEmergency,
  type Actor,
  type Contact,
  type ContactSummary,
} from '../../shared/domain/contact.ts';
import type { ContactId, Lsn } from '../../shared/domain/ids.ts';
import { compareContacts } from '../../shared/domain/ordering.ts';
import type { ServicePolicy } from '../../shared/domain/service-level.ts';
import { rowOf, view, type InboxRow, type Undecided } from '../../shared/domain/view.ts';
import type { Cursor } from '../../shared/contract/queue-link.ts';
import type { Committed, DeskStore, Held, OutboxRow } from '../cache/desk-store.ts';
import { SameNumbers } from './same-numbers.ts';

export interface InboxOptions {
  readonly store: DeskStore;
  /** What the handler has done to a contact and the queue has not decided; never an earlier handler's (rule A-08). */
  readonly undecided: (contact: ContactId) => readonly Undecided[];
  /** The handler's half-typed words on a contact. */
  readonly draft: (contact: ContactId) => Draft | null;
  /** `emergencies`: behind the lock nothing but the strip is shown (rules A-09, W-16). `nothing`: nobody is signed in. */
  readonly scope: () => 'everything' | 'emergencies' | 'nothing';
  /** Who acts here and by which policy; `null` before the queue first greeted this desk. */
  readonly me: () => { readonly actor: Actor; readonly policy: ServicePolicy } | null;
  readonly publish: (patch: Payload<'inbox.changed'>) => void;
  /** Writes an emergency down, with the reserve if it must be (rule S-14). False when the disk refuses all the same. */
  readonly keepsUrgently: (work: () => void) => boolean;
}

/** What a batch of events led to. */
export type Received =
  | ({ readonly kind: 'committed'; readonly cursor: Cursor } & Omit<Committed, 'touched'>)
  /** The events do not follow from this desk's cursor: a hole, never silent (rule L-06). */
  | { readonly kind: 'gap' };

/**
 * What comes in: events, flashes and snapshots into the store, and patches with a revision out to the window. In this
 * order and no other: (1) check that the events follow, (2) one commit of contacts and cursor, (3) acknowledge,
 * (4) paint. Only a flash is painted first, because an emergency never waits for the disk.
 */
export class Inbox {
  readonly #options: InboxOptions;
  #revision = 0;
  /** Flashes that the disk has not taken. */
  readonly #unkept = new Map<ContactId, ContactSummary>();
  readonly #sameNumbers: SameNumbers;

  constructor(options: InboxOptions) {
    this.#options = options;
    this.#sameNumbers = new SameNumbers({ store: options.store, held: (id) => this.held(id) });
  }

  /** Takes in events in the order they came. Durable when it returns `committed`; the caller acknowledges then. */
  receive(events: readonly ToldEvent[], storeEpoch: Cursor['storeEpoch']): Received {
    const { store } = this.#options;
    const cursor = store.cursor();
    let at: Lsn | null = cursor?.storeEpoch === storeEpoch ? cursor.lsn : null;
    for (const event of events) {
      if (event.prev !== at) return { kind: 'gap' };
      at = event.lsn;
    }
    if (at === null) return { kind: 'gap' };
    const next = { storeEpoch, lsn: at };
    const { touched, ...committed } = store.commitEvents(events, next);
    this.#forgetOvertaken(touched);
    this.#changedIds.push(...touched);
    return { kind: 'committed', cursor: next, ...committed };
  }

  readonly #changedIds: ContactId[] = [];

  /** Publishes what `receive` changed. Apart from it, so that outbox rows settled by the same commit are out of the fold. */
  publishReceived(): void {
    const ids = new Set(this.#changedIds.splice(0));
    if (ids.size > 0) this.changed([...ids]);
  }

  /**
   * An emergency told ahead of the log: painted at once, then committed, in the same turn. What the disk refused is
   * painted and tried again whenever it is told again (rules O-04, S-14).
   */
  flash(told: ContactSummary): void {
    const { id } = told;
    const { store, keepsUrgently } = this.#options;
    const before = this.#unkept.get(id);
    const summary = before !== undefined && before.rev > told.rev ? before : told;
    const rev = store.revOf(id);
    if (rev !== null && rev >= summary.rev) return void this.#unkept.delete(id);
    // Until the disk has it: an emergency can be looked at and taken although the disk refuses.
    this.#unkept.set(id, summary);
    this.changed([id]);
    if (keepsUrgently(() => void store.commitFlash(summary))) this.#unkept.delete(id);
  }

  /** Emergencies that the disk has not taken, or not in their newest state. */
  get unkept(): readonly ContactId[] {
    return [...this.#unkept.keys()];
  }

  /** What the desk has of a contact, whether or not the disk has it yet. */
  held(id: ContactId): Held | null {
    const kept = this.#options.store.held(id);
    const flash = this.#unkept.get(id);
    if (flash === undefined || (kept !== null && kept.summary.rev >= flash.rev)) return kept;
    return { summary: flash, contact: kept?.contact ?? null };
  }

  /** Replaces the copy. Durable when it returns. */
  install(contacts: readonly Contact[], cursor: Cursor): readonly OutboxRow[] {
    const settled = this.#options.store.installSnapshot(contacts, cursor);
    // Whatever is newer than the snapshot was told again by the greeting before it.
    this.#unkept.clear();
    this.#sameNumbers.forget();
    return settled;
  }

  /** The copy was wiped: what it lacked goes with it (rule S-13). */
  wiped(): void {
    this.#unkept.clear();
    this.#sameNumbers.forget();
  }

  /** Tells the window to read everything afresh. */
  reset(): void {
    this.#revision += 1;
    this.#options.publish({ revision: this.#revision, upserts: [], removals: [], reset: true });
  }

  /** Something about these contacts is to be painted again: the copy moved, or this desk's undecided work did. */
  changed(ids: readonly ContactId[]): void {
    const held = new Map(ids.map((id) => [id, this.held(id)]));
    const others = this.#sameNumbers.take(held).filter((id) => !held.has(id));
    for (const id of others) held.set(id, this.held(id));
    this.#publish(held);
  }

  read({ after, limit }: Input<'inbox.read'>): Output<'inbox.read'> {
    if (this.#options.scope() !== 'everything') return this.#strip();
    const { summaries, next } = this.#options.store.page(after, limit);
    const shown = this.#withUnkept(summaries, { isFirst: after === null });
    this.#lookForSameNumbers(shown);
    const rows = shown.map((summary) => this.#rowOfPage(summary));
    return { revision: this.#revision, rows, next };
  }

  /** Emergencies that the disk has not taken stand on the first page, in their order, and on no other (rules O-04, S-09). */
  #withUnkept(kept: readonly ContactSummary[], { isFirst }: { readonly isFirst: boolean }): ContactSummary[] {
    if (this.#unkept.size === 0) return [...kept];
    const rest = kept.filter(({ id }) => !this.#unkept.has(id));
    if (!isFirst) return rest;
    const unkept = this.unkept.flatMap((id) => this.held(id)?.summary ?? []);
    return [...rest, ...unkept.filter((summary) => this.#isShown(summary))].sort(compareContacts);
  }

  /** A page finds whom its people's numbers belong to as well; one on a page that was read before is told by itself. */
  #lookForSameNumbers(page: readonly ContactSummary[]): void {
    const due = page.filter(({ callBackDue }) => callBackDue);
    if (due.length === 0) return;
    const here = new Set(page.map(({ id }) => id));
    const others = this.#sameNumbers.take(new Map(due.map(({ id }) => [id, this.held(id)])));
    const elsewhere = others.filter((id) => !here.has(id));
    if (elsewhere.length > 0) this.#publish(new Map(elsewhere.map((id) => [id, this.held(id)])));
  }

  /** The disk has caught up with what it once refused. */
  #forgetOvertaken(touched: readonly ContactId[]): void {
    for (const id of touched) {
      const flash = this.#unkept.get(id);
      if (flash !== undefined && (this.#options.store.revOf(id) ?? -1) >= flash.rev) this.#unkept.delete(id);
    }
  }

  /** All that is shown behind the lock, in one page. */
  #strip(): Output<'inbox.read'> {
    const isNobody = this.#options.scope() === 'nothing';
    const emergencies = isNobody ? [] : this.#options.store.openEmergencies();
    const shown = isNobody ? [] : this.#withUnkept(emergencies, { isFirst: true });
    this.#lookForSameNumbers(shown);
    const rows = shown.flatMap(({ id }) => this.#row(id) ?? []);
    return { revision: this.#revision, rows, next: null };
  }

  /** The one contact, folded, as the window reads it. */
  contact(id: ContactId): Output<'contact.read'> {
    const { undecided, me } = this.#options;
    const held = this.held(id);
    const draft = this.#options.draft(id);
    if (held === null) return { kind: 'unknown', draft };
    const mine = me();
    if (held.contact === null || mine === null) return { kind: 'flash-only', summary: held.summary, draft };
    const { contact, pending, keptHere } = view(held.contact, undecided(id), mine.actor, mine.policy);
    return {
      kind: 'here',
      contact: newest(contact, held.summary),
      pending: [...pending],
      keptHere: [...keptHere],
      draft,
    };
  }

  #publish(contacts: ReadonlyMap<ContactId, Held | null>): void {
    const upserts: InboxRow[] = [];
    const removals: ContactId[] = [];
    for (const [id, held] of contacts) {
      const row = held && this.#rowFrom(held);
      if (row === null || !this.#isShown(row.summary)) removals.push(id);
      else upserts.push(row);
    }
    this.#revision += 1;
    this.#options.publish({ revision: this.#revision, upserts, removals, reset: false });
  }

  #isShown(summary: ContactSummary): boolean {
    switch (this.#options.scope()) {
      case 'everything':
        return summary.ownership.kind !== 'closed';
      case 'emergencies':
        return isOpenEmergency(summary);
      case 'nothing':
        return false;
    }
  }

  #row(id: ContactId): InboxRow | null {
    const held = this.held(id);
    return held && this.#rowFrom(held);
  }

  /** The whole contact is read only for the few rows that need more than their summary. */
  #rowOfPage(summary: ContactSummary): InboxRow {
    const { id } = summary;
    const needsMore = this.#unkept.has(id) || this.#options.undecided(id).length > 0;
    return (needsMore ? this.#row(id) : null) ?? this.#marked({ summary, pending: [] });
  }

  #marked(row: InboxRow): InboxRow {
    const sameNumber = this.#sameNumbers.of(row.summary.id);
    return sameNumber.length === 0 ? row : { ...row, sameNumber };
  }

  #rowFrom(held: Held): InboxRow {
    return this.#marked(this.#folded(held));
  }

  #folded({ summary, contact }: Held): InboxRow {
    const { undecided, me } = this.#options;
    const mine = me();
    const commands = undecided(summary.id).filter(({ command }) => command.act.kind !== 'consult');
    if (mine === null || commands.length === 0) return { summary, pending: [] };
    if (contact === null || contact.rev < summary.rev) {
      // The log is behind the flash: the flash says how things stand, and the commands are only marked.
      const pending = commands.map(({ command, keptAt }) => ({
        id: command.id,
        kind: command.act.kind,
        keptAt,
        doubt: null,
      }));
      return { summary, pending };
    }
    return rowOf(view(contact, commands, mine.actor, mine.policy));
  }
}

/** While the log is behind a flash, ownership, fence and band are the flash's. */
function newest(contact: Contact, summary: ContactSummary): Contact {
  return summary.rev > contact.rev ? { ...contact, ...summary } : contact;
}

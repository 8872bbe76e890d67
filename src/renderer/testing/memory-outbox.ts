import type { OutboxItem, OutboxState } from '../../shared/contract/workstation.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { Undecided } from '../../shared/domain/view.ts';

/** What this desk has asked for: not answered yet, and refused or late until the handler has seen it. */
export class MemoryOutbox {
  undecided: readonly Undecided[] = [];
  #settled: readonly OutboxItem[] = [];
  /** Commands that were kept once: the same id again does nothing twice. */
  readonly #known = new Set<CommandId>();
  readonly #refOf: (contact: ContactId) => string | null;

  constructor({ refOf }: { readonly refOf: (contact: ContactId) => string | null }) {
    this.#refOf = refOf;
  }

  isKnown(id: CommandId): boolean {
    return this.#known.has(id);
  }

  keep(command: Command, keptAt: Instant): void {
    this.#known.add(command.id);
    this.undecided = [...this.undecided, { command, keptAt }];
  }

  /** Takes the oldest out, to be answered. */
  next(): Undecided | null {
    const [next = null, ...rest] = this.undecided;
    this.undecided = rest;
    return next;
  }

  refused(kept: Undecided, refusal: Refusal): void {
    this.#settled = [...this.#settled, this.#item(kept, 'refused', refusal)];
  }

  late(kept: Undecided): void {
    this.#settled = [...this.#settled, this.#item(kept, 'late', null)];
  }

  dismiss(id: CommandId): void {
    this.#settled = this.#settled.filter((item) => item.id !== id);
  }

  state(): OutboxState {
    return { items: [...this.undecided.map((kept) => this.#item(kept, 'waiting', null)), ...this.#settled] };
  }

  #item(
    { command: { id, contact, act }, keptAt }: Undecided,
    state: OutboxItem['state'],
    refusal: Refusal | null,
  ): OutboxItem {
    return { id, contact, ref: this.#refOf(contact), act, keptAt, state, refusal };
  }
}

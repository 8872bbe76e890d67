import { IN_FLIGHT_LIMIT, type Cmd, type Res } from '../../shared/contract/queue-link.ts';
import type { OutboxState, Payload } from '../../shared/contract/workstation.ts';
import type { Act, Command } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { CommandId, ContactId, HandlerId } from '../../shared/domain/ids.ts';
import type { Undecided } from '../../shared/domain/view.ts';
import type { Clock } from '../../shared/domain/time.ts';
import type { DeskStore, OutboxRow } from '../cache/desk-store.ts';
import { frameOf } from './command-frame.ts';
import { becomingOf, takingsOf } from './ownership-acts.ts';

/** The queue's word on one command, as the window is told. */
export type Answer = Payload<'command.answered'>;

export interface OutboxOptions {
  readonly store: DeskStore;
  readonly clock: Clock;
  /** This desk's clock against the queue's, to be recorded with each command. */
  readonly offset: () => { readonly ms: number; readonly errorMs: number };
}

/** A window asks again within seconds, not after so many other acts. */
const REMEMBERED_IDS = 500;

/**
 * Commands between this desk and the queue: kept, sent in order, settled (rules ). The store is the truth;
 * this mirror of its rows saves reading them for every row painted.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #rows: readonly OutboxRow[];
  /** The latest ids kept in this run, answered or not. */
  readonly #kept = new Set<CommandId>();
  /** The highest number handed to the present connection; `null` without one. */
  #sentUpTo: number | null = null;
  /** The highest number that may have reached the queue in any connection of this run. */
  #mayHaveReached: number;
  /**
   * Claims, and contacts taken up again, that nobody should win any more: the link went red, or whoever wanted them was
   * gone, before they were answered.
   */
  #expired: Set<CommandId>;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#rows = options.store.outbox();
    // An earlier run may have sent everything it kept.
    this.#mayHaveReached = options.store.lastSeq();
    this.#expired = new Set(this.#takings());
  }

  /**
   * Keeps a command, and the contact that it writes down; durable when this returns. Throws `SqliteFault` if the disk
   * refuses: then nothing was kept.
   */
  keep(command: Command, provisional?: Contact): void {
    const oldest = this.#kept.values().next();
    if (this.#kept.size >= REMEMBERED_IDS && oldest.done === false) this.#kept.delete(oldest.value);
    const { store, clock } = this.#options;
    store.keep(command, {
      keptAt: clock.now(),
      mono: clock.monotonic(),
      clearsDraft: command.act.kind === 'note' || command.act.kind === 'log',
      ...(provisional === undefined ? {} : { provisional }),
    });
    this.#kept.add(command.id);
    this.#reload();
  }

  /** Whether this id was kept in this run, or is here from an earlier one. What left in an earlier one the queue knows by its id. */
  hasKept(id: CommandId): boolean {
    return this.#kept.has(id) || this.#rows.some((row) => row.command.id === id);
  }

  /** What the fold puts on top of a contact: everything whose event is not in the copy yet, in order. */
  undecided(contact: ContactId): readonly Undecided[] {
    return this.#rows
      .filter((row) => row.command.contact === contact && isInFold(row))
      .map(({ command, keptAt }) => ({ command, keptAt }));
  }

  /**
   * What a handler's outbox shows: their own, never an earlier handler's (rule A-08). Consultations are kept and sent
   * like the rest, but nobody waits for them.
   */
  state(of: HandlerId | null, refOf: (contact: ContactId) => string | null): OutboxState {
    const shown = this.#rows.filter(({ command }) => command.by === of && command.act.kind !== 'consult');
    return {
      items: shown.map(({ command, keptAt, standing }) => ({
        id: command.id,
        contact: command.contact,
        ref: refOf(command.contact),
        act: command.act,
        keptAt,
        state: standing.kind === 'refused' || standing.kind === 'late' ? standing.kind : 'waiting',
        refusal: standing.kind === 'refused' ? standing.refusal : null,
      })),
    };
  }

  /** Whether this desk has closed the contact and the queue has not answered: that can be taken back (rules ). */
  isClosingUnanswered(contact: ContactId): boolean {
    return this.#rows.some((row) => row.command.contact === contact && isWaiting(row) && isClose(row));
  }

  /** Contacts that are somebody's as soon as the copy has what they did last; it does not know yet (rule A-07). */
  becoming(of: HandlerId): readonly ContactId[] {
    return becomingOf(
      this.#rows.filter(isUndecided).map(({ command }) => command),
      of,
    );
  }

  /** Whether the queue has refused to take in the contact that a handler wrote down: then only this desk knows it. */
  isLogRefused(contact: ContactId): boolean {
    return this.#rows.some(
      ({ command, standing }) =>
        command.contact === contact && command.act.kind === 'log' && standing.kind === 'refused',
    );
  }

  /** Whether everything a handler did is answered, and what it led to is in the copy. */
  get isSettled(): boolean {
    return !this.#rows.some((row) => isUndecided(row) && row.command.act.kind !== 'consult');
  }

  /** How much the queue has not received yet, whoever it is of. */
  get unsent(): number {
    return this.#rows.filter((row) => isWaiting(row) && row.command.act.kind !== 'consult').length;
  }

  /** Everything of a handler that the queue has not answered yet, consultations too. */
  waitingOf(handler: HandlerId): readonly CommandId[] {
    return this.#rows
      .filter((row) => isWaiting(row) && row.command.by === handler)
      .map(({ command }) => command.id);
  }

  /** The contact of a command that is still here. */
  contactOf(id: CommandId): ContactId | null {
    return this.#rows.find(({ command }) => command.id === id)?.command.contact ?? null;
  }

  /** What an answered command asked for, while it is still here. */
  actOf(id: CommandId): Act | null {
    return this.#rows.find(({ command }) => command.id === id)?.command.act ?? null;
  }

  /** Whether the queue has called something applied whose event is not in the copy yet. */
  get hasApplied(): boolean {
    return this.#rows.some((row) => row.standing.kind === 'applied');
  }

  /** The highest number below which everything is answered, for HELLO. */
  get lastAcknowledged(): number {
    const waiting = this.#rows.filter(isWaiting).map((row) => row.seq);
    return waiting.length === 0 ? this.#options.store.lastSeq() : Math.min(...waiting) - 1;
  }

  /**
   * A connection stands, and the queue says how far it has received. Claims that expired on the way are taken back if
   * they never arrived; those that did are asked for again, to hear their answer. Returns what was taken back.
   */
  connected(lastCmdSeq: number): readonly Answer[] {
    this.#mayHaveReached = lastCmdSeq;
    this.#sentUpTo = 0;
    const withdrawn = this.#withdraw(lastCmdSeq);
    this.#expired.clear();
    return withdrawn;
  }

  disconnected(): void {
    this.#sentUpTo = null;
  }

  /**
   * The link is red, or nobody waits any more: claims that were never sent are refused now, the others when the queue
   * can be asked (rule X-08).
   */
  expire(): readonly Answer[] {
    for (const id of this.#takings()) this.#expired.add(id);
    return this.#withdraw(this.#mayHaveReached);
  }

  /** The next commands to send, in order, as many as may be unanswered (rule X-02). Each is returned once a connection. */
  toSend(): readonly Omit<Cmd, 't'>[] {
    const sentUpTo = this.#sentUpTo;
    if (sentUpTo === null) return [];
    const waiting = this.#rows.filter(isWaiting);
    const inFlight = waiting.filter((row) => row.seq <= sentUpTo).length;
    const next = waiting
      .filter((row) => row.seq > sentUpTo)
      .slice(0, Math.max(0, IN_FLIGHT_LIMIT - inFlight));
    const last = next.at(-1);
    if (last !== undefined) {
      this.#sentUpTo = last.seq;
      this.#mayHaveReached = Math.max(this.#mayHaveReached, last.seq);
    }
    const offset = this.#options.offset();
    return next.map((row) => frameOf(row, offset));
  }

  /**
   * Writes the queue's answer down. Returns what to tell the window now: `null` while the event of the result is still
   * on its way (rule X-06) or when the command is no longer here.
   */
  answered(res: Res): Answer | null {
    const row = this.#rows.find(({ command }) => command.id === res.cmdId);
    if (row === undefined || row.standing.kind !== 'waiting') return null;
    const { store } = this.#options;
    if (res.refusal !== null) {
      // Nobody reads why a consultation was refused: its contact is gone, and that is that.
      if (row.command.act.kind === 'consult') store.answer(res.cmdId, { kind: 'done' });
      else store.answer(res.cmdId, { kind: 'refused', refusal: res.refusal });
      this.#reload();
      return answerOf(row, 'refused', res.refusal);
    }
    if (res.status === 'late') {
      store.answer(res.cmdId, { kind: 'late' });
      this.#reload();
      return answerOf(row, 'late', null);
    }
    const left = store.answer(
      res.cmdId,
      res.lsn === null ? { kind: 'done' } : { kind: 'applied', lsn: res.lsn },
    );
    this.#reload();
    return left ? answerOf(row, 'applied', null) : null;
  }

  /** The copy has caught up with these rows' events: they have left the store. Returns what to tell the window. */
  settled(rows: readonly OutboxRow[]): readonly Answer[] {
    if (rows.length > 0) this.#reload();
    return rows.map((row) => answerOf(row, 'applied', null));
  }

  dismiss(id: CommandId): void {
    this.#options.store.dismiss(id);
    this.#reload();
  }

  /** The store's rows were changed by somebody else: a new incarnation, a rescue. */
  reread(): void {
    this.#reload();
  }

  #takings(): CommandId[] {
    return takingsOf(this.#rows.filter(isWaiting).map(({ command }) => command));
  }

  #withdraw(lastSeq: number): readonly Answer[] {
    const rows = this.#rows.filter(
      (row) => isWaiting(row) && row.seq > lastSeq && this.#expired.has(row.command.id),
    );
    const refusal = { code: 'link-down' } as const;
    const ids = rows.map((row) => row.command.id);
    if (ids.length > 0) {
      this.#options.store.withdraw(ids, lastSeq, refusal);
      this.#reload();
    }
    for (const id of ids) this.#expired.delete(id);
    return rows.map((row) => answerOf(row, 'refused', refusal));
  }

  /** Nothing was given here that the queue has not answered, or that its giver has not seen. */
  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** The contacts that what is kept here is about, each once. */
  get contacts(): readonly ContactId[] {
    return [...new Set(this.#rows.map(({ command }) => command.contact))];
  }

  #reload(): void {
    this.#rows = this.#options.store.outbox();
  }
}

const isWaiting = (row: OutboxRow): boolean => row.standing.kind === 'waiting';
/** Not answered, or answered and not in the copy yet. */
const isUndecided = (row: OutboxRow): boolean => isWaiting(row) || row.standing.kind === 'applied';
/** What came late, too, is shown until its event brings it: the fold passes over what the copy has (rule X-06). */
const isInFold = ({ standing }: OutboxRow): boolean =>
  standing.kind === 'waiting' || standing.kind === 'applied' || standing.kind === 'late';
const isClose = (row: OutboxRow): boolean => row.command.act.kind === 'close';

function answerOf({ command }: OutboxRow, status: Answer['status'], refusal: Answer['refusal']): Answer {
  return { id: command.id, contact: command.contact, kind: command.act.kind, status, refusal };
}

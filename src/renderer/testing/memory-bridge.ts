import type {
  DeskState,
  Input,
  OutboxItem,
  Output,
  Payload,
  RequestHandlers,
  Settings,
  WorkstationBridge,
} from '../../shared/contract/workstation.ts';
import type { PushName, RequestName } from '../../shared/contract/workstation-names.ts';
import type { Act, Command } from '../../shared/domain/command.ts';
import type { Actor, Contact } from '../../shared/domain/contact.ts';
import { asCommandId, type CommandId, type ContactId } from '../../shared/domain/ids.ts';
import { apply, decide } from '../../shared/domain/lifecycle.ts';
import { compareKeys, orderKey } from '../../shared/domain/ordering.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { assume, rowOf, view, type ContactView, type Undecided } from '../../shared/domain/view.ts';
import { anActor, START, testPolicy, uuid } from './builders.ts';

export interface MemoryBridgeOptions {
  readonly now: () => number;
  /** Whether the queue answers at once, or only when the test says so. */
  readonly answers?: 'at-once' | 'when-told';
  readonly settings?: Partial<Settings>;
}

type Listener = (payload: never) => void;

/**
 * A workstation and a queue in memory, behind the window's contract. What an act does is decided by the domain's own
 * functions, so that a window tested against it meets the real rules.
 */
export class MemoryBridge implements WorkstationBridge {
  readonly me: Actor = anActor(14, 'H2291');
  readonly requests: { readonly name: RequestName; readonly input: unknown }[] = [];
  readonly #options: MemoryBridgeOptions;
  readonly #contacts = new Map<ContactId, Contact>();
  readonly #drafts = new Map<ContactId, { text: string; caret: number }>();
  readonly #listeners = new Map<PushName, Set<Listener>>();
  #undecided: Undecided[] = [];
  #settledItems: OutboxItem[] = [];
  /** Commands that were kept once: the same id again does nothing twice. */
  readonly #known = new Set<CommandId>();
  #revision = 0;
  #commands = 0;
  #settings: Settings;
  /** Set to make the disk refuse. */
  diskFull = false;
  desk: DeskState;

  constructor(options: MemoryBridgeOptions) {
    this.#options = options;
    this.#settings = {
      theme: 'day',
      density: 'comfortable',
      singleLetterKeys: true,
      layout: [],
      ...options.settings,
    };
    this.desk = {
      realm: 'demo',
      profile: 'memory',
      me: this.me,
      link: { kind: 'live', confirmedAt: START, roundTripMs: 12, behind: 0, retryAt: null, offsetMs: 0 },
      storage: 'file',
      faults: [],
      appVersion: '0.1.0',
    };
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    this.requests.push({ name, input });
    return this.#handlers[name](input);
  }

  subscribe<N extends PushName>(name: N, listener: (payload: Payload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  // ---- what happens outside this desk ----

  /** New contacts reach the queue. */
  arrive(...contacts: readonly Contact[]): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
    this.#publish(contacts.map(({ id }) => id));
  }

  /** A colleague does something. */
  elsewhere(by: Actor, contact: ContactId, act: Act): void {
    const before = this.contact(contact);
    const command = { id: this.#newId(), contact, fence: before.fence, baseRev: before.rev, act };
    this.#decide(command, by);
    this.#publish([contact]);
  }

  /** The queue answers the oldest command of this desk that it has not answered yet. */
  answerNext(): void {
    const next = this.#undecided[0];
    if (next === undefined) return;
    this.#undecided = this.#undecided.slice(1);
    const { command, keptAt } = next;
    const refusal = this.#decide(command, this.me);
    if (refusal !== null) {
      const { id, contact, act } = command;
      const ref = this.#contacts.get(contact)?.ref ?? null;
      this.#settledItems = [
        ...this.#settledItems,
        { id, contact, ref, act, keptAt, state: 'refused', refusal },
      ];
    }
    this.#publish([command.contact]);
    this.#publishOutbox();
    this.push('command.answered', {
      id: command.id,
      contact: command.contact,
      kind: command.act.kind,
      status: refusal === null ? 'applied' : 'refused',
      refusal,
    });
  }

  /** The queue takes the words of the oldest command in, late: nothing else is done. */
  answerLate(): void {
    const next = this.#undecided[0];
    if (next === undefined) return;
    this.#undecided = this.#undecided.slice(1);
    const { id, contact, act } = next.command;
    const ref = this.#contacts.get(contact)?.ref ?? null;
    const late: OutboxItem = { id, contact, ref, act, keptAt: next.keptAt, state: 'late', refusal: null };
    this.#settledItems = [...this.#settledItems, late];
    this.#publish([contact]);
    this.#publishOutbox();
    this.push('command.answered', { id, contact, kind: act.kind, status: 'late', refusal: null });
  }

  /** What this desk had asked for was answered while nobody listened, or is lost. */
  forgetCommands(): void {
    this.#undecided = [];
  }

  setDesk(change: Partial<DeskState>): void {
    this.desk = { ...this.desk, ...change };
    this.push('desk.changed', this.desk);
  }

  /** A patch the window never sees, so that the next one shows it a gap. */
  loseOnePatch(...contacts: readonly Contact[]): void {
    for (const contact of contacts) this.#contacts.set(contact.id, contact);
    this.#revision += 1;
  }

  contact(id: ContactId): Contact {
    const contact = this.#contacts.get(id);
    if (contact === undefined) throw new Error(`no contact ${id}`);
    return contact;
  }

  draft(id: ContactId): { readonly text: string; readonly caret: number } | null {
    return this.#drafts.get(id) ?? null;
  }

  // ---- the contract ----

  readonly #handlers: RequestHandlers = {
    'desk.read': async () => this.desk,
    'settings.read': async () => this.#settings,
    'settings.save': async (settings) => {
      this.#settings = settings;
      return {};
    },
    'inbox.read': async ({ after, limit }) => {
      const open = [...this.#contacts.values()].filter(({ ownership }) => ownership.kind !== 'closed');
      const views = open.map((contact) => this.#view(contact)).map(rowOf);
      const rows = views.sort((a, b) => compareKeys(orderKey(a.summary), orderKey(b.summary)));
      const from =
        after === null ? 0 : rows.findIndex((row) => compareKeys(orderKey(row.summary), after) > 0);
      const page = from < 0 ? [] : rows.slice(from, from + limit);
      const last = page.at(-1);
      const more = last !== undefined && from + limit < rows.length;
      return {
        revision: this.#revision,
        rows: page.map(copy),
        next: more ? orderKey(last.summary) : null,
        total: rows.length,
      };
    },
    'contact.read': async ({ contact: id }) => {
      const contact = this.#contacts.get(id);
      if (contact === undefined) return { kind: 'unknown' };
      const { contact: seen, pending, keptHere } = this.#view(contact);
      const draft = this.#drafts.get(id) ?? null;
      return { kind: 'here', contact: copy(seen), pending: [...pending], keptHere: [...keptHere], draft };
    },
    'command.submit': async ({ id: commandId, contact: id, act }) => {
      if (this.#known.has(commandId)) return { kind: 'kept', id: commandId };
      if (this.diskFull) return { kind: 'not-kept', code: 'SQLITE_FULL' };
      if (act.kind === 'claim' && this.desk.link.kind === 'down')
        return { kind: 'refused', refusal: { code: 'link-down' } };
      const contact = this.#contacts.get(id);
      if (contact === undefined) return { kind: 'refused', refusal: { code: 'unknown-contact' } };
      const seen = assume(contact, this.#undecided, this.me, testPolicy);
      const command: Command = {
        id: commandId,
        contact: id,
        fence: seen.fence,
        baseRev: contact.rev,
        act,
      };
      const decision = decide(seen, command, this.me, testPolicy);
      if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal };
      this.#known.add(commandId);
      this.#undecided = [...this.#undecided, { command, keptAt: this.#now() }];
      this.#publish([id]);
      this.#publishOutbox();
      if (this.#options.answers !== 'when-told' && this.desk.link.kind !== 'down')
        setTimeout(() => this.answerNext(), 0);
      return { kind: 'kept', id: command.id };
    },
    'draft.save': async ({ contact, draft }) => {
      if (this.diskFull) return { kind: 'not-kept', code: 'SQLITE_FULL' };
      if (draft === null) this.#drafts.delete(contact);
      else this.#drafts.set(contact, draft);
      return { kind: 'kept', at: this.#now() };
    },
    'outbox.read': async () => this.#outbox(),
    'outbox.dismiss': async ({ id }) => {
      this.#settledItems = this.#settledItems.filter((item) => item.id !== id);
      this.#publishOutbox();
      return {};
    },
    'fault.dismiss': async ({ id }) => {
      this.setDesk({ faults: this.desk.faults.filter((each) => each.id !== id) });
      return {};
    },
  };

  #decide(command: Command, by: Actor) {
    const before = this.contact(command.contact);
    const decision = decide(before, command, by, testPolicy);
    if (decision.kind === 'refused') return decision.refusal;
    if (decision.what !== null) {
      const event = { contact: before.id, rev: before.rev + 1, at: this.#now(), by, what: decision.what };
      this.#contacts.set(before.id, apply(before, event));
    }
    return null;
  }

  #view(contact: Contact): ContactView {
    return view(contact, this.#undecided, this.me, testPolicy);
  }

  #publish(ids: readonly ContactId[]): void {
    this.#revision += 1;
    const contacts = ids.map((id) => this.contact(id));
    const closed = contacts.filter(({ ownership }) => ownership.kind === 'closed').map(({ id }) => id);
    const open = contacts.filter(({ ownership }) => ownership.kind !== 'closed');
    this.push('inbox.changed', {
      revision: this.#revision,
      upserts: open.map((contact) => copy(rowOf(this.#view(contact)))),
      removals: closed,
      reset: false,
    });
  }

  #outbox() {
    const waiting = this.#undecided.map(({ command: { id, contact, act }, keptAt }): OutboxItem => {
      const ref = this.#contacts.get(contact)?.ref ?? null;
      return { id, contact, ref, act, keptAt, state: 'waiting', refusal: null };
    });
    return { items: [...waiting, ...this.#settledItems] };
  }

  #publishOutbox(): void {
    this.push('outbox.changed', this.#outbox());
  }

  /** Tells the window something, as a workstation would. */
  push<N extends PushName>(name: N, payload: Payload<N>): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])])
      (listener as (payload: Payload<N>) => void)(payload);
  }

  #newId(): CommandId {
    this.#commands += 1;
    return asCommandId(uuid(500_000 + this.#commands));
  }

  #now(): Instant {
    return asInstant(this.#options.now());
  }
}

/** As it would come across a process boundary: nothing shared with the sender. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

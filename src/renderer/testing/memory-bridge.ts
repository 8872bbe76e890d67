import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type {
  AskedContacts,
  DeskState,
  Draft,
  Input,
  Output,
  Payload,
  RelatedContacts,
  RequestHandlers,
  WorkstationBridge,
} from '../../shared/contract/workstation.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { PushName, RequestName } from '../../shared/contract/workstation-names.ts';
import type { Act, Command } from '../../shared/domain/command.ts';
import {
  isOpenEmergency,
  ownerOf,
  summaryOf,
  type Actor,
  type Contact,
} from '../../shared/domain/contact.ts';
import {
  asCommandId,
  asFence,
  type CommandId,
  type ContactId,
  type HandlerId,
} from '../../shared/domain/ids.ts';
import { decide } from '../../shared/domain/lifecycle.ts';
import { compareKeys, orderKey } from '../../shared/domain/ordering.ts';
import type { PhotoId } from '../../shared/domain/record/photo.ts';
import type { Role } from '../../shared/domain/role.ts';
import { asInstant, type Instant } from '../../shared/domain/time.ts';
import { keysOfContact } from '../../shared/domain/same-caller.ts';
import { sameNumberOf } from '../../shared/domain/same-number.ts';
import { assume, rowOf, view, type ContactView, type InboxRow } from '../../shared/domain/view.ts';
import { anActor, people, START, testPolicy, uuid } from './builders.ts';
import { MemoryOutbox } from './memory-outbox.ts';
import { MemoryPolicies } from './memory-policies.ts';
import { MemoryQueue } from './memory-queue.ts';
import { MemoryRecords } from './memory-records.ts';
import { memoryRelated } from './memory-related.ts';
import { checkAccess, MemorySession, signedIn, signedOut } from './memory-session.ts';

export interface MemoryBridgeOptions {
  readonly now: () => number;
  /** Whether the queue answers at once, or only when the test says so. */
  readonly answers?: 'at-once' | 'when-told';
  readonly settings?: Partial<Settings>;
  /** Who sits at the desk; `null`: nobody has signed in. */
  readonly who?: Role | null;
}

type Listener = (payload: never) => void;
type OwnHandlers = Omit<
  RequestHandlers,
  | keyof MemorySession['handlers']
  | keyof MemoryRecords['handlers']
  | keyof MemoryPolicies['handlers']
  | keyof ReturnType<typeof memoryRelated>
>;

/**
 * A workstation and a queue in memory, behind the window's contract. What an act does is decided by the domain's own
 * functions, so that a window tested against it meets the real rules.
 */
export class MemoryBridge implements WorkstationBridge {
  readonly records: MemoryRecords;
  /** The policies of this desk: the seed, unless a test changes one. */
  readonly policies = new MemoryPolicies({ changed: (change) => this.push('policy.changed', change) });
  readonly #session: MemorySession;
  readonly requests: { readonly name: RequestName; readonly input: unknown }[] = [];
  readonly #options: MemoryBridgeOptions;
  readonly #queue: MemoryQueue;
  readonly #listeners = new Map<PushName, Set<Listener>>();
  readonly #outbox = new MemoryOutbox({ refOf: (id) => this.#queue.find(id)?.ref ?? null });
  /** Photos that the queue or this desk has, in base64. */
  readonly photos = new Map<PhotoId, string>();
  #older: readonly Contact[] = [];
  /** What the index of twelve months says of every caller. */
  /** How many emergencies the window was last said to be pointed at for. */
  attended = 0;
  year: Pick<RelatedContacts, 'year' | 'older'> = { year: [], older: [] };
  /** What the queue says to every question, whatever it has; `null`: the truth. */
  queueSays: AskedContacts['kind'] | null = null;
  #revision = 0;
  #commands = 0;
  #lastWriter: HandlerId = people.handler.handler;
  #settings: Settings;
  /** Set to make the disk refuse. */
  diskFull = false;
  /** Who is signed in at other desks. */
  colleagues: readonly Colleague[] = [];
  desk: DeskState;

  constructor(options: MemoryBridgeOptions) {
    this.#options = options;
    const now = () => this.#now();
    this.#queue = new MemoryQueue({ now });
    const contacts = () => this.#queue.all;
    const diskFull = () => this.diskFull;
    this.records = new MemoryRecords({ contacts, now, diskFull, deskNumber: 14, writer: () => this.#writer });
    this.#session = new MemorySession({
      desk: () => this.desk,
      setDesk: (change) => this.setDesk(change),
      actorOf: (handler) => anActor(14, handler),
      owned: () => contacts().filter((contact) => ownerOf(contact)?.desk === this.me.desk),
      unsent: () => this.#outbox.undecided.length,
      reset: () => this.#reset(),
      now,
    });
    this.#settings = {
      theme: 'day',
      density: 'comfortable',
      singleLetterKeys: true,
      volume: 80,
      layout: [],
      ...options.settings,
    };
    const { who = 'handler' } = options;
    this.desk = {
      realm: 'demo',
      profile: 'memory',
      ...(who === null ? signedOut() : { ...signedIn(who, START), me: anActor(14, people[who].handler) }),
      missed: null,
      disk: 'enough',
      link: { kind: 'live', confirmedAt: START, roundTripMs: 12, behind: 0, retryAt: null, offsetMs: 0 },
      storage: 'file',
      faults: [],
      translation: null,
      appVersion: '0.1.0',
    };
  }

  /** Whoever sits at this desk. */
  get me(): Actor {
    return this.desk.me ?? anActor(14, people.handler.handler);
  }

  /** Whose words come from the window: who is signed in, or was until a moment ago. */
  get #writer(): HandlerId {
    this.#lastWriter = this.desk.me?.handler ?? this.#lastWriter;
    return this.#lastWriter;
  }

  get #role(): Role {
    const { session } = this.desk;
    return session.kind === 'signed-in' ? session.person.role : 'handler';
  }

  async request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    this.requests.push({ name, input });
    checkAccess(name, this.desk.session);
    return this.#handlers[name](input);
  }

  subscribe<N extends PushName>(name: N, listener: (payload: Payload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Contacts that only the queue has, until somebody asks for them. */
  keepAtQueue(...contacts: readonly Contact[]): void {
    this.#older = [...this.#older, ...contacts];
  }

  #askQueue(fits: (contact: Contact) => boolean): AskedContacts {
    if (this.desk.link.kind === 'down') return { kind: 'away', contacts: [] };
    if (this.queueSays !== null) return { kind: this.queueSays, contacts: [] };
    const found = this.#older.filter(fits);
    this.#queue.put(...found);
    return { kind: found.length === 0 ? 'not-there' : 'found', contacts: found.map(summaryOf) };
  }

  // ---- what happens outside this desk ----

  /** New contacts reach the queue. */
  arrive(...contacts: readonly Contact[]): void {
    this.#queue.put(...contacts);
    this.#publish(contacts.map(({ id }) => id));
  }

  /** A colleague does something. */
  elsewhere(by: Actor, contact: ContactId, act: Act): void {
    const before = this.contact(contact);
    const { fence, rev: baseRev } = before;
    const command = { id: this.#newId(), contact, fence, baseRev, by: by.handler, act };
    this.#queue.decide(command, by);
    this.#publish([contact]);
  }

  /** The queue answers the oldest command of this desk that it has not answered yet. */
  answerNext(): void {
    const next = this.#outbox.next();
    if (next === null) return;
    const { command } = next;
    const refusal = this.#queue.decide(command, this.me);
    if (refusal !== null) this.#outbox.refused(next, refusal);
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
    const next = this.#outbox.next();
    if (next === null) return;
    const { id, contact, act } = next.command;
    this.#outbox.late(next);
    this.#publish([contact]);
    this.#publishOutbox();
    this.push('command.answered', { id, contact, kind: act.kind, status: 'late', refusal: null });
  }

  /** What this desk had asked for was answered while nobody listened, or is lost. */
  forgetCommands(): void {
    while (this.#outbox.next() !== null);
  }

  setDesk(change: Partial<DeskState>): void {
    this.desk = { ...this.desk, ...change };
    this.push('desk.changed', this.desk);
  }

  /** A patch the window never sees, so that the next one shows it a gap. */
  loseOnePatch(...contacts: readonly Contact[]): void {
    this.#queue.put(...contacts);
    this.#revision += 1;
  }

  contact(id: ContactId): Contact {
    const contact = this.#queue.find(id);
    if (contact === null) throw new Error(`no contact ${id}`);
    return contact;
  }

  draft(id: ContactId): Draft | null {
    return this.records.drafts.get(id)?.draft ?? null;
  }

  // ---- the contract ----

  get #handlers(): RequestHandlers {
    return {
      ...this.#own,
      ...this.#session.handlers,
      ...this.records.handlers,
      ...this.policies.handlers,
      ...memoryRelated({
        contacts: () => this.#queue.all,
        yearOf: () => this.year,
        atQueue: (fits) => this.#askQueue(fits),
        now: () => this.#now(),
      }),
    };
  }

  readonly #own: OwnHandlers = {
    'desk.read': async () => this.desk,
    'settings.read': async () => this.#settings,
    'window.attend': async ({ emergencies }) => {
      this.attended = emergencies;
      return {};
    },
    'training.start': async () => ({}),
    'settings.save': async (settings) => {
      this.#settings = settings;
      return {};
    },
    'inbox.read': async ({ after, limit }) => {
      const open = this.#queue.all.filter(({ ownership }) => ownership.kind !== 'closed');
      const views = open.map((contact) => this.#row(contact)).filter((row) => this.#isTold(row));
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
      };
    },
    'contact.read': async ({ contact: id }) => {
      const contact = this.#queue.find(id);
      const draft = this.draft(id);
      if (contact === null) return { kind: 'unknown', draft };
      const { contact: seen, pending, keptHere } = this.#view(contact);
      return { kind: 'here', contact: copy(seen), pending: [...pending], keptHere: [...keptHere], draft };
    },
    'command.submit': async ({ id: commandId, contact: id, act }) => {
      if (this.#outbox.isKnown(commandId)) return { kind: 'kept', id: commandId };
      if (this.diskFull) return { kind: 'not-kept', code: 'SQLITE_FULL' };
      if (act.kind === 'claim' && this.desk.link.kind === 'down')
        return { kind: 'refused', refusal: { code: 'link-down' } };
      const contact = this.#queue.find(id);
      const refusal = this.#queue.refusal(contact, act, this.#role);
      if (refusal !== null) return { kind: 'refused', refusal };
      const seen = contact === null ? null : assume(contact, this.#outbox.undecided, this.me, testPolicy);
      const command: Command = {
        id: commandId,
        contact: id,
        fence: seen?.fence ?? asFence(1),
        baseRev: contact?.rev ?? 0,
        by: this.me.handler,
        act,
      };
      if (seen === null) this.#queue.writeDown(command, this.me);
      else {
        const decision = decide(seen, command, this.me, testPolicy, this.#now());
        if (decision.kind === 'refused') return { kind: 'refused', refusal: decision.refusal };
      }
      this.#outbox.keep(command, this.#now());
      this.#publish([id]);
      this.#publishOutbox();
      if (this.#options.answers !== 'when-told' && this.desk.link.kind !== 'down')
        setTimeout(() => this.answerNext(), 0);
      return { kind: 'kept', id: command.id };
    },
    'chat.typing': async () => ({}),
    'photo.read': async ({ photo }) => {
      const jpeg = this.photos.get(photo);
      return jpeg === undefined || this.desk.link.kind === 'down'
        ? { kind: 'not-fetched' }
        : { kind: 'here', jpeg };
    },
    'colleagues.read': async () => ({
      colleagues: this.desk.link.kind === 'down' ? null : [...this.colleagues],
    }),
    'outbox.read': async () => this.#outbox.state(),
    'outbox.dismiss': async ({ id }) => {
      this.#outbox.dismiss(id);
      this.#publishOutbox();
      return {};
    },
    'fault.dismiss': async ({ id }) => {
      this.setDesk({ faults: this.desk.faults.filter((each) => each.id !== id) });
      return {};
    },
  };

  #row(contact: Contact): InboxRow {
    const sameNumber = sameNumberOf(this.#ofNumber(contact)).get(contact.id);
    return { ...rowOf(this.#view(contact)), ...(sameNumber && { sameNumber: [...sameNumber] }) };
  }

  #ofNumber(contact: Contact): readonly Contact[] {
    const { number } = keysOfContact(contact);
    return number === null ? [] : this.#queue.all.filter((each) => keysOfContact(each).number === number);
  }

  #view(contact: Contact): ContactView {
    return view(contact, this.#outbox.undecided, this.me, testPolicy);
  }

  #publish(ids: readonly ContactId[]): void {
    this.#revision += 1;
    const changed = ids.map((id) => this.contact(id));
    const others = changed.flatMap((contact) => this.#ofNumber(contact));
    const contacts = [...new Map([...changed, ...others].map((each) => [each.id, each])).values()];
    const rows = contacts
      .filter(({ ownership }) => ownership.kind !== 'closed')
      .map((contact) => this.#row(contact))
      .filter((row) => this.#isTold(row));
    const told = new Set(rows.map(({ summary }) => summary.id));
    if (this.desk.session.kind === 'signed-out') return;
    this.push('inbox.changed', {
      revision: this.#revision,
      upserts: rows.map(copy),
      removals: ids.filter((id) => !told.has(id)),
      reset: false,
    });
  }

  /** Behind the lock the emergencies alone. */
  #isTold({ summary }: InboxRow): boolean {
    const { session } = this.desk;
    return session.kind === 'signed-in' && (!session.locked || isOpenEmergency(summary));
  }

  /** What the window may see has changed altogether: it reads everything afresh. */
  #reset(): void {
    this.#revision += 1;
    this.push('inbox.changed', { revision: this.#revision, upserts: [], removals: [], reset: true });
  }

  #publishOutbox(): void {
    this.push('outbox.changed', this.#outbox.state());
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

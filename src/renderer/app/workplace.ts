import { flushSync } from 'react-dom';
import type { WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { CloseOutcome, Grade } from '../../shared/domain/contact.ts';
import type { ContactId, NewId } from '../../shared/domain/ids.ts';
import { Acts } from './acts.ts';
import { Announcements } from './announcements.ts';
import { Cell } from './cell.ts';
import { Drafts } from './drafts.ts';
import type { FocusLaw, Ticket } from './focus-law.ts';
import { InboxList } from './inbox-list.ts';
import type { Split } from './inbox-scope.ts';
import { paintNow } from './paint-now.ts';
import { Readings } from './readings.ts';
import { Reasons } from './reasons.ts';
import type { Said } from './said.ts';
import { TabMemory, type TabStorage } from './tab-memory.ts';
import { WindowClock } from './window-clock.ts';
import { WorkstationStore } from './workstation-store.ts';

/** The reason strip that is open in the work pane: for which contact, and what it asks. */
export type Strip =
  | { readonly kind: 'grade'; readonly contact: ContactId; readonly grade: Grade | null }
  | { readonly kind: 'close'; readonly contact: ContactId; readonly outcome: CloseOutcome | null }
  | { readonly kind: 'promote' | 'demote' | 'reopen'; readonly contact: ContactId };

/** The emergency that F2 has asked for, or was refused. */
export interface Taking {
  readonly contact: ContactId;
  readonly state: 'asked' | 'refused';
  readonly words: string;
}

export interface WorkplaceOptions {
  readonly bridge: WorkstationBridge;
  /** This desk's wall clock. */
  readonly deskTime: () => number;
  readonly monotonic: () => number;
  readonly nextFrame: (task: () => void) => void;
  readonly after: (ms: number, task: () => void) => void;
  readonly law: FocusLaw;
  readonly newId: NewId;
  /** Survives a page that has to be loaded again. */
  readonly storage: TabStorage;
}

/** Panes, and the fields in them, that a key can move the focus to. They put their elements in `elements`. */
export type Spot = 'inbox' | 'filter' | 'work' | 'note' | 'context' | 'strip';

/** How long the strip says why an emergency could not be taken. Milliseconds. */
const REFUSED_SHOWN_MS = 10_000;

/** More tabs than Ctrl+1 to Ctrl+9 can reach would be lost to the keyboard. */
export const TAB_LIMIT = 9;

/**
 * What one window works with: the store, what the handler has open, and the guarded ways to change it. Built once in
 * `main.tsx` (and in each test), handed down through one context.
 */
export class Workplace {
  readonly bridge: WorkstationBridge;
  readonly law: FocusLaw;
  readonly clock: WindowClock;
  readonly store: WorkstationStore;
  readonly list: InboxList;
  readonly readings: Readings;
  readonly drafts: Drafts;
  readonly reasons = new Reasons();
  readonly acts: Acts;
  readonly announcements: Announcements;

  readonly tabs = new Cell<readonly ContactId[]>([]);
  readonly active = new Cell<ContactId | null>(null);
  /** The contact shown in the context pane without being opened. */
  readonly looking = new Cell<ContactId | null>(null);
  readonly strip = new Cell<Strip | null>(null);
  readonly taking = new Cell<Taking | null>(null);
  readonly said = new Cell<Said | null>(null);
  /** The panel over the window: only the handler's own key opens one. */
  readonly panel = new Cell<'help' | 'palette' | null>(null);
  readonly split = new Cell<Split>('all');
  readonly filter = new Cell<string>('');
  readonly elements = new Map<Spot, HTMLElement>();
  readonly #after: WorkplaceOptions['after'];
  readonly #memory: TabMemory;
  #before: ContactId | null = null;
  /** What the outbox held when it was last told: id and state. */
  #outboxBefore = new Map<string, ContactId>();

  constructor(options: WorkplaceOptions) {
    const { bridge, after } = options;
    this.bridge = bridge;
    this.#after = after;
    this.law = options.law;
    this.clock = new WindowClock(options.deskTime);
    this.store = new WorkstationStore({ bridge, nextFrame: options.nextFrame, after });
    this.list = new InboxList({ rows: this.store.rows, monotonic: options.monotonic, after });
    this.#memory = new TabMemory(options.storage);
    this.readings = new Readings({
      bridge,
      after,
      isShown: (id) => this.active.read() === id || this.looking.read() === id,
      onRead: (id, reading) => {
        if (this.tabs.read().includes(id))
          this.drafts.restore(id, reading.kind === 'unknown' ? null : reading.draft);
      },
    });
    this.drafts = new Drafts({ bridge, after });
    this.announcements = new Announcements({ monotonic: options.monotonic, after });
    this.acts = new Acts(this, { newId: options.newId, after });
  }

  /** Starts listening and reading. Returns what stops it. */
  start(): () => void {
    const { store } = this;
    const stops = [
      store.onInbox((changes) => {
        this.list.change(changes);
        this.readings.refresh(changes.map(({ id }) => id));
        this.announcements.arrived(changes.flatMap(({ arrived, row }) => (arrived && row ? [row] : [])));
      }),
      store.outbox.subscribe(() => this.#outboxChanged()),
      this.bridge.subscribe('workstation.changed', ({ state }) => {
        if (state === 'down') this.acts.abandon();
        else {
          void this.acts.settleForgotten();
          this.drafts.saveAll();
          this.readings.refreshAll();
        }
      }),
      this.active.subscribe(() => this.readings.shown(this.active.read())),
      this.looking.subscribe(() => this.readings.shown(this.looking.read())),
      ...[this.tabs, this.active].map((cell) => cell.subscribe(() => this.#remember())),
      store.desk.subscribe(() => {
        this.clock.setOffset(store.desk.read()?.link.offsetMs ?? 0);
        this.#rescope();
      }),
      store.facts.subscribe(() => {
        const { emergencies, emergencyCount } = store.facts.read();
        const known = this.announcements.emergencies(emergencies, emergencyCount);
        if (known === 'new') this.drafts.saveAll();
        const taking = this.taking.read();
        if (taking?.state === 'refused' && known === 'new') this.taking.set(null);
      }),
      this.split.subscribe(() => this.#rescope()),
      this.filter.subscribe(() => this.#rescope()),
      this.clock.start(),
      store.start(),
    ];
    this.#reopen();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Says a sentence about the last act, on screen and politely to a screen reader. */
  say(text: string, tone: Said['tone']): void {
    this.said.set({ text, tone, at: this.clock.now() });
    this.announcements.say(text);
  }

  /** The strip says for a while why the emergency could not be taken. */
  refuseTaking(contact: ContactId, words: string): void {
    const refused: Taking = { contact, state: 'refused', words };
    this.taking.set(refused);
    this.#after(REFUSED_SHOWN_MS, () => {
      if (this.taking.read() === refused) this.taking.set(null);
    });
  }

  /** Opens a contact in a tab and shows it. The handler's own act. */
  open(id: ContactId): void {
    const pushedOut = this.#addTab(id);
    if (pushedOut !== '') this.say(pushedOut, 'plain');
    this.#activate(id);
    this.#read(id);
  }

  #read(id: ContactId): void {
    void this.readings
      .open(id)
      .catch(() =>
        this.say('Its details could not be read yet; they are asked for again. You can write.', 'warning'),
      );
  }

  /** Opens what the handler asked for, now that the answer is here; shows it only if nothing was pressed since. */
  openAnswered(id: ContactId, ticket: Ticket): void {
    const pushedOut = this.#addTab(id);
    this.#read(id);
    if (!this.law.isCurrent(ticket)) {
      this.say(
        `Yours, in tab ${this.tabs.read().indexOf(id) + 1} – Ctrl+${this.tabs.read().indexOf(id) + 1} shows it. ${pushedOut}`.trim(),
        'plain',
      );
      return;
    }
    if (pushedOut !== '') this.say(pushedOut, 'plain');
    this.law.answer(ticket, () => {
      flushSync(() => this.#activate(id));
      this.law.focus(this.elements.get('note') ?? this.elements.get('work'));
    });
  }

  show(id: ContactId): void {
    if (this.tabs.read().includes(id)) this.#activate(id);
  }

  /** Closes a tab. The contact, and the draft in it, stay as they are. */
  closeTab(id: ContactId): void {
    void this.drafts.save(id);
    const tabs = this.tabs.read();
    const at = tabs.indexOf(id);
    const rest = tabs.filter((tab) => tab !== id);
    this.tabs.set(rest);
    if (this.strip.read()?.contact === id) this.strip.set(null);
    this.#release(id);
    if (this.active.read() === id) this.active.set(rest[Math.min(at, rest.length - 1)] ?? null);
  }

  /** Back to the work before the last switch. */
  back(): void {
    const before = this.#before;
    if (before === null || !this.tabs.read().includes(before))
      this.say('There is no work before this.', 'plain');
    else this.#activate(before);
  }

  /** Shows a contact in the context pane, claims nothing; the same again closes it. */
  look(id: ContactId | null): void {
    const before = this.looking.read();
    this.looking.set(before === id ? null : id);
    if (before !== null) this.#release(before);
    if (id !== null && before !== id) void this.readings.open(id).catch(() => undefined);
  }

  /** What a key on a contact acts on: in the work pane the open one, in the list the selected one. */
  target(place: 'inbox' | 'work'): ContactId | null {
    return place === 'work' ? this.active.read() : this.list.read().selected;
  }

  /** Moves the focus to a pane or field: only in the handler's own task. */
  goTo(spot: Spot): boolean {
    // What the same key has changed is painted first: the element may be new.
    paintNow();
    return this.law.focus(this.elements.get(spot));
  }

  /** Says which tab had to go for it, if one had. */
  #addTab(id: ContactId): string {
    const tabs = this.tabs.read();
    if (tabs.includes(id)) return '';
    this.drafts.expectStored(id);
    const out = tabs.length < TAB_LIMIT ? undefined : tabs.find((each) => each !== this.active.read());
    const words = out === undefined ? '' : `Closed tab ${this.#refOf(out)}; its draft is kept.`;
    this.tabs.set([...tabs.filter((tab) => tab !== out), id]);
    if (out !== undefined) {
      void this.drafts.save(out);
      this.#release(out);
    }
    return words;
  }

  /** A contact that is neither in a tab nor looked at is not read any more (rule C-12). */
  #release(id: ContactId): void {
    if (!this.tabs.read().includes(id) && this.looking.read() !== id) this.readings.close(id);
  }

  #refOf(id: ContactId): string {
    const reading = this.readings.of(id).read();
    const known = reading?.kind === 'here' ? reading.contact : this.store.rows.get(id)?.summary;
    return known?.ref ?? `${this.tabs.read().indexOf(id) + 1}`;
  }

  /** Only contacts whose commands came or went have changed by it. */
  #outboxChanged(): void {
    const before = this.#outboxBefore;
    const now = new Map(
      this.store.outbox.read().items.map(({ id, state, contact }) => [`${id} ${state}`, contact]),
    );
    this.#outboxBefore = now;
    const differ = [...before, ...now].filter(([key]) => before.has(key) !== now.has(key));
    this.readings.refresh(differ.map(([, contact]) => contact));
  }

  #remember(): void {
    this.#memory.write({ tabs: this.tabs.read(), active: this.active.read() });
  }

  /** A page that was loaded again shows what was open before; only the contact in front is read. */
  #reopen(): void {
    const { tabs, active } = this.#memory.read();
    if (tabs.length === 0 || this.tabs.read().length > 0) return;
    for (const id of tabs) this.drafts.expectStored(id);
    this.tabs.set(tabs.slice(0, TAB_LIMIT));
    for (const id of this.tabs.read()) this.readings.keep(id);
    this.active.set(active);
  }

  #activate(id: ContactId): void {
    // What was looked at is now the work itself; beside it stand its facts.
    if (this.looking.read() === id) this.looking.set(null);
    const now = this.active.read();
    if (now === id) return;
    if (now !== null) void this.drafts.save(now);
    this.#before = now;
    this.strip.set(null);
    this.active.set(id);
  }

  #rescope(): void {
    this.list.setScope({
      split: this.split.read(),
      text: this.filter.read(),
      me: this.store.desk.read()?.me?.desk ?? null,
    });
  }
}

import { flushSync } from 'react-dom';
import type { WorkstationBridge } from '../../shared/contract/workstation.ts';
import type { CloseOutcome, Grade } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Acts } from './acts.ts';
import { Announcements } from './announcements.ts';
import { Cell } from './cell.ts';
import { Drafts } from './drafts.ts';
import type { FocusLaw, Ticket } from './focus-law.ts';
import { InboxList } from './inbox-list.ts';
import type { Split } from './inbox-scope.ts';
import { paintNow } from './paint-now.ts';
import { Readings } from './readings.ts';
import type { Said } from './said.ts';
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
  #before: ContactId | null = null;

  constructor(options: WorkplaceOptions) {
    const { bridge, after } = options;
    this.bridge = bridge;
    this.#after = after;
    this.law = options.law;
    this.clock = new WindowClock(options.deskTime);
    this.store = new WorkstationStore({ bridge, nextFrame: options.nextFrame, after });
    this.list = new InboxList({ rows: this.store.rows, monotonic: options.monotonic, after });
    this.readings = new Readings(bridge);
    this.drafts = new Drafts({ bridge, after });
    this.announcements = new Announcements({ monotonic: options.monotonic, after });
    this.acts = new Acts(this);
  }

  /** Starts listening and reading. Returns what stops it. */
  start(): () => void {
    const { store } = this;
    const stops = [
      store.onInbox((changes) => {
        this.list.change(changes);
        this.readings.refresh(changes.map(({ id }) => id));
      }),
      store.outbox.subscribe(() => this.readings.refreshAll()),
      this.bridge.subscribe('workstation.changed', ({ state }) => {
        if (state === 'up') this.drafts.saveAll();
      }),
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
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Says a sentence about the last act, on screen and politely to a screen reader. */
  say(text: string, tone: Said['tone']): void {
    this.said.set({ text, tone, at: this.clock.now() });
    this.announcements.polite(text);
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
    this.#addTab(id);
    this.#activate(id);
    void this.readings
      .open(id)
      .catch(() => this.say('Its details could not be read. Try again with Enter.', 'warning'));
  }

  /** Opens what the handler asked for, now that the answer is here; shows it only if nothing was pressed since. */
  openAnswered(id: ContactId, ticket: Ticket): void {
    this.#addTab(id);
    if (!this.law.isCurrent(ticket)) {
      this.say(
        `Yours, in tab ${this.tabs.read().indexOf(id) + 1} – Ctrl+${this.tabs.read().indexOf(id) + 1} shows it.`,
        'plain',
      );
      return;
    }
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
    if (this.looking.read() !== id) this.readings.close(id);
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
    if (before !== null && before !== id && !this.tabs.read().includes(before)) this.readings.close(before);
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

  #addTab(id: ContactId): void {
    const tabs = this.tabs.read();
    if (tabs.includes(id)) return;
    const room =
      tabs.length < TAB_LIMIT
        ? tabs
        : tabs.filter((tab) => tab !== tabs.find((each) => each !== this.active.read()));
    this.tabs.set([...room, id]);
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

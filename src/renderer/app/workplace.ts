import type { ContactReading, DeskState, WorkstationBridge } from '../../shared/contract/workstation.ts';
import { rights } from '../../shared/domain/authorisation.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId, HandlerId, NewId } from '../../shared/domain/ids.ts';
import { Acts } from './acts.ts';
import { Chats } from './chats.ts';
import { Announcements } from './announcements.ts';
import { Cell } from './cell.ts';
import { Covers, type CoveredPane } from './covers.ts';
import { DeskSession } from './desk-session.ts';
import { Drafts } from './drafts.ts';
import type { FocusLaw, Ticket } from './focus-law.ts';
import { Histories } from './histories.ts';
import { InboxList } from './inbox-list.ts';
import type { Split } from './inbox-scope.ts';
import { paintNow } from './paint-now.ts';
import { Policies } from './policies.ts';
import { Readings } from './readings.ts';
import { Related } from './related.ts';
import { Reasons } from './reasons.ts';
import type { Said } from './said.ts';
import { Search } from './search.ts';
import { SoundBoard } from './sound-board.ts';
import { returnToSheet } from './sheet-place.ts';
import { Sheets, type SheetKind } from './sheets.ts';
import { SpotElements } from './spot-elements.ts';
import type { Strip } from './strip.ts';
import { WindowClock } from './window-clock.ts';
import { WorkTabs } from './work-tabs.ts';
import { WorkstationStore } from './workstation-store.ts';

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
  /** Calls back when what nobody waits for is painted: some times a second. With the next frame if it is left out. */
  readonly calmly?: (task: () => void) => void;
  readonly after: (ms: number, task: () => void) => void;
  readonly law: FocusLaw;
  readonly newId: NewId;
}

/** Panes, and the fields in them, that a key can move the focus to. They put their elements in `elements`. */
export type Spot =
  | 'inbox'
  | 'filter'
  | 'search'
  | 'guide'
  | 'work'
  | 'note'
  | 'message'
  | 'missed'
  | 'outbox'
  | 'context'
  | 'history'
  | 'plan'
  | 'photos'
  | 'strip'
  | 'sheet'
  | 'entry';

/** How long the strip says why an emergency could not be taken. Milliseconds. */
const REFUSED_SHOWN_MS = 10_000;

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
  readonly chats: Chats;
  /** Who works here, and whether the work is on screen. */
  readonly session: DeskSession;

  readonly search: Search;
  readonly histories: Histories;
  /** What may belong together with the contacts on screen. */
  readonly related: Related;
  /** The rules of the trade that are data. */
  readonly policies: Policies;
  /** What lies over the inbox or the work. */
  readonly covers: Covers;
  readonly #work: WorkTabs;
  readonly tabs: Cell<readonly ContactId[]>;
  readonly active: Cell<ContactId | null>;
  /** The contact shown in the context pane without being opened. */
  readonly looking = new Cell<ContactId | null>(null);
  /** What the person here has looked at since they signed in. */
  readonly lookedAt = new Set<ContactId>();
  /** Whether anybody who answers for the room is signed in, while that is asked (rule K-09). */
  readonly leader = new Cell<'unknown' | 'here' | 'none'>('unknown');
  readonly strip = new Cell<Strip | null>(null);
  /** What lies over the record of each open contact. */
  readonly sheets = new Sheets();
  /** What was translated stands as it was written, alone (rule LG-05). */
  readonly originals = new Cell(false);
  readonly taking = new Cell<Taking | null>(null);
  readonly said = new Cell<Said | null>(null);
  /** The chosen contact of the report of what was missed, from 0. */
  readonly missedAt = new Cell<number>(0);
  /** The panel over the window: only the handler's own key opens one. */
  readonly panel = new Cell<'help' | 'palette' | null>(null);
  readonly split = new Cell<Split>('all');
  readonly filter = new Cell<string>('');
  readonly elements = new SpotElements();
  /** What is heard of the work. */
  readonly sound = new SoundBoard();
  readonly monotonic: WorkplaceOptions['monotonic'];
  /** A task after a while, by the window's timers. */
  readonly after: WorkplaceOptions['after'];
  /** Whose work this is; `null` while nobody is signed in. */
  #handler: HandlerId | null = null;
  /** What the outbox held when it was last told: id and state. */
  #outboxBefore = new Map<string, ContactId>();

  constructor(options: WorkplaceOptions) {
    const { bridge, after, nextFrame, calmly = nextFrame } = options;
    this.bridge = bridge;
    this.after = after;
    this.monotonic = options.monotonic;
    this.law = options.law;
    this.clock = new WindowClock(options.deskTime);
    this.store = new WorkstationStore({ bridge, nextFrame, calmly, after });
    this.list = new InboxList({ rows: this.store.rows, monotonic: options.monotonic, after, calmly });
    this.search = new Search(bridge);
    this.histories = new Histories(bridge);
    this.related = new Related({
      bridge,
      after,
      isShown: (id) => this.session.door.read() === 'open' && this.active.read() === id,
    });
    this.policies = new Policies({ bridge, after });
    this.covers = new Covers(this.law);
    this.#work = new WorkTabs(this, { after });
    this.tabs = this.#work.open;
    this.active = this.#work.active;
    this.readings = new Readings({
      bridge,
      after,
      isShown: (id) =>
        this.session.door.read() === 'open' && (this.active.read() === id || this.looking.read() === id),
      onRead: (id, reading) => this.#learn(id, reading),
    });
    this.drafts = new Drafts({ bridge, after, clock: this.clock });
    this.announcements = new Announcements({ monotonic: options.monotonic, after });
    this.session = new DeskSession(this, { monotonic: options.monotonic, after });
    this.chats = new Chats(this, { monotonic: options.monotonic });
    this.acts = new Acts(this, { newId: options.newId, after });
  }

  /** Starts listening and reading. Returns what stops it. */
  start(): () => void {
    const { store } = this;
    const stops = [
      store.onInbox((changes) => {
        this.list.change(changes);
        this.related.changed();
        const arrived = changes.flatMap((change) => (change.arrived && change.row ? [change.row] : []));
        this.announcements.arrived(arrived);
        this.chats.arrived(arrived);
      }),
      // The row may wait for a calm moment; what is open in front of the handler does not: somebody writes to them there.
      store.told.subscribe(() => this.readings.refresh(store.told.read().map(({ id }) => id))),
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
      store.desk.subscribe(() => {
        this.clock.setOffset(store.desk.read()?.link.offsetMs ?? 0);
        this.#workOf(store.desk.read());
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
      this.policies.start(),
      this.chats.start(),
      this.session.start(),
      this.session.door.subscribe(() => {
        if (this.session.door.read() !== 'open') this.covers.clearAll();
        else for (const shown of [this.active, this.looking]) this.readings.shown(shown.read());
      }),
      store.start(),
    ];
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
    this.after(REFUSED_SHOWN_MS, () => {
      if (this.taking.read() === refused) this.taking.set(null);
    });
  }

  /** Opens a contact in a tab and shows it. The handler's own act. */
  open(id: ContactId): void {
    this.#work.add(id);
  }

  /** Opens what the handler asked for, now that the answer is here; shows it only if nothing was pressed since. */
  openAnswered(id: ContactId, ticket: Ticket): void {
    this.#work.addAnswered(id, ticket);
  }

  show(id: ContactId): void {
    this.#work.show(id);
  }

  /** Closes a tab. The contact, and the draft in it, stay as they are. */
  closeTab(id: ContactId): void {
    this.#work.close(id);
  }

  /** Back to the work before the last switch. */
  back(): void {
    this.#work.back();
  }

  /** Opens the contact if it is not open, and a sheet over its record; a sheet takes the focus itself as it comes. */
  showSheet(id: ContactId, sheet: SheetKind): void {
    if (this.active.read() !== id) this.open(id);
    this.strip.set(null);
    this.covers.clear('work');
    const isThere = this.sheets.of(id).read() === sheet;
    this.sheets.lay(id, sheet);
    // Its own key once more goes back into it, not to its beginning.
    if (!isThere || !this.returnToSheet()) this.goTo('work');
  }

  /** Back to the record; what was typed in the sheet stays. */
  leaveSheet(id: ContactId): void {
    this.sheets.lay(id, null);
    this.goTo('work');
  }

  /** Shows a contact in the context pane, claims nothing; the same again closes it. */
  look(id: ContactId | null): void {
    const before = this.looking.read();
    const next = before === id ? null : id;
    this.looking.set(next);
    if (next === null) this.covers.clearContext();
    else if (!this.elements.has('context')) this.#besideTheFocus();
    if (before !== null) this.release(before);
    if (next !== null) void this.readings.open(next).catch(() => undefined);
  }

  /** In a narrow window: over the pane that does not have the focus, because a field that is covered cannot keep it. */
  #besideTheFocus(): void {
    const inWork = this.elements.get('work')?.closest('[data-pane]')?.contains(document.activeElement);
    if (inWork === true) this.covers.show('inbox', 'context');
    else this.covers.show('work', 'context');
  }

  /** What a key on a contact acts on: in the work pane the open one, in the list the selected one. */
  target(place: 'inbox' | 'work'): ContactId | null {
    return place === 'work' ? this.active.read() : this.list.read().selected;
  }

  /** Moves the focus to a pane or field: only in the handler's own task. */
  goTo(spot: Spot): boolean {
    const over = this.covers.over.read();
    // What lies over a pane stands for it.
    if (spot === 'inbox' && over.inbox === 'search') return this.goTo('search');
    if (spot === 'inbox' && over.inbox === 'guide') return this.goTo('guide');
    if (spot === 'work' && over.work === 'missed') return this.goTo('missed');
    if (spot === 'work' && over.work === 'outbox') return this.goTo('outbox');
    if (spot === 'work' && this.#hasSheet()) return this.goTo('sheet');
    if (spot !== 'context' && spot !== 'history' && spot !== 'plan') this.covers.clearContext();
    else if (!this.elements.has('context')) this.covers.show('work', 'context');
    // What the same key has changed is painted first: the element may be new.
    paintNow();
    const { elements, law } = this;
    const element = elements.get(spot);
    const ticket = law.ticket();
    if (element !== undefined) elements.forget();
    else elements.await(spot, (come) => law.answer(ticket, () => law.focus(come)));
    return law.focus(element);
  }

  /** Back to the work of the tab that is shown: in the sheet over it to where the handler was, with the caret. */
  returnToWork(): boolean {
    return this.returnToSheet() || this.goTo('work');
  }

  /** Back to where the handler was in the sheet of the tab that is shown. False when none lies there, or they were not in it. */
  returnToSheet(): boolean {
    const id = this.active.read();
    const place = id === null ? null : this.sheets.placeIn(id);
    if (place === null || this.covers.over.read().work !== null) return false;
    paintNow();
    return returnToSheet(this.law, place);
  }

  #hasSheet(): boolean {
    const id = this.active.read();
    return id !== null && this.sheets.of(id).read() !== null;
  }

  /** Takes away what lies over a pane; the focus goes back to where it was. */
  uncover(pane: CoveredPane): void {
    if (this.covers.leave(pane)) return;
    if (pane === 'work') this.returnToWork();
    else this.goTo(pane);
  }

  /** A contact that is neither in a tab nor looked at is not read any more (rule C-12). */
  release(id: ContactId): void {
    if (this.tabs.read().includes(id) || this.looking.read() === id) return;
    this.readings.close(id);
    this.histories.close(id);
    this.related.close(id);
  }

  /** What a reading brings besides itself: the draft of an open contact, and word of a place that came late. */
  #learn(id: ContactId, reading: ContactReading): void {
    if (this.tabs.read().includes(id)) this.drafts.restore(id, reading.draft);
    const before = this.readings.of(id).read();
    if (before?.kind !== 'here' || reading.kind !== 'here') return;
    if (reading.contact.messages.length > before.contact.messages.length) {
      this.chats.stoppedTyping(id);
      this.sound.ask('message');
    }
    const [failed] = undelivered(reading.contact).slice(undelivered(before.contact).length);
    if (failed !== undefined)
      void import('./sending-words.ts').then(({ sendingWords }) =>
        this.say(`${reading.contact.ref}: ${sendingWords(failed)}`, 'warning'),
      );
    if (reading.contact.locations.length > before.contact.locations.length)
      this.announcements.say(`Location came: ${reading.contact.place ?? 'without a name'}.`);
  }

  /** Each handler has work of their own: what one had on screen is gone before the next one sees it (rule A-08). */
  #workOf(desk: DeskState | null): void {
    const handler = desk?.session.kind === 'signed-in' ? desk.session.person.handler : null;
    if (handler === this.#handler) return;
    if (this.#handler !== null) this.#forget();
    this.#handler = handler;
    if (handler === null) return;
    void this.drafts.readStored();
    void this.#work.restore();
  }

  #forget(): void {
    this.covers.clearAll();
    this.looking.set(null);
    this.strip.set(null);
    this.sheets.forget();
    this.originals.set(false);
    this.said.set(null);
    this.acts.undo.take();
    this.#work.forget();
    this.readings.forget();
    this.drafts.forget();
    this.reasons.forget();
    this.chats.forget();
    this.histories.forget();
    this.related.forget();
    this.search.forget();
    this.split.set('all');
    this.filter.set('');
    this.list.select(null);
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

  #rescope(): void {
    const desk = this.store.desk.read();
    this.list.setScope({
      split: this.split.read(),
      text: this.filter.read(),
      me: desk?.me?.desk ?? null,
      agrees: desk?.session.kind === 'signed-in' && rights.agree[desk.session.person.role] === 'yes',
    });
  }
}

const undelivered = ({ sendings }: Contact) =>
  sendings.filter(({ carried }) => (carried?.fault ?? null) !== null);

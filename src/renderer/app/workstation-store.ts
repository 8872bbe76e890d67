import { flushSync } from 'react-dom';
import { defaultSettings, type Settings } from '../../shared/contract/settings.ts';
import type {
  DeskState,
  OutboxState,
  Payload,
  WorkstationBridge,
} from '../../shared/contract/workstation.ts';
import { isOpenEmergency } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { Cell } from './cell.ts';
import { InboxCopy, type RowChange } from './inbox-copy.ts';
import { FactKeeper, noFacts, type InboxFacts } from './inbox-facts.ts';

export interface WorkstationStoreOptions {
  readonly bridge: WorkstationBridge;
  /** Calls back before the next frame is painted. */
  readonly nextFrame: (task: () => void) => void;
  /** Calls back when what nobody waits for is painted: some times a second. With the next frame if it is left out. */
  readonly calmly?: (task: () => void) => void;
  /** Calls back after a while. */
  readonly after: (ms: number, task: () => void) => void;
}

type Presence = 'nobody' | 'locked' | 'there';

function presenceOf(desk: DeskState | null): Presence {
  if (desk === null || desk.session.kind === 'signed-out') return 'nobody';
  return desk.session.locked ? 'locked' : 'there';
}

/** The workstation may be starting again: ask until it answers. */
const RETRY_MS = 1_000;

const emergenciesOf = (changes: readonly RowChange[]): ReadonlySet<ContactId> =>
  new Set(changes.filter(({ row }) => row !== null && isOpenEmergency(row.summary)).map(({ id }) => id));

/** A workstation that stays away for this long: the link is shown as down. Milliseconds. */
const DOWN_AFTER_MS = 12_000;

/**
 * Everything the workstation has told this window, outside React. Changes of the inbox are gathered and painted some
 * times a second, so that the page stands ready for what cannot wait: the handler's own acts are seen in the next frame,
 * and an open emergency is painted at once.
 */
export class WorkstationStore {
  readonly #options: WorkstationStoreOptions;
  readonly #copy: InboxCopy;
  readonly #facts = new FactKeeper();
  readonly #inboxListeners = new Set<(changes: readonly RowChange[]) => void>();
  readonly #answerListeners = new Set<(answer: Payload<'command.answered'>) => void>();
  #unflushed: RowChange[] = [];
  readonly #frameAsked = { soon: false, calm: false };
  #stopped = false;
  /** What has been asked for, for whoever is signed in. */
  #asked = { inbox: false, outbox: false };

  readonly desk = new Cell<DeskState | null>(null);
  readonly outbox = new Cell<OutboxState>({ items: [] });
  /** The usual ones until the shell has told the handler's own. */
  readonly settings = new Cell<Settings>(defaultSettings);
  readonly facts = new Cell<InboxFacts>(noFacts);
  /** The facts once more, for numbers beside the work: an emergency is painted without waiting for them. */
  readonly counts = new Cell<InboxFacts>(noFacts);
  /** The changes that were told last, in the task that told them: what they are painted with may be gathered for a moment. */
  readonly told = new Cell<readonly RowChange[]>([]);
  /** The changes that were painted last, each time others. */
  readonly painted = new Cell<readonly RowChange[]>([]);

  constructor(options: WorkstationStoreOptions) {
    this.#options = options;
    this.#copy = new InboxCopy({
      bridge: options.bridge,
      isLocked: () => presenceOf(this.desk.read()) === 'locked',
      changed: (changes) => this.#changed(changes),
      reload: () => this.#untilDone(async () => this.#copy.load()),
      rest: () => new Promise((done) => options.nextFrame(() => options.after(0, done))),
    });
  }

  /** The rows as last told. Painting goes through the list, which follows the frames. */
  get rows(): ReadonlyMap<ContactId, InboxRow> {
    return this.#copy.rows;
  }

  /** Listens first, then reads: nothing told in between is missed. Returns what stops it. */
  start(): () => void {
    const { bridge } = this.#options;
    const stops = [
      bridge.subscribe('desk.changed', (state) => this.#takeDesk(state)),
      bridge.subscribe('outbox.changed', (state) => this.outbox.set(state)),
      bridge.subscribe('inbox.changed', (patch) => this.#copy.patch(patch)),
      bridge.subscribe('command.answered', (answer) => {
        for (const listener of [...this.#answerListeners]) listener(answer);
      }),
    ];
    // All at once: most often somebody is signed in, and then nothing waits for anything.
    const readAll = (): void => {
      this.#asked = { inbox: false, outbox: false };
      // First the rows, then who works here: the window opens with its first rows in one painting.
      this.#readWork();
      this.#untilDone(async () => this.#takeDesk(await bridge.request('desk.read', {})));
    };
    // A workstation that was started again counts its patches from the beginning: everything is read afresh.
    stops.push(
      bridge.subscribe('workstation.changed', ({ state }) =>
        state === 'up' ? readAll() : this.#doubtLink('suspect'),
      ),
    );
    this.#untilDone(async () => this.settings.set(await bridge.request('settings.read', {})));
    readAll();
    return () => {
      this.#stopped = true;
      for (const stop of stops) stop();
    };
  }

  #untilDone(read: () => Promise<void>, isVain: () => boolean = () => false): void {
    read().catch(() => {
      if (!this.#stopped && !isVain()) this.#options.after(RETRY_MS, () => this.#untilDone(read, isVain));
    });
  }

  /** Reads what has not been read yet for whoever is signed in. What is refused now is asked for when that changes. */
  #readWork(): void {
    const { bridge } = this.#options;
    this.#readOnce('inbox', async () => this.#copy.load());
    this.#readOnce('outbox', async () => this.outbox.set(await bridge.request('outbox.read', {})));
  }

  #readOnce(what: 'inbox' | 'outbox', read: () => Promise<void>): void {
    if (this.#asked[what] || !this.#mayRead(what)) return;
    this.#asked[what] = true;
    this.#untilDone(read, () => {
      this.#asked[what] = this.#mayRead(what);
      return !this.#asked[what];
    });
  }

  /** Behind the lock the emergencies alone are told, with nobody signed in nothing. True while that is not known. */
  #mayRead(what: 'inbox' | 'outbox'): boolean {
    const desk = this.desk.read();
    if (desk === null) return true;
    const presence = presenceOf(desk);
    return presence === 'there' || (presence === 'locked' && what === 'inbox');
  }

  /** Nothing of one person's work waits in the window for the next (rule A-08). */
  #forgetWork(): void {
    this.#asked = { inbox: false, outbox: false };
    this.#copy.clear();
    this.outbox.set({ items: [] });
  }

  /** Told of the inbox's changes as they are painted. */
  onInbox(listener: (changes: readonly RowChange[]) => void): () => void {
    this.#inboxListeners.add(listener);
    return () => void this.#inboxListeners.delete(listener);
  }

  onAnswer(listener: (answer: Payload<'command.answered'>) => void): () => void {
    this.#answerListeners.add(listener);
    return () => void this.#answerListeners.delete(listener);
  }

  /** Changes a setting here at once, and keeps it. */
  saveSettings(change: Partial<Settings>): void {
    const next = { ...this.settings.read(), ...change };
    this.settings.set(next);
    // A setting that was not kept is still in force in this window; it is asked for again with the next one.
    void this.#options.bridge.request('settings.save', next).catch(() => undefined);
  }

  /**
   * The process behind the window is gone, and the link with it; what it said last is no longer confirmed: amber, and
   * red if it does not come back (rule L-12).
   */
  #doubtLink(kind: 'suspect' | 'down'): void {
    const state = this.desk.read();
    if (state === null) return;
    const doubted: DeskState = { ...state, link: { ...state.link, kind } };
    this.desk.set(doubted);
    if (kind === 'down') return;
    this.#options.after(DOWN_AFTER_MS, () => {
      // Whatever the workstation has said since is another state.
      if (this.desk.read() === doubted) this.#doubtLink('down');
    });
  }

  #takeDesk(state: DeskState): void {
    const before = this.desk.read();
    const presence = presenceOf(state);
    if (presence === 'nobody' && presenceOf(before) !== 'nobody') this.#forgetWork();
    // What is here already is painted with the desk's own first words.
    if (before === null) this.#flush();
    this.desk.set(state);
    this.#readWork();
    if (before?.me?.desk === state.me?.desk) return;
    this.#flush();
    this.counts.set(this.facts.read());
  }

  #changed(changes: readonly RowChange[]): void {
    this.#unflushed.push(...changes);
    const urgency = this.#facts.take(changes);
    // The browser would wait for the next frame; a person on a 999 line does not, nor for what others did meanwhile.
    if (urgency === 'at-once') flushSync(() => this.#flush(emergenciesOf(changes)));
    // Behind the emergency, and not behind what is gathered.
    this.told.set(changes);
    // Its numbers follow.
    this.#ask(urgency === 'at-once' ? 'calm' : urgency);
  }

  #ask(urgency: 'soon' | 'calm'): void {
    const asked = this.#frameAsked;
    if (asked.soon || asked[urgency]) return;
    asked[urgency] = true;
    const { nextFrame, calmly = nextFrame } = this.#options;
    (urgency === 'soon' ? nextFrame : calmly)(() => {
      asked[urgency] = false;
      this.#flush();
      this.counts.set(this.facts.read());
    });
  }

  /** Everything gathered so far, or what concerns these contacts. */
  #flush(only?: ReadonlySet<ContactId>): void {
    const gathered = this.#unflushed;
    const isDue = ({ id }: RowChange): boolean => only?.has(id) ?? true;
    const changes = gathered.filter(isDue);
    this.#unflushed = gathered.filter((change) => !isDue(change));
    if (changes.length > 0) for (const listener of [...this.#inboxListeners]) listener(changes);
    this.facts.set(this.#facts.facts(this.desk.read()?.me?.desk ?? null));
    this.painted.set(changes);
  }
}

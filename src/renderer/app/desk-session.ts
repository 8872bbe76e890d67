import type { SessionState, SignInAnswer } from '../../shared/contract/workstation.ts';
import { ownerOf, type ChannelState, type ContactSummary } from '../../shared/domain/contact.ts';
import { Cell } from './cell.ts';
import { IdleWatch } from './idle-watch.ts';
import { paintNow } from './paint-now.ts';
import type { Spot, Workplace } from './workplace.ts';

/**
 * What the window shows of the work. `unknown`: the desk has not said yet who works here. `locked`: only emergencies,
 * link and clock. `signed-out`: nothing but the question for number and PIN.
 */
export type Door = 'unknown' | 'signed-out' | 'locked' | 'open';

/** Why signing off waits for the handler. */
export type SigningOff =
  | { readonly kind: 'still-yours'; readonly contacts: readonly ContactSummary[] }
  /** The link is down: a second key is asked for, because what is unsent stays here. */
  | { readonly kind: 'link-down' };

/** What unlocking or signing in came to, where it came to nothing. */
export type NotOpened =
  | Exclude<SignInAnswer, { readonly kind: 'signed-in' }>
  /** The process behind the window did not answer. */
  | { readonly kind: 'no-answer' };

export interface DeskSessionOptions {
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
}

/** The workstation is starting again: locking is asked for until it is kept. Milliseconds. */
const RETRY_MS = 1_000;

/** Locking and signing off wait no longer than this for the last words to be kept. Milliseconds. */
const KEEPING_MS = 1_000;

/** Where the handler was, to be there again. */
interface Place {
  readonly focus: Spot | null;
  readonly scrolls: ReadonlyMap<Spot, number>;
}

const live: ReadonlySet<ChannelState> = new Set(['ringing', 'connected', 'active']);

const nowhere: Place = { focus: null, scrolls: new Map() };

/** Fields before the panes that hold them. */
const spots: readonly Spot[] = ['message', 'note', 'filter', 'work', 'context', 'inbox'];

/**
 * Who works in this window, and whether the work is on screen: signing in and off, the lock (rules ). The
 * work itself lives on in the workplace while it is hidden; only its elements are gone.
 */
export class DeskSession {
  readonly #workplace: Workplace;
  readonly #after: DeskSessionOptions['after'];
  readonly door = new Cell<Door>('unknown');
  readonly signingOff = new Cell<SigningOff | null>(null);
  /** F2 was pressed on a locked desk: the oldest emergency is taken once the PIN is right. */
  readonly takeAfter = new Cell<boolean>(false);
  readonly idle: IdleWatch;
  /** Set before the desk has confirmed the lock: what is on screen goes at once. */
  #veiled = false;
  /** An unlocking or signing in is asked for: its answer opens the door, so that the focus may move with it. */
  #opening = false;
  #place = nowhere;

  constructor(workplace: Workplace, { monotonic, after }: DeskSessionOptions) {
    this.#workplace = workplace;
    this.#after = after;
    this.idle = new IdleWatch({
      monotonic,
      after,
      isBusy: () => this.door.read() !== 'open' || this.#ownsLive(),
      onIdle: () => this.#hide(),
    });
  }

  start(): () => void {
    const { store, active } = this.#workplace;
    const stops = [
      store.desk.subscribe(() => this.#deskChanged()),
      this.door.subscribe(() => {
        const { announcements } = this.#workplace;
        if (this.door.read() === 'open') announcements.speakAgain();
        else announcements.hush();
      }),
      // What the handler opens is what they want to see.
      active.subscribe(() => this.signingOff.set(null)),
      this.idle.start(),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Calls back once, when the desk has said who works here. Returns what stops the waiting. */
  whenKnown(task: (door: Door) => void): () => void {
    const stop = this.door.subscribe(() => {
      stop();
      task(this.door.read());
    });
    return stop;
  }

  /** Who is signed in, or why nobody is; `null` until the desk has said. */
  get state(): SessionState | null {
    return this.#workplace.store.desk.read()?.session ?? null;
  }

  /** Hides the work at once, by the handler's own key; the PIN has the keys then (rule A-09). */
  lock(): void {
    if (this.door.read() !== 'open') return;
    this.#hide();
    this.#workplace.goTo('entry');
  }

  /** What is typed is kept first, then the desk itself is locked. */
  #hide(): void {
    this.#place = this.#placeNow();
    this.#veiled = true;
    this.signingOff.set(null);
    this.#workplace.panel.set(null);
    this.#deskChanged();
    // A desk that is locked takes no drafts.
    void this.#wordsKept().then(() => this.#veiled && this.#askForLock());
  }

  /** What was typed is kept, or the desk does not answer and nobody waits for it any longer. */
  async #wordsKept(): Promise<void> {
    const late = new Promise<void>((resolve) => this.#after(KEEPING_MS, resolve));
    await Promise.race([this.#workplace.drafts.allSaved(), late]);
  }

  #askForLock(): void {
    this.#workplace.bridge
      .request('session.lock', {})
      .catch(() => this.#after(RETRY_MS, () => this.#veiled && this.#askForLock()));
  }

  /** F2 on a locked desk asks for the PIN, and then takes. */
  takeOnceOpen(): void {
    this.takeAfter.set(this.#workplace.store.facts.read().emergencyCount > 0);
    this.#workplace.goTo('entry');
  }

  async unlock(pin: string): Promise<NotOpened | null> {
    return this.#open('unlocked', this.#workplace.bridge.request('session.unlock', { pin }));
  }

  async signIn(handler: string, pin: string): Promise<NotOpened | null> {
    return this.#open('signed-in', this.#workplace.bridge.request('session.sign-in', { handler, pin }));
  }

  async #open<A extends { readonly kind: string }>(
    opened: 'unlocked' | 'signed-in',
    asked: Promise<A>,
  ): Promise<NotOpened | null> {
    this.#opening = true;
    const answer = await asked.catch(() => ({ kind: 'no-answer' }) as const);
    if (answer.kind !== opened) {
      this.#opening = false;
      this.#deskChanged();
      return answer as NotOpened;
    }
    await this.#told('open');
    this.#veiled = false;
    this.#opening = false;
    this.#enter();
    return null;
  }

  /** The answer may come before the word that the desk has changed: waits for it. */
  async #told(door: Door): Promise<void> {
    const { desk } = this.#workplace.store;
    if (doorOf(this.state) === door) return;
    await new Promise<void>((resolve) => {
      const stop = desk.subscribe(() => {
        if (doorOf(this.state) !== door) return;
        stop();
        resolve();
      });
    });
  }

  /** Paints the work again and puts the focus where it was: the answer to the handler's PIN. */
  #enter(): void {
    const { law, elements, acts } = this.#workplace;
    const { focus, scrolls } = this.#place;
    const take = this.takeAfter.read();
    this.takeAfter.set(false);
    // Keys that came since went into the field that is gone now, so the focus has to go somewhere whatever was pressed.
    law.answer(law.ticket(), () => {
      this.door.set('open');
      paintNow();
      for (const [spot, top] of scrolls) {
        const element = elements.get(spot);
        if (element !== undefined) law.keepPlace(element, top);
      }
      // A reason strip that was being filled in has taken the focus by itself as it came back.
      if (focus === 'strip' && document.activeElement !== document.body) return;
      if (focus === 'sheet' && this.#workplace.returnToSheet()) return;
      if (!law.focus(focus === null ? null : elements.get(focus))) law.focus(elements.get('inbox'));
    });
    if (take) void acts.takeOldest();
  }

  /** Ends the handler's work here. With the link down only the second time, because what is unsent stays (rule A-07). */
  async signOff(): Promise<void> {
    const { acts, law, bridge } = this.#workplace;
    if (acts.linkIsDown && this.signingOff.read()?.kind !== 'link-down') {
      this.#ask({ kind: 'link-down' });
      return;
    }
    const ticket = law.ticket();
    await this.#wordsKept();
    const answer = await bridge.request('session.sign-off', {}).catch(() => null);
    if (answer === null)
      this.#workplace.say('Not signed off: this desk did not answer. Try again.', 'warning');
    else if (answer.kind === 'signed-off') {
      await this.#told('signed-out');
      law.answer(law.ticket(), () => this.#workplace.goTo('entry'));
    } else if (law.isCurrent(ticket))
      law.answer(ticket, () => this.#ask({ kind: 'still-yours', contacts: answer.contacts }));
    else this.#workplace.say('Not signed off: you still have contacts. Ctrl+Shift+Q lists them.', 'warning');
  }

  /** In place of the panes, which stay as they are behind it. */
  #ask(question: SigningOff): void {
    if (this.signingOff.read() === null) this.#place = this.#placeNow();
    this.signingOff.set(question);
    this.#workplace.goTo('entry');
  }

  /** One level out of what the session asks: stays signed in, or takes F2 back. True when there was something to leave. */
  stay(): boolean {
    if (this.door.read() === 'locked') {
      this.takeAfter.set(false);
      return true;
    }
    if (this.signingOff.read() === null) return false;
    this.signingOff.set(null);
    const { focus } = this.#place;
    if (focus === 'sheet' && this.#workplace.returnToSheet()) return true;
    if (focus === null || !this.#workplace.goTo(focus)) this.#workplace.goTo('inbox');
    return true;
  }

  #deskChanged(): void {
    const told = doorOf(this.state);
    if (told === 'signed-out') {
      this.#veiled = false;
      this.#place = nowhere;
      this.takeAfter.set(false);
      this.signingOff.set(null);
    }
    // A desk that says "open" while the answer to the PIN is under way, or before it has heard of the lock, is not open yet.
    if (told === 'open' && this.#veiled) this.door.set('locked');
    else if (told === 'open' && this.#opening && this.door.read() !== 'open') return;
    else this.door.set(told);
  }

  /** Somebody is on a line or in a chat of this desk's. */
  #ownsLive(): boolean {
    const { rows, desk } = this.#workplace.store;
    const me = desk.read()?.me?.desk;
    if (me === undefined) return false;
    for (const { summary } of rows.values())
      if (ownerOf(summary)?.desk === me && live.has(summary.channelState)) return true;
    return false;
  }

  #placeNow(): Place {
    const { elements } = this.#workplace;
    const active = document.activeElement;
    const inStrip = active?.closest('[data-focus="strip"]') !== null;
    const inSheet = active?.closest('[data-focus="sheet"]') !== null;
    const spot = spots.find((each) => elements.get(each)?.contains(active) === true) ?? null;
    const focus = inStrip ? 'strip' : inSheet ? 'sheet' : spot;
    const scrolls = (['work', 'context'] as const).map(
      (each) => [each, elements.get(each)?.scrollTop ?? 0] as const,
    );
    return { focus, scrolls: new Map(scrolls) };
  }
}

function doorOf(state: SessionState | null): Door {
  if (state === null) return 'unknown';
  if (state.kind === 'signed-out') return 'signed-out';
  return state.locked ? 'locked' : 'open';
}

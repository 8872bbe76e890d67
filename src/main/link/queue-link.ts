import {
  closeCodes,
  finalCloseCodes,
  LINK_VERSION,
  type Hello,
  type UpFrame,
  type Welcome,
} from '../../shared/contract/queue-link.ts';
import { readDownFrame, type ToldFrame } from '../../shared/contract/salvage.ts';
import type { LinkStatus } from '../../shared/contract/workstation.ts';
import type { Clock, Instant, Timers } from '../../shared/domain/time.ts';
import { assert } from '../../shared/lib/assert.ts';
import type { Logger } from '../../platform/log.ts';
import { backOffMs, DEFAULT_CAP_MS, STEADY_MS } from './back-off.ts';
import { ClockOffset } from './clock-offset.ts';
import type { ConnectSocket, LinkSocket } from './link-socket.ts';

/** Without a word from the queue for this long the link is doubted: amber (rule L-12). Milliseconds. */
export const SUSPECT_MS = 7_500;
/** … and for this long, it is down: red (rule L-12). Milliseconds. */
export const DOWN_MS = 12_000;
const CONNECT_MS = 4_000;
const WELCOME_MS = 5_000;

type ReadFrame = NonNullable<Extract<ToldFrame, { ok: true }>['frame']>;

/** What the queue sends no faster than this desk takes it in (rule L-20). */
const bulky: ReadonlySet<ReadFrame['t']> = new Set(['EVT', 'SNAP', 'SNAPEND', 'FOUND', 'ANSWER']);

/** What a link needs from its desk. */
export interface LinkOwner {
  /** Built for each connection from what is durable at that moment. */
  hello(): Omit<Hello, 't' | 'v'>;
  /** What a heart-beat reports. */
  position(): { readonly cursor: Hello['resume']['cursor']; readonly cmdSeq: number };
  onWelcome(welcome: Welcome): void;
  /** Every frame after WELCOME but heart-beats, in order. A throw drops the connection and resumes from the cursor. */
  onFrame(frame: Exclude<ReadFrame, { t: 'WELCOME' | 'HBACK' }>): void;
  /** The status changed in kind, or a heart-beat was answered. */
  onStatus(): void;
  /** The queue, or the network, ended the connection. Codes below 4000 are the socket's own. */
  onClosed(code: number, why: string): void;
  /** This desk owns a live contact: it reconnects before the others. */
  isUrgent(): boolean;
}

export interface LinkOptions {
  readonly url: string;
  readonly connect: ConnectSocket;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly log: Logger;
  readonly owner: LinkOwner;
}

type State =
  | { readonly kind: 'idle' }
  /** Between two tries. */
  | { readonly kind: 'resting'; readonly retryAt: Instant }
  /** Socket asked for, or HELLO sent and WELCOME awaited. */
  | { readonly kind: 'connecting'; readonly socket: LinkSocket }
  | { readonly kind: 'up'; readonly socket: LinkSocket; readonly since: number }
  /** The queue ended it for good; only a person can mend it (rule L-14). */
  | { readonly kind: 'refused'; readonly code: number; readonly why: string };

/**
 * The desk's one connection to the central queue: connects, says HELLO, keeps time by heart-beats, notices silence, and
 * tries again. It knows frames, not contacts; what they mean is the owner's.
 */
export class QueueLink {
  readonly #options: LinkOptions;
  #state: State = { kind: 'idle' };
  #attempt = 0;
  #capMs = DEFAULT_CAP_MS;
  /** Monotonic time of the last word from the queue; `null`: never in this run. */
  #heardAt: number | null = null;
  #confirmedAt: Instant | null = null;
  /** Which side of the two limits of silence the handler was last shown. */
  #silence: 'none' | 'suspect' | 'down' = 'none';
  #beat = 0;
  #beatSent: { n: number; mono: number; wall: Instant } | null = null;
  readonly #offset = new ClockOffset();
  /** Bytes of events and snapshot that the queue has not been given credit for. */
  #uncredited = 0;
  #timers: Disposable[] = [];
  #silenceTimer: Disposable | null = null;
  #beatTimer: Disposable | null = null;
  readonly #startedAt: number;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#startedAt = options.clock.monotonic();
  }

  /** Begins to connect. The first try, too, waits its random moment. */
  start(): void {
    assert(this.#state.kind === 'idle', 'a link starts once');
    this.#watchSilence();
    this.#rest(false);
  }

  stop(): void {
    this.#letGo();
    this.#silenceTimer?.[Symbol.dispose]();
    this.#state = { kind: 'idle' };
  }

  get isUp(): boolean {
    return this.#state.kind === 'up';
  }

  /** Milliseconds to add to this desk's clock to get the queue's, and how far that may be wrong. */
  get offset(): { readonly ms: number; readonly errorMs: number } {
    return this.#offset.best;
  }

  /** The link as the window shows it; `behind` is the owner's to fill. */
  status(): Omit<LinkStatus, 'behind'> {
    const state = this.#state;
    return {
      kind: this.#statusKind(),
      confirmedAt: this.#confirmedAt,
      roundTripMs: state.kind === 'up' ? this.#offset.roundTripMs : null,
      retryAt: state.kind === 'resting' ? state.retryAt : null,
      offsetMs: this.#offset.best.ms,
    };
  }

  /** Sends a frame if the link is up; what must not be lost is in the outbox and goes again after the next WELCOME. */
  send(frame: UpFrame): void {
    if (this.#state.kind === 'up') this.#state.socket.send(JSON.stringify(frame));
  }

  /**
   * The owner has taken in every event and snapshot part so far: the queue may send as many bytes more (rule L-20). So a
   * replay never fills the wire ahead of a flash.
   */
  takenIn(): void {
    if (this.#uncredited === 0) return;
    this.send({ t: 'CREDIT', bytes: this.#uncredited });
    this.#uncredited = 0;
  }

  /** Drops the connection and begins again from the cursor: the way out of anything that does not add up. */
  resume(why: string): void {
    if (this.#state.kind !== 'up') return;
    this.#options.log.warn('link resumes', { why });
    this.#rest(false);
  }

  #statusKind(): LinkStatus['kind'] {
    if (this.#state.kind === 'refused') return 'refused';
    if (this.#silence === 'down') return 'down';
    if (this.#state.kind === 'up') return this.#silence === 'suspect' ? 'suspect' : 'live';
    return this.#heardAt === null ? 'connecting' : 'suspect';
  }

  #connect(): void {
    const { connect, url, timers, owner } = this.#options;
    const socket = connect(url, {
      onOpen: () => {
        socket.send(JSON.stringify({ t: 'HELLO', v: LINK_VERSION, ...owner.hello() } satisfies Hello));
        this.#replaceTimers([timers.after(WELCOME_MS, () => this.#failed(0, 'no WELCOME in time'))]);
      },
      onText: (text) => this.#onText(socket, text),
      onClose: (code, why) => this.#failed(code, why),
    });
    this.#state = { kind: 'connecting', socket };
    this.#replaceTimers([timers.after(CONNECT_MS, () => this.#failed(0, 'no connection in time'))]);
  }

  #onText(socket: LinkSocket, text: string): void {
    const state = this.#state;
    if ((state.kind !== 'connecting' && state.kind !== 'up') || state.socket !== socket) return;
    const parsed = readDownFrame(text);
    if (!parsed.ok) return this.#failed(closeCodes.badFrame, parsed.why);
    const { frame, lacking } = parsed;
    this.#heard();
    if (lacking.length > 0)
      this.#options.log.error('the queue told what this desk cannot read in full', {
        frame: frame?.t ?? 'none',
        lacking: lacking.join(' '),
      });
    if (frame === null) return;
    try {
      if (frame.t === 'WELCOME') return this.#onWelcome(socket, frame);
      if (frame.t === 'HBACK') return this.#onBeatAnswered(frame.n, frame.serverTime);
      if (frame.t === 'RECONNECT') return this.#onReconnect(frame.notBeforeMs, frame.windowMs);
      if (state.kind !== 'up') return;
      if (bulky.has(frame.t)) this.#uncredited += Buffer.byteLength(text);
      this.#options.owner.onFrame(frame);
    } catch (error) {
      this.#options.log.error('frame not taken in', {
        frame: frame.t,
        why: error instanceof Error ? error.name : '?',
      });
      this.#failed(0, 'frame not taken in');
    }
  }

  #onWelcome(socket: LinkSocket, welcome: Welcome): void {
    assert(this.#state.kind === 'connecting', 'WELCOME comes once');
    const { clock, timers, owner } = this.#options;
    this.#capMs = welcome.retryCapMs;
    this.#offset.seed(welcome.serverTime - clock.now());
    this.#state = { kind: 'up', socket, since: clock.monotonic() };
    const beat = (): void => {
      this.#sendBeat();
      this.#beatTimer = timers.after(welcome.hbMs, beat);
    };
    this.#replaceTimers([]);
    this.#uncredited = 0;
    this.#beatTimer = timers.after(welcome.hbMs * this.#options.random(), beat);
    owner.onWelcome(welcome);
    owner.onStatus();
  }

  #sendBeat(): void {
    const { clock, owner } = this.#options;
    this.#beat += 1;
    this.#beatSent = { n: this.#beat, mono: clock.monotonic(), wall: clock.now() };
    this.send({ t: 'HB', n: this.#beat, ...owner.position() });
  }

  #onBeatAnswered(n: number, serverTime: Instant): void {
    const sent = this.#beatSent;
    if (sent === null || sent.n !== n) return;
    const roundTripMs = this.#options.clock.monotonic() - sent.mono;
    this.#offset.measured(serverTime - (sent.wall + roundTripMs / 2), roundTripMs);
    this.#options.owner.onStatus();
  }

  /** The queue is going away in good order: come back at a random moment of its window. */
  #onReconnect(notBeforeMs: number, windowMs: number): void {
    const { timers, random } = this.#options;
    this.#timers.push(
      timers.after(notBeforeMs + random() * windowMs, () => this.resume('asked to reconnect')),
    );
  }

  #failed(code: number, why: string): void {
    if (this.#state.kind === 'refused' || this.#state.kind === 'idle') return;
    this.#options.log.info('link closed', { code, why: why.slice(0, 60) });
    this.#options.owner.onClosed(code, why);
    if (finalCloseCodes.has(code)) {
      this.#letGo();
      this.#state = { kind: 'refused', code, why };
      this.#options.owner.onStatus();
      return;
    }
    const crowded = code === closeCodes.draining || code === closeCodes.tryLater || code === 1012;
    this.#rest(crowded);
  }

  get refusal(): { readonly code: number; readonly why: string } | null {
    return this.#state.kind === 'refused' ? this.#state : null;
  }

  #rest(crowded: boolean): void {
    const { clock, timers, random, owner } = this.#options;
    const state = this.#state;
    if (state.kind === 'up' && clock.monotonic() - state.since >= STEADY_MS) this.#attempt = 0;
    this.#letGo();
    const waitMs = backOffMs({
      attempt: this.#attempt,
      capMs: this.#capMs,
      crowded,
      urgent: owner.isUrgent(),
      random: random(),
    });
    this.#attempt += 1;
    this.#state = { kind: 'resting', retryAt: (clock.now() + Math.ceil(waitMs)) as Instant };
    this.#replaceTimers([timers.after(waitMs, () => this.#connect())]);
    owner.onStatus();
  }

  #heard(): void {
    const { clock, owner } = this.#options;
    this.#heardAt = clock.monotonic();
    this.#confirmedAt = clock.now();
    if (this.#silence === 'none') return;
    this.#silence = 'none';
    this.#watchSilence();
    owner.onStatus();
  }

  /** One timer at the next limit of silence; when it fires, what was heard meanwhile moves it on. */
  #watchSilence(): void {
    const { clock, timers } = this.#options;
    this.#silenceTimer?.[Symbol.dispose]();
    const silentMs = clock.monotonic() - (this.#heardAt ?? this.#startedAt);
    const before = this.#silence;
    if (silentMs >= DOWN_MS) this.#silence = 'down';
    else if (silentMs >= SUSPECT_MS) this.#silence = 'suspect';
    const next = this.#silence === 'down' ? null : this.#silence === 'suspect' ? DOWN_MS : SUSPECT_MS;
    this.#silenceTimer = next === null ? null : timers.after(next - silentMs, () => this.#watchSilence());
    if (this.#silence === before) return;
    // A socket on which nothing comes for so long is dead, whatever the operating system believes.
    if (this.#silence === 'down' && this.#state.kind === 'up') this.#failed(0, 'silent');
    else this.#options.owner.onStatus();
  }

  #letGo(): void {
    const state = this.#state;
    if (state.kind === 'connecting' || state.kind === 'up') state.socket.drop();
    this.#replaceTimers([]);
    this.#beatTimer?.[Symbol.dispose]();
    this.#beatSent = null;
  }

  #replaceTimers(timers: Disposable[]): void {
    for (const timer of this.#timers) timer[Symbol.dispose]();
    this.#timers = timers;
  }
}

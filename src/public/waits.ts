import { londonTimeOf } from '../shared/domain/london.ts';
import { MINUTE, SECOND, type Clock } from '../shared/domain/time.ts';
import type { QueueDoor, QueueStatus } from './queue/queue-door.ts';
import type { Words } from './words/en.ts';

/** How long an answer of the queue is passed on before it is asked again. Milliseconds. */
const FRESH_MS = 10 * SECOND;

/** How busy the control room is, as the queue last said. Many people ask; the queue is asked once in a while. */
export class Waits {
  readonly #door: Pick<QueueDoor, 'status'>;
  readonly #clock: Clock;
  #asked: { readonly at: number; readonly status: Promise<QueueStatus | null> } | null = null;

  constructor(options: { readonly door: Pick<QueueDoor, 'status'>; readonly clock: Clock }) {
    this.#door = options.door;
    this.#clock = options.clock;
  }

  /** `null` when nobody can say. Takes three seconds at the longest. */
  status(): Promise<QueueStatus | null> {
    const now = this.#clock.monotonic();
    if (this.#asked === null || now - this.#asked.at > FRESH_MS)
      this.#asked = { at: now, status: this.#door.status(AbortSignal.timeout(3 * SECOND)) };
    return this.#asked.status;
  }

  /** The sentences for the page: what is known, and nothing that is not. */
  async sentences({ waits }: Words): Promise<readonly string[]> {
    const status = await this.status();
    return [
      ...waitSentences(status, { waits }),
      ...reportSentences(status, { waits }),
      waits.telephone,
      waits.at(clockWords(this.#clock)),
    ];
  }
}

/** What may be said of a chat's wait. */
export function waitSentences(
  status: QueueStatus | null,
  { waits }: Pick<Words, 'waits'>,
): readonly string[] {
  if (status === null) return [waits.unknown];
  const { waiting, openDesks, emergencyLoad } = status;
  const load = emergencyLoad ? [waits.load] : [];
  if (openDesks === 0) return [...load, waits.closed];
  const minutes = Math.ceil(waiting.longestMs / 60_000);
  return [
    ...load,
    waiting.chat === 0 ? waits.chatNone : waits.chat(waiting.chat, waiting.longestMs < 60_000 ? 0 : minutes),
  ];
}

/**
 * What may be said of how soon a report is looked through: as long as the last ones have waited, or as long as one waits already, where that is longer.
 * Where nobody can say, nothing is promised.
 */
export function reportSentences(
  status: QueueStatus | null,
  { waits }: Pick<Words, 'waits'>,
): readonly string[] {
  const reports = status?.reports ?? null;
  if (reports === null) return [waits.reportUnknown];
  const { waiting, longestMs, lookedAtMs } = reports;
  const minutesOf = (ms: number): number => Math.max(1, Math.ceil(ms / MINUTE));
  const isLonger = waiting > 0 && longestMs > (lookedAtMs ?? 0);
  return [
    lookedAtMs === null ? waits.reportUnknown : waits.reportLately(minutesOf(lookedAtMs)),
    ...(isLonger && longestMs > MINUTE ? [waits.reportWaits(minutesOf(longestMs))] : []),
  ];
}

/** The time on the wall in Hertfordshire: `14:05`. */
export function timeWords(at: Parameters<typeof londonTimeOf>[0]): string {
  const { minute } = londonTimeOf(at);
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

const clockWords = (clock: Clock): string => timeWords(clock.now());

import type { DeskState } from '../../shared/contract/workstation.ts';
import { channelFacts } from '../../shared/domain/channel.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import { SECOND, type Timers } from '../../shared/domain/time.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import type { Disk } from './disk.ts';
import type { FaultList } from './fault-list.ts';

/** With less room than this, what is left is for emergencies (rule S-14). Bytes. */
export const NEARLY_FULL_BYTES = 64 * 2 ** 20;
/** With more room than this, the reserve is made again. Bytes. */
export const ENOUGH_FOR_RESERVE_BYTES = 128 * 2 ** 20;
/** How often the room is looked at. Milliseconds. */
const LOOK_EVERY_MS = 30 * SECOND;

export interface DiskSpaceOptions {
  /** The disk with this desk's file; `null` when everything is in memory. */
  readonly disk: Disk | null;
  readonly timers: Timers;
  readonly log: Logger;
  readonly faults: Pick<FaultList, 'guard'>;
  /** The state has changed: the window is to be told. */
  readonly onChanged: () => void;
}

/** How much room there is on the disk, and what is kept on it when there is little (rule S-14). */
export class DiskSpace implements Disposable {
  readonly #options: DiskSpaceOptions;
  #state: DeskState['disk'] = 'enough';
  #timer: Disposable | null = null;

  constructor(options: DiskSpaceOptions) {
    this.#options = options;
    if (options.disk !== null) this.#lookAgainAndAgain();
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  get state(): DeskState['disk'] {
    return this.#state;
  }

  /** Whether an act is new ordinary work, for which there is no room now. */
  refuses(act: Act, on: Pick<ContactSummary, 'band'> | null): boolean {
    return this.#state !== 'enough' && isNewWork(act) && !isEmergency(act, on);
  }

  /**
   * Runs a write of something the handler did, and returns why it was not kept. When the disk is full, the reserve makes
   * room for a second try of what concerns an emergency, and of nothing else.
   */
  write(work: () => void, { urgent }: { readonly urgent: boolean }): SqliteFault | null {
    return this.#options.faults.guard(() => {
      try {
        work();
      } catch (error) {
        if (!this.#wasFull(error)) throw error;
        this.#become('full');
        if (!urgent || !this.#giveUpReserve()) throw error;
        work();
      }
    });
  }

  /** A write somewhere else was refused by the disk. */
  writeFailed(error: unknown): void {
    if (this.#wasFull(error)) this.#become('full');
    else this.#look();
  }

  #wasFull(error: unknown): boolean {
    const { disk } = this.#options;
    const fault = asSqliteFault(error);
    if (disk === null || !(fault instanceof SqliteFault) || fault.kind !== 'io') return false;
    return /(?:^|:)(?:SQLITE_FULL|ENOSPC|EDQUOT)$/.test(errorCode(fault.cause));
  }

  #giveUpReserve(): boolean {
    const isGiven = this.#attempt(() => this.#options.disk?.giveUpReserve()) ?? false;
    if (isGiven) this.#options.log.warn('the disk is full: its reserve was given up', {});
    return isGiven;
  }

  #lookAgainAndAgain(): void {
    this.#look();
    this.#timer = this.#options.timers.after(LOOK_EVERY_MS, () => this.#lookAgainAndAgain());
  }

  #look(): void {
    const free = this.#attempt(() => this.#options.disk?.freeBytes());
    // A disk that does not say how full it is may still be written to.
    if (free === undefined) return;
    if (free > ENOUGH_FOR_RESERVE_BYTES) this.#attempt(() => this.#options.disk?.makeReserve());
    if (free >= NEARLY_FULL_BYTES) this.#become('enough');
    else if (this.#state !== 'full') this.#become('nearly-full');
  }

  #attempt<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#options.log.warn('the disk cannot be looked after', { code: errorCode(error) });
      return undefined;
    }
  }

  #become(state: DeskState['disk']): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.log.warn('room on the disk', { state });
    // What the first look finds is there from the start; nobody has been told anything else.
    if (this.#timer !== null) this.#options.onChanged();
  }
}

/** Concerns somebody in danger: a contact in band A, or one that comes into it by this act. */
export function isEmergency(act: Act, on: Pick<ContactSummary, 'band'> | null): boolean {
  if (act.kind === 'log') return channelFacts[act.channel].emergency;
  return act.kind === 'promote' || on?.band === 'A';
}

/** Makes a contact the handler's that is not. Everything else is words, or about what they or others have already. */
function isNewWork(act: Act): boolean {
  switch (act.kind) {
    case 'claim':
    case 'reopen':
    case 'log':
      return true;
    case 'answer-offer':
      return act.accepted;
    case 'release':
    case 'free':
    case 'note':
    case 'grade':
    case 'promote':
    case 'demote':
    case 'close':
    case 'consult':
    case 'agree':
    case 'triage':
    case 'describe':
    case 'place':
    case 'attempt':
    case 'hear':
    case 'link':
    case 'part':
    case 'discharge':
    case 'incident':
    case 'crime':
    case 'pass':
    case 'major':
    case 'stand-down':
    case 'reply':
    case 'check-exit':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'safe-contact':
    case 'choose-language':
    case 'send-reference':
    case 'offer-chat':
    case 'withdraw-offer':
    case 'promise-call-back':
      return false;
    default:
      return unreachable(act);
  }
}

import { errorCode, type Logger } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import type { Fault } from '../../shared/contract/fault.ts';
import type { DeskState } from '../../shared/contract/workstation.ts';

export interface FaultListOptions {
  readonly log: Logger;
  /** What was wrong before the workstation began. */
  readonly known: readonly Fault[];
  /** The list has changed: the window is to be told. */
  readonly onChanged: () => void;
  /** The store broke while in use: the process ends and begins again, which sets the file aside (rule S-06). */
  readonly onStoreBroken: (fault: SqliteFault) => void;
  /** The disk refused a write; it has been told. */
  readonly onWriteRefused?: (fault: SqliteFault) => void;
}

/** What has gone wrong around this desk and the handler has not put away yet. */
export class FaultList {
  readonly #options: FaultListOptions;
  #faults: DeskState['faults'] = [];
  #nextId = 1;

  constructor(options: FaultListOptions) {
    this.#options = options;
    for (const fault of options.known) this.#append(fault);
  }

  get all(): DeskState['faults'] {
    return this.#faults;
  }

  /** Adds a fault, unless one of its kind stands there already. */
  add(fault: Fault): void {
    if (this.#faults.some((known) => known.fault.kind === fault.kind)) return;
    this.#append(fault);
    this.#options.onChanged();
  }

  dismiss(id: number): void {
    this.#faults = this.#faults.filter((fault) => fault.id !== id);
    this.#options.onChanged();
  }

  /**
   * Runs what may meet a bad disk. A write the disk refused is told to the handler and returned to the caller; a file
   * found damaged ends this process, so that the next start sets it aside. Anything else is thrown on.
   */
  guard(work: () => void): SqliteFault | null {
    try {
      work();
      return null;
    } catch (error) {
      const fault = asSqliteFault(error);
      if (!(fault instanceof SqliteFault)) throw error;
      this.#options.log.error('store fault', { kind: fault.kind, code: errorCode(fault.cause) });
      if (fault.kind === 'damaged' || fault.kind === 'not-this-key') this.#options.onStoreBroken(fault);
      else {
        this.add({ kind: 'cache-write-failed', code: errorCode(fault.cause) });
        this.#options.onWriteRefused?.(fault);
      }
      return fault;
    }
  }

  #append(fault: Fault): void {
    this.#faults = [...this.#faults, { id: this.#nextId++, fault }];
  }
}

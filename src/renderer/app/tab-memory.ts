import type { OpenTabs, WorkstationBridge } from '../../shared/contract/workstation.ts';

export interface TabMemoryOptions {
  readonly bridge: WorkstationBridge;
  readonly after: (ms: number, task: () => void) => void;
}

/** The workstation may be starting again: it is asked until it answers. Milliseconds. */
const RETRY_MS = 1_000;

/**
 * Which contacts the handler has open, kept by the workstation, so that a page that had to be loaded again and a program
 * that was closed show the same (rule W-22). Ids only: nobody's words. Each handler has tabs of their own.
 */
export class TabMemory {
  readonly #options: TabMemoryOptions;
  #next: OpenTabs | null = null;
  #saving = false;

  constructor(options: TabMemoryOptions) {
    this.#options = options;
  }

  /** What was open. Asked until there is an answer, or until `wanted` says that nobody needs it any more. */
  async read(wanted: () => boolean): Promise<OpenTabs | null> {
    const { bridge, after } = this.#options;
    while (wanted()) {
      const kept = await bridge.request('tabs.read', {}).catch(() => null);
      if (kept !== null) return wanted() ? kept : null;
      await new Promise<void>((resolve) => after(RETRY_MS, resolve));
    }
    return null;
  }

  /** Keeps what is open now. One saving at a time, and the last one counts. */
  write(open: OpenTabs): void {
    this.#next = open;
    if (this.#saving) return;
    this.#saving = true;
    void this.#writeAll();
  }

  /** Somebody else sits here now: what is not written yet is not theirs. */
  forget(): void {
    this.#next = null;
  }

  async #writeAll(): Promise<void> {
    // Tab and front change in one task: they are written together.
    await Promise.resolve();
    while (this.#next !== null) {
      const next = this.#next;
      this.#next = null;
      // Not kept: a program started again shows fewer tabs; contacts and drafts are as they were.
      await this.#options.bridge.request('tabs.save', next).catch(() => undefined);
    }
    this.#saving = false;
  }
}

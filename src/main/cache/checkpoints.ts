import { Worker } from 'node:worker_threads';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { Timers } from '../../shared/domain/time.ts';
import type { DeskStore } from './desk-store.ts';

/** What the thread is told at its start. */
export interface WhatToCheckpoint {
  readonly path: string;
  /** 32 bytes in hexadecimal. */
  readonly key: string;
  /** Its one number becomes 1 when the thread has closed the file. */
  readonly closed: Int32Array<SharedArrayBuffer>;
}

export type ToCheckpoints = { readonly kind: 'take' | 'close' };
export type FromCheckpoints =
  { readonly kind: 'open' | 'taken' } | { readonly kind: 'failed'; readonly code: string };

export interface CheckpointsOptions extends Pick<WhatToCheckpoint, 'path' | 'key'> {
  /** The thread's program. */
  readonly script: string | URL;
  readonly store: Pick<DeskStore, 'setCheckpoints'>;
  readonly timers: Timers;
  readonly log: Logger;
}

/** Often enough that the log stays small, seldom enough that a page written again and again is taken once. Milliseconds. */
const EVERY_MS = 500;
/** The file is closed within this, or the process ends without waiting for it: nothing is lost by that. Milliseconds. */
const CLOSE_LIMIT_MS = 2_000;

/**
 * Has the log of commits taken into the file by a thread of its own. Within a commit it costs twice as much as the commit
 * itself (every page is decrypted, encrypted and synced once more), and an emergency waits for it. A commit is as durable
 * as before: it is in the log and on the disk when it returns (rule S-01).
 *
 * When there is no such thread, or it fails, the store does it again by itself.
 */
export class Checkpoints implements Disposable {
  readonly #options: CheckpointsOptions;
  readonly #thread: Worker;
  readonly #closed = new Int32Array(new SharedArrayBuffer(4));
  #timer: Disposable | null = null;
  #isOver = false;

  constructor(options: CheckpointsOptions) {
    this.#options = options;
    const { path, key, script, store } = options;
    const data: WhatToCheckpoint = { path, key, closed: this.#closed };
    this.#thread = new Worker(script, { workerData: data });
    this.#thread.on('message', (message: FromCheckpoints) => {
      if (this.#isOver) return;
      if (message.kind === 'failed') return this.#fellOut(message.code);
      if (message.kind === 'open') store.setCheckpoints('elsewhere');
      this.#timer = options.timers.after(EVERY_MS, () => this.#say({ kind: 'take' }));
    });
    this.#thread.on('error', (error) => this.#fellOut(errorCode(error)));
    this.#thread.on('exit', (code) => this.#fellOut(`exit:${code}`));
  }

  /** The file is closed there when this returns. To be done before the store closes it. */
  [Symbol.dispose](): void {
    if (this.#isOver) return;
    this.#end();
    this.#say({ kind: 'close' });
    Atomics.wait(this.#closed, 0, 0, CLOSE_LIMIT_MS);
  }

  #end(): void {
    this.#isOver = true;
    this.#timer?.[Symbol.dispose]();
    this.#options.store.setCheckpoints('own');
  }

  #fellOut(code: string): void {
    if (this.#isOver) return;
    this.#end();
    this.#options.log.warn('checkpoints are the store’s own again', { code });
  }

  #say(message: ToCheckpoints): void {
    this.#thread.postMessage(message);
  }
}

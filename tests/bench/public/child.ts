import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { programFolder, programNode } from '../../harness/e2e-program.ts';

/** A process of the bench’s that is spoken to in messages, each with a `kind`. */
export class Child<Told extends { readonly kind: string }> implements AsyncDisposable {
  readonly process: ChildProcess;
  readonly #told: Told[] = [];
  #listeners: (() => void)[] = [];
  #isOver = false;
  #said = '';

  constructor(file: string) {
    this.process = fork(file, [], {
      cwd: programFolder,
      execPath: programNode,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on(
        'data',
        (text: Buffer) => (this.#said = `${this.#said}${text.toString('utf8')}`.slice(-4_000)),
      );
    this.process.on('message', (told: Told) => {
      this.#told.push(told);
      this.#wake();
    });
    this.process.once('close', () => {
      this.#isOver = true;
      this.#wake();
    });
  }

  order(order: object): void {
    this.process.send(order);
  }

  /** Gives an order and waits for what fits. */
  async ask<K extends Told['kind']>(
    order: object,
    kind: K,
    fits: (told: Extract<Told, { kind: K }>) => boolean = () => true,
  ): Promise<Extract<Told, { kind: K }>> {
    const after = this.#told.length;
    this.order(order);
    for (;;) {
      const found = this.#told
        .slice(after)
        .find((told): told is Extract<Told, { kind: K }> => told.kind === kind && fits(told as never));
      if (found !== undefined) return found;
      if (this.#isOver) throw new Error(`ended before it told "${kind}" and said:\n${this.#said}`);
      await new Promise<void>((resolve) => this.#listeners.push(resolve));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOver) return;
    const closed = once(this.process, 'close');
    this.process.kill('SIGKILL');
    await closed;
  }

  #wake(): void {
    const waiting = this.#listeners;
    this.#listeners = [];
    for (const listener of waiting) listener();
  }
}

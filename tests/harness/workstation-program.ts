import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { FromProcess, Start, ToProcess } from '../../src/main/workstation/process-protocol.ts';

/** The file of the workstation program. */
export const workstationProgram = join(
  import.meta.dirname,
  '..',
  '..',
  'src',
  'main',
  'workstation',
  'process.ts',
);

/** The workstation program in a process of its own, as the shell sees it. */
export class WorkstationProgram implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly said: FromProcess[] = [];
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  #changed: (() => void)[] = [];
  #isOver = false;
  #requests = 0;

  constructor() {
    this.child = fork(workstationProgram, [], {
      execPath: process.execPath,
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (message: FromProcess) => {
      this.said.push(message);
      this.#tell();
    });
    this.ended = once(this.child, 'close').then(([code, signal]: (number | string | null)[]) => {
      this.#isOver = true;
      this.#tell();
      return { code: code as number | null, signal: signal as string | null };
    });
  }

  tell(message: unknown): void {
    this.child.send(message as ToProcess);
  }

  async until<K extends FromProcess['kind']>(
    kind: K,
    fits: (message: Extract<FromProcess, { kind: K }>) => boolean = () => true,
  ) {
    for (;;) {
      const found = this.said.find(
        (message): message is Extract<FromProcess, { kind: K }> =>
          message.kind === kind && fits(message as never),
      );
      if (found !== undefined) return found;
      if (this.#isOver)
        throw new Error(
          `the program ended; it had said ${this.said.map((message) => message.kind).join(', ')}`,
        );
      await new Promise<void>((resolve) => this.#changed.push(resolve));
    }
  }

  /** Begins and waits until it says that it is ready. */
  async begin(start: Start): Promise<this> {
    this.tell(start);
    await this.until('ready');
    return this;
  }

  async request(name: string, input: unknown) {
    const id = (this.#requests += 1);
    this.tell({ kind: 'request', id, name, input });
    return (await this.until('answer', (message) => message.id === id)).envelope;
  }

  /** Ends it as a machine does that loses its power. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  #tell(): void {
    const waiting = this.#changed;
    this.#changed = [];
    for (const resolve of waiting) resolve();
  }
}

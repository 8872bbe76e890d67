import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { programFolder, programNode, sandboxFlags } from '../harness/e2e-program.ts';
import { now } from './bench-queue.ts';
import { PROFILE } from './desk-files.ts';

/** Which program runs in the window: the desk, or the floor under it. */
export type Variant = 'desk' | 'floor';

/** What the launcher and the probe tell. Instants are milliseconds of the clock that all processes share. */
export type Told =
  | { readonly kind: 'ready'; readonly at: number }
  | { readonly kind: 'pressed'; readonly at: number }
  | { readonly kind: 'rows'; readonly at: number; readonly skew: number }
  | { readonly kind: 'selected'; readonly id: string; readonly at: number }
  | { readonly kind: 'awaited'; readonly id: string; readonly at: number }
  /** A push that concerns an awaited emergency has left the shell for the window. */
  | { readonly kind: 'passed'; readonly id: string; readonly at: number }
  /** The page's scripts have run; `begun` is when the probe came into it. */
  | { readonly kind: 'page'; readonly begun: number; readonly at: number }
  /** A request of the window, when asked for. */
  | { readonly kind: 'request'; readonly name: string; readonly at: number; readonly until: number }
  /** Rows of the list, and the bytes of the page's own heap. */
  | { readonly kind: 'size'; readonly rows: number; readonly heap: number; readonly at: number }
  /** The lines of THRIVE are watched. */
  | { readonly kind: 'letters'; readonly at: number }
  /** THRIVE has come onto the screen with so many boxes, and is painted. */
  | { readonly kind: 'thrive'; readonly boxes: number; readonly at: number }
  /** THRIVE has left the screen. */
  | { readonly kind: 'gone'; readonly at: number }
  /** The words of a line of THRIVE have changed, and the change is painted. */
  | { readonly kind: 'letter'; readonly letter: string; readonly at: number }
  /** Lines of a conversation are watched; one of them is painted. */
  | { readonly kind: 'watched'; readonly at: number }
  | { readonly kind: 'said'; readonly text: string; readonly at: number }
  /** Where the handler is: whether the list has the keys, the chosen row, and the box for a line to the public. */
  | {
      readonly kind: 'place';
      readonly inList: boolean;
      readonly chosen: string | null;
      readonly box: 'none' | 'there' | 'focused';
      readonly at: number;
    }
  | ({ readonly kind: 'counted' } & Counted);

/** What happened while counting. */
export interface Counted {
  /** Nodes of the page that were added, removed or changed. */
  readonly nodes: number;
  readonly records: number;
  /** Mutations inside the list. */
  readonly inGrid: number;
  /** Commits of React. */
  readonly commits: number;
  /** Requests of the window, and pushes to it. */
  readonly requests: number;
  readonly pushes: number;
}

type Order =
  | { readonly do: 'press'; readonly key: string; readonly modifiers?: readonly string[] }
  /** What the floor paints instead of THRIVE. */
  | { readonly do: 'boxes'; readonly count: number }
  | { readonly do: 'close' | 'count' | 'counted' | 'size' | 'letters' | 'said' | 'place' };

const mains: Readonly<Record<Variant, string>> = {
  desk: join(programFolder, 'out', 'main', 'index.js'),
  floor: join(import.meta.dirname, 'floor', 'main.cjs'),
};

function electron(): string {
  const path = process.env['FCR_ELECTRON'];
  if (path === undefined) throw new Error('FCR_ELECTRON is not set: run the benches with npm run bench.');
  return path;
}

const FLOOR_LIMIT_MS = 8_000;

export interface ProgramStart {
  readonly variant: Variant;
  readonly queue: string;
  /** Where profiles are kept. */
  readonly data: string;
  /** Pressed as soon as the first rows are painted. */
  readonly firstKey?: string;
  /** The demo's person who is signed in by themselves, at a queue that asks who it is. */
  readonly who?: string;
}

/**
 * A floor whose first row is painted. Of some dozen starts of the Electron that stands in, one never loads its page; that
 * says nothing about the floor, so it is started again, and told. Of the desk itself it would be a start that failed.
 */
export async function openFloor(start: ProgramStart, say: (words: string) => void): Promise<DeskProgram> {
  for (let tries = 1; ; tries += 1) {
    const program = new DeskProgram(start);
    try {
      await program.next('rows', { withinMs: FLOOR_LIMIT_MS });
      return program;
    } catch (error) {
      await program.close();
      if (tries === 3) throw error;
      say('the floor’s page did not load; it is started again');
    }
  }
}

/** One run of a program in a real window, with the probe in it. */
export class DeskProgram {
  /** When its process was asked for. */
  readonly startedAt: number;
  readonly #child: ChildProcess;
  readonly #told: Told[] = [];
  #listeners: ((told: Told) => void)[] = [];
  #said = '';

  constructor({ variant, queue, data, firstKey, who }: ProgramStart) {
    const own = [
      '--queue',
      queue,
      '--profile',
      PROFILE,
      '--realm',
      'demo',
      '--handler',
      '4711',
      '--data',
      data,
      ...(who === undefined ? [] : ['--demo-sign-in', who]),
    ];
    const first = firstKey === undefined ? {} : { FCR_BENCH_FIRST_KEY: firstKey };
    this.startedAt = now();
    this.#child = spawn(electron(), [...sandboxFlags, join(import.meta.dirname, 'launcher'), ...own], {
      cwd: programFolder,
      env: { ...process.env, FCR_NODE: programNode, FCR_BENCH_MAIN: mains[variant], ...first },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended whole.
      detached: true,
    });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.#said += text.toString('utf8');
    });
    if (this.#child.stdout !== null)
      createInterface(this.#child.stdout).on('line', (line) => {
        if (!line.startsWith('@bench ')) this.#said += `${line}\n`;
        else this.#hear(JSON.parse(line.slice('@bench '.length)) as Told);
      });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  order(order: Order): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  /** Everything told so far of one kind. */
  all<K extends Told['kind']>(kind: K): Extract<Told, { kind: K }>[] {
    return this.#told.filter((told): told is Extract<Told, { kind: K }> => told.kind === kind);
  }

  /** The next, or an earlier one that `since` (a count of those already known) leaves. */
  async next<K extends Told['kind']>(
    kind: K,
    { after = 0, withinMs = 60_000 }: { readonly after?: number; readonly withinMs?: number } = {},
  ): Promise<Extract<Told, { kind: K }>> {
    const found = this.all(kind)[after];
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        this.#child.off('close', onClose);
        this.#listeners = this.#listeners.filter((each) => each !== listener);
      };
      const fail = (why: string): void => {
        stop();
        const told = this.#told.map((each) => each.kind).join(' ');
        reject(new Error(`${why}; it told "${told}" and said:\n${this.#said.slice(-2_000)}`));
      };
      const onClose = (): void => fail(`ended before it told "${kind}"`);
      const timer = setTimeout(() => fail(`did not tell "${kind}" within ${withinMs} ms`), withinMs);
      const listener = (): void => {
        const told = this.all(kind)[after];
        if (told === undefined) return;
        stop();
        resolve(told);
      };
      this.#listeners.push(listener);
      this.#child.once('close', onClose);
    });
  }

  /** Gives an order and waits for what it makes the program tell. */
  async ask<K extends Told['kind']>(order: Order, kind: K): Promise<Extract<Told, { kind: K }>> {
    const after = this.all(kind).length;
    this.order(order);
    return this.next(kind, { after });
  }

  /** Closes the window as a handler does, and waits for the program's end; one that does not end is killed. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, 'close');
    const timer = setTimeout(() => this.kill(), 10_000);
    this.order({ do: 'close' });
    await closed;
    clearTimeout(timer);
  }

  kill(): void {
    if (this.#child.pid !== undefined && this.#child.exitCode === null)
      process.kill(-this.#child.pid, 'SIGKILL');
  }

  #hear(told: Told): void {
    this.#told.push(told);
    for (const listener of [...this.#listeners]) listener(told);
  }
}

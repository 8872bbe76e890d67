import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { programFolder, programNode } from './e2e-program.ts';
import { layWire, type CuttableWire } from './cuttable-wire.ts';
import { freePort, type E2eQueue } from './e2e-queue.ts';

/**
 * So much faster than the wall the program's own clock of intervals goes: what it notices after half a minute, a test sees after eight seconds.
 * What it says of the time of day stays true.
 */
const FASTER = 4;
const hurry = `const now = performance.now.bind(performance); performance.now = () => now() * ${FASTER};`;

/** The public's pages as a program of their own, before a real queue. */
export class PublicProgram implements AsyncDisposable {
  readonly #queue: E2eQueue;
  readonly #exitTo: string;
  readonly #data = mkdtempSync(join(tmpdir(), 'fcr-e2e-public-'));
  readonly #port: number;
  #child: ChildProcess | null = null;
  errors = '';
  /** All browsers come this way. */
  readonly network: CuttableWire;

  private constructor(queue: E2eQueue, exitTo: string, port: number, network: CuttableWire) {
    this.#queue = queue;
    this.#exitTo = exitTo;
    this.#port = port;
    this.network = network;
  }

  static async start(queue: E2eQueue, exitTo: string): Promise<PublicProgram> {
    const port = await freePort();
    const network = await layWire(`http://127.0.0.1:${port}`);
    const program = new PublicProgram(queue, exitTo, port, network);
    await program.start();
    return program;
  }

  get origin(): string {
    return new URL(this.network.url).origin;
  }

  /** Starts it, or starts it again on the same data after `kill`. */
  async start(): Promise<void> {
    const child = spawn(
      programNode,
      [
        ...['--import', `data:text/javascript,${encodeURIComponent(hurry)}`],
        join(programFolder, 'src/public/index.ts'),
        ...['--queue', `http://127.0.0.1:${this.#queue.port}`, '--key-file', this.#queue.intakeKeyFile],
        ...['--port', String(this.#port), '--origin', this.origin, '--data', this.#data],
        ...['--exit-to', this.#exitTo],
      ],
      { cwd: programFolder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    child.stderr.on('data', (text: Buffer) => {
      this.errors += text.toString('utf8');
    });
    const ready = new Promise<void>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('{"ready":true')) resolve();
      });
      child.once('close', () => reject(new Error(`the public's pages ended: ${this.errors}`)));
    });
    await ready;
  }

  /** Ends it at once, as a power cut does. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGKILL');
    await closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await this.network[Symbol.asyncDispose]();
    rmSync(this.#data, { recursive: true, force: true });
  }
}

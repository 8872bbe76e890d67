import { fork, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { app, utilityProcess } from 'electron';
import { errorCode, type Logger } from '../../platform/log.ts';
import type { Envelope, Payload } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import type { Timers } from '../../shared/domain/time.ts';
import { keepLog } from './workstation-log.ts';
import type { FromProcess, Start, ToProcess } from '../workstation/process-protocol.ts';

/** A started process, whichever kind. */
interface Child {
  send(message: ToProcess): void;
  onMessage(listener: (message: FromProcess) => void): void;
  /** Comes once. */
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}

export interface WorkstationProcessOptions {
  /** The bundled workstation program. */
  readonly script: string;
  /** A Node to run it with when Electron's own is too old for the native module; otherwise a utility process is used. */
  readonly node: string | null;
  /**
   * What the process is told at each start; `restart` is set from the second on. It may come later than the process, which loads its
   * program meanwhile. Must not reject.
   */
  readonly start: (
    restart: { readonly times: number; readonly cause: string } | null,
  ) => Promise<Omit<Start, 'kind'>>;
  readonly push: (name: PushName, payload: unknown) => void;
  readonly onCannotStart: (why: 'busy' | 'io') => void;
  /** It was asked for what cannot be: a sentence for whoever asked. */
  readonly onRefused: (sentence: string) => void;
  readonly timers: Timers;
  readonly log: Logger;
}

const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 5_000;

/**
 * Keeps the workstation process running behind the window: starts it, relays frames without looking inside, and starts
 * it again when it dies, at growing intervals. What the handler did is on disk; requests under way fail, and the window
 * asks again.
 */
export class WorkstationProcess {
  readonly #options: WorkstationProcessOptions;
  #child: Child | null = null;
  #isReady = false;
  readonly #waiting = new Map<number, (envelope: Envelope) => void>();
  #unsent: ToProcess[] = [];
  #nextId = 1;
  #deaths = 0;
  #restMs = FIRST_REST_MS;
  #stopping = false;

  constructor(options: WorkstationProcessOptions) {
    this.#options = options;
    void this.#spawn(null);
  }

  /** Asks the workstation. Before it is ready the request waits; if it dies, the answer is a failure. */
  request(name: string, input: unknown): Promise<Envelope> {
    const id = this.#nextId++;
    const message: ToProcess = { kind: 'request', id, name, input };
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      if (this.#isReady) this.#child?.send(message);
      else this.#unsent.push(message);
    });
  }

  /** Ends the process in good order, or after two seconds anyhow. */
  stop(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = this.#options.timers.after(2_000, () => child.kill());
      child.onExit(() => {
        timer[Symbol.dispose]();
        resolve();
      });
      child.send({ kind: 'stop' });
    });
  }

  async #spawn(cause: string | null): Promise<void> {
    const { script, node, start, log } = this.#options;
    // Electron's own processes can be had from then on; another Node at once.
    if (node === null) await app.whenReady();
    const child = node === null ? utilityChild(script, log) : nodeChild(script, node, log);
    const restart = cause === null ? null : { times: this.#deaths, cause };
    this.#child = child;
    child.onMessage((message) => this.#onMessage(message));
    child.onExit((code) => this.#onExit(child, code));
    child.send({ kind: 'start', ...(await start(restart)) });
    log.info('workstation process started', {
      restarts: this.#deaths,
      kind: node === null ? 'utility' : 'node',
    });
  }

  #onMessage(message: FromProcess): void {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        if (this.#deaths > 0) this.#tell('up', '');
        for (const unsent of this.#unsent.splice(0)) this.#child?.send(unsent);
        return;
      case 'cannot-start':
        return this.#options.onCannotStart(message.why);
      case 'refused':
        return this.#options.onRefused(message.sentence);
      case 'answer':
        this.#waiting.get(message.id)?.(message.envelope);
        this.#waiting.delete(message.id);
        this.#restMs = FIRST_REST_MS;
        return;
      case 'push':
        return this.#options.push(message.name, message.payload);
    }
  }

  #onExit(child: Child, code: number | null): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#isReady = false;
    this.#unsent = [];
    for (const answer of this.#waiting.values()) answer({ ok: false, why: 'the workstation ended' });
    this.#waiting.clear();
    if (this.#stopping) return;
    this.#deaths += 1;
    const cause = code === null ? 'killed' : `code ${code}`;
    this.#options.log.error('workstation process ended', { cause, times: this.#deaths });
    this.#tell('down', cause);
    this.#options.timers.after(this.#restMs, () => {
      if (!this.#stopping) void this.#spawn(cause);
    });
    this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2);
  }

  #tell(state: 'down' | 'up', cause: string): void {
    const payload: Payload<'workstation.changed'> = { state, times: this.#deaths, cause };
    this.#options.push('workstation.changed', payload);
  }
}

function nodeChild(script: string, node: string, log: Logger): Child {
  const child: ChildProcess = fork(script, [], {
    execPath: node,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  keepLog(child.stderr, log);
  // A pipe that breaks, a program that is not there: the exit that follows says the rest.
  child.on('error', (error) => log.error('workstation process', { error: errorCode(error) }));
  return {
    send: (message) => void (child.connected && child.send(message)),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromProcess)),
    // `exit` does not follow when the program could not even be started; `close` always comes.
    onExit: (listener) => void child.once('close', (code) => listener(code)),
    kill: () => void child.kill('SIGKILL'),
  };
}

function utilityChild(script: string, log: Logger): Child {
  const child = utilityProcess.fork(script, [], {
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: 'FCR Desk workstation',
  });
  keepLog(child.stderr as Readable | null, log);
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromProcess)),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
    kill: () => void child.kill(),
  };
}

import { systemClock } from '../../platform/clock.ts';
import type { Logger, LogFields } from '../../platform/log.ts';
import { errorCode, redacted } from '../../platform/log.ts';
import { asSqliteFault, SqliteFault } from '../../platform/sqlite.ts';
import { markDamaged } from '../cache/set-aside.ts';
import { serve } from '../../shared/contract/serve.ts';
import { toProcessSchema, type FromProcess, type ProcessPort, type Start } from './process-protocol.ts';
import type { RunningWorkstation, StartOptions } from './start-workstation.ts';

/** Ends the process so that the shell starts it again; the store is set aside then, because it was found damaged. */
const EXIT_STORE_BROKEN = 70;
/** A bug. */
const EXIT_BUG = 71;

/** The profile's folder, once the shell has named it. */
let folder: string | null = null;

/** A process's entry point writes its log as lines on standard error; the shell keeps them. */
const log: Logger = {
  info: (message, fields) => line('info', message, fields),
  warn: (message, fields) => line('warn', message, fields),
  error: (message, fields) => line('error', message, fields),
};

function line(level: string, message: string, fields?: LogFields): void {
  process.stderr.write(
    `${JSON.stringify({ level, at: new Date(systemClock.now()).toISOString(), message, ...redacted(fields) })}\n`,
  );
}

/** The parts of Electron's utility process that are used; the type is theirs, the import would be forbidden here. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** A utility process talks by `parentPort`, a Node child by its IPC channel. */
function openPort(): ProcessPort {
  const { parentPort } = process as unknown as { parentPort?: ParentPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data)),
      onClosed: () => undefined,
    };
  }
  return {
    send: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
    onClosed: (listener) => void process.on('disconnect', listener),
  };
}

/** What cannot be started as it was asked for, in a sentence for whoever asked. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

export type StartHosted = (
  options: Pick<StartOptions, 'start' | 'log' | 'push' | 'onStoreBroken'>,
) => RunningWorkstation | Promise<RunningWorkstation>;

/** Serves the shell with a workstation, which `startHosted` joins to its queue, for as long as this process lives. */
export function hostWorkstation(startHosted: StartHosted): void {
  endOnFaults();
  run(openPort(), startHosted);
}

function run(port: ProcessPort, startHosted: StartHosted): void {
  let running: RunningWorkstation | null = null;

  const begin = async (start: Start): Promise<void> => {
    folder = start.folder;
    try {
      running = await startHosted({
        start,
        log,
        push: (name, payload) => port.send({ kind: 'push', name, payload }),
        onStoreBroken: () => end(EXIT_STORE_BROKEN),
      });
      port.send({ kind: 'ready' });
    } catch (error) {
      if (error instanceof StartRefused)
        return port.send({ kind: 'refused', sentence: error.message } satisfies FromProcess);
      if (!(error instanceof SqliteFault) || (error.kind !== 'busy' && error.kind !== 'io')) throw error;
      log.error('cannot start', { kind: error.kind, code: errorCode(error.cause) });
      port.send({ kind: 'cannot-start', why: error.kind } satisfies FromProcess);
    }
  };

  const end = (code: number): void => {
    running?.[Symbol.dispose]();
    process.exit(code);
  };

  port.onMessage((raw) => {
    const parsed = toProcessSchema.safeParse(raw);
    if (!parsed.success) return log.error('message from the shell not understood');
    const message = parsed.data;
    switch (message.kind) {
      case 'start':
        void begin(message);
        return;
      case 'stop':
        return end(0);
      case 'request':
        void serve(running?.workstation.handlers ?? {}, message.name, message.input).then((envelope) =>
          port.send({ kind: 'answer', id: message.id, envelope }),
        );
        return;
    }
  });
  // The window is gone without a word: nothing is left to serve, and what was kept is on disk.
  port.onClosed(() => end(0));
}

/** Any fault that nobody has caught ends the process, with what it means for the store. */
function endOnFaults(): void {
  process.on('uncaughtException', (thrown) => {
    const error = asSqliteFault(thrown);
    const isBroken =
      error instanceof SqliteFault && (error.kind === 'damaged' || error.kind === 'not-this-key');
    if (isBroken && folder !== null) {
      // Damage may show wherever the file is read: the next start sets it aside (rule S-06).
      log.error('store broken', { kind: error.kind });
      markDamaged(folder);
      process.exit(EXIT_STORE_BROKEN);
    }
    // The first line of the stack that names a place: what stands above it is the message, which may quote data.
    const where =
      thrown.stack
        ?.split('\n')
        .find((text) => /^\s+at /.test(text))
        ?.trim() ?? '';
    log.error('bug', { error: errorCode(thrown), where });
    process.exit(EXIT_BUG);
  });
  process.on('unhandledRejection', (error) => {
    throw error;
  });
}

import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * One program per data folder. The lock is a listening socket named after the folder: the operating system lets go of
 * it when its owner dies, however it dies, so there is never a stale one to reason about.
 */
export async function lockFolder(folder: string): Promise<{ release(): Promise<void> }> {
  const address = addressOf(folder);
  const server = (await listen(address)) ?? (await listenAfterDeath(address));
  if (server === undefined) {
    const owner = await askOwner(address);
    throw new Error(
      `The data folder ${folder} is in use by another running program (process ${owner ?? 'unknown'}). Stop that one first.`,
    );
  }
  server.unref();
  return { release: () => new Promise((done) => server.close(() => done())) };
}

function addressOf(folder: string): string {
  const name = `fcr-desk-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // Linux has socket names without a file; elsewhere the file of a dead owner is found by calling it.
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((done, fail) => {
    const server = createServer((caller) => {
      caller.on('error', () => caller.destroy());
      caller.end(String(process.pid));
    });
    server.once('error', (fault: NodeJS.ErrnoException) =>
      fault.code === 'EADDRINUSE' ? done(undefined) : fail(fault),
    );
    server.listen(address, () => done(server));
  });
}

async function listenAfterDeath(address: string): Promise<Server | undefined> {
  const isFile = process.platform !== 'win32' && process.platform !== 'linux';
  if (!isFile || (await askOwner(address)) !== undefined) return undefined;
  rmSync(address, { force: true });
  return listen(address);
}

/** The owner's process id, or undefined if nobody answers. */
function askOwner(address: string): Promise<string | undefined> {
  return new Promise((done) => {
    let answer = '';
    const caller = connect(address);
    caller.setEncoding('utf8');
    caller.setTimeout(2000, () => caller.destroy());
    caller.on('data', (text: string) => (answer += text));
    caller.on('error', () => done(undefined));
    caller.on('close', () => done(answer === '' ? undefined : answer));
  });
}

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const modes = '/usr/share/apertium/modes';

/** Whether the engine and the pair of English and Spanish are on this machine; the suite says so when they are not. */
export const hasApertium =
  spawnSync('which', ['apertium-apy']).status === 0 &&
  existsSync(`${modes}/eng-spa.mode`) &&
  existsSync(`${modes}/spa-eng.mode`);

export const apertiumMissing =
  'not run: apertium-apy and apertium-eng-spa are not installed (apt-get install apertium-apy apertium-eng-spa)';

/** The packages by whose versions a translation is told. */
function installedVersion(): string {
  const versions = ['apertium-apy', 'apertium-eng-spa'].map((name) => {
    const { stdout } = spawnSync('dpkg-query', ['-W', '-f=${Version}', name], { encoding: 'utf8' });
    return `${name.replace('apertium-', '')} ${stdout.trim()}`;
  });
  return versions.join(', ');
}

export interface ApertiumServer {
  readonly url: string;
  readonly version: string;
  readonly startedInMs: number;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}

/** Starts a real Apertium server for this test, with a group of its own so that its pipes end with it. */
export async function startApertium(): Promise<ApertiumServer> {
  const port = await freePort();
  const began = performance.now();
  const server = spawn('apertium-apy', ['--port', String(port), '--num-processes', '1', modes], {
    stdio: 'ignore',
    detached: true,
    // It does not start in the bare locale of a machine that nobody has set up.
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (server.exitCode !== null) throw new Error('apertium-apy ended before it answered');
    const here = await fetch(`${url}/listPairs`).then(
      (response) => response.ok,
      () => false,
    );
    if (here) break;
    await pause(25);
  }
  return {
    url,
    version: installedVersion(),
    startedInMs: performance.now() - began,
    async stop() {
      if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid, 'SIGTERM');
      await ended;
    },
  };
}

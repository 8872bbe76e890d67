import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { WebSocketServer, type WebSocket } from 'ws';
import { contentSecurityPolicy } from '../../src/main/shell/content-security-policy.ts';
import { realSurroundings } from '../../src/main/workstation/real-surroundings.ts';
import { startWorkstation, type RunningWorkstation } from '../../src/main/workstation/start-workstation.ts';
import { defaultSettings, type Settings } from '../../src/shared/contract/settings.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { serve } from '../../src/shared/contract/serve.ts';
import { type RequestHandlers } from '../../src/shared/contract/workstation.ts';
import { programFolder } from './e2e-program.ts';

/**
 * A desk without Electron, for the journeys in an ordinary browser: the built window over HTTP, and behind it a real
 * workstation in this process, connected to a real queue. What the preload does in the program, a script does here.
 */
export interface WorkstationHost extends AsyncDisposable {
  /** The window's address. */
  readonly url: string;
  /** To be run in the page before anything else: puts `window.workstation` there. */
  readonly bridgeScript: string;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

/** Nobody is signed in: the page asks, as it does in the program. */
export async function startWorkstationHost({ queue }: { readonly queue: string }): Promise<WorkstationHost> {
  const folder = mkdtempSync(join(tmpdir(), 'fcr-e2e-host-'));
  const built = join(programFolder, 'out/renderer');
  const files = new Map(
    readdirSync(built, { recursive: true, encoding: 'utf8' }).map((path) => [`/${path}`, join(built, path)]),
  );
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : (request.url ?? '');
    // A browser asks for a sign of its tab when it has time; the program's window never does.
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    const file = files.get(path);
    const type = types[extname(path)];
    if (file === undefined || type === undefined) return void response.writeHead(404).end();
    // The program's own policy, except that this window reaches its workstation by a socket.
    const policy = contentSecurityPolicy.replace("connect-src 'none'", "connect-src 'self'");
    response
      .writeHead(200, { 'content-type': type, 'content-security-policy': policy })
      .end(readFileSync(file));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');

  const sockets = new WebSocketServer({ server, path: '/workstation' });
  const tell = (message: unknown): void => {
    for (const socket of sockets.clients) socket.send(JSON.stringify(message));
  };
  const running: RunningWorkstation = startWorkstation({
    start: {
      folder,
      profile: 'browser',
      realm: 'demo',
      appVersion: 'test',
      queue,
      key: randomBytes(32).toString('hex'),
      faults: [],
      demoSignIn: null,
    },
    log: silentLogger,
    surroundings: realSurroundings,
    push: (name, payload) => tell({ name, payload }),
    onStoreBroken: (fault) => {
      throw fault;
    },
  });
  const handlers: RequestHandlers = {
    ...running.workstation.handlers,
    ...settingsInMemory(),
    // There is no shell here to print with.
    'window.attend': async () => ({}),
    'training.start': async () => {
      throw new Error('no training in a browser');
    },
    'paper.print': async () => ({ kind: 'failed', why: 'no printer in a browser' }),
  };
  sockets.on('connection', (socket: WebSocket) => {
    socket.on('message', (data: Buffer) => {
      const { id, name, input } = JSON.parse(data.toString('utf8')) as {
        readonly id: number;
        readonly name: unknown;
        readonly input: unknown;
      };
      void serve(handlers, name, input).then((envelope) => socket.send(JSON.stringify({ id, envelope })));
    });
  });

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    bridgeScript,
    async [Symbol.asyncDispose]() {
      running[Symbol.dispose]();
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settingsInMemory(): Pick<RequestHandlers, 'settings.read' | 'settings.save'> {
  let settings: Settings = defaultSettings;
  return {
    'settings.read': async () => settings,
    'settings.save': async (next) => {
      settings = next;
      return {};
    },
  };
}

const bridgeScript = `(() => {
  const socket = new WebSocket('ws://' + location.host + '/workstation');
  const isOpen = new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
  const waiting = new Map();
  const listeners = new Set();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data);
    if (message.id === undefined) {
      for (const each of [...listeners]) if (each.name === message.name) each.listener(message.payload);
      return;
    }
    const { resolve, reject } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.envelope.ok) resolve(message.envelope.value);
    else reject(new Error(message.envelope.why));
  });
  const workstation = {
    async request(name, input) {
      await isOpen;
      const id = (last += 1);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ id, name, input }));
      });
    },
    subscribe(name, listener) {
      const each = { name, listener };
      listeners.add(each);
      return () => void listeners.delete(each);
    },
  };
  Object.defineProperty(window, 'workstation', { value: workstation });
})();`;

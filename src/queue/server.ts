import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { errorCode, type Logger } from '../platform/log.ts';
import { UP_FRAME_LIMIT } from '../shared/contract/queue-link.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import { createHttpSignIn } from './accounts/http-sign-in.ts';
import { forgetWrongPins } from './accounts/forgetting.ts';
import type { SignIns } from './accounts/sign-ins.ts';
import { ChatTranslation } from './chat-translation.ts';
import { ChatWatch } from './chat-watch.ts';
import { HttpChats, chatTarget } from './intake/http-chats.ts';
import type { ExchangeState } from './exchange/open-exchanges.ts';
import { attachmentTarget, createHttpAttachments } from './intake/http-attachments.ts';
import { createHttpIntake, intakeTarget, type HttpIntake } from './intake/http-intake.ts';
import type { SourceKeys } from './intake/source-keys.ts';
import { OPENAPI_PATH } from './intake/openapi/document.ts';
import { createHttpOpenApi } from './intake/openapi/http-openapi.ts';
import { createHttpTelephony, TELEPHONY_EVENTS } from './intake/telephony/http-telephony.ts';
import { createTelephonyAdapter, type TelephonyAdapter } from './intake/telephony/telephony-adapter.ts';
import { deskSocketOf, feed, LinkSocket } from './link-socket.ts';
import type { LogTail } from './log-tail.ts';
import { createHttpPhotos, photoTarget } from './photos/http-photos.ts';
import type { Photos } from './photos/photos.ts';
import { createHttpPolicies, policyTarget } from './policy/http-policies.ts';
import { ReportLooks } from './report-looks.ts';
import type { QueueService } from './service.ts';
import type { Sessions } from './sessions.ts';
import type { LineTranslator } from './translation/line-translator.ts';

/** Links that have been told to close get this long to do so. */
const DRAIN_LIMIT_MS = 5 * SECOND;

/** A node whose desks are told later than this is not well. Milliseconds. */
const BEHIND_LIMIT_MS = 5 * SECOND;

export interface QueueServerOptions {
  readonly service: QueueService;
  readonly signIns: SignIns;
  readonly sessions: Sessions;
  readonly tail: LogTail;
  readonly keys: SourceKeys;
  /** Whether those who are told what handlers do take it, by source; nobody when left out. */
  readonly exchanges?: () => Readonly<Record<string, ExchangeState>>;
  readonly log: Logger;
  readonly timers: Timers;
  /** Reads and translates the lines of chats; left out, nobody does. */
  readonly translator?: LineTranslator | undefined;
  /** Takes photos in and hands them to desks; left out, nobody does. */
  readonly photos?: Photos | undefined;
  /** The address to listen on. `127.0.0.1` unless the operator says otherwise. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

export interface QueueServer {
  readonly port: number;
  /** Tells desks to go, answers what was asked, and stops listening. */
  drain(): Promise<void>;
}

/**
 * The queue's only door: `/sign-in`, `/sign-off`, `/policies`, `/photos` and `/desk` for desks, `/intake/…` for sources, `/health` for
 * watchers.
 * Rejects with the system's error when the port cannot be had.
 */
export async function startQueueServer(options: QueueServerOptions): Promise<QueueServer> {
  const { sessions, log } = options;
  const intake = createHttpIntake(options);
  const watch = new ChatWatch(options);
  const looks = new ReportLooks(options);
  const { translator } = options;
  const translation = translator === undefined ? null : new ChatTranslation({ ...options, translator });
  const chats = new HttpChats({ ...options, watch, looks, translates: translation !== null });
  const adapter = createTelephonyAdapter(options);
  const telephony = createHttpTelephony({ ...options, adapter });
  const openApi = createHttpOpenApi();
  const { signIn, signOff } = createHttpSignIn(options);
  const policies = createHttpPolicies({ ...options, policies: options.service.policies });
  const { photos } = options;
  const attachments = photos === undefined ? null : createHttpAttachments({ ...options, photos });
  const pictures = photos === undefined ? null : createHttpPhotos({ ...options, photos });
  const server = createServer(
    // A request that is slow in coming is cut off within the time that it is looked for.
    { requestTimeout: 10 * SECOND, headersTimeout: 5 * SECOND, connectionsCheckingInterval: 5 * SECOND },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error('a request failed', { error: errorCode(error) });
        if (!response.headersSent) sendJson(response, 500, { ok: false });
        else response.destroy();
      });
    },
  );
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: UP_FRAME_LIMIT,
    perMessageDeflate: false,
    WebSocket: LinkSocket,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    if (path === '/health') return health({ ...options, adapter, intake }, response);
    if (path === '/sign-in') return signIn(request, response);
    if (path === '/sign-off') return signOff(request, response);
    const policy = policyTarget(path);
    if (policy !== null) return policies(policy)(request, response);
    if (path === OPENAPI_PATH) return openApi(request, response);
    if (path === TELEPHONY_EVENTS) return telephony(request, response);
    const chat = chatTarget(path);
    if (chat !== null) return chats.answer(chat, request, response);
    const attached = attachmentTarget(path);
    if (attached !== null && attachments !== null) return attachments(attached, request, response);
    const photo = photoTarget(path);
    if (photo !== null && pictures !== null) return pictures(photo)(request, response);
    const target = intakeTarget(path);
    if (target !== null) return intake.answer(target, request, response);
    return sendJson(response, 404, { ok: false });
  }

  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => undefined);
    const refusal = upgradeRefusal(request, { isDraining: sessions.isDraining });
    if (refusal !== null) return refuseUpgrade(socket, refusal);
    sockets.handleUpgrade(request, socket, head, (link) => {
      feed(sessions.open(deskSocketOf(link)), link);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      server.on('error', (error) => log.error('the server had a fault', { error: errorCode(error) }));
      resolve();
    });
  });

  const forgetting = forgetWrongPins(options);

  return {
    port: (server.address() as AddressInfo).port,
    async drain() {
      forgetting[Symbol.dispose]();
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      const links = [...sockets.clients];
      const linksGone = Promise.all(
        links.map((link) => new Promise<void>((resolve) => link.once('close', resolve))),
      );
      const drained = sessions.drain();
      // Pages that are held are answered now, and ask another node.
      watch[Symbol.dispose]();
      looks[Symbol.dispose]();
      translation?.[Symbol.dispose]();
      await within(options.timers, drained);
      await within(options.timers, linksGone);
      for (const link of sockets.clients) link.terminate();
      server.closeIdleConnections();
      await within(options.timers, stopped);
      server.closeAllConnections();
    },
  };
}

async function health(
  options: QueueServerOptions & { readonly adapter: TelephonyAdapter; readonly intake: HttpIntake },
  response: ServerResponse,
): Promise<void> {
  const { service, sessions, tail, log, adapter, intake } = options;
  try {
    const { head, openEmergencies, waiting, waitingSince, signedIn } = await service.vitals();
    const oldestWaitMs = waitingSince === null ? null : Math.max(0, service.now() - waitingSince);
    // Entries that were committed and that desks of this node have not been told.
    const behind = Math.max(0, head - tail.position);
    const isStuck = behind > 0 && tail.sinceCaughtUpMs > BEHIND_LIMIT_MS;
    const ok = !tail.isBroken && !isStuck && !sessions.isDraining;
    const desks = sessions.deskCount;
    sendJson(response, ok ? 200 : 503, {
      ok,
      realm: service.realm,
      head,
      behind,
      openEmergencies,
      waiting,
      oldestWaitMs,
      desks,
      signedIn,
      extensions: adapter.extensions(),
      exchanges: options.exchanges?.() ?? {},
      turnedAway: intake.turnedAway(),
    });
  } catch (error) {
    log.warn('health could not be read', { error: errorCode(error) });
    sendJson(response, 503, { ok: false, realm: service.realm, desks: sessions.deskCount });
  }
}

/** Why a request to become a websocket is refused, as an HTTP status line, or `null`. */
function upgradeRefusal(
  request: IncomingMessage,
  { isDraining }: { readonly isDraining: boolean },
): string | null {
  if (pathOf(request) !== '/desk') return '404 Not Found';
  // Rule L-18: a web page open on the desk's machine must not be able to speak to the queue.
  if (request.headers.origin !== undefined) return '403 Forbidden';
  return isDraining ? '503 Service Unavailable' : null;
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Waits for something, but not for ever: a stuck desk or database must not keep the queue from stopping. */
async function within(timers: Timers, done: Promise<unknown>): Promise<void> {
  let deadline: Disposable | null = null;
  const late = new Promise<void>((resolve) => {
    deadline = timers.after(DRAIN_LIMIT_MS, resolve);
  });
  await Promise.race([done, late]);
  (deadline as Disposable | null)?.[Symbol.dispose]();
}

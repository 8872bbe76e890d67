import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../platform/log.ts';
import { MINUTE, SECOND } from '../shared/domain/time.ts';
import type { Ask, Place, Visit } from './context.ts';
import type { Assets } from './http/assets.ts';
import { cookieOf, field, readForm, type Fields, type Reply } from './http/exchange.ts';
import { Rates } from './http/rates.ts';
import { isFromHere, securityHeaders, transportHeaders } from './http/security.ts';
import { writeReply, type ReplyHead } from './http/write-reply.ts';
import { tooMuchPage, troublePage } from './pages/info-pages.ts';
import { PHOTOS_LIMIT } from '../shared/domain/record/photo.ts';
import { Uploads, type Upload, type UploadBody } from './photos/read-upload.ts';
import { isAllowed, isSending, isUpload, needsToken, route } from './routes.ts';

export interface PublicServerOptions {
  readonly place: Place;
  readonly assets: Assets;
  readonly host: string;
  readonly port: number;
  /** What browsers call this place; `null`: by the address it listens on. */
  readonly origin: string | null;
  readonly behindProxy: boolean;
  /** Other limits than those that ship; for tests. */
  readonly limits?: Partial<typeof usualLimits> | undefined;
}

export interface PublicServer {
  readonly port: number;
  readonly origin: string;
  /** Answers what was asked, lets chats come back later, and stops listening. */
  drain(): Promise<void>;
}

/** For each address. A family, a school, a telephone network may share one. */
const usualLimits = {
  pages: { atOnce: 240, perSecond: 8 },
  sending: { atOnce: 20, perSecond: 0.2 },
};

/** Whoever brings photos while many do comes again after this. Milliseconds. */
const BUSY_MS = 10 * SECOND;

/** How long a form may take to come in, and one with photos. Milliseconds. */
const FORM_LIMIT_MS = 20 * SECOND;
const UPLOAD_LIMIT_MS = 5 * MINUTE;

const DRAIN_LIMIT_MS = 5 * SECOND;
const SWEEP_MS = 5 * SECOND;

/** The public’s door. Rejects with the system’s error when the port cannot be had. */
export async function startPublicServer(options: PublicServerOptions): Promise<PublicServer> {
  const { place, assets, behindProxy } = options;
  const { log, clock, visits, tokens, shell } = place;
  const limits = { ...usualLimits, ...options.limits };
  const pages = new Rates(limits.pages, () => clock.monotonic());
  const sending = new Rates(limits.sending, () => clock.monotonic());
  const uploads = new Uploads(place.held);
  let origin = options.origin ?? '';
  let isDraining = false;

  const server = createServer(
    {
      // A form with photos over a slow line; any other is cut off much sooner.
      requestTimeout: UPLOAD_LIMIT_MS,
      headersTimeout: 10 * SECOND,
      connectionsCheckingInterval: 5 * SECOND,
      maxHeaderSize: 16 * 1024,
    },
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        log.error('a request failed', { error: errorCode(error) });
        const { brokenTitle, broken } = shell.words.trouble;
        if (response.headersSent) return void response.destroy();
        writeReply(
          request,
          response,
          headOf(null),
          troublePage(place, { status: 500, title: brokenTitle, texts: [broken] }),
        );
      });
    },
  );

  const isSecure = (): boolean => origin.startsWith('https:');
  // Only over https may a name begin so; browsers then take it from no other host.
  const cookieName = (): string => (isSecure() ? '__Host-visit' : 'visit');

  const headOf = (cookie: string | null): ReplyHead => ({
    headers: { ...securityHeaders, ...(isSecure() ? transportHeaders : {}) },
    cookie,
    timers: place.timers,
  });

  function addressOf(request: IncomingMessage): string {
    const told = behindProxy
      ? String(request.headers['x-forwarded-for'] ?? '')
          .split(',')
          .at(-1)
          ?.trim()
      : '';
    return tokens.nameOf(told === undefined || told === '' ? (request.socket.remoteAddress ?? '') : told);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.canParse(request.url ?? '', 'http://here')
      ? new URL(request.url ?? '', 'http://here')
      : null;
    const path = url?.pathname ?? '';
    if (path === '/health') return writeReply(request, response, headOf(null), health());
    const file = assets.find(path);
    if (file !== null) return writeReply(request, response, headOf(null), file);
    let cookie: string | null = null;
    const reply = await replyTo(
      request,
      path,
      url?.searchParams ?? new URLSearchParams(),
      (set) => (cookie = set),
    );
    writeReply(request, response, headOf(cookie), reply);
  }

  async function replyTo(
    request: IncomingMessage,
    path: string,
    query: URLSearchParams,
    setCookie: (cookie: string) => void,
  ): Promise<Reply> {
    const { trouble } = shell.words;
    const { method = 'GET' } = request;
    if (!isAllowed(method, path)) return notFound();
    const address = addressOf(request);
    const isPost = method === 'POST';
    // Leaving is never held up.
    const wait = path === '/leave' ? 0 : pages.take(address);
    if (isPost && !isFromHere(request, origin)) return expired();
    const body = isPost && path !== '/leave' ? await readBody(request, path) : null;
    if (body?.kind === 'busy') {
      log.warn('somebody who brought photos was asked to wait');
      const waiting = askOf({ request, path, query, fields: new Map(), address, setCookie });
      return tooMuchPage(place, waiting, BUSY_MS);
    }
    if (body?.kind === 'too-large')
      return troublePage(place, { status: 413, title: trouble.tooLargeTitle, texts: [trouble.tooLarge] });
    if (body !== null && body.kind !== 'form') return expired();
    const upload = body?.upload ?? null;
    try {
      return await replyToForm(body?.fields ?? new Map(), upload);
    } finally {
      // Those that no report has taken are swept away.
      for (const { id } of upload?.photos ?? []) place.held.settled(id);
    }

    async function replyToForm(fields: Fields, brought: Upload | null): Promise<Reply> {
      const ask = askOf({
        request,
        path,
        query,
        fields,
        upload: brought,
        address,
        setCookie,
      });
      const isOwn =
        !isPost ||
        !needsToken(path) ||
        tokens.isOf(ask.visit === null ? null : ask.visitId, field(ask.fields, 'token'));
      // Only what is ours is counted as sent. A visit that was forgotten while its page was open: its routes say so in their own words.
      if (wait === 0 && !isOwn && (ask.visit !== null || !hasVisitOfItsOwn(path))) return expired();
      const waitLonger = wait === 0 && isSending(method, path) ? sending.take(address) : wait;
      if (waitLonger > 0) {
        log.warn('somebody was asked to wait', { post: isPost });
        return tooMuchPage(place, ask, waitLonger);
      }
      return (await route(place, ask)) ?? notFound();
    }
  }

  /** A form is read within its time, also by a server that waits longer for photos. */
  async function readBody(request: IncomingMessage, path: string): Promise<UploadBody> {
    if (!isUpload('POST', path)) {
      using _ = place.timers.after(FORM_LIMIT_MS, () => void request.destroy());
      const read = await readForm(request);
      return read.kind === 'form' ? { ...read, upload: null } : read;
    }
    const visitId = cookieOf(request, cookieName());
    const visit = visits.find(visitId);
    const [, , kind] = path.split('/');
    const report = [...(visit?.reports.values() ?? [])].find((each) => each.kind === kind);
    return uploads.read(request, {
      isToken: (token) => visit !== null && tokens.isOf(visitId, token),
      room: PHOTOS_LIMIT - (report?.photos.length ?? PHOTOS_LIMIT),
    });
  }

  function askOf(from: {
    readonly request: IncomingMessage;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly fields: Fields;
    readonly upload?: Upload | null;
    readonly address: string;
    readonly setCookie: (cookie: string) => void;
  }): Ask {
    const { request, path, query, fields, address, setCookie } = from;
    const visitId = cookieOf(request, cookieName());
    const visit = visits.find(visitId);
    const settings = `; Path=/; HttpOnly; SameSite=Strict${isSecure() ? '; Secure' : ''}`;
    return {
      request,
      path,
      query,
      fields,
      upload: from.upload ?? null,
      visitId,
      visit,
      token: tokens.of(visit === null ? null : visitId),
      caller: tokens.nameOf(
        address,
        request.headers['user-agent'] ?? '',
        request.headers['accept-language'] ?? '',
      ),
      beginVisit() {
        const begun: Visit = { reports: new Map(), chat: null };
        const id = visits.begin(begun);
        setCookie(`${cookieName()}=${id}${settings}`);
        return { visit: begun, token: tokens.of(id) };
      },
      endVisit() {
        if (visitId !== null) visits.end(visitId);
        setCookie(`${cookieName()}=${settings}; Max-Age=0`);
      },
    };
  }

  const notFound = (): Reply => {
    const { notFoundTitle, notFound: text } = shell.words.trouble;
    return troublePage(place, { status: 404, title: notFoundTitle, texts: [text] });
  };
  const expired = (): Reply => {
    const { expiredTitle, expired: text } = shell.words.trouble;
    return troublePage(place, { status: 403, title: expiredTitle, texts: [text] });
  };

  const health = (): Reply => {
    const { kept, courier, rooms } = place;
    const ok = !isDraining;
    const body = {
      ok,
      queue: courier.reachesQueue,
      waiting: kept.waiting.length,
      chats: rooms.size,
      visits: visits.size,
    };
    return { kind: 'json', status: ok ? 200 : 503, body };
  };

  let sweeping = sweepLater();
  function sweepLater(): Disposable {
    return place.timers.after(SWEEP_MS, () => {
      visits.sweep();
      void place.held.keepOnly(photosWanted(place)).catch(() => undefined);
      place.rooms.sweep();
      sweeping = sweepLater();
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      server.on('error', (error) => log.error('the server had a fault', { error: errorCode(error) }));
      resolve();
    });
  });
  const { port } = server.address() as AddressInfo;
  if (origin === '')
    origin = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;

  return {
    port,
    origin,
    async drain() {
      isDraining = true;
      sweeping[Symbol.dispose]();
      const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
      // Pages that follow a chat come back by themselves when there is a server again.
      place.rooms[Symbol.dispose]();
      server.closeIdleConnections();
      const late = place.timers.after(DRAIN_LIMIT_MS, () => server.closeAllConnections());
      await stopped;
      late[Symbol.dispose]();
    },
  };
}

/** The photos of every report that is under way, or is still to reach the queue. */
function photosWanted({ visits, kept }: Place): ReadonlySet<string> {
  const underWay = visits.all.flatMap(({ reports }) => [...reports.values()].flatMap(({ photos }) => photos));
  const sent = kept.waiting.flatMap(({ photo }) => photo ?? []);
  return new Set([...underWay, ...sent].map(({ id }) => id));
}

/** Forms that only stand on pages of a visit: sent without one, the visit is over. Their routes do nothing but say so. */
const hasVisitOfItsOwn = (path: string): boolean =>
  /^\/report\/[a-z-]+\/(?:ask\/|keep$|send$|photos)|^\/chat\/(?!begin$)/.test(path);

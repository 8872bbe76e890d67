import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode } from '../platform/log.ts';
import { MINUTE, SECOND } from '../shared/domain/time.ts';
import type { Ask, Place, Visit } from './context.ts';
import { hasRiskWords } from './risk-words.ts';
import type { Assets } from './http/assets.ts';
import { Admission, usualLimits, type Admitted, type Limits, type Sending } from './http/admission.ts';
import { cookieOf, field, readForm, type Fields, type FormBody, type Reply } from './http/exchange.ts';
import { SESSION_LONGEST_MS } from './http/sessions.ts';
import { isFromHere, securityHeaders, transportHeaders } from './http/security.ts';
import { Recently } from './http/recently.ts';
import { SlowSenders, type SlowLimits } from './http/slow-senders.ts';
import { writeReply, type ReplyHead } from './http/write-reply.ts';
import { tooMuchPage, troublePage } from './pages/info-pages.ts';
import { PHOTOS_LIMIT } from '../shared/domain/record/photo.ts';
import type { PhotoRoom } from './photos/held-photos.ts';
import { Uploads, type Upload, type UploadBody } from './photos/read-upload.ts';
import { isAllowed, isUpload, needsToken, route } from './routes.ts';

export interface PublicServerOptions {
  readonly place: Place;
  readonly assets: Assets;
  readonly host: string;
  readonly port: number;
  /** What browsers call this place; `null`: by the address it listens on. */
  readonly origin: string | null;
  readonly behindProxy: boolean;
  /** Other limits than those that ship; for tests. */
  readonly limits?: Partial<Limits & { readonly slow: SlowLimits; readonly photos: PhotoRoom }> | undefined;
}

/** Whose body is read. */
interface Sender {
  readonly request: IncomingMessage;
  /** A name of it. */
  readonly address: string;
  readonly visitId: string | null;
  readonly visit: Visit | null;
}

export interface PublicServer {
  readonly port: number;
  readonly origin: string;
  /** Answers what was asked, lets chats come back later, and stops listening. */
  drain(): Promise<void>;
}

/** A shared address may have some dozens of people who send at the same second; nobody’s connection is silent for long. */
const usualSlow: SlowLimits = { ofAddress: 64, silent: 2_000 };

/** How long a form may take to come in, and one with photos. Milliseconds. */
const FORM_LIMIT_MS = 20 * SECOND;
const LEAVING_LIMIT_MS = 2 * SECOND;
const UPLOAD_LIMIT_MS = 5 * MINUTE;
/** Fewer than are read at once: one address alone never keeps all others from adding photos. */
const UPLOADS_OF_ADDRESS = 12;

const DRAIN_LIMIT_MS = 5 * SECOND;
const SWEEP_MS = 5 * SECOND;

/** The public’s door. Rejects with the system’s error when the port cannot be had. */
export async function startPublicServer(options: PublicServerOptions): Promise<PublicServer> {
  const { place, assets, behindProxy } = options;
  const { log, clock, visits, tokens, shell } = place;
  const monotonic = (): number => clock.monotonic();
  const admission = new Admission({ ...usualLimits, ...options.limits }, monotonic);
  const slow = new SlowSenders(options.limits?.slow ?? usualSlow);
  const slowUploads = new SlowSenders({ ...usualSlow, ofAddress: UPLOADS_OF_ADDRESS });
  /** Forms of no visit that were used: the same one again is no sign of a person. */
  const used = new Recently(SESSION_LONGEST_MS, monotonic);
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
      slow.asked(request.socket);
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

  server.on('connection', (socket) => slow.connected(socket));

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
    const visitId = cookieOf(request, cookieName());
    const visit = visits.find(visitId) ?? leftVisit(visitId, address);
    const browser = tokens.nameOf(
      address,
      request.headers['user-agent'] ?? '',
      request.headers['accept-language'] ?? '',
    );
    // Leaving is never held up.
    const wait =
      path === '/leave' ? 0 : admission.page({ address, browser, visit: visit === null ? null : visitId });
    if (isPost && !isFromHere(request, origin)) return expired();
    const who = { request, path, query, address, browser, visitId, visit, setCookie };
    const body = !isPost ? null : path === '/leave' ? await readLeaving(who) : await readBody(path, who);
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
      const ask = askOf({ ...who, fields, upload: brought });
      const token = field(fields, 'token');
      const isOfVisit = visitId !== null && tokens.isOf(visitId, token);
      // A page that begins something may have been opened before this visit was, or stand open after it.
      const mayBeginNow = tokens.givenAt(token) !== null && (visit === null || !hasVisitOfItsOwn(path));
      const isOurs = isOfVisit || mayBeginNow;
      const isOwn = !isPost || !needsToken(path) || isOurs;
      // Only what is ours is counted as sent. A visit that was forgotten while its page was open: its routes say so in their own words.
      if (wait === 0 && !isOwn && (visit !== null || !hasVisitOfItsOwn(path))) return expired();
      // Somebody in danger is not asked to wait for their own haste.
      if (wait > 0 && !(isOwn && isRiskLine(path, fields))) {
        log.warn('somebody was asked to wait', { post: isPost });
        return tooMuchPage(place, ask, wait);
      }
      return (await route(place, ask)) ?? notFound();
    }
  }

  /** A form is read within its time, also by a server that waits longer for photos. */
  async function readBody(path: string, { request, address, visitId, visit }: Sender): Promise<UploadBody> {
    if (!isUpload('POST', path)) {
      using _ = place.timers.after(FORM_LIMIT_MS, () => void request.destroy());
      const read = await readPlain(request, address);
      return read.kind === 'form' ? { ...read, upload: null } : read;
    }
    const [, , kind] = path.split('/');
    const report = [...(visit?.reports.values() ?? [])].find((each) => each.kind === kind);
    using _ = slowUploads.reading(address, request);
    return await uploads.read(request, {
      isToken: (token) => visit !== null && visitId !== null && tokens.isOf(visitId, token),
      owner: { address, visit: visit?.name ?? '' },
      room: PHOTOS_LIMIT - (report?.photos.length ?? PHOTOS_LIMIT),
    });
  }

  /** What a browser that leaves says of the form it stood at. Whatever comes of the reading, it has left. */
  async function readLeaving({ request, address, visit }: Sender): Promise<UploadBody> {
    const nothing = { kind: 'form', fields: new Map<string, readonly string[]>(), upload: null } as const;
    if (visit !== null) return nothing;
    using _ = place.timers.after(LEAVING_LIMIT_MS, () => void request.destroy());
    const read = await readPlain(request, address).catch(() => nothing);
    return read.kind === 'form' ? { ...nothing, fields: read.fields } : nothing;
  }

  async function readPlain(request: IncomingMessage, address: string): Promise<FormBody> {
    using _ = slow.reading(address, request);
    return await readForm(request);
  }

  /** A line of a chat in which a risk word stands, or a chat of somebody who has said that they are not safe. */
  const isRiskLine = (path: string, fields: Fields): boolean =>
    (path === '/chat/lines' && hasRiskWords(place.tier, field(fields, 'text'))) ||
    (path === '/chat/begin' && field(fields, 'safe') === 'told');

  /** How long somebody has had what they send now. Milliseconds; `null`: nobody can say, or it was sent before. */
  function openMs(visitId: string | null, visit: Visit | null, token: string): number | null {
    const now = monotonic();
    if (visit !== null && visitId !== null)
      return visit.sentAt === null ? visits.ageOf(visitId) : now - visit.sentAt;
    const givenAt = tokens.givenAt(token);
    // By the clock on the wall: a form that stands open outlives this run of the program.
    return givenAt === null || used.count(token) > 0 ? null : Math.max(0, clock.now() - givenAt);
  }

  function askOf(from: {
    readonly request: IncomingMessage;
    readonly path: string;
    readonly query: URLSearchParams;
    readonly fields: Fields;
    readonly upload?: Upload | null;
    readonly address: string;
    readonly browser: string;
    readonly visitId: string | null;
    readonly visit: Visit | null;
    readonly setCookie: (cookie: string) => void;
  }): Ask {
    const { request, path, query, fields, address, browser, visitId, visit, setCookie } = from;
    const settings = `; Path=/; HttpOnly; SameSite=Strict${isSecure() ? '; Secure' : ''}`;
    let current = visit;
    return {
      request,
      path,
      query,
      fields,
      upload: from.upload ?? null,
      visitId,
      visit,
      token: visit === null || visitId === null ? tokens.fresh(clock.now()) : tokens.of(visitId),
      caller: browser,
      admit(what: Pick<Sending, 'words' | 'isRisk'>): Admitted {
        const token = field(fields, 'token');
        const admitted = admission.sending({ ...what, address, openMs: openMs(visitId, visit, token) });
        if (admitted.kind === 'wait') log.warn('somebody was asked to wait', { post: true });
        else if (current === null) used.note(token);
        else current.sentAt = monotonic();
        return admitted;
      },
      beginVisit() {
        const id = visits.newId();
        const begun: Visit = { name: nameOf(id), reports: new Map(), chat: null, sentAt: null };
        current = begun;
        visits.begin(begun, id, address);
        setCookie(`${cookieName()}=${id}${settings}`);
        return { visit: begun, token: tokens.of(id) };
      },
      endVisit() {
        if (visitId !== null) visits.end(visitId);
        setCookie(`${cookieName()}=${settings}; Max-Age=0`);
      },
    };
  }

  const nameOf = (visitId: string): string => tokens.nameOf('visit', visitId);

  /** A visit of an earlier run of this program, with the chat that was in it (rule WP-52). */
  function leftVisit(visitId: string | null, address: string): Visit | null {
    const chat = visitId === null ? null : place.rooms.takeLeft(nameOf(visitId));
    if (visitId === null || chat === null) return null;
    const visit: Visit = { name: nameOf(visitId), reports: new Map(), chat, sentAt: null };
    visits.begin(visit, visitId, address);
    return visit;
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
      floods: { ...admission.counts, dropped: slow.dropped + slowUploads.dropped },
    };
    return { kind: 'json', status: ok ? 200 : 503, body };
  };

  let sweeping = sweepLater();
  function sweepLater(): Disposable {
    return place.timers.after(SWEEP_MS, () => {
      visits.sweep();
      place.kept.sweep();
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

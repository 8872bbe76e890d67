import { ImapFlow } from 'imapflow';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import type { MailPlace } from './handed-mail.ts';
import type { MailboxSettings } from './mailbox-file.ts';

/** Of a larger e-mail only the beginning is fetched: the words stand before what is attached. Bytes. */
const FETCH_LIMIT = 8 * 1024 * 1024;

export interface FetchedMail {
  readonly place: MailPlace;
  readonly source: Uint8Array;
}

/** One connection to the folder. Every method rejects when it is lost. */
export interface Mailbox extends AsyncDisposable {
  /** The numbers of e-mails mean the same as long as this is the same. */
  readonly uidValidity: string;
  /** The e-mails that nobody has marked as seen, the oldest first. */
  unseen(): Promise<readonly number[]>;
  /** `null`: it is gone meanwhile. Reading it marks nothing. */
  fetch(uid: number): Promise<FetchedMail | null>;
  markSeen(uid: number): Promise<void>;
  /** Resolves when more may have come, the connection is lost, or after so long. */
  wait(ms: number, stop: AbortSignal): Promise<void>;
}

/** Opens the folder. Rejects with an `Error` of one sentence that says what to do. */
export async function openMailbox(
  settings: MailboxSettings,
  { password, timers }: { readonly password: string; readonly timers: Timers },
): Promise<Mailbox> {
  const { host, port, security, user, folder } = settings;
  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    doSTARTTLS: security === 'starttls',
    auth: { user, pass: password },
    logger: false,
    connectionTimeout: 15 * SECOND,
    greetingTimeout: 15 * SECOND,
    socketTimeout: 60 * SECOND,
  });
  // Without a listener a connection that breaks would end the program; whoever uses it next is told.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.mailboxOpen(folder);
  } catch (error) {
    client.close();
    throw new Error(sentenceOf(error, settings), { cause: error });
  }
  const uidValidity = client.mailbox === false ? '' : String(client.mailbox.uidValidity);
  return {
    uidValidity,
    async unseen() {
      const found = await client.search({ seen: false, deleted: false }, { uid: true });
      return found === false || found === undefined ? [] : found.toSorted((a, b) => a - b);
    },
    async fetch(uid) {
      const query = { uid: true, internalDate: true, source: { maxLength: FETCH_LIMIT } };
      const message = await client.fetchOne(String(uid), query, { uid: true });
      if (message === false || message?.source === undefined) return null;
      const receivedAt = new Date(message.internalDate ?? 0).getTime();
      return { place: { folder, uidValidity, uid, receivedAt }, source: message.source };
    },
    async markSeen(uid) {
      await client.messageFlagsAdd(String(uid), ['\\Seen'], { uid: true });
    },
    async wait(ms, stop) {
      const done = new AbortController();
      const end = () => done.abort();
      const timer = timers.after(ms, end);
      client.once('exists', end);
      client.once('close', end);
      stop.addEventListener('abort', end, { once: true });
      if (!stop.aborted && client.usable)
        await new Promise<void>((resolve) =>
          done.signal.addEventListener('abort', () => resolve(), { once: true }),
        );
      timer[Symbol.dispose]();
      client.off('exists', end);
      client.off('close', end);
      stop.removeEventListener('abort', end);
      if (!stop.aborted && !client.usable) throw new Error(`The connection to ${host} was lost.`);
    },
    async [Symbol.asyncDispose]() {
      await Promise.race([
        client.logout().catch(() => undefined),
        new Promise<void>((go) => void timers.after(2 * SECOND, go)),
      ]);
      client.close();
    },
  };
}

interface ImapFailure {
  readonly authenticationFailed?: unknown;
  readonly mailboxMissing?: unknown;
  readonly code?: unknown;
}

/** What is wrong, and what to do. Never the server’s own words, which may quote. */
function sentenceOf(error: unknown, { host, port, user, folder, security }: MailboxSettings): string {
  const { authenticationFailed, mailboxMissing, code } = error as ImapFailure;
  if (authenticationFailed === true)
    return `${host} refuses the user ${user} or the password: check user in the mailbox file, and MAIL_PASSWORD.`;
  if (mailboxMissing === true)
    return `${host} has no folder ${folder} for ${user}: check folder in the mailbox file.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `No machine is known as ${host}: check host in the mailbox file, and the network.`;
  if (code === 'ECONNREFUSED')
    return `Nothing answers at ${host}:${port}: the mail server is away, or port in the mailbox file is wrong.`;
  const word = typeof code === 'string' ? code : 'unknown';
  return `${host}:${port} could not be opened with security ${security} (${word}): check the mail server, and security in the mailbox file.`;
}

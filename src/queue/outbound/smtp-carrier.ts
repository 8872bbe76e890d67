import { createTransport } from 'nodemailer';
import { errorCode } from '../../platform/log.ts';
import { SECOND } from '../../shared/domain/time.ts';
import { CARRY_LIMIT_MS, type CarryAnswer, type Carrier } from './carrier.ts';

export interface SmtpOptions {
  readonly host: string;
  readonly port: number;
  /** `none` is for a server on this machine alone. */
  readonly security: 'starttls' | 'tls' | 'none';
  /** `null`: the server asks nobody who they are. */
  readonly user: string | null;
  readonly password: string | null;
  /** Who it is from, and who it is from where nothing may show that. */
  readonly from: string;
  readonly neutralFrom: string;
  /** Another time for a whole try than `CARRY_LIMIT_MS`; for tests. */
  readonly limitMs?: number;
}

/** How long the server may take over each step of a try. Milliseconds. */
const PATIENCE_MS = 15 * SECOND;

/**
 * Hands e-mails to a server by SMTP. Each has one `Message-ID`, made of its own name, and one date: a server, or a mailbox, that gets it twice
 * knows it for the same (rule MX-06). It says that a machine has sent it, so that no machine answers.
 */
export function smtpCarrier(options: SmtpOptions): Carrier {
  const { host, port, security, user, password, from, neutralFrom, limitMs = CARRY_LIMIT_MS } = options;
  return {
    async carry({ id, ref, to, neutral, subject, text, orderedAt }, stop) {
      const sender = neutral ? neutralFrom : from;
      const transport = createTransport({
        host,
        port,
        // How this machine calls itself stands in the letter's way (Received): a neutral one is told nothing by it (rule MX-04).
        name: domainOf(sender),
        secure: security === 'tls',
        requireTLS: security === 'starttls',
        ignoreTLS: security === 'none',
        ...(user !== null && { auth: { user, pass: password ?? '' } }),
        connectionTimeout: PATIENCE_MS,
        greetingTimeout: PATIENCE_MS,
        socketTimeout: PATIENCE_MS,
        // Nothing of a message is ever a file or an address to be fetched.
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      // A server that is slow at every step, or says a sign at a time, is within its patience at each and could be for hours.
      const signal = AbortSignal.any([stop, AbortSignal.timeout(limitMs)]);
      try {
        const sent = await transport.sendMail({
          signal,
          from: sender,
          to,
          subject,
          text,
          // With the reference in it an answer is known for one, whatever becomes of its subject (rule MX-13).
          messageId: `<${ref}.${id}@${domainOf(sender)}>`,
          date: new Date(orderedAt),
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return { kind: 'taken', detail: codesOf(sent.response) };
      } catch (error) {
        return answerOf(error);
      } finally {
        transport.close();
      }
    },
  };
}

const domainOf = (sender: string): string => /@([\w.-]+)>?\s*$/.exec(sender)?.[1] ?? 'localhost';

/** What nodemailer says of a try that failed. */
interface SmtpFailure {
  readonly code?: unknown;
  readonly responseCode?: unknown;
  readonly response?: unknown;
}

/** A 5xx for the person’s address or the message is for ever; at a wrong password, or a server that is away, somebody can mend it. */
function answerOf(error: unknown): CarryAnswer {
  const { code, responseCode, response } = error as SmtpFailure;
  const status = typeof responseCode === 'number' ? responseCode : null;
  const detail = typeof response === 'string' ? codesOf(response) : errorCode(error);
  const isForEver =
    status !== null && status >= 500 && status < 600 && (code === 'EENVELOPE' || code === 'EMESSAGE');
  return { kind: isForEver ? 'refused' : 'later', detail };
}

/** `550 5.1.1` of a server’s sentence: what follows may quote the address. */
const codesOf = (response: string): string => /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? '';

import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/**
 * Sent with every answer (rule WP-02). `same-origin`, not `no-referrer`: with the latter browsers send `Origin: null` with a form,
 * and the exact-Origin rule could not be kept; other sites are told nothing either way.
 */
export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'x-robots-tag': 'noarchive',
};

/** With https only: the browser never asks in the clear again. */
export const transportHeaders: Readonly<Record<string, string>> = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
};

/** Whether a form comes from a page of ours: exactly this origin, and no browser that says otherwise. */
export function isFromHere({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin === origin && (site === undefined || site === 'same-origin');
}

/**
 * The token that every form carries: for whom (a session, or nobody in particular) and for what. Made from a secret of this installation, so that
 * nothing about it is kept, and a page that stands open takes its next line also when the program has begun again.
 */
export class FormTokens {
  readonly #secret: Buffer;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  of(session: string | null): string {
    return createHmac('sha256', this.#secret)
      .update(`form ${session ?? ''}`)
      .digest('base64url');
  }

  isOf(session: string | null, token: string): boolean {
    const [asked, right] = [Buffer.from(token), Buffer.from(this.of(session))];
    return asked.length === right.length && timingSafeEqual(asked, right);
  }

  /** A name for who asks that tells nothing about them to whoever has not the secret. */
  nameOf(...parts: readonly string[]): string {
    return createHmac('sha256', this.#secret)
      .update(`name ${parts.join('\n')}`)
      .digest('base64url')
      .slice(0, 22);
  }
}

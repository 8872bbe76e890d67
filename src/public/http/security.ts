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
 * The token that every form carries: of its visit, or, before there is one, of the moment at which the form was given. Made from a secret of
 * this installation, so that nothing about it is kept, and a page that stands open takes its next line also when the program has begun again.
 */
export class FormTokens {
  readonly #secret: Buffer;
  #given = 0;

  constructor(secret: Buffer) {
    this.#secret = secret;
  }

  of(visit: string): string {
    return this.#sign(`form ${visit}`);
  }

  isOf(visit: string, token: string): boolean {
    return isSame(token, this.of(visit));
  }

  /** For a form that belongs to no visit yet. `at`: milliseconds since 1970. */
  fresh(at: number): string {
    const given = `${Math.floor(at).toString(36)}.${(this.#given += 1).toString(36)}`;
    return `${given}.${this.#sign(`given ${given}`)}`;
  }

  /** When such a form was given, or `null` where the token is none of ours. */
  givenAt(token: string): number | null {
    const [, given = '', at = ''] = /^(([0-9a-z]{1,12})\.[0-9a-z]{1,12})\./.exec(token) ?? [];
    return given !== '' && isSame(token, `${given}.${this.#sign(`given ${given}`)}`)
      ? parseInt(at, 36)
      : null;
  }

  /** A name for who asks that tells nothing about them to whoever has not the secret. */
  nameOf(...parts: readonly string[]): string {
    return this.#sign(`name ${parts.join('\n')}`).slice(0, 22);
  }

  #sign(words: string): string {
    return createHmac('sha256', this.#secret).update(words).digest('base64url');
  }
}

function isSame(told: string, right: string): boolean {
  const [asked, known] = [Buffer.from(told), Buffer.from(right)];
  return asked.length === known.length && timingSafeEqual(asked, known);
}

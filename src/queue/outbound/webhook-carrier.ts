import { errorCode } from '../../platform/log.ts';
import { SECOND } from '../../shared/domain/time.ts';
import type { Carrier } from './carrier.ts';

export interface WebhookOptions {
  readonly url: string;
  /** Sent as `Authorization: Bearer`. */
  readonly key: string;
  /** How the text is signed, and how it is where nothing may show who it is from. */
  readonly from: string;
  readonly neutralFrom: string;
}

/** How long one try may take. Milliseconds. */
const PATIENCE_MS = 10 * SECOND;

/** Statuses that say "not now" or "not you", which somebody can mend; any other of the four hundreds is for ever. */
const mayHelp = new Set([401, 403, 404, 408, 425, 429]);

/**
 * Hands text messages to a gateway: `POST` of `{ id, to, from, text }` in JSON with the key of the house and `Idempotency-Key: <id>`. Any 2xx means
 * that the gateway has it; 4xx that it never will; everything else that it is told again (docs/spec/mail.md, MX-09).
 */
export function webhookCarrier({ url, key, from, neutralFrom }: WebhookOptions): Carrier {
  return {
    async carry({ id, to, neutral, text }, stop) {
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Bearer ${key}`,
            'idempotency-key': id,
          },
          body: JSON.stringify({ id, to, from: neutral ? neutralFrom : from, text }),
          // An address that sends elsewhere is not the one that was named: the key and the number go nowhere else.
          redirect: 'manual',
          signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
        });
        await response.body?.cancel();
        const { ok, status } = response;
        const detail = String(status);
        if (ok) return { kind: 'taken', detail };
        const isForEver = status >= 400 && status < 500 && !mayHelp.has(status);
        return { kind: isForEver ? 'refused' : 'later', detail };
      } catch (error) {
        return { kind: 'later', detail: errorCode((error as { cause?: unknown }).cause ?? error) };
      }
    },
  };
}

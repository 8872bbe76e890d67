import { errorCode } from '../../platform/log.ts';
import { SECOND } from '../../shared/domain/time.ts';

/** How one try to tell an exchange ended. */
export type PostAnswer =
  | { readonly kind: 'taken' }
  /** It will never take it as it is. */
  | { readonly kind: 'refused'; readonly why: string }
  /** It is away or busy: the same again. */
  | { readonly kind: 'later'; readonly why: string };

/** How long one try may take. Milliseconds. */
const PATIENCE_MS = 5 * SECOND;

/** What an exchange proves by it that the queue has written the body: HMAC-SHA256 under the source's key, in hex. */
const SIGNATURE_HEADER = 'x-queue-signature';

/** Posts one act to an exchange, once. Never rejects. */
export async function postAct(
  address: string,
  body: string,
  { signature, stop }: { readonly signature: string; readonly stop: AbortSignal },
): Promise<PostAnswer> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: `sha256=${signature}` },
      body,
      // An address that sends elsewhere is not the one that was named.
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await response.body?.cancel();
    const { ok, status } = response;
    if (ok) return { kind: 'taken' };
    const mayHelp = status < 400 || status >= 500 || [401, 403, 404, 408, 425, 429].includes(status);
    return { kind: mayHelp ? 'later' : 'refused', why: String(status) };
  } catch (error) {
    return { kind: 'later', why: errorCode((error as { cause?: unknown }).cause ?? error) };
  }
}

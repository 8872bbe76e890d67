import type { Realm } from '../../shared/contract/realm.ts';

/** A queue's address as typed, or why it cannot be used. */
export type QueueAddress =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly why: 'not-an-address' | 'not-secure' };

/** Reads `ws://…` or `wss://…`; without a path, the desk's endpoint is meant. A live desk needs `wss` beyond loopback (rule L-19). */
export function parseQueueAddress(text: string, realm: Realm): QueueAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { ok: false, why: 'not-an-address' };
  }
  if (
    (url.protocol !== 'ws:' && url.protocol !== 'wss:') ||
    url.hostname === '' ||
    url.username + url.password !== ''
  ) {
    return { ok: false, why: 'not-an-address' };
  }
  const loopback =
    url.hostname === 'localhost' || url.hostname === '[::1]' || /^127(\.\d+){3}$/.test(url.hostname);
  if (realm === 'live' && url.protocol === 'ws:' && !loopback) return { ok: false, why: 'not-secure' };
  if (url.pathname === '/') url.pathname = '/desk';
  url.hash = '';
  return { ok: true, url: url.href };
}

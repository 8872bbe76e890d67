import { z } from 'zod';
import { closeCodes, LINK_FLOOR, type Hello, type Realm } from '../shared/contract/queue-link.ts';
import { isCleanText } from './storable-text.ts';

/** Where a connection comes from. */
export interface Peer {
  /** True when it comes from this very machine. */
  readonly isLoopback: boolean;
  /** True when a proxy says that it passes somebody else on: then the address is the proxy's and proves nothing. */
  readonly isForwarded: boolean;
}

/** Why a desk is not let in, with the close code that says whether it may try again. */
export interface HelloRefusal {
  readonly code: number;
  readonly why: string;
}

const notAuthorised = (why: string): HelloRefusal => ({ code: closeCodes.notAuthorised, why });

const versionOnly = z.object({ t: z.literal('HELLO'), v: z.int() });

/** A HELLO that cannot be read because it is of an old version gets the reason that helps, or `null`. */
export function earlyRefusal(text: string): HelloRefusal | null {
  try {
    const hello = versionOnly.safeParse(JSON.parse(text));
    return hello.success ? versionRefusal(hello.data.v) : null;
  } catch {
    return null;
  }
}

/**
 * Checks who wants in: version, realm (rule L-03) and sign-in. There is no directory of handlers yet, so a desk is let
 * in without a token only from this machine, not by way of a proxy, and never into the live realm, and a token that nobody can check is
 * refused, not believed.
 */
export function helloRefusal(hello: Hello, realm: Realm, peer: Peer): HelloRefusal | null {
  const version = versionRefusal(hello.v);
  if (version !== null) return version;
  if (hello.realm !== realm) return notAuthorised(`this queue is ${realm}, the desk is ${hello.realm}`);
  const { handler, token } = hello.signIn;
  if (!isCleanText(handler)) return notAuthorised('the handler number has characters that do not print');
  if (token !== null) return notAuthorised('this queue cannot check sign-ins yet');
  if (realm === 'live') return notAuthorised('a live queue needs a sign-in');
  if (peer.isForwarded) return notAuthorised('came through a proxy, and without a sign-in no desk may');
  return peer.isLoopback ? null : notAuthorised('without a sign-in only desks on the queue’s own machine');
}

function versionRefusal(version: number): HelloRefusal | null {
  if (version >= LINK_FLOOR) return null;
  return notAuthorised(
    `desk speaks version ${version}, this queue needs ${LINK_FLOOR} or newer: update the desk`,
  );
}

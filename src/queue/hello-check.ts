import { z } from 'zod';
import { closeCodes, LINK_FLOOR, type Hello } from '../shared/contract/queue-link.ts';
import type { Realm } from '../shared/contract/realm.ts';
import { isCleanText } from './storable-text.ts';

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

/** What can be said of a HELLO before its sign-in is looked up: version, realm (rule L-03), and names that print. */
export function helloRefusal(hello: Hello, realm: Realm): HelloRefusal | null {
  const version = versionRefusal(hello.v);
  if (version !== null) return version;
  if (hello.realm !== realm) return notAuthorised(`this queue is ${realm}, the desk is ${hello.realm}`);
  if (!isCleanText(hello.signIn.handler))
    return notAuthorised('the handler number has characters that do not print');
  return null;
}

function versionRefusal(version: number): HelloRefusal | null {
  if (version >= LINK_FLOOR) return null;
  return notAuthorised(
    `desk speaks version ${version}, this queue needs ${LINK_FLOOR} or newer: update the desk`,
  );
}

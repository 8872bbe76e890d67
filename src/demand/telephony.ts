import type { CallTold, HandedContact } from './handed-contact.ts';

/**
 * The demand generator as a telephone exchange: the bodies of `docs/telephony-contract.md`. What the story says is told as by
 * somebody who listens, since nobody really speaks.
 */

/** The first ring of a call. */
export function ringBody(contact: HandedContact, callId: string, at: number): string {
  const { channel, caller, title, place, language, account, flags, call } = contact;
  const { name, number, address } = caller;
  const said = { title, place, language, name, address, account, flags };
  const recording = `REC-${callId}`;
  return JSON.stringify({
    event: 'ring',
    callId,
    n: 1,
    at,
    channel,
    number,
    zone: place,
    ...call,
    recording,
    said,
  });
}

/** A later event of it. `n`: its number in the call. */
export function callBody(
  told: CallTold,
  { callId, n, at }: { readonly callId: string; readonly n: number; readonly at: number },
): string {
  return JSON.stringify({ ...told, callId, n, at });
}

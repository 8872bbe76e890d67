import type { Channel } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { callerKeys } from '../../../shared/domain/same-caller.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { digestOf } from '../../store/canonical-json.ts';

/**
 * Within so long the same words from the same number are the same cry for help once more. Who texts 999 is told to expect a reply
 * in about two minutes and to send again after three. By the queue's time; milliseconds.
 */
export const TOLD_AGAIN_MS = 5 * MINUTE;

/** A text as it came, to be compared with those before. */
export interface Text {
  readonly channel: Channel;
  readonly source: string;
  readonly number: string | null;
  readonly words: string;
}

const isText = (channel: Channel): boolean => channel === '999-text' || channel === '999-relay';

const plain = (words: string): string => words.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();

/**
 * What two texts have in common that say the same: same source, same number, same words but for case and spaces (rule TE-06). `null`: of no
 * emergency text, without words or without a number, which are never the same by words alone.
 */
export function textDigest({ channel, source, number: told, words: said }: Text): string | null {
  const number = callerKeys({ name: null, address: null, number: told }).number;
  const words = plain(said);
  return isText(channel) && number !== null && words !== '' ? digestOf({ source, number, words }) : null;
}

/** The digests are of texts that an exchange told: what it has told of the contact, and what the public says in it. */
export function digestIn(
  { channel, source, caller, call }: Pick<Contact, 'channel' | 'source' | 'caller' | 'call'>,
  words: string,
): string | null {
  return call === null ? null : textDigest({ channel, source, number: caller.number, words });
}

/** Whether what is told again can be added to the contact that said it first: never to one that somebody has closed. */
export function takesAgain({ call, ownership }: Contact): boolean {
  return call !== null && ownership.kind !== 'closed';
}

import type { HandOver } from '../../shared/domain/chat/chat.ts';
import { hasRunOut, standingOffer } from '../../shared/domain/chat/standing-offer.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { DeskId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { clockWords } from '../ui/time-words.ts';

/** The last try to hand a chat on, as whoever has it open must know it (rules CH-16, CH-17); `null` where there was none, or it says nothing any more. */
export function handOverWords(contact: Contact, me: DeskId | null, now: Instant): string | null {
  const last = contact.chat?.handOvers?.at(-1);
  if (last === undefined) return null;
  const { to, by, at, words, until, ended } = last;
  if (to === null) return `Given back to everybody by desk ${by.deskNumber} at ${clockWords(at)}: “${words}”`;
  const who = `desk ${to.deskNumber}`;
  if (ended?.how === 'taken')
    return `Handed over by desk ${by.deskNumber} to ${who} at ${clockWords(ended.at)}: “${words}”`;
  if (by.desk !== me) return null;
  if (ended?.how === 'declined')
    return `Desk ${to.deskNumber} said no at ${clockWords(ended.at)}${because(ended.words)}. The chat is still yours.`;
  if (ended?.how === 'withdrawn') return null;
  if (standingOffer(contact)?.id !== last.id) return null;
  return hasRunOut(last, now)
    ? `Desk ${to.deskNumber} has not answered. The chat is still yours; offer it to somebody else, or go on.`
    : `Offered to ${who} until ${clockWords(until)}. It is yours until they say yes: go on writing.`;
}

const because = (words: string): string => (words.trim() === '' ? '' : `: “${words}”`);

/** What becomes of an offer, for the record. */
export function handOverLine({ to, words, ended }: HandOver): string {
  if (to === null) return `Given back to everybody: “${words}”`;
  const offered = `Offered to desk ${to.deskNumber}: “${words}”`;
  switch (ended?.how) {
    case 'taken':
      return `${offered}. Taken over at ${clockWords(ended.at)}`;
    case 'declined':
      return `${offered}. Declined at ${clockWords(ended.at)}${because(ended.words)}`;
    case 'withdrawn':
      return `${offered}. Taken back at ${clockWords(ended.at)}`;
    case undefined:
      return offered;
  }
}

import type { Channel } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asLsn, type ContactId } from '../../../shared/domain/ids.ts';
import { callerKeys } from '../../../shared/domain/same-caller.ts';
import { later, MINUTE, type Instant } from '../../../shared/domain/time.ts';
import type { QueueService } from '../../service.ts';

/**
 * Within so long the same words from the same number are the same cry for help once more. Who texts 999 is told to expect a reply
 * in about two minutes and to send again after three. Milliseconds.
 */
export const TOLD_AGAIN_MS = 5 * MINUTE;

/** How far back the log is read for it, at most. In a flood an emergency too many is better than a late one. */
const PAGE = 500;
const PAGES = 4;

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
 * Whether a text says again what an open contact said first or last within the time (rule TE-06): same source, same number, same
 * words but for case and spaces. Never by words alone, and never of a contact that somebody has closed.
 */
export function isToldAgain(first: Contact, text: Text, now: Instant): boolean {
  const { channel, call, source, caller, ownership, account, messages, enteredAt } = first;
  if (!isText(channel) || !isText(text.channel) || call === null || source !== text.source) return false;
  if (ownership.kind === 'closed') return false;
  const number = callerKeys({ name: null, address: null, number: text.number }).number;
  if (number === null || callerKeys(caller).number !== number) return false;
  const words = plain(text.words);
  if (words === '') return false;
  const since = later(now, -TOLD_AGAIN_MS);
  const said = [{ text: account, at: enteredAt }, ...messages.filter(({ from }) => from === 'public')];
  return said.some((one) => one.at >= since && plain(one.text) === words);
}

/** The oldest open contact that said the same shortly before, or `null`. Read from the log: it knows other nodes and restarts. */
export async function toldBefore(service: QueueService, text: Text): Promise<Contact | null> {
  if (!isText(text.channel) || text.number === null) return null;
  const now = service.now();
  const contacts = await service.contacts(await lately(service, later(now, -TOLD_AGAIN_MS)));
  const same = contacts.filter((contact) => isToldAgain(contact, text, now));
  return same.sort((a, b) => a.seq - b.seq)[0] ?? null;
}

/** Texts of which the log says something since an instant. */
async function lately(service: QueueService, since: Instant): Promise<readonly ContactId[]> {
  const found = new Set<ContactId>();
  let end: number = await service.head();
  for (let page = 0; page < PAGES && end > 0; page += 1) {
    const begin = Math.max(0, end - PAGE);
    const entries = await service.entriesAfter(asLsn(begin), end - begin);
    for (const { at, contact, what } of entries) {
      if (at < since) continue;
      if (what.kind === 'said' || (what.kind === 'arrived' && isText(what.contact.channel)))
        found.add(contact);
    }
    const [oldest] = entries;
    if (oldest === undefined || oldest.at < since) break;
    end = begin;
  }
  return [...found];
}

import { errorCode, type Logger } from '../platform/log.ts';
import { handedMail, unreadableMail, type HandedMail } from './handed-mail.ts';
import type { FetchedMail, Mailbox } from './mailbox.ts';
import { NO_ANSWER, type Handed, type QueueDoor } from './queue-door.ts';
import { readMail } from './read-mail.ts';

export interface ReaderOptions {
  /** Opens the folder; rejects with a sentence. */
  readonly open: () => Promise<Mailbox>;
  readonly door: QueueDoor;
  readonly ourAddresses: readonly string[];
  readonly log: Logger;
  /** One sentence for whoever runs the program: what is wrong and what to do, or that it works again. */
  readonly say: (sentence: string) => void;
  readonly pause: (ms: number, stop: AbortSignal) => Promise<void>;
  /** How often is looked when the server says nothing. Milliseconds. */
  readonly lookEveryMs: number;
}

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** While the queue cannot take something. Milliseconds. */
const QUEUE_AWAY_MS = 2_000;

/**
 * Reads a mailbox for ever: each e-mail that nobody has marked as seen is handed to the queue, and marked once the queue has it (rule MX-10). What is
 * in the way is said in a sentence, once, and tried again.
 */
export async function readForEver(options: ReaderOptions, stop: AbortSignal): Promise<void> {
  const { open, say, pause, log } = options;
  let wait = FIRST_WAIT_MS;
  let trouble: string | null = null;
  /** What the queue would not take; a folder that was made anew gives the same numbers to other e-mails. */
  const refused = new Set<string>();
  while (!stop.aborted) {
    try {
      await using mailbox = await open();
      if (trouble !== null) say('The mailbox is read again.');
      trouble = null;
      wait = FIRST_WAIT_MS;
      while (!stop.aborted) {
        const isAll = await readAll(mailbox, options, refused, stop);
        await (isAll ? mailbox.wait(options.lookEveryMs, stop) : pause(QUEUE_AWAY_MS, stop));
      }
    } catch (error) {
      if (stop.aborted) return;
      const sentence = error instanceof Error ? error.message : 'The mailbox could not be read.';
      if (sentence !== trouble) say(`${sentence} Tried again until it works.`);
      trouble = sentence;
      log.warn('the mailbox cannot be read', { error: errorCode(error) });
      await pause(wait, stop);
      wait = Math.min(LONGEST_WAIT_MS, wait * 2);
    }
  }
}

/** False: the queue could not take all of them just now, and what it has not stays unseen. */
async function readAll(
  mailbox: Mailbox,
  { door, ourAddresses, log, say }: ReaderOptions,
  refused: Set<string>,
  stop: AbortSignal,
): Promise<boolean> {
  const ours = new Set(ourAddresses.map((address) => address.toLowerCase()));
  let isAll = true;
  for (const uid of await mailbox.unseen()) {
    if (stop.aborted) return true;
    const name = `${mailbox.uidValidity} ${uid}`;
    if (refused.has(name)) continue;
    const fetched = await mailbox.fetch(uid);
    if (fetched === null) continue;
    const handed = await handOver(fetched, { door, ours, log }, stop);
    if (handed.kind === 'later') {
      log.warn('the queue could not take an e-mail; it stays unseen', { uid, why: handed.why });
      // With no answer there is no use in handing over more; what is amiss with this one alone holds up no other.
      if (handed.why === NO_ANSWER) return false;
      isAll = false;
      continue;
    }
    if (handed.kind === 'refused') {
      refused.add(name);
      log.error('the queue would not take an e-mail; it stays unseen', { uid, why: handed.why });
      say(
        `E-mail number ${uid} of the folder was refused by the queue (${handed.why}): look at it in the mailbox.`,
      );
      continue;
    }
    await mailbox.markSeen(uid);
  }
  return isAll;
}

async function handOver(
  { place, source }: FetchedMail,
  { door, ours, log }: { readonly door: QueueDoor; readonly ours: ReadonlySet<string>; readonly log: Logger },
  stop: AbortSignal,
): Promise<Handed> {
  let mail: HandedMail;
  try {
    const read = await readMail(source, ours);
    if (read.kind === 'machine') {
      log.info('an e-mail of a machine makes no contact', { uid: place.uid, why: read.why });
      return { kind: 'received' };
    }
    mail = handedMail(read.mail, place);
  } catch (error) {
    log.warn('an e-mail could not be taken apart', { uid: place.uid, error: errorCode(error) });
    mail = unreadableMail(place);
  }
  const handed = await door.hand(mail, stop);
  // What the queue cannot keep as it is must still be seen by somebody.
  return handed.kind === 'refused' ? door.hand(unreadableMail(place), stop) : handed;
}

import { createHash } from 'node:crypto';
import { referenceIn, writtenTitle } from '../shared/domain/written-title.ts';
import type { ReadMail } from './read-mail.ts';

/** What the intake takes of words, as escaped in JSON, with room for a line of ours. Bytes. */
const ACCOUNT_BYTES = 38_000;
const MESSAGE_BYTES = 15_000;
const ANSWER_LIMIT = 3_900;

/** Where an e-mail lies: the two numbers that name it in its folder for ever. */
export interface MailPlace {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** When the server had it, by its own clock: from then on the police have it too. Milliseconds. */
  readonly receivedAt: number;
}

/** An e-mail as it goes to the intake. */
export interface HandedMail {
  readonly key: string;
  readonly contact: object;
  /** The contact it answers and how it is told there; `null` when it names none. */
  readonly answers: { readonly ref: string; readonly message: object } | null;
}

/**
 * One e-mail, one key (rule MX-10): what its sender's program called it and what stands in it, so that the same e-mail makes one contact however often
 * it was delivered or read, and another one under a borrowed name makes its own. Without a name it is its place in the folder.
 */
export function handedMail(mail: ReadMail, place: MailPlace): HandedMail {
  const { fromName, fromAddress, subject, text, references } = mail;
  const words = text === '' ? '(The e-mail has no words.)' : text;
  const ref = referenceIn(subject) ?? referenceIn(references);
  const at = place.receivedAt;
  return {
    key: keyOf(mail, place),
    contact: {
      channel: 'e-mail',
      receivedAt: at,
      title: writtenTitle(subject, writtenTitle(text, 'E-mail')),
      caller: { name: fromName === '' ? null : fromName.slice(0, 160) },
      account: clipped(subject === '' ? words : `${subject}\n\n${words}`, ACCOUNT_BYTES),
      form: { kind: 'e-mail', answers: answersOf(mail) },
    },
    answers:
      ref === null
        ? null
        : {
            ref,
            message: {
              kind: 'message',
              at,
              text: clipped(`E-mail from ${fromAddress}:\n${words}`, MESSAGE_BYTES),
            },
          },
  };
}

/** One that no parser could take apart: a person must look at it where it lies (rule MX-11). */
export function unreadableMail(place: MailPlace): HandedMail {
  const { folder, uidValidity, uid, receivedAt } = place;
  return {
    key: `mail ${digest([folder, uidValidity, uid])}`,
    contact: {
      channel: 'e-mail',
      receivedAt,
      title: 'E-mail that cannot be shown',
      account: `An e-mail has come that cannot be read here. Look at it in the mailbox: folder ${folder}, number ${uid}.`,
      flags: { lookFirst: true },
    },
    answers: null,
  };
}

function keyOf(mail: ReadMail, { folder, uidValidity, uid }: MailPlace): string {
  const { messageId, fromAddress, subject, text } = mail;
  const name = messageId === '' ? [folder, uidValidity, uid] : [messageId];
  return `mail ${digest([...name, fromAddress, subject, text])}`;
}

const digest = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');

function answersOf({ fromName, fromAddress, to, subject, date, attachments }: ReadMail): readonly object[] {
  const fields = [
    ['from', 'From', fromName === '' ? fromAddress : `${fromName}, ${fromAddress}`],
    ['to', 'To', to],
    ['subject', 'Subject', subject],
    ['date', 'Dated by its sender', date],
    ['attachments', 'With it, left in the mailbox', attachments.join('\n')],
  ] as const;
  return fields.flatMap(([id, question, answer]) =>
    answer === '' ? [] : [{ id, question, answer: answer.slice(0, ANSWER_LIMIT) }],
  );
}

const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;

/** As much as fits, said to be a part. */
function clipped(text: string, limit: number): string {
  if (bytesOf(text) <= limit) return text;
  const note = '\n\n(The e-mail goes on. The rest is in the mailbox.)';
  let end = Math.min(text.length, limit);
  while (bytesOf(text.slice(0, end)) > limit - bytesOf(note)) end = Math.floor(end * 0.95);
  // Never through the middle of a character.
  return `${text.slice(0, end).replace(/\p{Surrogate}$/u, '')}${note}`;
}

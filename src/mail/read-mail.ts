import PostalMime, { type Email } from 'postal-mime';
import { cleanLine, cleanText } from '../shared/lib/clean-text.ts';
import { htmlText } from './html-text.ts';

/** An e-mail as the control room has use for it: plain text, and what was with it by name. */
export interface ReadMail {
  readonly messageId: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly to: string;
  readonly subject: string;
  /** As its sender dated it, for the record alone; empty when it has no date. */
  readonly date: string;
  readonly text: string;
  /** Names, with kind and size: what was in them stays in the mailbox. */
  readonly attachments: readonly string[];
  /** What it answers, as its sender's program says. */
  readonly references: string;
}

/** Why an e-mail is nobody's approach (rule MX-12). */
export type NotFromAPerson = 'auto-submitted' | 'bounce' | 'our-own';

export type Read =
  | { readonly kind: 'mail'; readonly mail: ReadMail }
  | { readonly kind: 'machine'; readonly why: NotFromAPerson; readonly mail: ReadMail };

/** `ourAddresses`: what we send from, in lower case. Rejects on what no parser can take apart. */
export async function readMail(source: Uint8Array, ourAddresses: ReadonlySet<string>): Promise<Read> {
  const email = await PostalMime.parse(source, { maxNestingDepth: 40, maxHeadersSize: 256 * 1024 });
  const mail = mailOf(email);
  const why = machineBehind(email, mail, ourAddresses);
  return why === null ? { kind: 'mail', mail } : { kind: 'machine', why, mail };
}

function mailOf(email: Email): ReadMail {
  const text = (email.text ?? '').trim();
  return {
    messageId: (email.messageId ?? '').trim(),
    fromName: cleanLine(email.from?.name ?? ''),
    fromAddress: cleanLine(email.from?.address ?? ''),
    to: cleanLine((email.to ?? []).map(({ address }) => address ?? '').join(', ')).slice(0, 300),
    subject: cleanLine(email.subject ?? ''),
    date: cleanLine(email.date ?? ''),
    text: cleanText(text === '' ? htmlText(email.html ?? '') : text).trim(),
    attachments: email.attachments.map(({ filename, mimeType, content }) => {
      const name = cleanLine(filename ?? 'without a name').slice(0, 120);
      const size = typeof content === 'string' ? content.length : content.byteLength;
      return `${name} (${cleanLine(mimeType).slice(0, 60)}, ${Math.max(1, Math.round(size / 1024))} kB)`;
    }),
    references: `${email.inReplyTo ?? ''} ${email.references ?? ''}`,
  };
}

/**
 * What a machine has sent makes no contact: two machines that answer each other would never stop, and a bounce has no person behind it. Only what
 * says so of itself: words are never guessed at.
 */
function machineBehind(
  { headers, returnPath }: Email,
  { fromAddress }: ReadMail,
  ourAddresses: ReadonlySet<string>,
): NotFromAPerson | null {
  const header = (name: string): string =>
    headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? '';
  const isReport = /^multipart\/report\b/.test(header('content-type'));
  const sender = fromAddress.toLowerCase();
  if (
    isReport ||
    returnPath === '<>' ||
    header('return-path') === '<>' ||
    /^(mailer-daemon|postmaster)@/.test(sender)
  )
    return 'bounce';
  const submitted = header('auto-submitted');
  if ((submitted !== '' && !submitted.startsWith('no')) || header('x-autoreply') !== '')
    return 'auto-submitted';
  if (/^(auto_reply|junk)\b/.test(header('precedence'))) return 'auto-submitted';
  return ourAddresses.has(sender) ? 'our-own' : null;
}

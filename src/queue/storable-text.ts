/** What PostgreSQL cannot keep in a text: NUL, and halves of surrogate pairs, which are no characters at all. */
const unstorable = /\0|\p{Surrogate}/gu;

/**
 * A handler's words as the queue can keep them. Words are never refused for an odd character (rule C-10): what cannot
 * be stored becomes U+FFFD, which every screen shows as "something was here".
 */
export function storableText(text: string): string {
  return text.replace(unstorable, '\u{FFFD}');
}

/** Control characters other than line breaks and tabs, and what PostgreSQL cannot keep. */
const unwanted = /(?![\n\r\t])\p{Cc}|\p{Surrogate}/u;

/** True when a text is printable as it stands: at the doors, anything else is refused by the name of its field. */
export function isCleanText(text: string): boolean {
  return !unwanted.test(text);
}

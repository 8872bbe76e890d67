/** What no screen shows and the queue does not keep: control signs other than line breaks and tabs, halves of characters. */
const unwanted = /(?![\n\t])\p{Cc}|\p{Surrogate}/gu;

/** Signs that turn the direction of what follows, so that a line reads other than it was written. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/** So many marks may stand on one character; more are a tower that lies over other lines. Real writing has up to four. */
const towers = /(\p{M}{4})\p{M}+/gu;

/**
 * Somebody's words as they can be kept and shown. Words are never refused for an odd sign: what cannot be kept becomes U+FFFD, which
 * every screen shows as "something was here" (rule WP-03).
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unwanted, '\u{FFFD}')
    .replace(turning, '\u{FFFD}')
    .replace(towers, '$1');
}

/** The same in one line. */
export const cleanLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();

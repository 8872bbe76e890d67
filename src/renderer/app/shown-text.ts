/** Characters that turn the text around them, or have no shape at all: each is shown as a sign of its own, so that nobody is fooled by them. */
// oxlint-disable-next-line no-control-regex -- because control characters are what is looked for
const tricks = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The sign in their place. One character for one, so that places in the text stay what they are. */
export const TRICK_SIGN = '\u2370';

/**
 * What the public wrote, as it is shown (rule W-10): the words as they are, in their own direction, and what would turn or hide other words made
 * visible. The record keeps what was written.
 */
export const shownText = (text: string): string => text.replace(tricks, TRICK_SIGN);

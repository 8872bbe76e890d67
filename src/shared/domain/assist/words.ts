import { plainLetters } from '../same-caller.ts';

/** One word of a text, where it stands, and the ways it may be read. */
export interface Word {
  /** Which of the texts it is in; 0 when there is one. */
  readonly text: number;
  /** UTF-16 offsets in the text as written: `text.slice(from, to)` is the word as written. */
  readonly from: number;
  readonly to: number;
  /** Lower case, without accents and apostrophes; more than one where a spelling leaves a choice. Never empty. */
  readonly forms: readonly string[];
}

/**
 * A Chinese character is a word of its own, because nothing stands between words there. Everything else is a run of letters and digits, with
 * apostrophes inside and with what has no width: a soft hyphen or a joiner must not hide a word.
 */
const word =
  /\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}]|['’‘ʼ`´](?=\p{L})|[\u00ad\u200b-\u200d\u2060\ufeff])*/gu;

/** The words of a text (rule AS-01). One pass: time grows with the length of the text and with nothing else. */
export function wordsIn(text: string, textNumber = 0): Word[] {
  return Array.from(text.matchAll(word), (match) => ({
    text: textNumber,
    from: match.index,
    to: match.index + match[0].length,
    forms: formsOf(match[0]),
  }));
}

/** The words of several texts, one after the other as if they were one. */
export function wordsOfTexts(texts: readonly string[]): Word[] {
  return texts.flatMap((text, n) => wordsIn(text, n));
}

export const isHan = (form: string): boolean => /^\p{Script=Han}$/u.test(form);

/** Letters of the Arabic script that are typed in more than one way. */
const arabic: Readonly<Record<string, string>> = {
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ٱ: 'ا',
  ـ: '',
};

function fold(written: string): string {
  const bare = written.replace(/[\u00ad\u200b-\u200d\u2060\ufeff'’‘ʼ`´]/g, '');
  // In the scripts of India the marks are vowels: without them words are taken for each other.
  if (/[\u0900-\u0dff]/.test(bare)) return bare.normalize('NFKD').toLowerCase();
  return plainLetters(bare).replace(/[ىیکةہھٱـ]/g, (letter) => arabic[letter] ?? letter);
}

/** Which letters figures stand for; 1 is an i or an l. */
const figureLetters: Readonly<Record<string, string>> = { 0: 'o', 3: 'e', 4: 'a', 5: 's', 7: 't' };

function formsOf(written: string): readonly string[] {
  const forms = new Set([fold(written)]);
  const [first = '', ...rest] = written.split(/['’‘ʼ`´]/);
  if (rest.length > 0) {
    // "the knife's in his hand"; "l'arme", "d'un".
    if (rest.at(-1)?.toLowerCase() === 's') forms.add(fold(written.slice(0, -2)));
    const behind = rest.join('');
    if (first.length <= 2 && behind.length >= 3) forms.add(fold(behind));
  }
  // "kn1fe", "h3lp", "5uicide": figures that stand for letters in what is a word by its letters; "g4s" and "3rd" are none.
  if (/[013457]/.test(written) && (written.match(/[a-z]/gi)?.length ?? 0) >= 3) {
    for (const one of ['i', 'l'])
      forms.add(fold(written.replace(/[013457]/g, (figure) => figureLetters[figure] ?? one)));
  }
  // "heeelp", "goooodbye": nobody knows how many were meant.
  const [folded = ''] = forms;
  if (/(.)\1\1/u.test(folded)) {
    forms.add(folded.replace(/(.)\1{2,}/gu, '$1'));
    forms.add(folded.replace(/(.)\1{2,}/gu, '$1$1'));
  }
  return [...forms];
}

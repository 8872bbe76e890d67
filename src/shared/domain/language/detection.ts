import { ENGLISH, languageOf } from './find-language.ts';

/** What a detector says of a text, best first. Its measures are its own: they compare, and are no probabilities. */
export interface Reading {
  /** The detector’s tags and measures, 0 to 1. Empty when it found nothing. */
  readonly scores: readonly { readonly tag: string; readonly score: number }[];
  /** The detector’s own word on whether its first is to be relied on. */
  readonly isReliable: boolean;
}

/** Why a detection is unsure (rule LG-03). */
export type UnsureBecause =
  | 'nothing-found'
  /** Too few letters or words for any detector. */
  | 'too-short'
  /** Another language fits about as well. */
  | 'too-close'
  /** The best one fits badly. */
  | 'weak'
  /** Letters that the best one does not use, and that another does. */
  | 'letters-of-another';

/** In which language a text is, as far as a machine can tell (rules LG-02, LG-03). */
export interface Detection {
  /** A code of the list; the best guess even when unsure. `null`: no guess. */
  readonly language: string | null;
  /** The detector’s measure, 0 to 1; shown as it is, and never as a probability. */
  readonly confidence: number;
  readonly unsure: UnsureBecause | null;
  /** Codes of the list that it could be instead, the likeliest first. */
  readonly couldBe: readonly string[];
}

/** Below this many letters, or this many words where words are written apart, a detector guesses. */
const LEAST_LETTERS = 10;
const LEAST_WORDS = 3;
/** Measured on short texts of the kind that reach a control room: right readings are above, wrong ones mostly below. */
const LEAST_SCORE = 0.55;
const LEAST_LEAD = 0.05;

/** Languages that the detector does not know and that it takes for one that it does. */
const takenFor: Readonly<Record<string, readonly string[]>> = {
  am: ['ti'],
  fa: ['prs', 'ps'],
  hi: ['ne'],
  hr: ['bs', 'sr-Latn'],
  fil: ['id', 'so'],
  ms: ['id'],
  'zh-Hans': ['zh-Hant', 'yue'],
  bn: ['as', 'syl'],
  pt: ['pt-pt'],
  ru: ['tg'],
};

/** Letters that a language never uses: a text with one of them is not in it. Of those that detectors confuse. */
const never: Readonly<Record<string, RegExp>> = {
  uk: /[ыэёъўјћђ]/iu,
  ru: /[іїєґўјћђљњџөүұқ]/iu,
  be: /[иїєґщъјћђ]/iu,
  bg: /[ыэёіїєґўјћђ]/iu,
  'sr-Cyrl': /[йщъыьэюяіїє]/iu,
  ar: /[پچژگٹڈڑےں]/u,
  fa: /[ةٹڈڑےںټډړښڼۍ]/u,
  ur: /[ةټډړښڼۍ]/u,
};

/** Letters that give away a language which the detector does not know. */
const givenAwayBy: readonly { readonly code: string; readonly letters: RegExp }[] = [
  { code: 'ps', letters: /[ټډړږښڼۍځڅ]/u },
  { code: 'sd', letters: /[ٻڀٺٽڄڃڇڍڌڏڊڙ]/u },
  { code: 'ug', letters: /[ۇۈ]/u },
  { code: 'ti', letters: /[\u1250-\u1258\u125a-\u125d]/u },
  { code: 'tg', letters: /[ӣӯҳҷ]/iu },
  { code: 'cy', letters: /[ŵŷ]/iu },
  { code: 'mt', letters: /[ħġċ]/iu },
  { code: 'ha', letters: /[ɓɗƙ]/iu },
];

/** A letter of one of these is enough to know the language: nobody else here writes with it. */
const ownScripts: readonly { readonly code: string; readonly letters: RegExp }[] = [
  { code: 'el', letters: /\p{Script=Greek}/u },
  { code: 'ka', letters: /\p{Script=Georgian}/u },
  { code: 'hy', letters: /\p{Script=Armenian}/u },
  { code: 'th', letters: /\p{Script=Thai}/u },
  { code: 'lo', letters: /\p{Script=Lao}/u },
  { code: 'km', letters: /\p{Script=Khmer}/u },
  { code: 'my', letters: /\p{Script=Myanmar}/u },
  { code: 'ko', letters: /\p{Script=Hangul}/u },
  { code: 'pa', letters: /\p{Script=Gurmukhi}/u },
  { code: 'gu', letters: /\p{Script=Gujarati}/u },
  { code: 'ta', letters: /\p{Script=Tamil}/u },
  { code: 'te', letters: /\p{Script=Telugu}/u },
  { code: 'kn', letters: /\p{Script=Kannada}/u },
  { code: 'ml', letters: /\p{Script=Malayalam}/u },
  { code: 'si', letters: /\p{Script=Sinhala}/u },
  { code: 'or', letters: /\p{Script=Oriya}/u },
  { code: 'dv', letters: /\p{Script=Thaana}/u },
  { code: 'ja', letters: /[\p{Script=Hiragana}\p{Script=Katakana}]/u },
];

const lettersOf = (text: string): string => text.replace(/\P{L}+/gu, '');

/** Most of the letters, so that a name quoted in another script decides nothing. */
const mostly = (letters: string, one: RegExp): boolean => {
  const all = Array.from(letters);
  return all.length > 0 && all.filter((letter) => one.test(letter)).length * 2 > all.length;
};

/**
 * What may be believed of a detector’s reading: unsure rather than wrong (rule LG-03). A language that nobody chose is a guess with its measure, and
 * no measure makes a fact of it.
 */
export function judgeReading(text: string, { scores, isReliable }: Reading): Detection {
  const letters = lettersOf(text);
  const own = ownScripts.find((script) => mostly(letters, script.letters));
  if (own !== undefined && letters.length >= 2)
    return { language: own.code, confidence: 1, unsure: null, couldBe: [] };

  const known = scores.flatMap(({ tag, score }) => {
    const code = codeHere(tag, letters);
    return code === null || never[code]?.test(letters) === true ? [] : [{ code, score }];
  });
  const given = givenAwayBy.find(({ letters: theirs }) => theirs.test(letters));
  const [first, ...others] = known;
  const second = others.find(({ code }) => code !== first?.code);
  if (given !== undefined) {
    const couldBe = first === undefined || first.code === given.code ? [] : [first.code];
    return { language: given.code, confidence: 0, unsure: 'letters-of-another', couldBe };
  }
  if (first === undefined) return { language: null, confidence: 0, unsure: 'nothing-found', couldBe: [] };

  const lead = first.score - (second?.score ?? 0);
  const because = unsureBecause({ letters, text, score: first.score, lead, isReliable });
  const close = others.filter(({ score }) => first.score - score < LEAST_LEAD).slice(0, 3);
  const couldBe = new Set([...close.map(({ code }) => code), ...(takenFor[first.code] ?? [])]);
  couldBe.delete(first.code);
  return { language: first.code, confidence: first.score, unsure: because, couldBe: [...couldBe] };
}

function unsureBecause(found: {
  readonly letters: string;
  readonly text: string;
  readonly score: number;
  readonly lead: number;
  readonly isReliable: boolean;
}): UnsureBecause | null {
  const { letters, text, score, lead, isReliable } = found;
  const isApart = !mostly(letters, /\p{Script=Han}/u);
  const words = text.split(/[^\p{L}\p{M}'’]+/u).filter((word) => word !== '').length;
  if (isApart && (letters.length < LEAST_LETTERS || words < LEAST_WORDS)) return 'too-short';
  if (!isApart && letters.length < 3) return 'too-short';
  if (lead < LEAST_LEAD) return 'too-close';
  return score < LEAST_SCORE || !isReliable ? 'weak' : null;
}

/** The list’s code of a detector’s tag; of a language in two scripts by the letters of the text. */
function codeHere(tag: string, letters: string): string | null {
  if (tag === 'sr') return mostly(letters, /\p{Script=Latin}/u) ? 'sr-Latn' : 'sr-Cyrl';
  if (tag === 'ku') return mostly(letters, /\p{Script=Latin}/u) ? 'kmr' : 'ku';
  return languageOf(tag)?.code ?? null;
}

/** What decided the language of a line (rule LG-04). */
export type LanguageSource =
  /** The handler chose it for this contact. */
  | 'chosen'
  /** This line was read, surely. */
  | 'line'
  /** The line says too little, and the lines before it were read surely. */
  | 'conversation'
  /** The person or their browser said so. */
  | 'told'
  /** A guess: nothing was sure. */
  | 'guess';

export interface LineLanguage {
  readonly code: string;
  readonly from: LanguageSource;
}

/**
 * The language by which a line of the public is translated (rule LG-04): what the handler chose wins over everything; then a sure reading of the line
 * itself, because people change language; then that of the conversation, then what they said; then a guess. `null` when there is not even that.
 */
export function languageOfLine({
  chosen,
  line,
  conversation,
  told,
}: {
  readonly chosen: string | null;
  readonly line: Detection;
  /** Of the lines of the same person so far, this one with them. */
  readonly conversation: Detection | null;
  readonly told: string | null;
}): LineLanguage | null {
  if (chosen !== null) return { code: chosen, from: 'chosen' };
  if (line.unsure === null && line.language !== null) return { code: line.language, from: 'line' };
  if (conversation !== null && conversation.unsure === null && conversation.language !== null)
    return { code: conversation.language, from: 'conversation' };
  const said = languageOf(told);
  if (said !== null) return { code: said.code, from: 'told' };
  return line.language === null ? null : { code: line.language, from: 'guess' };
}

/** Whether a line has to be translated for a handler. A guess at something foreign is translated too: its doubt is shown. */
export const isForeign = (language: LineLanguage | null): boolean =>
  language !== null && language.code !== ENGLISH;

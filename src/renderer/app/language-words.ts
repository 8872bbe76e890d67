import type { Detection, LanguageSource, LineLanguage } from '../../shared/domain/language/detection.ts';
import { ENGLISH, languageName, languageOf } from '../../shared/domain/language/find-language.ts';
import {
  plainDigits,
  type MarkKind,
  type ReadBackMark,
} from '../../shared/domain/language/read-back-marks.ts';
import type { TranslationTrouble } from '../../shared/domain/language/translation.ts';
import { unreachable } from '../../shared/lib/assert.ts';

/** How the language of a line was settled, behind its name (rule LG-04). */
export function sourceWords(from: LanguageSource): string {
  switch (from) {
    case 'chosen':
      return 'chosen by a handler';
    case 'line':
      return 'read from the line';
    case 'conversation':
      return 'read from the lines before';
    case 'told':
      return 'as they said';
    case 'guess':
      return 'a guess';
    default:
      return unreachable(from);
  }
}

const because: Readonly<Record<NonNullable<Detection['unsure']>, string>> = {
  'nothing-found': 'nothing to go by',
  'too-short': 'too short to tell',
  'too-close': 'two fit about as well',
  weak: 'fits badly',
  'letters-of-another': 'by its letters',
};

/** What a machine reads, with its measure; “unsure” in words before anything else (rule LG-03). */
export function readingWords({ language, confidence, unsure, couldBe }: Detection): string {
  const or = couldBe.map((code) => languageName(code)).join(' or ');
  if (language === null) return `Language not known: ${because[unsure ?? 'nothing-found']}`;
  const name = languageName(language);
  if (unsure === null)
    return `Reads as ${name}, measure ${confidence.toFixed(2)}${or === '' ? '' : `; ${or} reads the same`}`;
  return `Unsure: ${name}${or === '' ? '' : `, or ${or}`} (${because[unsure]})`;
}

/** The language in force, and where that comes from. */
export const languageInForceWords = (language: LineLanguage | null): string =>
  language === null ? 'Language not known' : `${languageName(language.code)}, ${sourceWords(language.from)}`;

/** Whether choosing this language brings a translation; `null` when it does. `translated`: what the service says it has, `null` while it has not said. */
export function withoutTranslation(code: string, translated: readonly string[] | null): string | null {
  if (code === ENGLISH) return null;
  const isListed = languageOf(code)?.listed ?? false;
  const isHere = translated === null ? isListed : translated.includes(code);
  return isHere ? null : 'no machine translation: interpreter';
}

/** Why our words stay in English, in a few words; the whole sentence is `troubleSentence`. */
export function shortTroubleWords(trouble: TranslationTrouble): string {
  switch (trouble.kind) {
    case 'none':
      return 'no service is set up';
    case 'slow':
      return 'the service is slow';
    case 'down':
      return 'the service is down';
    case 'over-quota':
      return 'the allowance is used up';
    case 'wrong-key':
      return 'the service refuses our key';
    case 'unsupported':
      return `the service has no ${languageName(trouble.to === ENGLISH ? trouble.from : trouble.to)}`;
    case 'too-long':
      return 'too long';
    case 'unreadable':
      return 'the answer cannot be read';
    case 'busy':
      return 'too many lines wait';
    case 'language-unknown':
      return 'language not known';
    case 'cancelled':
      return 'broken off';
    default:
      return unreachable(trouble);
  }
}

const markWords: Readonly<Record<MarkKind, string>> = {
  telephone: 'telephone number',
  postcode: 'postcode',
  time: 'time',
  code: 'road, plate or reference',
  number: 'number',
  name: 'name',
  not: 'negation',
  'perhaps-not': 'perhaps a negation',
  kin: 'relative',
};
export const markTitle = ({ kind }: ReadBackMark): string => `Read back: ${markWords[kind]}`;

/** What sends somebody to a door, or rings a telephone. */
const saidBack: ReadonlySet<MarkKind> = new Set(['telephone', 'postcode', 'time', 'code', 'number', 'name']);
/** Stand together as one: “12 Larkmere Close”. */
const joined: ReadonlySet<MarkKind> = new Set(['code', 'number', 'name']);

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What is said back, and stands together: “12 Larkmere Close” is one. In the order of the text. */
export function stretchesOf(text: string, marks: readonly ReadBackMark[]): readonly Stretch[] {
  const stretches: { from: number; to: number; joins: boolean }[] = [];
  for (const { kind, from, to } of marks) {
    if (!saidBack.has(kind)) continue;
    const last = stretches.at(-1);
    const joins = joined.has(kind);
    if (last?.joins === true && joins && text.slice(last.to, from) === ' ') last.to = to;
    else stretches.push({ from, to, joins });
  }
  return stretches;
}

/** What to say back, each once: “Stevenage, 12 Larkmere Close”. Digits of other scripts as a handler reads them. */
export const toReadBack = (text: string, marks: readonly ReadBackMark[]): readonly string[] => [
  ...new Set(stretchesOf(text, marks).map(({ from, to }) => plainDigits(text.slice(from, to)))),
];

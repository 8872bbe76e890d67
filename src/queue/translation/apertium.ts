import { z } from 'zod';
import { ENGLISH, languageOf } from '../../shared/domain/language/find-language.ts';
import {
  troubled,
  type ProviderAnswer,
  type ProviderLanguages,
  type TranslationProvider,
  type TranslationRequest,
  type Trouble,
} from './provider.ts';
import { callService, troubleOfStatus, type ServiceAnswer, type ServicePlace } from './service-call.ts';

/** Its pipes are made for sentences; more than this holds the next line up. Characters. */
const LONGEST = 5_000;

/** Its tags (ISO 639-3) of the pairs with English that are packaged, and of the commonest others. */
const ourCodes: Readonly<Record<string, string>> = {
  eng: 'en',
  spa: 'es',
  cat: 'ca',
  glg: 'gl',
  eus: 'eu',
  mkd: 'mk',
  isl: 'is',
  bul: 'bg',
  por: 'pt',
  fra: 'fr',
  ita: 'it',
  ron: 'ro',
  cym: 'cy',
  kaz: 'kk',
  hbs_HR: 'hr',
  hbs_BS: 'bs',
  hbs_SR: 'sr-Latn',
};
const theirTags: ReadonlyMap<string, string> = new Map(
  Object.entries(ourCodes).map(([tag, code]) => [code, tag]),
);

const translatedSchema = z.object({ responseData: z.object({ translatedText: z.string() }) });
const pairsSchema = z.object({
  responseData: z.array(z.object({ sourceLanguage: z.string(), targetLanguage: z.string() })),
});
const errorSchema = z.object({ explanation: z.string() });

export interface ApertiumOptions extends ServicePlace {
  /** What runs there, as its keeper says: the server tells no version of its own. Empty when nobody said. */
  readonly version: string;
}

/** An Apertium server (APy): rules and dictionaries, no key, few pairs. A real engine for tests and for a look around. */
export class Apertium implements TranslationProvider {
  readonly engine = 'apertium';
  readonly longest = LONGEST;
  readonly #options: ApertiumOptions;

  constructor(options: ApertiumOptions) {
    this.#options = options;
  }

  async translate({ text, from, to, signal }: TranslationRequest): Promise<ProviderAnswer> {
    // It marks with a star what it does not know; where the text has stars of its own nobody could tell them apart (and some are lost).
    const marksUnknown = !text.includes('*');
    const form = new URLSearchParams({
      langpair: `${tagOf(from)}|${tagOf(to)}`,
      q: text,
      // As HTML, which it takes by default, a “<” would begin a tag.
      format: 'txt',
      markUnknown: marksUnknown ? 'yes' : 'no',
    });
    const answer = await callService(this.#options, {
      method: 'POST',
      path: '/translate',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
      signal,
    });
    if (answer.kind === 'trouble') return answer;
    if (answer.status !== 200) return troubleOf(answer, { from, to });
    const read = translatedSchema.safeParse(answer.json);
    if (!read.success) return troubled({ kind: 'unreadable' });
    const said = read.data.responseData.translatedText;
    const { version } = this.#options;
    // What it could translate and not bend: “#paste” in the place of “pasted”. Nobody who reads it knows the mark.
    const bent = /[#@]/.test(text) ? said : said.replace(/[#@](?=\p{L})/gu, '');
    if (!marksUnknown) return { kind: 'translated', text: bent, version, leftWords: [] };
    const plain = bent.replace(/\*(?=[\p{L}\p{N}])/gu, '');
    return { kind: 'translated', text: plain, version, leftWords: unknownWords(said) };
  }

  async languages(signal: AbortSignal): Promise<ProviderLanguages | Trouble> {
    const answer = await callService(this.#options, { method: 'GET', path: '/listPairs', signal });
    if (answer.kind === 'trouble') return answer;
    if (answer.status !== 200) return troubleOf(answer, { from: ENGLISH, to: ENGLISH });
    const read = pairsSchema.safeParse(answer.json);
    if (!read.success) return troubled({ kind: 'unreadable' });
    const pairs = read.data.responseData.flatMap(({ sourceLanguage, targetLanguage }) => {
      const from = codeOf(sourceLanguage);
      const to = codeOf(targetLanguage);
      return from === null || to === null ? [] : [{ from, to }];
    });
    return {
      kind: 'known',
      intoEnglish: pairs.filter(({ to }) => to === ENGLISH).map(({ from }) => from),
      fromEnglish: pairs.filter(({ from }) => from === ENGLISH).map(({ to }) => to),
    };
  }

  async health(signal: AbortSignal): Promise<Trouble | null> {
    const languages = await this.languages(signal);
    return languages.kind === 'trouble' ? languages : null;
  }
}

const tagOf = (code: string): string => theirTags.get(code) ?? code.replaceAll('-', '_');
const codeOf = (tag: string): string | null => ourCodes[tag] ?? languageOf(tag)?.code ?? null;

/** What it left as it was, without names and codes, which are rightly left. */
const unknownWords = (said: string): readonly string[] => [
  ...new Set(Array.from(said.matchAll(/\*(\p{Ll}[\p{L}\p{M}]{2,})/gu), ([, word = '']) => word)),
];

function troubleOf(answer: ServiceAnswer, pair: { readonly from: string; readonly to: string }): Trouble {
  const words = errorSchema.safeParse(answer.json).data?.explanation ?? '';
  if (answer.status === 400 && /pair/i.test(words)) return troubled({ kind: 'unsupported', ...pair });
  return troubleOfStatus(answer) ?? troubled({ kind: 'unreadable' });
}

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
import {
  callService,
  retryAfterMs,
  troubleOfStatus,
  type ServiceAnswer,
  type ServicePlace,
} from './service-call.ts';

/** The version of the interface; the engine tells none of its own. */
const API_VERSION = '3.0';
/** What the service takes in one request. Characters. Source: its page on limits, 2025. */
const LONGEST = 50_000;

export interface AzureOptions extends ServicePlace {
  readonly key: string;
  /** The region of the resource; `null` for a global one. */
  readonly region: string | null;
}

const translatedSchema = z
  .array(z.object({ translations: z.array(z.object({ text: z.string() })).min(1) }))
  .min(1);
const languagesSchema = z.object({ translation: z.record(z.string(), z.unknown()) });
const errorSchema = z.object({ error: z.object({ code: z.union([z.number(), z.string()]) }) });

/** Azure Translator, text translation 3.0, over HTTP: the service that the force’s public pages announce. */
export class AzureTranslator implements TranslationProvider {
  readonly engine = 'azure';
  readonly longest = LONGEST;
  readonly #options: AzureOptions;

  constructor(options: AzureOptions) {
    this.#options = options;
  }

  async translate({ text, from, to, signal }: TranslationRequest): Promise<ProviderAnswer> {
    const { key, region } = this.#options;
    const query = new URLSearchParams({ 'api-version': API_VERSION, from, to, textType: 'plain' });
    const answer = await callService(this.#options, {
      method: 'POST',
      path: `/translate?${query.toString()}`,
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        'ocp-apim-subscription-key': key,
        ...(region !== null && { 'ocp-apim-subscription-region': region }),
      },
      body: JSON.stringify([{ Text: text }]),
      signal,
    });
    if (answer.kind === 'trouble') return answer;
    if (answer.status !== 200) return troubleOf(answer, { from, to });
    const read = translatedSchema.safeParse(answer.json);
    const translated = read.data?.[0]?.translations[0]?.text;
    if (translated === undefined) return troubled({ kind: 'unreadable' });
    return { kind: 'translated', text: translated, version: API_VERSION, leftWords: [] };
  }

  async languages(signal: AbortSignal): Promise<ProviderLanguages | Trouble> {
    const answer = await callService(this.#options, {
      method: 'GET',
      path: `/languages?api-version=${API_VERSION}&scope=translation`,
      signal,
    });
    if (answer.kind === 'trouble') return answer;
    if (answer.status !== 200) return troubleOf(answer, { from: ENGLISH, to: ENGLISH });
    const read = languagesSchema.safeParse(answer.json);
    if (!read.success) return troubled({ kind: 'unreadable' });
    const codes = Object.keys(read.data.translation).flatMap((tag) => languageOf(tag)?.code ?? []);
    const others = [...new Set(codes)].filter((code) => code !== ENGLISH);
    return { kind: 'known', intoEnglish: others, fromEnglish: others };
  }

  /** The list of languages needs no key: only a translation proves that ours is taken. */
  async health(signal: AbortSignal): Promise<Trouble | null> {
    const answer = await this.translate({ text: 'Hello.', from: ENGLISH, to: 'es', signal });
    return answer.kind === 'trouble' ? answer : null;
  }
}

/** Six digits, of which the first three are the status. Source: the service’s table of errors. */
function troubleOf(answer: ServiceAnswer, pair: { readonly from: string; readonly to: string }): Trouble {
  const code = Number(errorSchema.safeParse(answer.json).data?.error.code ?? 0);
  switch (code) {
    case 403001:
      return troubled({ kind: 'over-quota' }, retryAfterMs(answer));
    case 400050:
    case 400077:
      return troubled({ kind: 'too-long', limit: LONGEST });
    case 400003:
    case 400019:
    case 400023:
    case 400035:
    case 400036:
    case 400075:
      return troubled({ kind: 'unsupported', ...pair });
  }
  if (answer.status === 403) return troubled({ kind: 'wrong-key' });
  return troubleOfStatus(answer) ?? troubled({ kind: 'unreadable' });
}

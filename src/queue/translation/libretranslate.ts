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

/** Taken where the server names no limit of its own. Characters. */
const LONGEST = 10_000;

export interface LibreTranslateOptions extends ServicePlace {
  /** `null`: the server asks for none. */
  readonly key: string | null;
}

const translatedSchema = z.object({ translatedText: z.string() });
const languagesSchema = z.array(z.object({ code: z.string(), targets: z.array(z.string()).default([]) }));
const specSchema = z.object({ info: z.object({ version: z.string() }) });
const errorSchema = z.object({ error: z.string() });

/** Its tags that no other service uses. */
const ownTags: Readonly<Record<string, string>> = { zt: 'zh-Hant', pb: 'pt' };

/** What the server has said about itself. */
interface Known {
  readonly version: string;
  readonly languages: ProviderLanguages;
  /** Its tag for a code of the list. */
  readonly tags: ReadonlyMap<string, string>;
}

/** Anything that speaks LibreTranslate’s interface: a server that a force can run in its own house. */
export class LibreTranslate implements TranslationProvider {
  readonly engine = 'libretranslate';
  readonly longest = LONGEST;
  readonly #options: LibreTranslateOptions;
  #known: Known | null = null;

  constructor(options: LibreTranslateOptions) {
    this.#options = options;
  }

  async translate({ text, from, to, signal }: TranslationRequest): Promise<ProviderAnswer> {
    const known = await this.#knowServer(signal);
    if (known.kind === 'trouble') return known;
    const source = known.tags.get(from);
    const target = known.tags.get(to);
    if (source === undefined || target === undefined) return troubled({ kind: 'unsupported', from, to });
    const { key } = this.#options;
    const answer = await callService(this.#options, {
      method: 'POST',
      path: '/translate',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        q: text,
        source,
        target,
        format: 'text',
        ...(key !== null && { api_key: key }),
      }),
      signal,
    });
    if (answer.kind === 'trouble') return this.#forgetting(answer);
    if (answer.status !== 200) return this.#forgetting(troubleOf(answer, { from, to }));
    const read = translatedSchema.safeParse(answer.json);
    if (!read.success) return troubled({ kind: 'unreadable' });
    return { kind: 'translated', text: read.data.translatedText, version: known.version, leftWords: [] };
  }

  async languages(signal: AbortSignal): Promise<ProviderLanguages | Trouble> {
    this.#known = null;
    const known = await this.#knowServer(signal);
    return known.kind === 'trouble' ? known : known.languages;
  }

  async health(signal: AbortSignal): Promise<Trouble | null> {
    const languages = await this.languages(signal);
    if (languages.kind === 'trouble') return languages;
    const to = languages.fromEnglish[0];
    if (to === undefined) return troubled({ kind: 'unreadable' });
    const answer = await this.translate({ text: 'Hello.', from: ENGLISH, to, signal });
    return answer.kind === 'trouble' ? answer : null;
  }

  /** A server that had trouble may come back as another one. */
  #forgetting(trouble: Trouble): Trouble {
    this.#known = null;
    return trouble;
  }

  async #knowServer(signal: AbortSignal): Promise<(Known & { readonly kind: 'here' }) | Trouble> {
    if (this.#known !== null) return { kind: 'here', ...this.#known };
    const answer = await callService(this.#options, { method: 'GET', path: '/languages', signal });
    if (answer.kind === 'trouble') return answer;
    if (answer.status !== 200) return troubleOf(answer, { from: ENGLISH, to: ENGLISH });
    const read = languagesSchema.safeParse(answer.json);
    if (!read.success) return troubled({ kind: 'unreadable' });
    const spec = await callService(this.#options, { method: 'GET', path: '/spec', signal });
    if (spec.kind === 'trouble') return spec;
    const known = {
      ...knownOf(read.data),
      version: specSchema.safeParse(spec.json).data?.info.version ?? '',
    };
    this.#known = known;
    return { kind: 'here', ...known };
  }
}

function knownOf(rows: z.infer<typeof languagesSchema>): Omit<Known, 'version'> {
  const hasBrazilian = rows.some(({ code }) => /^pb$|^pt-br$/i.test(code));
  const codeOf = (tag: string): string | null => {
    if (tag === 'pt' && hasBrazilian) return 'pt-pt';
    return ownTags[tag] ?? languageOf(tag)?.code ?? null;
  };
  const tags = new Map<string, string>();
  for (const { code: tag } of rows) {
    const code = codeOf(tag);
    if (code !== null && !tags.has(code)) tags.set(code, tag);
  }
  const codes = (all: readonly string[]): readonly string[] =>
    all.flatMap((tag) => codeOf(tag) ?? []).filter((code) => code !== ENGLISH);
  const english = rows.find(({ code }) => codeOf(code) === ENGLISH);
  const intoEnglish = rows.filter(({ targets }) => targets.some((tag) => codeOf(tag) === ENGLISH));
  return {
    tags,
    languages: {
      kind: 'known',
      intoEnglish: codes(intoEnglish.map(({ code }) => code)),
      fromEnglish: codes(english?.targets ?? []),
    },
  };
}

/** It tells what is wrong in words; the status alone does not say. Source: the server’s own code, 2024. */
function troubleOf(answer: ServiceAnswer, pair: { readonly from: string; readonly to: string }): Trouble {
  const words = errorSchema.safeParse(answer.json).data?.error ?? '';
  if (answer.status === 403) return troubled({ kind: /limit/i.test(words) ? 'over-quota' : 'wrong-key' });
  if (answer.status === 400) {
    if (/api key/i.test(words)) return troubled({ kind: 'wrong-key' });
    const limit = /exceeds text limit \((\d+)\)/i.exec(words)?.[1];
    if (limit !== undefined) return troubled({ kind: 'too-long', limit: Number(limit) });
    if (/not supported|not available/i.test(words)) return troubled({ kind: 'unsupported', ...pair });
  }
  return troubleOfStatus(answer) ?? troubled({ kind: 'unreadable' });
}

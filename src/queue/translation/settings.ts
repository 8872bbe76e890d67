import type { Timers } from '../../shared/domain/time.ts';
import { engines, type Engine } from '../../shared/domain/language/translation.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { Apertium } from './apertium.ts';
import { AzureTranslator } from './azure.ts';
import { LibreTranslate } from './libretranslate.ts';
import { noTranslation } from './no-translation.ts';
import type { TranslationProvider } from './provider.ts';

/** How translation was asked for. The key comes from the surroundings: a command line can be read by everybody on the machine (rule LG-14). */
export interface TranslationSettings {
  readonly engine: Engine;
  /** `null`: the engine’s usual address. */
  readonly url: string | null;
  readonly key: string | null;
  readonly region: string | null;
  /** What an engine that tells no version runs, by its keeper’s word. */
  readonly version: string;
  /** After this long a line is not waited for. Milliseconds. */
  readonly timeoutMs: number;
}

/** A chat waits this long for a line, and then goes on without. */
export const LINE_TIMEOUT_MS = 4_000;

/** Azure’s European data centres; the words of the public stay there. */
const AZURE_EUROPE = 'https://api-eur.cognitive.microsofttranslator.com';

/** Throws an `Error` with a sentence when these settings cannot be followed. */
export function readTranslationSettings(
  asked: { readonly engine: string; readonly url: string | null },
  environment: Readonly<Record<string, string | undefined>>,
): TranslationSettings {
  const engine = engines.find((one) => one === asked.engine);
  if (engine === undefined) throw new Error(`--translation is one of: ${engines.join(', ')}.`);
  const of = (name: string): string | null => {
    const value = environment[name]?.trim() ?? '';
    return value === '' ? null : value;
  };
  const url = asked.url === null ? null : checkedUrl(asked.url);
  if (url === null && (engine === 'libretranslate' || engine === 'apertium'))
    throw new Error(`--translation ${engine} needs --translation-url.`);
  const key = of('TRANSLATION_KEY');
  if (engine === 'azure' && key === null)
    throw new Error('--translation azure needs the key of the service in TRANSLATION_KEY.');
  const version = of('TRANSLATION_VERSION') ?? '';
  return { engine, url, key, region: of('TRANSLATION_REGION'), version, timeoutMs: LINE_TIMEOUT_MS };
}

/** Words of the public leave the machine only sealed. */
function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw new Error('--translation-url is not an address.');
  const isHere = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere))
    throw new Error('--translation-url must be https, unless the service is on this machine.');
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    throw new Error('--translation-url is an address alone: no name, no query.');
  return url.href.replace(/\/+$/, '');
}

export function openProvider(
  { engine, url, key, region, version, timeoutMs }: TranslationSettings,
  timers: Timers,
): TranslationProvider {
  const place = { url: url ?? AZURE_EUROPE, timers, timeoutMs };
  switch (engine) {
    case 'azure':
      return new AzureTranslator({ ...place, key: key ?? '', region });
    case 'libretranslate':
      return new LibreTranslate({ ...place, key });
    case 'apertium':
      return new Apertium({ ...place, version });
    case 'none':
      return noTranslation;
    default:
      return unreachable(engine);
  }
}

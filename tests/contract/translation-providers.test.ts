import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Apertium } from '../../src/queue/translation/apertium.ts';
import { AzureTranslator } from '../../src/queue/translation/azure.ts';
import { LibreTranslate } from '../../src/queue/translation/libretranslate.ts';
import { noTranslation } from '../../src/queue/translation/no-translation.ts';
import type { TranslationProvider } from '../../src/queue/translation/provider.ts';
import type { ServicePlace } from '../../src/queue/translation/service-call.ts';
import { TestClock } from '../harness/test-clock.ts';
import {
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from '../harness/vendor-server.ts';

/**
 * The three services by their documented answers, from a server on this machine that plays them. The words are invented; the shapes are the
 * vendors' own. A real Apertium is asked in tests/integration.
 */
let vendor: VendorServer;
let clock: TestClock;
let place: ServicePlace;
beforeEach(async () => {
  vendor = await startVendorServer();
  clock = new TestClock();
  place = { url: vendor.url, timers: clock, timeoutMs: 4_000 };
});
afterEach(async () => {
  await vendor.stop();
  if (clock.pending !== 0) throw new Error('a timer that nobody disposed');
});

const KEY = 'a-key-of-nobody';
const never = new AbortController().signal;
const ask = (
  provider: TranslationProvider,
  text = 'No puedo salir',
  from = 'es',
  to = 'en',
  signal = never,
) => provider.translate({ text, from, to, signal });
const troubleOf = async (provider: TranslationProvider) => {
  const answer = await ask(provider);
  return answer.kind === 'trouble' ? answer.trouble.kind : answer.kind;
};

interface Vendor {
  readonly name: string;
  readonly make: () => TranslationProvider;
  /** Whatever it asks before the first line. */
  readonly before: (request: VendorRequest) => VendorAnswer | null;
  readonly good: VendorAnswer;
}

const libreLanguages = [
  { code: 'en', name: 'English', targets: ['es', 'pl', 'zt'] },
  { code: 'es', name: 'Spanish', targets: ['en'] },
  { code: 'zt', name: 'Chinese (traditional)', targets: ['en'] },
  { code: 'pl', name: 'Polish', targets: ['es'] },
];

const vendors: readonly Vendor[] = [
  {
    name: 'Azure Translator',
    make: () => new AzureTranslator({ ...place, key: KEY, region: 'uksouth' }),
    before: () => null,
    good: { status: 200, body: [{ translations: [{ text: 'I cannot leave', to: 'en' }] }] },
  },
  {
    name: 'LibreTranslate',
    make: () => new LibreTranslate({ ...place, key: KEY }),
    before: ({ path }) => {
      if (path === '/languages') return { status: 200, body: libreLanguages };
      return path === '/spec' ? { status: 200, body: { info: { version: '1.9.6' } } } : null;
    },
    good: { status: 200, body: { translatedText: 'I cannot leave' } },
  },
  {
    name: 'Apertium',
    make: () => new Apertium({ ...place, version: 'apy 0.11.7' }),
    before: () => null,
    good: {
      status: 200,
      body: {
        responseData: { translatedText: 'I cannot leave' },
        responseDetails: null,
        responseStatus: 200,
      },
    },
  },
];

describe.each(vendors)('every translation service, here $name', ({ make, before, good }) => {
  const answers = (answer: VendorAnswer) => vendor.answer((request) => before(request) ?? answer);

  it('LG-05: gives the translation and the version that made it', async () => {
    answers(good);
    expect(await ask(make())).toMatchObject({ kind: 'translated', text: 'I cannot leave', leftWords: [] });
  });

  it('LG-09: that does not answer in time is slow, and nobody waits longer', async () => {
    let lines = 0;
    vendor.answer((request) => {
      const first = before(request);
      if (first === null) lines += 1;
      return first ?? 'silence';
    });
    const provider = make();
    const answer = ask(provider);
    await expect.poll(() => lines).toBe(1);
    clock.advance(4_000);
    expect(await answer).toMatchObject({ trouble: { kind: 'slow', afterMs: 4_000 } });
  });

  it('LG-09: that cuts the connection is asked once more, and then it is down', async () => {
    let cuts = 0;
    vendor.answer((request) => {
      const first = before(request);
      if (first !== null) return first;
      cuts += 1;
      return cuts === 1 ? 'cut' : good;
    });
    expect(await troubleOf(make())).toBe('translated');
    answers('cut');
    expect(await troubleOf(make())).toBe('down');
  });

  it('LG-09: that is not there or has broken down is down', async () => {
    const provider = make();
    const found: string[] = [];
    for (const answer of [
      { status: 500, body: {} },
      { status: 503, body: 'busy' },
    ]) {
      answers(answer);
      found.push(await troubleOf(provider));
    }
    await vendor.stop();
    found.push(await troubleOf(provider));
    expect(found).toEqual(['down', 'down', 'down']);
  });

  it('LG-14: that sends us elsewhere is not followed: key and words go where they were sent', async () => {
    const elsewhere = { status: 307, body: {}, headers: { location: `${vendor.url}/elsewhere` } };
    vendor.answer((request) => before(request) ?? (request.path === '/elsewhere' ? good : elsewhere));
    expect(await troubleOf(make())).toBe('down');
    expect(vendor.asked.map(({ path }) => path)).not.toContain('/elsewhere');
  });

  it('LG-09: that has been asked too much says when to come again', async () => {
    answers({ status: 429, body: { error: { code: 429000 } }, headers: { 'retry-after': '17' } });
    expect(await ask(make())).toMatchObject({ trouble: { kind: 'over-quota' }, retryAfterMs: 17_000 });
  });

  it('LG-09: that answers what cannot be read, or far too much, is told apart from one that is down', async () => {
    const provider = make();
    const found: string[] = [];
    for (const body of ['<html>', '{}', '[]', 'null', '"x"', `"${'x'.repeat(1_100_000)}"`]) {
      answers({ status: 200, body });
      found.push(await troubleOf(provider));
    }
    expect(new Set(found)).toEqual(new Set(['unreadable']));
  });

  it('LG-09: is left alone when nobody waits for the line any more', async () => {
    answers('silence');
    const nobody = new AbortController();
    const answer = ask(make(), 'No puedo salir', 'es', 'en', nobody.signal);
    await vendor.came(1);
    nobody.abort();
    expect(await answer).toMatchObject({ trouble: { kind: 'cancelled' } });
  });

  it('LG-10: gets the words in the body, never in the address', async () => {
    answers(good);
    await ask(make(), 'Mi número es 07700 900123');
    for (const { path, query } of vendor.asked)
      expect(`${path}?${query.toString()}`).not.toMatch(/07700|n%C3%BAmero/);
    expect(vendor.asked.at(-1)?.body).toMatch(/07700/);
  });
});

describe('Azure Translator', () => {
  const make = () => new AzureTranslator({ ...place, key: KEY, region: 'uksouth' });
  const fails = (status: number, code: number) =>
    vendor.answer(() => ({ status, body: { error: { code, message: 'as the vendor says it' } } }));

  it('LG-09: is asked as its version 3.0 wants: key and region in the head, plain text, both languages', async () => {
    vendor.answer(() => ({ status: 200, body: [{ translations: [{ text: 'x', to: 'en' }] }] }));
    await ask(make(), 'a < b', 'sr-Latn', 'en');
    const [request] = vendor.asked;
    expect([request?.method, request?.path, Object.fromEntries(request?.query ?? [])]).toEqual([
      'POST',
      '/translate',
      { 'api-version': '3.0', from: 'sr-Latn', to: 'en', textType: 'plain' },
    ]);
    expect(request?.headers).toMatchObject({
      'ocp-apim-subscription-key': KEY,
      'ocp-apim-subscription-region': 'uksouth',
    });
    expect(JSON.parse(request?.body ?? '')).toEqual([{ Text: 'a < b' }]);
  });

  it('LG-09: a global resource has no region', async () => {
    await ask(new AzureTranslator({ ...place, key: KEY, region: null }));
    expect(vendor.asked[0]?.headers).not.toHaveProperty('ocp-apim-subscription-region');
  });

  it.each([
    [401, 401000, 'wrong-key'],
    [401, 401015, 'wrong-key'],
    [403, 403000, 'wrong-key'],
    [403, 403001, 'over-quota'],
    [429, 429001, 'over-quota'],
    [400, 400050, 'too-long'],
    [400, 400077, 'too-long'],
    [400, 400019, 'unsupported'],
    [400, 400036, 'unsupported'],
    [400, 400035, 'unsupported'],
    [408, 408001, 'down'],
    [500, 500000, 'down'],
    [503, 503000, 'down'],
    [400, 400074, 'unreadable'],
  ])('LG-09: its %i with code %i is %s', async (status, code, kind) => {
    fails(status, code);
    expect(await troubleOf(make())).toBe(kind);
  });

  it('LG-01: tells its languages in our codes, and what our list does not know is left out', async () => {
    const row = { name: 'x', nativeName: 'x', dir: 'ltr' };
    vendor.answer(() => ({
      status: 200,
      body: { translation: { en: row, es: row, 'zh-Hans': row, 'fr-CA': row, qqq: row } },
    }));
    const codes = ['es', 'zh-Hans', 'fr-ca'];
    expect(await make().languages(never)).toEqual({ kind: 'known', intoEnglish: codes, fromEnglish: codes });
  });

  it('LG-09: its health is proved by a translation of nobody’s words', async () => {
    fails(401, 401000);
    expect(await make().health(never)).toMatchObject({ trouble: { kind: 'wrong-key' } });
    expect(JSON.parse(vendor.asked[0]?.body ?? '')).toEqual([{ Text: 'Hello.' }]);
  });
});

describe('LibreTranslate', () => {
  const make = () => new LibreTranslate({ ...place, key: KEY });
  const server = (answer: VendorAnswer) =>
    vendor.answer(({ path }) => {
      if (path === '/languages') return { status: 200, body: libreLanguages };
      return path === '/spec' ? { status: 200, body: { info: { version: '1.9.6' } } } : answer;
    });

  it('LG-09: is asked in its own codes, with the key in the body, and its languages only once', async () => {
    server({ status: 200, body: { translatedText: 'x' } });
    const provider = make();
    await ask(provider, 'x', 'zh-Hant', 'en');
    expect(await ask(provider)).toMatchObject({ version: '1.9.6' });
    const lines = vendor.asked
      .filter(({ path }) => path === '/translate')
      .map(({ body }) => JSON.parse(body) as unknown);
    expect(lines).toEqual([
      { q: 'x', source: 'zt', target: 'en', format: 'text', api_key: KEY },
      { q: 'No puedo salir', source: 'es', target: 'en', format: 'text', api_key: KEY },
    ]);
    expect(vendor.asked.filter(({ path }) => path === '/languages')).toHaveLength(1);
  });

  it('LG-01: tells which languages go into English and which come out of it', async () => {
    server({ status: 200, body: {} });
    expect(await make().languages(never)).toEqual({
      kind: 'known',
      intoEnglish: ['es', 'zh-Hant'],
      fromEnglish: ['es', 'pl', 'zh-Hant'],
    });
  });

  it('LG-09: a language it does not have is not asked for', async () => {
    server({ status: 200, body: { translatedText: 'x' } });
    expect(await ask(make(), 'x', 'so', 'en')).toMatchObject({
      trouble: { kind: 'unsupported', from: 'so', to: 'en' },
    });
    expect(vendor.asked.some(({ path }) => path === '/translate')).toBe(false);
  });

  it.each([
    [403, 'Invalid API key', 'wrong-key'],
    [403, 'Too many request limits violations', 'over-quota'],
    [400, 'Please contact the server operator to get an API key', 'wrong-key'],
    [400, 'Invalid request: request (900) exceeds text limit (500)', 'too-long'],
    [400, 'xx is not supported', 'unsupported'],
    [400, 'Polish (pl) is not available as a target language from Welsh (cy)', 'unsupported'],
    [429, 'Slowdown: 10 per 1 minute', 'over-quota'],
    [500, 'Cannot translate text: x', 'down'],
    [400, 'Invalid JSON format', 'unreadable'],
  ])('LG-09: its %i “%s” is %s', async (status, error, kind) => {
    server({ status, body: { error } });
    expect(await troubleOf(make())).toBe(kind);
  });

  it('LG-09: a server without a version or without a key is used all the same', async () => {
    vendor.answer(({ path }) => {
      if (path === '/languages') return { status: 200, body: libreLanguages };
      return path === '/spec' ? { status: 404, body: 'no' } : { status: 200, body: { translatedText: 'x' } };
    });
    expect(await ask(new LibreTranslate({ ...place, key: null }))).toMatchObject({ text: 'x', version: '' });
    expect(vendor.asked.at(-1)?.body).not.toMatch(/api_key/);
  });
});

describe('Apertium', () => {
  const make = () => new Apertium({ ...place, version: 'apy 0.11.7' });
  const says = (translatedText: string) =>
    vendor.answer(() => ({ status: 200, body: { responseData: { translatedText } } }));

  it('LG-07: words that it marks as unknown are told, without its marks; names and codes are not', async () => {
    says('We sleep, at night there is *zamek on the door of *Larkmere *SG1 9*VO');
    expect(await ask(make(), 'x', 'es', 'en')).toEqual({
      kind: 'translated',
      text: 'We sleep, at night there is zamek on the door of Larkmere SG1 9VO',
      version: 'apy 0.11.7',
      leftWords: ['zamek'],
    });
    expect(Object.fromEntries(new URLSearchParams(vendor.asked[0]?.body))).toEqual({
      langpair: 'spa|eng',
      q: 'x',
      format: 'txt',
      markUnknown: 'yes',
    });
  });

  it('LG-07: stars that the person typed are not taken for its marks', async () => {
    says('*help* me');
    expect(await ask(make(), '*ayuda* me')).toMatchObject({ text: '*help* me', leftWords: [] });
    expect(new URLSearchParams(vendor.asked[0]?.body).get('markUnknown')).toBe('no');
  });

  it('LG-07: its mark of a word that it could not bend is read by nobody; one that the person typed stays', async () => {
    says('My husband has #paste me');
    expect(await ask(make(), 'Mi marido me ha pegado')).toMatchObject({
      text: 'My husband has paste me',
      leftWords: [],
    });
    says('#help me');
    expect(await ask(make(), '#ayuda me')).toMatchObject({ text: '#help me' });
  });

  it('LG-09: a pair that is not installed is unsupported', async () => {
    vendor.answer(() => ({
      status: 400,
      body: { status: 'error', code: 400, message: 'Bad Request', explanation: 'That pair is not installed' },
    }));
    expect(await troubleOf(make())).toBe('unsupported');
  });

  it('LG-01: tells its pairs with English', async () => {
    const pair = (sourceLanguage: string, targetLanguage: string) => ({ sourceLanguage, targetLanguage });
    vendor.answer(() => ({
      status: 200,
      body: {
        responseData: [pair('spa', 'eng'), pair('eng', 'spa'), pair('spa', 'cat'), pair('xxx', 'eng')],
      },
    }));
    expect(await make().languages(never)).toEqual({
      kind: 'known',
      intoEnglish: ['es'],
      fromEnglish: ['es'],
    });
    expect(await make().health(never)).toBe(null);
  });
});

describe('no service', () => {
  it('LG-09: says that there is none, and asks nobody', async () => {
    expect(await troubleOf(noTranslation)).toBe('none');
    expect(await noTranslation.health(never)).toMatchObject({ trouble: { kind: 'none' } });
  });
});

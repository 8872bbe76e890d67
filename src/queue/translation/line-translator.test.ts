import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import type { LogFields } from '../../platform/log.ts';
import type { Reading } from '../../shared/domain/language/detection.ts';
import type { ServiceState, TranslationTrouble } from '../../shared/domain/language/translation.ts';
import type { Detector } from './detector.ts';
import { LineTranslator, type LineToTranslate } from './line-translator.ts';
import {
  troubled,
  type ProviderAnswer,
  type TranslationProvider,
  type TranslationRequest,
} from './provider.ts';

const nothing: Reading = { scores: [], isReliable: false };
const detectorOf = (read: (text: string) => Reading = () => nothing): Detector => ({ read });

/** A service whose answers the test gives, each when it wants. */
function aService(longest = 5_000) {
  const asked: (TranslationRequest & { readonly answer: (answer: ProviderAnswer) => void })[] = [];
  const provider: TranslationProvider = {
    engine: 'apertium',
    longest,
    translate: (request) =>
      new Promise((resolve) => {
        asked.push({ ...request, answer: resolve });
      }),
    languages: () => Promise.resolve({ kind: 'known', intoEnglish: [], fromEnglish: [] }),
    health: () => Promise.resolve(null),
  };
  return { asked, provider };
}

const made = (text: string): ProviderAnswer => ({
  kind: 'translated',
  text,
  version: '0.11.7',
  leftWords: [],
});

function aTranslator({ longest, detector = detectorOf() }: { longest?: number; detector?: Detector } = {}) {
  const service = aService(longest);
  const clock = new TestClock();
  const logged: [string, LogFields | undefined][] = [];
  const note = (message: string, fields?: LogFields) => void logged.push([message, fields]);
  const log = { info: note, warn: note, error: note };
  const translator = new LineTranslator({ provider: service.provider, detector, clock, log });
  const states: ServiceState[] = [];
  translator.stateChanged.subscribe((state) => void states.push(state));
  const ask = (text: string, over: Partial<LineToTranslate> = {}) =>
    translator.translateLine({
      text,
      from: 'es',
      to: 'en',
      by: 'line',
      conversation: 'chat-1',
      signal: new AbortController().signal,
      ...over,
    });
  /** Lets what was asked for reach the service. */
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Asks for a line and has the service answer it. */
  const met = async (answer: ProviderAnswer, text = `line ${service.asked.length}`) => {
    const before = service.asked.length;
    const line = ask(text);
    await settle();
    service.asked[before]?.answer(answer);
    return line;
  };
  return { ...service, clock, logged, translator, states, ask, settle, met };
}

const kindOf = (outcome: Awaited<ReturnType<LineTranslator['translateLine']>>): string =>
  outcome.kind === 'translated' ? outcome.translation.text : outcome.trouble.kind;

describe('a line and its translation', () => {
  it('LG-05: the translation stands beside the original with engine, version, time and how the language was settled', async () => {
    const { met, clock } = aTranslator();
    const outcome = await met(made('I can leave'), 'No puedo salir');
    expect(outcome).toEqual({
      kind: 'translated',
      translation: {
        text: 'I can leave',
        from: 'es',
        to: 'en',
        by: 'line',
        engine: 'apertium',
        version: '0.11.7',
        at: clock.now(),
        doubts: [{ kind: 'negation', original: { least: 1, most: 1 }, translation: { least: 0, most: 0 } }],
        unchecked: [],
      },
    });
  });

  it('LG-09: nothing for something is no translation', async () => {
    const { met } = aTranslator();
    expect(kindOf(await met(made('  ')))).toBe('unreadable');
  });

  it('LG-09: a line that is too long is not sent', async () => {
    const { ask, asked } = aTranslator({ longest: 10 });
    expect(await ask('x'.repeat(11))).toEqual({
      kind: 'untranslated',
      trouble: { kind: 'too-long', limit: 10 },
    });
    expect(asked).toHaveLength(0);
  });

  it('LG-10: the same words within minutes are asked for once, looked over each time, and then forgotten', async () => {
    const { met, ask, asked, clock, translator } = aTranslator();
    await met(made('You are safe'), 'Estás a salvo');
    const again = await ask('Estás a salvo', { by: 'guess' });
    expect([kindOf(again), asked.length]).toEqual(['You are safe', 1]);
    expect(again).toMatchObject({ translation: { doubts: [{ kind: 'language-unsure' }] } });
    expect(kindOf(await met(made('Other'), 'Otra'))).toBe('Other');
    clock.advance(10 * 60_000);
    void ask('Estás a salvo');
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(asked).toHaveLength(3);
    translator[Symbol.dispose]();
  });

  it('LG-10: another pair of languages is another translation', async () => {
    const { met, ask, asked, settle } = aTranslator();
    await met(made('x'), 'no');
    void ask('no', { from: 'it' });
    await settle();
    expect(asked.map(({ from }) => from)).toEqual(['es', 'it']);
  });
});

describe('a service with trouble', () => {
  it('LG-09: while it rests every line is told so at once; afterwards it is asked again, and the desks see both', async () => {
    const { met, ask, asked, clock, translator, states, logged } = aTranslator();
    expect(kindOf(await met(troubled({ kind: 'down' })))).toBe('down');
    expect(kindOf(await ask('another'))).toBe('down');
    expect(asked).toHaveLength(1);
    expect(translator.state).toMatchObject({ trouble: { kind: 'down' }, againAt: clock.now() + 2_000 });
    clock.advance(2_000);
    expect(kindOf(await met(made('fine')))).toBe('fine');
    expect(states.map(({ trouble, againAt }) => [trouble?.kind ?? null, againAt === null])).toEqual([
      ['down', false],
      [null, true],
    ]);
    expect(logged).toEqual([
      ['the translation service has trouble', { engine: 'apertium', trouble: 'down' }],
      ['the translation service works again', { engine: 'apertium' }],
    ]);
  });

  it('LG-09: one slow answer does not shut the others out; two in a row do', async () => {
    const slow = troubled({ kind: 'slow', afterMs: 4_000 });
    const { met, ask, asked } = aTranslator();
    await met(slow);
    expect(kindOf(await met(made('in time')))).toBe('in time');
    await met(slow);
    await met(slow);
    expect([kindOf(await ask('next')), asked.length]).toEqual(['slow', 4]);
  });

  it('LG-09: a service that names the time to come again is left alone so long', async () => {
    const { met, ask, asked, clock } = aTranslator();
    await met(troubled({ kind: 'over-quota' }, 30_000));
    clock.advance(29_999);
    expect([kindOf(await ask('x')), asked.length]).toEqual(['over-quota', 1]);
    clock.advance(1);
    expect(kindOf(await met(made('y')))).toBe('y');
  });

  it('LG-09: what one line alone met is no trouble of the service', async () => {
    const troubles: readonly TranslationTrouble[] = [
      { kind: 'unsupported', from: 'so', to: 'en' },
      { kind: 'too-long', limit: 1 },
      { kind: 'cancelled' },
    ];
    const { met, translator } = aTranslator();
    for (const trouble of troubles) {
      expect(kindOf(await met(troubled(trouble)))).toBe(trouble.kind);
      expect(translator.state.trouble).toBe(null);
    }
  });

  it('LG-09: lines that wait behind one that met trouble are told, and not tried one by one', async () => {
    const { ask, asked, settle } = aTranslator();
    const lines = Array.from({ length: 6 }, (_, n) => ask(`line ${n}`));
    await settle();
    expect(asked).toHaveLength(2);
    for (const { answer } of asked) answer(troubled({ kind: 'down' }));
    expect((await Promise.all(lines)).map(kindOf)).toEqual(Array.from({ length: 6 }, () => 'down'));
    expect(asked).toHaveLength(2);
  });

  it('LG-09: its check tells every desk how it stands', async () => {
    const { translator, states } = aTranslator();
    expect(await translator.checkService(new AbortController().signal)).toMatchObject({ trouble: null });
    // What it translates is told with it.
    expect(states.map(({ trouble, languages }) => [trouble, languages?.intoEnglish])).toEqual([[null, []]]);
  });
});

describe('many lines at once', () => {
  it('LG-11: one person’s flood waits for its turn, and a line of another goes past it', async () => {
    const { ask, asked, settle } = aTranslator();
    const flood = Array.from({ length: 30 }, (_, n) => ask(`flood ${n}`));
    const other = ask('help', { conversation: 'chat-2' });
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['flood 0', 'flood 1', 'help']);
    asked[2]?.answer(made('ayuda'));
    expect(kindOf(await other)).toBe('ayuda');
    const done = Promise.all(flood);
    for (let n = 0; n < 40; n += 1) {
      for (const { answer, text } of asked) answer(made(`done ${text}`));
      await settle();
    }
    const kinds = (await done).map(kindOf);
    expect(kinds.filter((kind) => kind === 'busy')).toHaveLength(8);
    expect(kinds.slice(0, 22)).toEqual(Array.from({ length: 22 }, (_, n) => `done flood ${n}`));
  });

  it('LG-11: a line nobody waits for is not asked for', async () => {
    const { ask, asked, settle } = aTranslator();
    const gone = new AbortController();
    const lines = [ask('one'), ask('two'), ask('three', { signal: gone.signal })];
    await settle();
    gone.abort();
    for (const { answer } of asked) answer(made('x'));
    expect((await Promise.all(lines)).map(kindOf)).toEqual(['x', 'x', 'cancelled']);
    expect(asked).toHaveLength(2);
  });

  it('LG-10: nothing that was written is ever logged', async () => {
    const { met, logged } = aTranslator();
    await met(troubled({ kind: 'wrong-key' }), 'Me llamo Ana Zielińska, 07700 900123');
    expect(JSON.stringify(logged)).not.toMatch(/Ana|07700/);
    expect(logged).toHaveLength(1);
  });
});

describe('the language of a line', () => {
  const spanish: Reading = { scores: [{ tag: 'es', score: 0.8 }], isReliable: true };

  it('LG-02: a short line is read with those before it', () => {
    const { translator } = aTranslator({
      detector: detectorOf((text) => (text.length > 20 ? spanish : nothing)),
    });
    const before = ['Mi jefe tiene mi pasaporte y no puedo salir'];
    expect(translator.readLine({ text: 'sí', before, chosen: null, told: null })).toMatchObject({
      language: { code: 'es', from: 'conversation' },
      isForeign: true,
    });
    expect(translator.readLine({ text: 'sí', before: [], chosen: null, told: null })).toMatchObject({
      language: null,
      isForeign: false,
    });
  });

  it('LG-03: two Latin words are not worth a guess; two words in other letters are', () => {
    const scores = [{ tag: 'vi', score: 0.6 }];
    const { translator } = aTranslator({ detector: detectorOf(() => ({ scores, isReliable: false })) });
    const read = (text: string) => translator.readLine({ text, before: [], chosen: null, told: null });
    expect([read('hi ok').isForeign, read('помогите').isForeign, read('hi ok').language?.from]).toEqual([
      false,
      true,
      'guess',
    ]);
  });

  it('LG-04: what the handler chose is the language, whatever is read', () => {
    const { translator } = aTranslator({ detector: detectorOf(() => spanish) });
    const text = 'Mi jefe tiene mi pasaporte y no puedo salir';
    const reading = translator.readLine({ text, before: [], chosen: 'gl', told: 'es' });
    expect([reading.language, reading.line.language]).toEqual([{ code: 'gl', from: 'chosen' }, 'es']);
  });
});

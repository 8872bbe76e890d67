import { describe, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { lineInLanguageSchema } from '../../shared/contract/language-schemas.ts';
import type { Reading } from '../../shared/domain/language/detection.ts';
import { asContactId, type ContactId } from '../../shared/domain/ids.ts';
import type { LineInLanguage } from '../../shared/domain/language/lines.ts';
import { ContactLines } from './contact-lines.ts';
import { LineTranslator } from './line-translator.ts';
import { troubled, type ProviderAnswer, type TranslationProvider } from './provider.ts';

const c1 = asContactId('c1');
const c2 = asContactId('c2');
const spanish: Reading = { scores: [{ tag: 'es', score: 0.8 }], isReliable: true };
const english: Reading = { scores: [{ tag: 'en', score: 0.8 }], isReliable: true };
const detector = { read: (text: string) => (/[áéíóúñ¿]|\b(no|que)\b/.test(text) ? spanish : english) };

function aDesk({ answer, fails = false }: { answer?: ProviderAnswer | 'never'; fails?: boolean } = {}) {
  const asked: string[] = [];
  const provider: TranslationProvider = {
    engine: 'apertium',
    longest: 5_000,
    translate: ({ text, from, to, signal }) => {
      asked.push(`${from}>${to}: ${text}`);
      if (answer === 'never')
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => resolve(troubled({ kind: 'cancelled' })));
        });
      return Promise.resolve(
        answer ?? { kind: 'translated', text: `[${text}]`, version: '1', leftWords: [] },
      );
    },
    languages: () => Promise.resolve({ kind: 'known', intoEnglish: [], fromEnglish: [] }),
    health: () => Promise.resolve(null),
  };
  const clock = new TestClock();
  const kept: { contact: ContactId; line: LineInLanguage }[] = [];
  const translator = new LineTranslator({ provider, detector, clock, log: silentLogger });
  const keep = (contact: ContactId, line: LineInLanguage) => {
    if (fails) return Promise.reject(new Error('the store is away'));
    kept.push({ contact, line: lineInLanguageSchema.parse(JSON.parse(JSON.stringify(line))) });
    return Promise.resolve();
  };
  const lines = new ContactLines({ translator, keep, clock, log: silentLogger });
  const says = (text: string, over: Partial<Parameters<ContactLines['takePublic']>[0]> = {}) =>
    lines.takePublic({
      ...{ contact: c1, line: 'm1', text, before: [], chosen: null, told: null, isAnswer: false },
      ...over,
    });
  return { lines, says, kept, asked };
}

const foreign = 'Mi jefe dice que no puedo salir de la casa';

describe('a line that was committed, and its translation', () => {
  it('LG-02, LG-05: a foreign line leaves its reading and its translation, under its own name and in a shape that can be stored', async () => {
    const { says, kept, asked } = aDesk();
    await says(foreign);
    expect(asked).toEqual([`es>en: ${foreign}`]);
    expect(kept).toMatchObject([
      {
        contact: c1,
        line: {
          line: 'm1',
          reading: { language: 'es', unsure: null },
          language: { code: 'es', from: 'line' },
          outcome: { kind: 'translated', translation: { text: `[${foreign}]`, engine: 'apertium' } },
        },
      },
    ]);
  });

  it('LG-02: a line in English leaves nothing, and nobody is asked', async () => {
    const { says, kept, asked } = aDesk();
    await says('He is outside banging on the door');
    expect([kept, asked]).toEqual([[], []]);
  });

  it('LG-04: a line is translated from what the handler chose', async () => {
    const { says, asked, kept } = aDesk();
    await says('He is outside banging on the door', { chosen: 'cy' });
    expect([asked, kept[0]?.line.language]).toEqual([
      ['cy>en: He is outside banging on the door'],
      { code: 'cy', from: 'chosen' },
    ]);
  });

  it('LG-09: trouble is kept with the line: every desk sees why it is not translated', async () => {
    const { says, kept } = aDesk({ answer: troubled({ kind: 'over-quota' }) });
    await says(foreign);
    expect(kept[0]?.line.outcome).toEqual({ kind: 'untranslated', trouble: { kind: 'over-quota' } });
  });

  it('LG-12: the handler’s English is translated into the person’s language, and both are kept', async () => {
    const { lines, kept, asked } = aDesk();
    const to = { code: 'es', from: 'conversation' } as const;
    const outcome = await lines.takeHandler({ contact: c1, line: 'r1', text: 'Are you safe?', to });
    expect(asked).toEqual(['en>es: Are you safe?']);
    expect(outcome).toMatchObject({ kind: 'translated', translation: { text: '[Are you safe?]', to: 'es' } });
    expect(kept[0]?.line).toMatchObject({ line: 'r1', reading: null, language: to, outcome });
  });

  it('LG-11: when the conversation is over, what nobody will read is broken off, and of this contact alone', async () => {
    const { lines, says, kept } = aDesk({ answer: 'never' });
    const one = says(foreign);
    const other = says(foreign, { contact: c2 });
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(lines.size).toBe(2);
    lines.stop(c1);
    await one;
    expect([lines.size, kept.map(({ contact, line }) => [contact, line.outcome])]).toEqual([
      1,
      [[c1, { kind: 'untranslated', trouble: { kind: 'cancelled' } }]],
    ]);
    lines[Symbol.dispose]();
    await other;
    expect(lines.size).toBe(0);
  });

  it('LG-05: a translation that cannot be kept takes nothing else with it', async () => {
    const { lines, says } = aDesk({ fails: true });
    await says(foreign);
    const to = { code: 'es', from: 'chosen' } as const;
    const outcome = await lines.takeHandler({ contact: c1, line: 'r1', text: 'Are you safe?', to });
    expect([outcome.kind, lines.size]).toEqual(['translated', 0]);
  });
});

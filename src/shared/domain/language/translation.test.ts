import { describe, expect, it } from 'vitest';
import {
  isOfService,
  madeBy,
  troubleAhead,
  troubleSentence,
  type ServiceState,
  type TranslationTrouble,
} from './translation.ts';

const every: readonly TranslationTrouble[] = [
  { kind: 'none' },
  { kind: 'slow', afterMs: 4_000 },
  { kind: 'down' },
  { kind: 'over-quota' },
  { kind: 'wrong-key' },
  { kind: 'unsupported', from: 'so', to: 'en' },
  { kind: 'too-long', limit: 5_000 },
  { kind: 'unreadable' },
  { kind: 'busy' },
  { kind: 'language-unknown' },
  { kind: 'cancelled' },
];

describe('why there is no translation', () => {
  it('LG-09: every trouble is a plain sentence of its own', () => {
    const sentences = every.map(troubleSentence);
    expect(new Set(sentences).size).toBe(every.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(troubleSentence({ kind: 'unsupported', from: 'so', to: 'en' })).toBe(
      'The translation service does not translate from Somali into English. Use an interpreter.',
    );
  });

  it('LG-09: what the next line would meet as well is told apart from what this line alone met', () => {
    expect(every.filter(isOfService).map(({ kind }) => kind)).toEqual([
      'slow',
      'down',
      'over-quota',
      'wrong-key',
      'unreadable',
    ]);
  });

  it('LG-05: a translation says who made it', () => {
    expect([
      madeBy({ engine: 'apertium', version: '0.11.7' }),
      madeBy({ engine: 'azure', version: '' }),
    ]).toEqual(['Apertium 0.11.7', 'Azure Translator']);
  });
});

describe('what a line of ours will meet', () => {
  const service: ServiceState = {
    ...{ engine: 'azure', version: '3.0', trouble: null, againAt: null },
    languages: { intoEnglish: ['so', 'es'], fromEnglish: ['es'] },
  };

  it('LG-12, LG-15: is known before it is sent: no service, its trouble, a language it does not have', () => {
    const down = { kind: 'down' } as const;
    expect([
      troubleAhead(null, 'es'),
      troubleAhead({ ...service, trouble: down }, 'es'),
      troubleAhead(service, 'es'),
      troubleAhead(service, 'so'),
      // While it has not said, its dated list counts.
      troubleAhead({ ...service, languages: null }, 'so'),
      troubleAhead({ ...service, languages: null }, 'rom'),
    ]).toEqual([
      { kind: 'none' },
      down,
      null,
      { kind: 'unsupported', from: 'en', to: 'so' },
      null,
      { kind: 'unsupported', from: 'en', to: 'rom' },
    ]);
  });
});

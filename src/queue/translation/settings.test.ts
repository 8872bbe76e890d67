import { describe, expect, it } from 'vitest';
import { systemTimers } from '../../platform/clock.ts';
import { openProvider, readTranslationSettings } from './settings.ts';

const read = (engine: string, url: string | null = null, environment: Record<string, string> = {}) =>
  readTranslationSettings({ engine, url }, environment);

describe('how a translation service is set up', () => {
  it('LG-14: the key comes from the surroundings and from nowhere else', () => {
    expect(read('azure', null, { TRANSLATION_KEY: ' k ', TRANSLATION_REGION: 'uksouth' })).toMatchObject({
      engine: 'azure',
      key: 'k',
      region: 'uksouth',
    });
    expect(() => read('azure')).toThrow('TRANSLATION_KEY');
  });

  it('LG-14: words of the public leave the machine only sealed', () => {
    expect(() => read('libretranslate', 'http://translate.example')).toThrow('must be https');
    expect(() => read('libretranslate', 'ftp://127.0.0.1')).toThrow('must be https');
    expect(read('libretranslate', 'https://translate.example/lt/').url).toBe('https://translate.example/lt');
    expect(read('apertium', 'http://127.0.0.1:2737').url).toBe('http://127.0.0.1:2737');
    expect(read('apertium', 'http://[::1]:2737').url).toBe('http://[::1]:2737');
    expect(() => read('apertium', 'https://me:secret@translate.example')).toThrow('no name');
  });

  it('LG-09: what cannot be followed is said in a sentence before anything starts', () => {
    expect(() => read('babelfish')).toThrow(
      '--translation is one of: azure, libretranslate, apertium, none.',
    );
    expect(() => read('apertium')).toThrow('needs --translation-url');
    expect(() => read('apertium', 'here')).toThrow('is not an address');
  });

  it('LG-09: every engine opens as itself', () => {
    const engines = [
      read('azure', null, { TRANSLATION_KEY: 'k' }),
      read('libretranslate', 'https://translate.example'),
      read('apertium', 'http://localhost:2737'),
      read('none'),
    ].map((settings) => openProvider(settings, systemTimers).engine);
    expect(engines).toEqual(['azure', 'libretranslate', 'apertium', 'none']);
  });
});

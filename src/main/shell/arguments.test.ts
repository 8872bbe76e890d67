import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const plain = { queue: null, profile: 'desk', realm: 'demo', handler: '1000', data: null, screenshot: null };

describe('how a desk is started', () => {
  it.each([
    ['without words, it is the demo desk without a queue', [], plain],
    [
      'an address and a profile are taken as they are typed',
      ['--queue', 'ws://127.0.0.1:8181/desk', '--profile', 'front-2'],
      { ...plain, queue: 'ws://127.0.0.1:8181/desk', profile: 'front-2' },
    ],
    ['values may follow an equals sign', ['--realm=live', '--handler=2041'], { ...plain, realm: 'live', handler: '2041' }],
    [
      'Chromium’s own switches and the folder of the program are passed over',
      ['--no-sandbox', '--remote-debugging-port=0', '.', '--profile', 'a'],
      { ...plain, profile: 'a' },
    ],
  ])('%s', (_title, words, value) => {
    expect(parseArguments(words)).toEqual({ ok: true, value });
  });

  it.each([
    ['a profile that is not a name could name another folder', ['--profile', '../other'], 'profile'],
    ['training is not chosen by a realm', ['--realm', 'training'], 'realm'],
    ['a realm nobody knows', ['--realm', 'test'], 'realm'],
    ['a handler’s number with other signs in it', ['--handler', '10 00'], 'handler'],
    ['a word without its value', ['--queue'], 'queue'],
  ])('refuses in a sentence, with the usage: %s', (_title, words, about) => {
    const parsed = parseArguments(words);
    expect(parsed.ok ? '' : parsed.sentence).toContain(about);
    expect(parsed.ok ? '' : parsed.sentence).toContain('usage:');
  });
});

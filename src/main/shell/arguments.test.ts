import { describe, expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const queue = 'ws://127.0.0.1:8181/desk';
const plain = { queue, profile: 'desk', realm: 'demo', data: null, screenshot: null, demoSignIn: null };

describe('how a desk is started', () => {
  it.each([
    ['with an address alone, it is the demo desk', ['--queue', queue], plain],
    [
      'an address and a profile are taken as they are typed',
      ['--queue', 'wss://queue.example', '--profile', 'front-2'],
      { ...plain, queue: 'wss://queue.example', profile: 'front-2' },
    ],
    ['values may follow an equals sign', [`--queue=${queue}`, '--realm=live'], { ...plain, realm: 'live' }],
    [
      'a picture of the demo may be of a signed-in desk',
      ['--queue', queue, '--demo-sign-in', '1001'],
      { ...plain, demoSignIn: '1001' },
    ],
    [
      'Chromium’s own switches and the folder of the program are passed over',
      ['--no-sandbox', '--remote-debugging-port=0', '.', '--queue', queue, '--profile', 'a'],
      { ...plain, profile: 'a' },
    ],
  ])('%s', (_title, words, value) => {
    expect(parseArguments(words)).toEqual({ ok: true, value });
  });

  it.each([
    ['no queue to connect to', [], '--queue'],
    [
      'a profile that is not a name could name another folder',
      ['--queue', queue, '--profile', '../other'],
      'profile',
    ],
    ['training is not chosen by a realm', ['--queue', queue, '--realm', 'training'], 'realm'],
    [
      'somebody is signed in by themselves in the demo only',
      ['--queue', queue, '--realm', 'live', '--demo-sign-in', '1001'],
      'demo realm only',
    ],
    ['a realm nobody knows', ['--queue', queue, '--realm', 'test'], 'realm'],
    ['a word without its value', ['--queue'], 'queue'],
  ])('refuses in a sentence, with the usage: %s', (_title, words, about) => {
    const parsed = parseArguments(words);
    expect(parsed.ok ? '' : parsed.sentence).toContain(about);
    expect(parsed.ok ? '' : parsed.sentence).toContain('usage:');
  });
});

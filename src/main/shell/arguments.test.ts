import { describe, expect, it } from 'vitest';
import { parseArguments, wordsOfTraining } from './arguments.ts';

const queue = 'ws://127.0.0.1:8181/desk';
const plain = {
  queue,
  profile: 'desk',
  realm: 'demo',
  scenario: null,
  data: null,
  screenshot: null,
  demoSignIn: null,
};
const practised = { ...plain, queue: null, realm: 'training', scenario: 'E01' };

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
    ['TS-01: training needs no queue, and has a realm of its own', ['--training'], practised],
    [
      'TS-01: what is practised may be named, and whose profile it is beside',
      ['--no-sandbox', '.', '--training', '--scenario', 'E02', '--profile', 'a', '--data', '/d'],
      { ...practised, scenario: 'E02', profile: 'a', data: '/d' },
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
    ['TS-01: training with a queue', ['--training', '--queue', queue], '--queue does not go'],
    ['TS-01: training in another realm', ['--training', '--realm', 'live'], '--realm does not go'],
    ['TS-01: training as somebody', ['--training', '--demo-sign-in', '1001'], '--demo-sign-in does not go'],
    ['TS-01: a scenario that is no name', ['--training', '--scenario', '../E02'], 'scenario'],
    ['TS-01: a scenario at a live desk', ['--queue', queue, '--scenario', 'E02'], 'training only'],
    ['a realm nobody knows', ['--queue', queue, '--realm', 'test'], 'realm'],
    ['a word without its value', ['--queue'], 'queue'],
  ])('refuses in a sentence, with the usage: %s', (_title, words, about) => {
    const parsed = parseArguments(words);
    expect(parsed.ok ? '' : parsed.sentence).toContain(about);
    expect(parsed.ok ? '' : parsed.sentence).toContain('usage:');
  });
});

describe('the way from the sign-in page into training', () => {
  it.each([
    [
      'a demo desk',
      [
        '--no-sandbox',
        '.',
        '--queue',
        queue,
        '--profile',
        'a',
        '--realm',
        'demo',
        '--data',
        '/d',
        '--demo-sign-in',
        '1001',
      ],
      ['--no-sandbox', '.', '--profile', 'a', '--data', '/d', '--training'],
    ],
    ['values behind an equals sign', [`--queue=${queue}`, '--realm=live', '.'], ['.', '--training']],
  ])(
    'TS-01: keeps the profile and the browser’s switches, and nothing that names a queue: %s',
    (_title, words, kept) => {
      const next = wordsOfTraining(words);
      expect(next).toEqual(kept);
      expect(parseArguments(next)).toMatchObject({ ok: true, value: { realm: 'training', queue: null } });
    },
  );
});

import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('D-07: the options of the demand generator', () => {
  it('have defaults that fit the queue beside it', () => {
    expect(readOptions([])).toEqual({
      queue: 'http://127.0.0.1:8181',
      keyFile: '.local/queue/intake-keys.json',
      source: 'demo',
      actsPort: null,
      rate: 1,
      seed: 1,
      from: null,
      atOnce: 0,
      count: null,
      lastsMs: null,
    });
  });

  it('are taken as they are written, the start by the clock on the wall in Hertfordshire', () => {
    const args =
      '--queue http://[::1]:9/ --rate 2.5 --seed 0 --from 2026-07-01T22:00 --for 24h --count 5 --at-once 8';
    expect(readOptions(args.split(' '))).toMatchObject({
      queue: 'http://[::1]:9',
      rate: 2.5,
      seed: 0,
      from: Date.UTC(2026, 6, 1, 21),
      lastsMs: 86_400_000,
      count: 5,
      atOnce: 8,
    });
  });

  it.each([
    ['--queue file:///intake', /^--queue must be the address of a queue without a path/],
    ['--queue http://127.0.0.1:8181/intake', /^--queue /],
    ['--queue 127.0.0.1:8181', /^--queue /],
    ['--key-file=', /^--key-file must name/],
    ['--source Demo!', /^--source must be/],
    ['--rate 0', /^--rate must be a number from 1 to 1000\.$/],
    ['--rate 1001', /^--rate /],
    ['--rate 1e2', /^--rate /],
    ['--rate fast', /^--rate /],
    ['--seed x', /^--seed must be a whole number/],
    ['--seed=-1', /^--seed /],
    ['--count 0', /^--count must be a whole number from 1/],
    ['--at-once 2.5', /^--at-once must be a whole number/],
    ['--for 0s', /^--for must be a length of time/],
    ['--for day', /^--for /],
    ['--from now', /^--from must be a date and a time such as/],
    ['--from 2026-13-21T22:00', /^--from must be/],
    ['--from 2026-03-29T01:30', /^--from 2026-03-29T01:30: no clock in Hertfordshire shows that time/],
    ['--intake http://127.0.0.1:8181', /Unknown option '--intake'/],
  ])('%s is refused with a sentence', (args, sentence) => {
    expect(() => readOptions(args.split(' '))).toThrow(sentence);
  });
});

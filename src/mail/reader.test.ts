import { expect, test } from 'vitest';
import { silentLogger } from '../platform/log.ts';
import type { Mailbox } from './mailbox.ts';
import { NO_ANSWER, type QueueDoor } from './queue-door.ts';
import { readForEver } from './reader.ts';

const source = (n: number): Buffer =>
  Buffer.from(`From: ann@example.com\r\nTo: desk@herts.example\r\nSubject: Mail ${n}\r\n\r\nWords ${n}.\r\n`);

/** A mailbox with three e-mails, read until the queue has been asked for all of them twice. */
async function readTwice(
  answerTo: (title: string) => 'received' | 'later' | 'refused',
  why: string,
  // Of the folder in each round, which opens it anew.
  uidValidities: readonly [string, string] | null = null,
) {
  const seen = new Set<number>();
  const asked: string[] = [];
  const stop = new AbortController();
  let rounds = 0;
  const rest = (): Promise<void> => {
    rounds += 1;
    if (rounds === 2) stop.abort();
    else if (uidValidities !== null) return Promise.reject(new Error('The connection was lost.'));
    return Promise.resolve();
  };
  const uidValidity = (): string => uidValidities?.[Math.min(rounds, 1)] ?? '1';
  const mailbox: Mailbox = {
    get uidValidity() {
      return uidValidity();
    },
    unseen: () => Promise.resolve([1, 2, 3].filter((uid) => !seen.has(uid))),
    fetch: (uid) =>
      Promise.resolve({
        place: { folder: 'INBOX', uidValidity: uidValidity(), uid, receivedAt: 1_763_900_000_000 },
        source: source(uid),
      }),
    markSeen: (uid) => Promise.resolve(void seen.add(uid)),
    wait: rest,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const door: QueueDoor = {
    hand({ contact }) {
      const { title = '' } = contact as { readonly title?: string };
      asked.push(title);
      const kind = answerTo(title);
      return Promise.resolve(kind === 'received' ? { kind } : { kind, why });
    },
  };
  await readForEver(
    {
      open: () => Promise.resolve(mailbox),
      door,
      ourAddresses: ['desk@herts.example'],
      log: silentLogger,
      say: () => undefined,
      pause: uidValidities === null ? rest : () => Promise.resolve(),
      lookEveryMs: 1,
    },
    stop.signal,
  );
  return { seen: [...seen], asked: asked.length };
}

const isSecond = (title: string): boolean => title.includes('2');

test('MX-10: an e-mail that the queue cannot take is tried again, and holds up no other', async () => {
  expect(await readTwice((title) => (isSecond(title) ? 'later' : 'received'), '500')).toEqual({
    seen: [1, 3],
    asked: 4,
  });
});

test('MX-10: while the queue does not answer nothing more is handed over, and nothing is marked', async () => {
  expect(await readTwice(() => 'later', NO_ANSWER)).toEqual({ seen: [], asked: 2 });
});

test('MX-10: an e-mail that the queue would not take is offered once, and another of the same number in a folder that was made anew once more', async () => {
  // Each is handed over as it is, and then as one that could not be read.
  expect(await readTwice(() => 'refused', '422', ['1', '1'])).toEqual({ seen: [], asked: 6 });
  expect(await readTwice(() => 'refused', '422', ['1', '2'])).toEqual({ seen: [], asked: 12 });
});

import { expect, test } from 'vitest';
import { asInstant, HOUR, MINUTE } from '../../shared/domain/time.ts';
import { aContact, anActor, START, testPolicy } from '../testing/builders.ts';
import { placeWords, whyWords } from './why-words.ts';

const policy = `policy ${testPolicy.version}`;

test('K-01, K-02: why a row stands where it stands is a sum that comes out, with the policy it was made by', () => {
  const report = aContact({
    n: 1,
    channel: 'social-message',
    receivedAt: asInstant(START - HOUR),
    flags: { vulnerable: true },
  });
  expect(whyWords(report, START, null)).toBe(
    `Due 13:05 = received 13:05 + 60 min, vulnerable −60 min, ${policy}`,
  );
  const call = aContact({ n: 2, channel: '101-voice', receivedAt: START });
  expect(whyWords(call, START, null)).toBe(`Due 14:06:30 = received 14:05:00 + 90 s, ${policy}`);
  expect(placeWords(call, START, null)).toBe('Due 14:06:30');
});

test('O-07: a row that is to be looked at first says why, and when it would be due otherwise', () => {
  const chat = aContact({ n: 1, channel: 'web-chat', receivedAt: START, flags: { lookFirst: true } });
  expect(whyWords(chat, START, null)).toBe(
    `Look first (risk words found): due 13:05:00 = received 14:05:00 − 60 min, otherwise 14:06:00, ${policy}`,
  );
});

test('O-05: an emergency says since when it stands there and which it is of those that wait', () => {
  const open = aContact({ n: 1, channel: '999-voice', receivedAt: START });
  expect(whyWords(open, START, { nth: 2, of: 3 })).toBe('Emergency since 14:05:00, 2nd of 3');
  expect(whyWords(open, START, { nth: 11, of: 21 })).toBe('Emergency since 14:05:00, 11th of 21');
  expect(whyWords(open, START, { nth: 21, of: 21 })).toBe('Emergency since 14:05:00, 21st of 21');
  const promoted = { ...open, bandSince: asInstant(START + MINUTE) };
  expect(whyWords(promoted, START, { nth: 1, of: 1 })).toBe(
    'Emergency since 14:06:00, promoted by a person, 1st of 1',
  );
  const since = asInstant(START + 8_000);
  const taken = { ...open, ownership: { kind: 'owned', by: anActor(7), since } as const };
  expect(whyWords(taken, START, null)).toBe('Emergency since 14:05:00, taken 14:05:08');
});

import { expect, test } from 'vitest';
import { roles } from '../../../shared/domain/role.ts';
import { rights, refusalByRole } from '../../../shared/domain/authorisation.ts';
import type { ActKind } from '../../../shared/domain/command.ts';
import { summaryOf } from '../../../shared/domain/contact.ts';
import { refusalWords } from '../../app/refusals.ts';
import type { NotOpened } from '../../app/desk-session.ts';
import { aCall, anEmergency } from '../../testing/hands.ts';
import { notOpenedWords } from './refusal-words.ts';
import { endedWords, unsentWords } from './sign-in-words.ts';

const refused: Readonly<Record<NotOpened['kind'], NotOpened>> = {
  wrong: { kind: 'wrong', attemptsLeft: 3 },
  'too-many': { kind: 'too-many', retryAfterMs: 30_000 },
  unreachable: { kind: 'unreachable', address: 'wss://queue.example/desk' },
  'other-realm': { kind: 'other-realm', realm: 'training' },
  'not-kept': { kind: 'not-kept', code: 'SQLITE_FULL' },
  'no-answer': { kind: 'no-answer' },
};

test('A-01: every refusal to sign in is a sentence of its own that says what to do', () => {
  const sentences = Object.values(refused).map((answer) =>
    notOpenedWords(answer, { asked: 'number-and-pin', realm: 'live', leftMs: 30_000 }),
  );
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|error/i);
    expect(sentence).toMatch(/wait|again|IT support/);
  }
  expect(sentences[0]).toBe('Number or PIN is wrong. 3 more tries, then a wait.');
});

test('A-01: no refusal says which of number and PIN was wrong', () => {
  const words = notOpenedWords(refused.wrong, { asked: 'number-and-pin', realm: 'demo', leftMs: 0 });
  expect(words).not.toMatch(/unknown|no such|account/i);
  expect(words).toMatch(/^Number or PIN/);
});

test('A-02, A-08: why a session ended, and what waits, are whole sentences', () => {
  expect(endedWords(null)).toBeNull();
  for (const words of [endedWords('expired'), endedWords('revoked'), ...[0, 1, 7].map(unsentWords)])
    expect(words).toMatch(/^[A-Z0-9].*\.$/);
});

test('A-03: every act that the table refuses a role has a sentence that says whom to ask', () => {
  const acts = Object.keys(rights) as ActKind[];
  const told = roles.flatMap((role) =>
    acts.flatMap((act) =>
      [aCall(1), anEmergency(2)].flatMap((contact) => refusalByRole(role, act, summaryOf(contact)) ?? []),
    ),
  );
  expect(told.length).toBeGreaterThan(3);
  for (const refusal of told) {
    expect(refusalWords(refusal)).toMatch(
      /^A .* does not [a-z]+ .*\. (Call your mentor|Ask a mentor or your team leader)\.$/,
    );
    expect(refusalWords(refusal)).not.toContain('do this');
  }
  expect(refusalWords({ code: 'role', role: 'trainee', act: 'claim', emergency: true })).toBe(
    'A trainee does not take an emergency alone. Call your mentor.',
  );
});

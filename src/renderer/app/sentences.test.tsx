import { expect, test } from 'vitest';
import { faultSchema, type Fault } from '../../shared/contract/fault.ts';
import { refusalSchema } from '../../shared/contract/schemas.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import { duplicateFaults } from '../../shared/domain/record/close-duplicate.ts';
import { faultWords } from '../features/notices/fault-words.ts';
import { anActor, START } from '../testing/builders.ts';
import { refusalWords } from './refusals.ts';

const by = anActor(7);
const refusals: Readonly<Record<Refusal['code'], Refusal>> = {
  taken: { code: 'taken', by, since: START },
  fenced: { code: 'fenced', by },
  'not-yours': { code: 'not-yours' },
  'already-yours': { code: 'already-yours' },
  closed: { code: 'closed', by, since: START },
  'not-closed': { code: 'not-closed' },
  'already-in-band': { code: 'already-in-band', band: 'A' },
  'text-missing': { code: 'text-missing' },
  'text-too-long': { code: 'text-too-long', limit: 10, length: 14 },
  'unknown-contact': { code: 'unknown-contact' },
  'link-down': { code: 'link-down' },
  role: { code: 'role', role: 'trainee', act: 'claim', emergency: true },
  'already-logged': { code: 'already-logged', ref: 'CON-20261122-000041' },
  'below-floor': { code: 'below-floor', floor: 'G1', because: 'Somebody is badly hurt.' },
  'rationale-missing': { code: 'rationale-missing', parts: ['risk', 'options', 'decision'] },
  'nothing-asked': { code: 'nothing-asked' },
  'own-asking': { code: 'own-asking' },
  'record-incomplete': { code: 'record-incomplete', missing: ['category', 'crime', 're-thrive'] },
  'linked-already': { code: 'linked-already' },
  'parent-closed': { code: 'parent-closed', ref: 'CON-20261122-000041', open: ['tell-caller', 're-thrive'] },
  'not-a-duplicate': { code: 'not-a-duplicate', ref: 'CON-20261122-000041', because: 'hurt' },
  'closed-as-duplicate': { code: 'closed-as-duplicate', ref: 'CON-20261122-000041' },
  'not-linked': { code: 'not-linked' },
  'unknown-other': { code: 'unknown-other' },
  'no-such-duty': { code: 'no-such-duty' },
  'incident-open': { code: 'incident-open', ref: '2026-11-22/0412' },
  'no-major-incident': { code: 'no-major-incident' },
  'major-changed': { code: 'major-changed', name: 'A414', by },
  'not-whole': { code: 'not-whole', field: 'decision' },
  'not-in-this-name': { code: 'not-in-this-name' },
  'id-in-use': { code: 'id-in-use' },
  'left-by-exit': { code: 'left-by-exit' },
  'chat-over': { code: 'chat-over', end: 'ended-by-public' },
  'not-a-chat': { code: 'not-a-chat' },
  'nothing-to-check': { code: 'nothing-to-check' },
  'no-safe-way': { code: 'no-safe-way', because: 'none-chosen' },
  'not-that-way': { code: 'not-that-way', way: 'text' },
  'not-recorded': { code: 'not-recorded' },
  'sent-already': { code: 'sent-already', at: START },
  'cannot-take': { code: 'cannot-take', to: by, because: 'limit', n: 2 },
  'offer-gone': { code: 'offer-gone', because: 'withdrawn', by },
  'plan-unasked': { code: 'plan-unasked', plan: 'PL-0417' },
};

test('W-07: every refusal is a sentence of its own that says what happened', () => {
  const sentences = Object.values(refusals).map((refusal) => refusalWords(refusalSchema.parse(refusal)));
  expect(new Set(sentences).size).toBe(sentences.length);
  for (const sentence of sentences) {
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|NaN|error/i);
  }
  expect(sentences[0]).toBe('Taken by desk 7 at 14:05:00 – you stay here.');
});

test('T-13, C-29, R-06: what cannot be done yet says what is missing, in words', () => {
  const { 'below-floor': floor, 'rationale-missing': rationale, 'record-incomplete': record } = refusals;
  expect([floor, rationale, record].map(refusalWords)).toEqual([
    'Not done: Somebody is badly hurt. G1 is the lowest grade here; only a team leader can agree to a lower one.',
    'Not graded: a lower grade says why. Still to write: risk, options and decision.',
    'Not closed. Still missing: the closing category, the decision about a crime and another look at the risk.',
  ]);
  const unknown: Refusal = { code: 'record-incomplete', missing: ['of-tomorrow'] };
  expect(refusalWords(unknown)).toBe('Not closed. Still missing: of-tomorrow.');
});

test('R-11: a duplicate of a closed contact says what would be lost, and what to do first', () => {
  const ref = 'CON-20261122-000041';
  expect(refusalWords({ code: 'parent-closed', ref, open: ['re-thrive'] })).toBe(
    `Not closed: ${ref} is closed, and another look at the risk would be nobody’s. Reopen ${ref} first, or close this one with an outcome of its own.`,
  );
});

test('R-15: each reason why it is no duplicate is a sentence that says what to do', () => {
  const ref = 'CON-20261122-000041';
  const said = duplicateFaults.map((because) => refusalWords({ code: 'not-a-duplicate', ref, because }));
  expect(new Set(said).size).toBe(duplicateFaults.length);
  for (const sentence of said) expect(sentence).toMatch(/^Not closed: .*(close|Reopen).*\.$/);
});

test('C-20, R-04, C-30: what does not hold together says which part', () => {
  const fields = ['rationale', 'decision', 'result', 'safe', 'major', 'exact', 'type', 'of-tomorrow'];
  const sentences = fields.map((field) => refusalWords({ code: 'not-whole', field }));
  expect(new Set(sentences).size).toBe(fields.length);
  for (const sentence of sentences) expect(sentence).toMatch(/^Not kept: .*\.$/);
});

const faults: Readonly<Record<Fault['kind'], Fault>> = {
  'cache-damaged': {
    kind: 'cache-damaged',
    setAside: 'x',
    salvaged: 2,
    unsent: ['CON-1'],
    unreadable: false,
  },
  'cache-newer': { kind: 'cache-newer', found: 3, known: 2 },
  'cache-key-wrong': { kind: 'cache-key-wrong' },
  'cache-realm-wrong': { kind: 'cache-realm-wrong' },
  'cache-write-failed': { kind: 'cache-write-failed', code: 'SQLITE_FULL' },
  'no-keychain': { kind: 'no-keychain' },
  'demo-key-in-file': { kind: 'demo-key-in-file' },
  'queue-address-wrong': { kind: 'queue-address-wrong', address: 'ws://x', why: 'not-secure' },
  'queue-refused': { kind: 'queue-refused', code: 4009, why: 'displaced' },
  'link-unsteady': { kind: 'link-unsteady', code: 1006, why: 'gone', times: 3 },
  'workstation-restarted': { kind: 'workstation-restarted', times: 2, cause: 'exit' },
};

test('S-09: every fault says what happened, what still works and what to do', () => {
  for (const fault of Object.values(faults)) {
    const { happened, works, todo } = faultWords(faultSchema.parse(fault));
    for (const words of [happened, works, todo]) expect(words).toMatch(/^[A-Z].*\.$/);
  }
});

import type { LineInLanguage } from './language/lines.ts';
import { expect, it } from 'vitest';
import { shippedLinking, shippedMarkerKinds, shippedRiskWords } from '../../../tests/harness/assist-data.ts';
import {
  aClosing,
  aCommand,
  aContact,
  anActor,
  aPolicy,
  carryOut,
  testStart,
  anId,
} from '../../../tests/harness/builders.ts';
import { aLook, recordActs } from '../../../tests/harness/record-acts.ts';
import { shippedCategories } from '../../../tests/harness/record-policy.ts';
import { triagePolicy } from '../../../tests/harness/triage-policy.ts';
import { compileLinking } from './assist/link-traits.ts';
import { compileRiskWords } from './assist/risk-words.ts';
import type { Act } from './command.ts';
import { underPolicies } from './decided-by.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { Happening } from './event.ts';
import { asCommandId, asFence } from './ids.ts';

const policy: DecisionPolicy = {
  ...aPolicy(),
  triage: triagePolicy,
  categories: shippedCategories(),
  markerKinds: shippedMarkerKinds(),
  facts: { riskWords: compileRiskWords(shippedRiskWords()), linking: compileLinking(shippedLinking()) },
};
const triage = triagePolicy.version;
const categories = shippedCategories().version;
const words = { 'risk-words': shippedRiskWords().version };
const owned = aContact({
  ownership: { kind: 'owned', by: anActor(), since: testStart },
  fence: asFence(1),
  channelState: 'ended',
  triage: [{ id: asCommandId(anId(0xd1)), entry: aLook, by: anActor(), at: testStart }],
});
const named = (what: Happening, by = policy) => underPolicies(what, by).policies ?? null;
const decided = (act: Act) => {
  const { decision } = carryOut(owned, aCommand({ on: owned, act }), { policy });
  if (decision.kind === 'refused' || decision.what === null) throw new Error(`${act.kind} was not decided`);
  return named(decision.what);
};

it('Y-07: what a policy decided names its version, and nothing names a policy that had no part in it', () => {
  expect({
    grade: decided({ kind: 'grade', grade: 'G2', reason: 'risk' }),
    close: decided(aClosing()),
    crime: decided(recordActs.crime),
    incident: decided(recordActs.incident),
    link: decided(recordActs.link),
    hear: decided(recordActs.hear),
    note: decided({ kind: 'note', text: 'He left', happenedAt: null }),
    release: decided({ kind: 'release' }),
    place: decided(recordActs.place),
    tried: decided(recordActs.attempt),
  }).toEqual({
    grade: { triage },
    close: { triage, categories },
    crime: { categories },
    incident: { categories },
    link: { ...words, linking: shippedLinking().version },
    hear: words,
    note: null,
    release: null,
    place: null,
    tried: { markers: shippedMarkerKinds().version },
  });
});

const translated: LineInLanguage = {
  ...{ line: 'm', language: { code: 'es', from: 'line' }, at: testStart },
  reading: { language: 'es', confidence: 0.8, unsure: null, couldBe: [] },
  outcome: { kind: 'untranslated', trouble: { kind: 'down' } },
};

it('Y-07: words that were read name the list, also when it found nothing; what nobody read names none', () => {
  const said = (from: 'public' | 'assistant') =>
    named({ kind: 'said', message: { key: 'm', from, text: 'Hello', language: null, at: testStart } });
  expect([
    said('public'),
    said('assistant'),
    named({ kind: 'arrived', contact: aContact({ channel: 'web-chat' }) }),
    named({ kind: 'arrived', contact: aContact({ channel: '999-voice' }) }),
    named({ kind: 'arrived', contact: aContact({ channel: 'web-chat' }) }, aPolicy()),
    named({ kind: 'translated', about: translated }),
    named({ kind: 'translated', about: { ...translated, reading: null } }),
  ]).toEqual([words, null, words, null, null, words, null]);
});

import fc from 'fast-check';
import { NOTE_LIMIT, REASON_LIMIT, type Act } from '../../src/shared/domain/command.ts';
import { grades, type Contact } from '../../src/shared/domain/contact.ts';
import { asCommandId, asContactId } from '../../src/shared/domain/ids.ts';
import { callerToldKinds } from '../../src/shared/domain/record/closing-record.ts';
import {
  callBackResults,
  callBackWays,
  heardKinds,
  linkKinds,
  openDuties,
  safeToRing,
} from '../../src/shared/domain/record/parts.ts';
import type { Answer } from '../../src/shared/domain/triage/answers.ts';
import { METHANE_LIMIT, methaneFields } from '../../src/shared/domain/triage/major-incident.ts';
import { rationaleParts, type Rationale } from '../../src/shared/domain/triage/rationale.ts';
import type { RightCareAnswer } from '../../src/shared/domain/triage/right-care.ts';
import {
  harmKinds,
  immediacies,
  likelihoods,
  opportunities,
  severities,
  type LetterAnswer,
} from '../../src/shared/domain/triage/thrive.ts';
import { actWords, anyInstant, anyWords, orNull } from './drawn-words.ts';
import { aClosingRecord, anId } from './builders.ts';

const reason = actWords(REASON_LIMIT);
const oneOfFew = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const anyCommandId = fc.integer({ min: 0, max: 30 }).map((n) => asCommandId(anId(0xc1000 + n)));
const anyContactId = fc.integer({ min: 1, max: 6 }).map((n) => asContactId(anId(n)));

export const anyRationale: fc.Arbitrary<Rationale> = fc.record(
  Object.fromEntries(rationaleParts.map((part) => [part, anyWords])) as Record<
    keyof Rationale,
    fc.Arbitrary<string>
  >,
);

const anyAnswer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ kind: fc.constantFrom('yes' as const, 'no' as const, 'not-known' as const) }),
  fc.record({ kind: fc.constant('choice' as const), ids: fc.subarray(['knife', 'firearm', 'shots']) }),
  fc.record({ kind: fc.constant('text' as const), text: anyWords }),
  fc.record({ kind: fc.constant('number' as const), number: fc.integer({ min: -3, max: 120 }) }),
  fc.record({ kind: fc.constant('time' as const), at: orNull(anyInstant), text: anyWords }),
  fc.record({ kind: fc.constant('place' as const), text: anyWords, readBack: fc.boolean() }),
);

const letterOf = <Facts>(facts: fc.Arbitrary<Facts>): fc.Arbitrary<LetterAnswer<Facts>> =>
  fc.oneof(
    fc.constant(null),
    fc.constant({ kind: 'none' as const }),
    fc.record({ kind: fc.constant('found' as const), text: anyWords, facts }),
  );

const anyThrive = fc.record({
  threat: letterOf(
    fc.record({
      immediacy: orNull(oneOfFew(immediacies)),
      actor: orNull(anyWords),
      target: orNull(anyWords),
    }),
  ),
  harm: letterOf(fc.record({ kinds: fc.subarray([...harmKinds]), severity: orNull(oneOfFew(severities)) })),
  risk: letterOf(fc.record({ likelihood: orNull(oneOfFew(likelihoods)), interimPlan: orNull(anyWords) })),
  investigation: letterOf(
    fc.record({
      opportunities: fc.subarray([...opportunities]),
      preservationGiven: orNull(fc.boolean()),
    }),
  ),
  vulnerability: letterOf(
    fc.record({ markers: fc.subarray(['hate', 'child-at-risk']), who: orNull(anyWords) }),
  ),
  engagement: letterOf(fc.record({ safeContact: orNull(anyWords), expectationTold: orNull(fc.boolean()) })),
});

const anyRightCare: fc.Arbitrary<RightCareAnswer> = fc.oneof(
  fc.record({
    step: fc.constantFrom('crime' as const, 'real-and-immediate' as const, 'child' as const),
    answer: fc.constantFrom('yes' as const, 'no' as const, 'not-known' as const),
    words: anyWords,
  }),
  fc.record({ step: fc.constant('duty-holder' as const), agency: anyWords, done: anyWords }),
  fc.record({
    step: fc.constant('agency-told' as const),
    person: anyWords,
    at: anyInstant,
    theirRef: orNull(anyWords),
  }),
  fc.record({ step: fc.constant('caller-told' as const), words: anyWords }),
  fc.record({ step: fc.constant('re-contact' as const), when: anyWords }),
);

/** A look at the risk, as far as somebody got. */
export const anyTriageEntry = fc.record({
  callType: fc.constantFrom(null, 'domestic', 'asb'),
  answers: fc.dictionary(fc.constantFrom('safe-now', 'weapons', 'age', 'where'), anyAnswer, {
    maxKeys: 3,
    noNullPrototype: true,
  }),
  thrive: anyThrive,
  rightCare: fc.array(anyRightCare, { maxLength: 3 }),
  different: orNull(anyWords),
  recommended: orNull(fc.record({ grade: oneOfFew(grades), because: fc.array(anyWords, { maxLength: 2 }) })),
  policies: fc.constantFrom({}, { triage: 'triage-2026-11-1' }),
});

export const anyCrimeDecision = fc.oneof(
  fc.record({
    kind: fc.constant('recorded' as const),
    offence: anyWords,
    offenceClass: fc.constantFrom(null, 'CR-BRG'),
  }),
  fc.record({
    kind: fc.constant('not-a-crime' as const),
    because: fc.constant('no-offence'),
    words: anyWords,
  }),
  fc.record({ kind: fc.constant('elsewhere' as const), force: anyWords, theirRef: orNull(anyWords) }),
  fc.constant({ kind: 'not-yet' as const }),
);

export const anyClosingRecord = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constant(aClosingRecord()) },
  {
    weight: 2,
    arbitrary: fc.record({
      category: fc.constantFrom(null, 'AD-MSG', 'AS-NUI'),
      qualifiers: fc.subarray(['alcohol', 'hate']),
      result: reason,
      crime: anyCrimeDecision,
      callerTold: orNull(fc.record({ kind: oneOfFew(callerToldKinds), words: reason })),
      parent: orNull(anyContactId),
      withoutIncident: anyWords,
    }),
  },
);

/** The acts that add to the record. What they point at is mostly not there: see `aimed`. */
export const anyRecordAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ kind: fc.constant('agree' as const), grading: anyCommandId, agreed: fc.boolean(), reason }),
  fc.record({ kind: fc.constant('triage' as const), entry: anyTriageEntry }),
  fc.record({
    kind: fc.constant('describe' as const),
    said: fc.record({
      title: reason,
      caller: fc.record({ name: orNull(anyWords), number: orNull(anyWords), address: orNull(anyWords) }),
      language: fc.constantFrom(null, 'pl', 'und'),
    }),
  }),
  fc.record({
    kind: fc.constant('place' as const),
    spot: fc.record({
      words: reason,
      detail: reason,
      point: fc.constantFrom(null, { latitude: 51.8, longitude: -0.2 }),
      readBack: fc.boolean(),
    }),
  }),
  fc.record({
    kind: fc.constant('attempt' as const),
    attempt: fc.record({
      safe: oneOfFew(safeToRing),
      way: oneOfFew(callBackWays),
      result: oneOfFew(callBackResults),
      words: reason,
    }),
  }),
  fc.record({ kind: fc.constant('promise-call-back' as const), words: reason }),
  fc.record({
    kind: fc.constant('hear' as const),
    sound: fc.record({
      what: oneOfFew(heardKinds),
      means: fc.constantFrom(null, 'yes' as const, 'no' as const),
      words: reason,
    }),
  }),
  fc.record({ kind: fc.constant('link' as const), to: anyContactId, as: oneOfFew(linkKinds), fact: reason }),
  fc.record({ kind: fc.constant('part' as const), link: anyCommandId, reason }),
  fc.record({ kind: fc.constant('discharge' as const), duty: fc.constant('tell-caller@3'), words: reason }),
  fc.record({
    kind: fc.constant('incident' as const),
    category: fc.constantFrom('AS-NUI', ''),
    provisionalRef: fc.constant('PROV-7KQ4TX'),
  }),
  fc.record({ kind: fc.constant('crime' as const), decision: anyCrimeDecision }),
  fc.record({
    kind: fc.constant('pass' as const),
    passed: fc.record(
      {
        to: reason,
        takenBy: orNull(anyWords),
        theirRef: orNull(anyWords),
        stayedOn: fc.boolean(),
        leftBecause: anyWords,
        pack: actWords(NOTE_LIMIT),
      },
      { requiredKeys: ['to', 'takenBy', 'theirRef', 'stayedOn', 'pack'] },
    ),
  }),
  fc.record({
    kind: fc.constant('major' as const),
    name: reason,
    report: fc.record(
      Object.fromEntries(methaneFields.map((field) => [field, orNull(actWords(METHANE_LIMIT))])) as Record<
        (typeof methaneFields)[number],
        fc.Arbitrary<string | null>
      >,
    ),
  }),
  fc.record({ kind: fc.constant('stand-down' as const), reason }),
);

/** The act, pointed at what is there to be pointed at: as a handler does who sees the contact. */
export function aimed(act: Act, contact: Contact): Act {
  switch (act.kind) {
    case 'agree':
      return { ...act, grading: contact.asked?.id ?? act.grading };
    case 'grade':
      return act.undoes === undefined
        ? act
        : { ...act, undoes: contact.asked?.id ?? contact.gradings.at(-1)?.id ?? true };
    case 'stand-down':
      return contact.major === null ? act : { ...act, major: contact.major.id };
    case 'part':
      return { ...act, link: contact.links.find(({ parted }) => parted === null)?.id ?? act.link };
    case 'discharge':
      return { ...act, duty: openDuties(contact)[0]?.id ?? act.duty };
    case 'answer-offer':
    case 'withdraw-offer':
      return { ...act, offer: contact.chat?.handOvers?.at(-1)?.id ?? act.offer };
    default:
      return act;
  }
}

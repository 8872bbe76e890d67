import { closeOutcomes, type CloseOutcome, type Contact } from '../../../shared/domain/contact.ts';
import { asContactId, type ContactId } from '../../../shared/domain/ids.ts';
import type { CategoriesPolicy } from '../../../shared/domain/policy/categories.ts';
import type { TriagePolicy } from '../../../shared/domain/policy/triage.ts';
import { categoryOf } from '../../../shared/domain/record/categories.ts';
import { endingLinks } from '../../../shared/domain/record/close-duplicate.ts';
import { closingFactsOf } from '../../../shared/domain/record/close-contact.ts';
import {
  callerToldKinds,
  missingForClosing,
  type CallerTold,
  type ClosingField,
  type ClosingRecord,
} from '../../../shared/domain/record/closing-record.ts';
import {
  crimeDecisionKinds,
  isDecided,
  type CrimeDecision,
} from '../../../shared/domain/record/crime-decision.ts';
import {
  emptyRationale,
  isWritten,
  readRationale,
  type Rationale,
} from '../../../shared/domain/triage/rationale.ts';
import type { Linked } from '../../../shared/domain/record/parts.ts';
import { unreachable } from '../../../shared/lib/assert.ts';

/** The closing record as it is being written: everything as typed, also what another choice has hidden since. */
export interface CloseForm {
  readonly outcome: CloseOutcome | null;
  readonly category: string | null;
  readonly categoryTyped: string;
  readonly qualifiers: readonly string[];
  readonly qualifierTyped: string;
  readonly result: string;
  /** `null`: nothing said yet, which the record holds as "not yet". */
  readonly crime: CrimeDecision['kind'] | null;
  readonly offence: string;
  readonly offenceClass: string | null;
  readonly offenceTyped: string;
  readonly because: string;
  readonly becauseWords: string;
  /** Why it is no crime, in five parts; never asked for. */
  readonly rationale: Rationale;
  readonly force: string;
  readonly theirRef: string;
  readonly told: CallerTold['kind'] | null;
  readonly toldWords: string;
  readonly parent: ContactId | null;
  readonly withoutIncident: string;
}

const blank: CloseForm = {
  outcome: null,
  category: null,
  categoryTyped: '',
  qualifiers: [],
  qualifierTyped: '',
  result: '',
  crime: null,
  offence: '',
  offenceClass: null,
  offenceTyped: '',
  because: '',
  becauseWords: '',
  rationale: emptyRationale,
  force: '',
  theirRef: '',
  told: null,
  toldWords: '',
  parent: null,
  withoutIncident: '',
};

type Known = Pick<Contact, 'incident' | 'crime' | 'links'>;

/**
 * An empty form, with what stands on the contact already: the category it was opened with, a crime that somebody has decided about. Nothing
 * is chosen here that nobody has said.
 */
export function startOf(contact: Known | null, policy: CategoriesPolicy | null): CloseForm {
  if (contact === null) return blank;
  const { incident, crime } = contact;
  const opening = policy === null ? null : categoryOf(policy, incident?.category ?? null);
  const [onlyParent, ...more] = parentsOf(contact);
  return {
    ...blank,
    category: opening?.use.includes('closing') === true ? opening.code : null,
    ...(crime !== null && isDecided(crime.decision) ? formOfCrime(crime.decision) : {}),
    parent: more.length === 0 ? (onlyParent?.contact ?? null) : null,
  };
}

/** The category that says "duplicate" goes with that outcome and with no other. */
const DUPLICATE = 'AD-DUP';

/** Another outcome: a duplicate is proposed the category that says so, as long as no other is chosen. */
export function withOutcome(form: CloseForm, outcome: CloseOutcome): CloseForm {
  const { category } = form;
  if (outcome === 'duplicate') return { ...form, outcome, category: category ?? DUPLICATE };
  return { ...form, outcome, category: category === DUPLICATE ? null : category };
}

function formOfCrime(decision: CrimeDecision): Partial<CloseForm> {
  switch (decision.kind) {
    case 'recorded':
      return { crime: 'recorded', offence: decision.offence, offenceClass: decision.offenceClass };
    case 'not-a-crime':
      return {
        crime: 'not-a-crime',
        because: decision.because,
        becauseWords: decision.words,
        rationale: decision.rationale ?? emptyRationale,
      };
    case 'elsewhere':
      return { crime: 'elsewhere', force: decision.force, theirRef: decision.theirRef ?? '' };
    case 'not-yet':
      return {};
    default:
      return unreachable(decision);
  }
}

/** The contacts of which this one may be a duplicate: those it is linked to as the later one of the same event. */
export function parentsOf(contact: Pick<Contact, 'links'>): readonly Linked[] {
  return endingLinks(contact)
    .map(({ other }) => other)
    .filter(({ contact: each }, at, all) => all.findIndex((one) => one.contact === each) === at);
}

/** What the form says, as the record holds it. */
export function recordOf(form: CloseForm): ClosingRecord {
  const { category, qualifiers, result, told, toldWords, outcome, parent, withoutIncident } = form;
  return {
    category,
    qualifiers,
    result: result.trim(),
    crime: crimeOf(form),
    callerTold: told === null ? null : { kind: told, words: toldWords.trim() },
    parent: outcome === 'duplicate' ? parent : null,
    withoutIncident: withoutIncident.trim(),
  };
}

function crimeOf(form: CloseForm): CrimeDecision {
  switch (form.crime) {
    case 'recorded':
      return { kind: 'recorded', offence: form.offence.trim(), offenceClass: form.offenceClass };
    case 'not-a-crime':
      return {
        kind: 'not-a-crime',
        because: form.because,
        words: form.becauseWords.trim(),
        ...(isWritten(form.rationale) ? { rationale: form.rationale } : {}),
      };
    case 'elsewhere': {
      const theirRef = form.theirRef.trim();
      return { kind: 'elsewhere', force: form.force.trim(), theirRef: theirRef === '' ? null : theirRef };
    }
    case 'not-yet':
    case null:
      return { kind: 'not-yet' };
    default:
      return unreachable(form.crime);
  }
}

/** The sentence beside each field; a field without one may stand as it is. */
export type MissingSentences = ReadonlyMap<ClosingField, string>;

export function missingOf(
  form: CloseForm,
  contact: Contact,
  policy: CategoriesPolicy,
  triage: TriagePolicy | undefined,
): MissingSentences {
  const all = missingForClosing(recordOf(form), closingFactsOf(contact, form.outcome, triage), policy);
  // The first of a field is the one to mend first.
  return new Map(all.toReversed().map(({ field, sentence }) => [field, sentence]));
}

/** The fields that this outcome and category ask for at all, whatever has been filled in. */
export function askedOf(
  form: CloseForm,
  contact: Contact,
  policy: CategoriesPolicy,
): ReadonlySet<ClosingField> {
  const empty = {
    ...recordOf(form),
    crime: { kind: 'not-yet' },
    callerTold: null,
    parent: null,
    withoutIncident: '',
  } as const;
  const all = missingForClosing(empty, closingFactsOf(contact, form.outcome, undefined), policy);
  return new Set(all.map(({ field }) => field));
}

/** Reads what the desk has kept of a form; `null` for anything else. */
export function readCloseForm(value: unknown): CloseForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const kept = value as Readonly<Record<string, unknown>>;
  const text = (key: keyof CloseForm): string => {
    const found = kept[key];
    return typeof found === 'string' ? found : '';
  };
  const code = (key: keyof CloseForm): string | null => (text(key) === '' ? null : text(key));
  const { qualifiers } = kept;
  const parent = code('parent');
  return {
    outcome: closeOutcomes.find((each) => each === kept['outcome']) ?? null,
    category: code('category'),
    categoryTyped: text('categoryTyped'),
    qualifiers: Array.isArray(qualifiers) ? qualifiers.filter((each) => typeof each === 'string') : [],
    qualifierTyped: text('qualifierTyped'),
    result: text('result'),
    crime: crimeDecisionKinds.find((each) => each === kept['crime']) ?? null,
    offence: text('offence'),
    offenceClass: code('offenceClass'),
    offenceTyped: text('offenceTyped'),
    because: text('because'),
    becauseWords: text('becauseWords'),
    rationale: readRationale(kept['rationale']),
    force: text('force'),
    theirRef: text('theirRef'),
    told: callerToldKinds.find((each) => each === kept['told']) ?? null,
    toldWords: text('toldWords'),
    parent: parent === null ? null : asContactId(parent),
    withoutIncident: text('withoutIncident'),
  };
}

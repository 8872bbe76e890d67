import { unreachable } from '../../lib/assert.ts';
import type { CloseOutcome } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import type { CategoriesPolicy, Category } from '../policy/categories.ts';
import { categoryOf } from './categories.ts';
import type { Letter } from '../triage/thrive.ts';
import { asksOf, type ClosingFacts } from './closing-asks.ts';
import { isDecided, type CrimeDecision } from './crime-decision.ts';
import { fits, missingInCrimeDecision, withClass } from './whole-decision.ts';
import type { LookOwed } from './whole-look.ts';

/** Whether the caller knows what happens next, above all that nobody comes. */
export const callerToldKinds = ['yes', 'could-not', 'not-needed'] as const;
export interface CallerTold {
  readonly kind: (typeof callerToldKinds)[number];
  /** What was said; or why it could not be. */
  readonly words: string;
}

/** What is asked before a contact is closed (rule R-06). */
export interface ClosingRecord {
  /** The closing category's code: as it was found, not as it was reported. */
  readonly category: string | null;
  /** Codes of qualifiers, as many as are true. */
  readonly qualifiers: readonly string[];
  /** How it ended, in a line. */
  readonly result: string;
  readonly crime: CrimeDecision;
  readonly callerTold: CallerTold | null;
  /** The contact of the same event into which a duplicate is closed. */
  readonly parent: ContactId | null;
  /** Why something urgent ended without an incident; empty when one was opened, or none was to be expected (rule R-14). */
  readonly withoutIncident: string;
}

/** A record on which nothing has been asked yet. */
export const blankClosing: ClosingRecord = {
  category: null,
  qualifiers: [],
  result: '',
  crime: { kind: 'not-yet' },
  callerTold: null,
  parent: null,
  withoutIncident: '',
};

/** What fits. Characters, and a number of qualifiers. */
export const CLOSING_LIMITS = { result: 500, callerTold: 300, withoutIncident: 300, qualifiers: 12 } as const;

export type ClosingField =
  | 'outcome'
  | 'category'
  | 'qualifiers'
  | 'result'
  | 'triage'
  | 'look'
  | 'care'
  | 'different'
  | 'passed'
  | 'major'
  | 'incident'
  | 'crime'
  | 'caller-told'
  | 'parent';

/** One thing that is missing or cannot stand: at which field, and the sentence beside it. */
export interface MissingForClosing {
  readonly field: ClosingField;
  readonly sentence: string;
}

/** What is said beside a field. */
const sentences = {
  outcome: 'Choose how it ended.',
  'outcome-exit':
    'This person left by the safety exit. Choose how it ended: it closes only when a person has answered for it.',
  'outcome-call-back':
    'This person is to be rung back. Choose how it ended: it closes only when a person has answered for it.',
  'not-rung':
    'This person is to be rung back. Write down an attempt first, also if it was not safe to ring (Shift+C).',
  'not-tried':
    'Nobody rang this person. Ring first (Shift+C), or write down there why it is not safe to ring.',
  category: 'Choose a closing category: what it was, not what was reported.',
  'category-use': 'Choose another category: this one does not say what was found.',
  duplicate: 'Choose AD-DUP for a duplicate, or another outcome.',
  result: 'Write in a line how it ended.',
  triage: 'Assess the risk (THRIVE) first.',
  care: 'Nobody would be sent, and whether police are the ones to go is still open: Right Care Right Person first (Alt+W).',
  different: 'This person has an agreed plan. Answer first what is different today.',
  major:
    'A major incident is declared here: it is stood down first, or declared on another contact and stood down here.',
  passed: 'Pass it on first, until somebody there has taken it (Shift+T).',
  incident: 'Urgent, and no incident was opened. Open one (Ctrl+F6), or write why none was needed.',
  crime: 'Decide about a crime: recorded, not a crime and why, or another force’s.',
  told: 'Say whether the caller knows what happens next.',
  'told-due': 'The caller believes an earlier answer. Write what they were told, or why they could not be.',
  'told-yes': 'Write what the caller was told.',
  'told-not': 'Write why the caller could not be told.',
  'told-needless': 'Write why the caller need not be told.',
  parent: 'Choose the contact it is a duplicate of: one of the same event.',
  'parent-self': 'A contact cannot be a duplicate of itself. Choose another.',
  qualifier: 'Take out the qualifier that is not in the list.',
} as const;

const DUPLICATE = 'AD-DUP';

/** Everything that keeps a contact from being closed like that, in the order of the form; none when it may be (rules ). */
export function missingForClosing(
  record: ClosingRecord,
  facts: ClosingFacts,
  policy: Pick<CategoriesPolicy, 'categories' | 'qualifiers' | 'notACrime' | 'callTypes'>,
): readonly MissingForClosing[] {
  const category = categoryOf(policy, record.category);
  const asks = asksOf(facts, category, policy);
  const say = (field: ClosingField, found: readonly string[]): readonly MissingForClosing[] =>
    found.map((sentence) => ({ field, sentence }));
  return [
    ...say('outcome', outcomeTrouble(facts)),
    ...say('category', categoryTrouble(category, facts.outcome)),
    ...say('qualifiers', qualifierTrouble(record.qualifiers, policy)),
    ...say('parent', asks.parent ? parentTrouble(record.parent, facts.id) : []),
    ...say('result', record.result.trim() === '' ? [sentences.result] : []),
    ...say('result', fits(record.result, CLOSING_LIMITS.result, 'The result')),
    ...say('triage', asks.triage && !facts.isAssessed ? [sentences.triage] : []),
    ...say('look', facts.isAssessed && endsWithNobody(facts) ? lookTrouble(facts.lookOwed) : []),
    ...say('passed', facts.outcome === 'passed-on' && !facts.isPassedOn ? [sentences.passed] : []),
    ...say('care', facts.isCareDue && sendsNobody(facts) ? [sentences.care] : []),
    ...say('different', facts.isPlanUnasked ? [sentences.different] : []),
    ...say('major', facts.isMajorOn ? [sentences.major] : []),
    ...say('incident', incidentTrouble(record.withoutIncident, asks.incident)),
    ...say('crime', asks.crime && !isDecided(record.crime) ? [sentences.crime] : []),
    ...say('crime', missingInCrimeDecision(withClass(record.crime, category), policy)),
    ...say('caller-told', toldTrouble(record.callerTold, asks.told || facts.isTellDue, facts)),
  ];
}

/** Nobody goes, by nobody's urgent grade, and nobody else has been given it. */
const sendsNobody = ({ outcome, grade, hasIncident }: ClosingFacts): boolean =>
  (outcome === 'advice' || outcome === 'not-police') && !hasIncident && (grade === null || grade === 'G5');

/** However it is graded: dispatch has never heard of it, and nobody else has it. */
const endsWithNobody = ({ outcome, hasIncident }: ClosingFacts): boolean =>
  (outcome === 'advice' || outcome === 'not-police' || outcome === 'resolved') && !hasIncident;

/** The letters are named, so that a look is whole in a few keys; which questions are asked is the handler's choice (rule R-27). */
function lookTrouble(owed: LookOwed): readonly string[] {
  switch (owed.kind) {
    case 'nothing':
      return [];
    case 'letters': {
      const open = listed(owed.letters);
      return [
        `Nobody would be sent, and nobody has said what it is about: choose the call type, or answer ${open} in THRIVE, be it none identified.`,
      ];
    }
    case 'second':
      return [
        `Nobody would be sent, and THRIVE has found ${listed(owed.letters)}: choose the call type and ask its questions, or have a second person agree to its grade (Shift+F3).`,
      ];
    default:
      return unreachable(owed);
  }
}

/** "threat, harm and risk". */
const listed = (names: readonly Letter[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

function incidentTrouble(words: string, isAsked: boolean): readonly string[] {
  if (isAsked && words.trim() === '') return [sentences.incident];
  return fits(words, CLOSING_LIMITS.withoutIncident, 'The reason');
}

/** Whoever must be rung back is not closed, however it ended, before somebody tried or said why not (rule C-20). */
function outcomeTrouble(facts: ClosingFacts): readonly string[] {
  const { outcome, callBackDue, attempts, tried } = facts;
  if (outcome === null) return [sentences[outcomeAsked(facts)]];
  if (!callBackDue) return [];
  if (attempts === 0) return [sentences['not-rung']];
  // Nobody can be said not to have replied whom nobody rang.
  return outcome === 'no-reply' && tried === 0 ? [sentences['not-tried']] : [];
}

const outcomeAsked = ({ channelState, callBackDue }: ClosingFacts): keyof typeof sentences =>
  channelState === 'left-by-exit' ? 'outcome-exit' : callBackDue ? 'outcome-call-back' : 'outcome';

function categoryTrouble(category: Category | null, outcome: CloseOutcome | null): readonly string[] {
  if (category === null) return [sentences.category];
  if (!category.use.includes('closing')) return [sentences['category-use']];
  // The category without the outcome would be a duplicate of nothing.
  return category.code === DUPLICATE && outcome !== null && outcome !== 'duplicate'
    ? [sentences.duplicate]
    : [];
}

function qualifierTrouble(
  chosen: readonly string[],
  { qualifiers }: Pick<CategoriesPolicy, 'qualifiers'>,
): readonly string[] {
  const isKnown = chosen.every((code) => qualifiers.some((each) => each.code === code));
  const isTooMany = chosen.length > CLOSING_LIMITS.qualifiers;
  return [
    ...(isKnown ? [] : [sentences.qualifier]),
    ...(isTooMany ? [`No more than ${CLOSING_LIMITS.qualifiers} qualifiers fit.`] : []),
  ];
}

function parentTrouble(parent: ContactId | null, id: ContactId): readonly string[] {
  if (parent === null) return [sentences.parent];
  return parent === id ? [sentences['parent-self']] : [];
}

function toldTrouble(
  told: CallerTold | null,
  asked: boolean,
  { isTellDue }: Pick<ClosingFacts, 'isTellDue'>,
): readonly string[] {
  if (isTellDue && (told === null || told.kind === 'not-needed')) return [sentences['told-due']];
  if (told === null) return asked ? [sentences.told] : [];
  const tooLong = fits(told.words, CLOSING_LIMITS.callerTold, 'What the caller was told');
  if (told.words.trim() !== '') return tooLong;
  switch (told.kind) {
    case 'yes':
      return [sentences['told-yes']];
    case 'could-not':
      return [sentences['told-not']];
    case 'not-needed':
      return asked ? [sentences['told-needless']] : [];
    default:
      return unreachable(told.kind);
  }
}

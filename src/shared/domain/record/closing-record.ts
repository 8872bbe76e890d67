import { unreachable } from '../../lib/assert.ts';
import { channelFacts, type Channel } from '../channel.ts';
import type { ChannelState, CloseOutcome, Grade } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import type { CategoriesPolicy, Category } from '../policy/categories.ts';
import { categoryOf } from './categories.ts';
import { fits, isDecided, missingInCrimeDecision, type CrimeDecision } from './crime-decision.ts';

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
}

/** A record on which nothing has been asked yet. */
export const blankClosing: ClosingRecord = {
  category: null,
  qualifiers: [],
  result: '',
  crime: { kind: 'not-yet' },
  callerTold: null,
  parent: null,
};

/** What fits. Characters, and a number of qualifiers. */
export const CLOSING_LIMITS = { result: 500, callerTold: 300, qualifiers: 12 } as const;

/** What is known of the contact when it is to be closed. */
export interface ClosingFacts {
  readonly id: ContactId;
  readonly channel: Channel;
  readonly channelState: ChannelState;
  readonly callBackDue: boolean;
  /** Call-back attempts on record, whatever came of them. */
  readonly attempts: number;
  readonly grade: Grade | null;
  /** A risk assessment stands on it. */
  readonly hasTriage: boolean;
  /** Somebody else has taken it (`isWithOthers`). */
  readonly isPassedOn: boolean;
  /** The caller believes an answer that has changed since (rule C-25). */
  readonly isTellDue: boolean;
  /** `null`: not chosen yet. */
  readonly outcome: CloseOutcome | null;
}

export type ClosingField =
  'outcome' | 'category' | 'qualifiers' | 'result' | 'triage' | 'passed' | 'crime' | 'caller-told' | 'parent';

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
  category: 'Choose a closing category: what it was, not what was reported.',
  'category-use': 'Choose another category: this one does not say what was found.',
  duplicate: 'Choose AD-DUP for a duplicate, or another outcome.',
  result: 'Write in a line how it ended.',
  triage: 'Assess the risk (THRIVE) first.',
  passed: 'Pass it on first, until somebody there has taken it (Shift+T).',
  crime: 'Decide about a crime: recorded, not a crime and why, or another force’s.',
  told: 'Say whether the caller knows what happens next.',
  'told-due': 'The caller believes an earlier answer. Write what they were told, or why they could not be.',
  'told-yes': 'Write what the caller was told.',
  'told-not': 'Write why the caller could not be told.',
  parent: 'Choose the contact it is a duplicate of.',
  'parent-self': 'A contact cannot be a duplicate of itself. Choose another.',
  qualifier: 'Take out the qualifier that is not in the list.',
} as const;

const DUPLICATE = 'AD-DUP';

/** Everything that keeps a contact from being closed like that, in the order of the form; none when it may be (rules ). */
export function missingForClosing(
  record: ClosingRecord,
  facts: ClosingFacts,
  policy: Pick<CategoriesPolicy, 'categories' | 'qualifiers' | 'notACrime'>,
): readonly MissingForClosing[] {
  const category = categoryOf(policy, record.category);
  const asks = asksOf(facts, category);
  const say = (field: ClosingField, found: readonly string[]): readonly MissingForClosing[] =>
    found.map((sentence) => ({ field, sentence }));
  return [
    ...say('outcome', outcomeTrouble(facts)),
    ...say('category', categoryTrouble(category, facts.outcome)),
    ...say('qualifiers', qualifierTrouble(record.qualifiers, policy)),
    ...say('parent', asks.parent ? parentTrouble(record.parent, facts.id) : []),
    ...say('result', record.result.trim() === '' ? [sentences.result] : []),
    ...say('result', fits(record.result, CLOSING_LIMITS.result, 'The result')),
    ...say('triage', asks.triage && !facts.hasTriage ? [sentences.triage] : []),
    ...say('passed', facts.outcome === 'passed-on' && !facts.isPassedOn ? [sentences.passed] : []),
    ...say('crime', asks.crime && !isDecided(record.crime) ? [sentences.crime] : []),
    ...say('crime', missingInCrimeDecision(record.crime, policy)),
    ...say('caller-told', toldTrouble(record.callerTold, asks.told, facts)),
  ];
}

interface Asks {
  readonly triage: boolean;
  readonly crime: boolean;
  readonly told: boolean;
  readonly parent: boolean;
}

/**
 * What this ending asks for. A duplicate is answered for on its parent. Where nobody was reached, or it never was a matter for the police,
 * there is less to say; but never less about somebody who left by the safety exit, nor about a category that is a crime, nor about what
 * somebody wrote to us: the words are there although the person was not reached. Nor when silence may mean danger; nor about what a partner
 * asks of us, which Right Care Right Person decides (rule T-18).
 */
function asksOf(facts: ClosingFacts, category: Category | null): Asks {
  const { outcome, channel, channelState } = facts;
  const crime = category === null || category.crime !== 'none';
  const isCrime = category?.crime === 'expected';
  const fled = channelState === 'left-by-exit';
  const wrote = !channelFacts[channel].live && !channelFacts[channel].callBack;
  switch (outcome) {
    case 'duplicate':
      // Its parent's handler answers another caller, not this one.
      return { triage: false, crime: false, told: facts.isTellDue, parent: true };
    case 'not-police':
      return {
        triage: fled || isCrime || channel === 'partner-line',
        crime: isCrime,
        told: true,
        parent: false,
      };
    case 'no-reply': {
      const endangered = silenceMayBeDanger(facts);
      const looked = fled || wrote || isCrime || endangered;
      return { triage: looked, crime: crime && looked, told: endangered, parent: false };
    }
    case 'resolved':
    case 'passed-on':
    case 'advice':
    case null:
      return { triage: true, crime, told: true, parent: false };
    default:
      return unreachable(outcome);
  }
}

/**
 * "No reply" is said about somebody who is gone: not about an emergency on whose line somebody still is and whom nobody has tried to
 * reach, nor about what was graded as a danger to life or likely to become one.
 */
function silenceMayBeDanger({ channel, channelState, attempts, grade }: ClosingFacts): boolean {
  const { emergency, live } = channelFacts[channel];
  const isOpen = channelState !== 'dropped' && channelState !== 'ended';
  return (emergency && live && isOpen && attempts === 0) || grade === 'G1' || grade === 'G2';
}

/** Whoever must be rung back is not closed, however it ended, before somebody tried or said why not (rule C-20). */
function outcomeTrouble(facts: ClosingFacts): readonly string[] {
  const { outcome, callBackDue, attempts } = facts;
  if (outcome === null) return [sentences[outcomeAsked(facts)]];
  return outcome !== 'duplicate' && callBackDue && attempts === 0 ? [sentences['not-rung']] : [];
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
  if (isTellDue && asked && (told === null || told.kind === 'not-needed')) return [sentences['told-due']];
  if (told === null) return asked ? [sentences.told] : [];
  const tooLong = fits(told.words, CLOSING_LIMITS.callerTold, 'What the caller was told');
  if (told.words.trim() !== '') return tooLong;
  switch (told.kind) {
    case 'yes':
      return [sentences['told-yes']];
    case 'could-not':
      return [sentences['told-not']];
    case 'not-needed':
      return [];
    default:
      return unreachable(told.kind);
  }
}

import { unreachable } from '../../lib/assert.ts';
import { channelFacts, type Channel } from '../channel.ts';
import type { ChannelState, CloseOutcome, Contact, Grade } from '../contact.ts';
import type { ContactId } from '../ids.ts';
import {
  crimeExpectations,
  type CategoriesPolicy,
  type Category,
  type CrimeExpectation,
} from '../policy/categories.ts';
import { categoryOf } from './categories.ts';
import { standingAttempts } from './parts.ts';
import type { LookOwed } from './whole-look.ts';

/** What is known of the contact when it is to be closed. */
export interface ClosingFacts {
  readonly id: ContactId;
  readonly channel: Channel;
  readonly channelState: ChannelState;
  readonly band: 'A' | 'B';
  readonly callBackDue: boolean;
  /** Call-back attempts on record, be it that nobody rang for a reason in words. */
  readonly attempts: number;
  /** Those by which somebody really tried, or could not: it was not safe, or there is no number (rule R-18). */
  readonly tried: number;
  readonly grade: Grade | null;
  /** A risk assessment stands on it, in which somebody has weighed something (rule R-12). */
  readonly isAssessed: boolean;
  /** The call type of the last look. */
  readonly callType: string | null;
  readonly hasIncident: boolean;
  /** The code with which the incident was opened. */
  readonly openingCategory: string | null;
  /** Somebody else has been given it, at least once. */
  readonly isPassedOn: boolean;
  /** The caller believes an answer that has changed since (rule C-25). */
  readonly isTellDue: boolean;
  /** A major incident is declared on it and is not stood down. */
  readonly isMajorOn: boolean;
  /** This person has an agreed plan, and nobody has asked what is different today (rule AS-18). */
  readonly isPlanUnasked: boolean;
  /** Whether police are the ones to go is still open (rule T-18). */
  readonly isCareDue: boolean;
  /** Of a contact with a sign of danger of which nobody has said what it is about (rule R-27). */
  readonly lookOwed: LookOwed;
  /** `null`: not chosen yet. */
  readonly outcome: CloseOutcome | null;
}

/** What was done about ringing back, counted for the two questions that closing asks of it (rule R-18). */
export function countAttempts({
  attempts,
  caller,
}: Pick<Contact, 'attempts' | 'caller'>): Pick<ClosingFacts, 'attempts' | 'tried'> {
  const counted = standingAttempts(attempts).filter(
    ({ result, words }) => result !== 'not-rung' || words.trim() !== '',
  );
  const tried = counted.filter(
    ({ result, safe }) => result !== 'not-rung' || safe === 'no' || caller.number === null,
  );
  return { attempts: counted.length, tried: tried.length };
}

/** What a record must say. */
interface Asks {
  readonly triage: boolean;
  /** Why it ended without an incident: what dispatch never heard of was not dealt with, unless somebody says how (rule R-14). */
  readonly incident: boolean;
  readonly crime: boolean;
  readonly told: boolean;
  readonly parent: boolean;
}

/**
 * What this ending asks for. A duplicate is answered for on its parent. Where nobody was reached, or it never was a matter for the police,
 * there is less to say once the risk was assessed; but never less about what is urgent or has an incident, nor about a call on an emergency
 * line that somebody answered, nor about what is a crime, nor about somebody who left by the safety exit, nor about what somebody wrote to
 * us: the words are there although the person was not reached.
 */
export function asksOf(
  facts: ClosingFacts,
  category: Category | null,
  policy: Pick<CategoriesPolicy, 'categories' | 'callTypes'>,
): Asks {
  const { outcome, channel, channelState, band, grade, hasIncident } = facts;
  const incident = (grade === 'G1' || grade === 'G2') && !hasIncident;
  const expects = expectationOf(facts, category, policy);
  const crime = expects !== 'none';
  const isCrime = expects === 'expected';
  switch (outcome) {
    case 'duplicate':
      // Its parent's handler answers another caller, not this one.
      return { triage: false, incident: false, crime: false, told: false, parent: true };
    case 'not-police': {
      const isEmergency = channelFacts[channel].emergency || band === 'A';
      const whole = isCrime || isUrgent(facts) || isEmergency;
      return { triage: true, incident, crime: crime && whole, told: true, parent: false };
    }
    case 'no-reply': {
      const fled = channelState === 'left-by-exit';
      const wrote = !channelFacts[channel].live && !channelFacts[channel].callBack;
      const endangered = silenceMayBeDanger(facts);
      const whole = fled || wrote || isCrime || endangered;
      return { triage: true, incident, crime: crime && whole, told: endangered, parent: false };
    }
    case 'passed-on':
      // It is another's incident then.
      return { triage: true, incident: false, crime, told: true, parent: false };
    case 'resolved':
    case 'advice':
    case null:
      return { triage: true, incident, crime, told: true, parent: false };
    default:
      return unreachable(outcome);
  }
}

/** What is the least that may be said of a crime: a closing category does not make less of what the call was about (rule R-13). */
function expectationOf(
  { callType, openingCategory }: ClosingFacts,
  category: Category | null,
  policy: Pick<CategoriesPolicy, 'categories' | 'callTypes'>,
): CrimeExpectation {
  const each = [
    category?.crime ?? 'possible',
    categoryOf(policy, openingCategory)?.crime ?? 'none',
    policy.callTypes.find(({ id }) => id === callType)?.crime ?? 'none',
  ];
  return crimeExpectations.find((one) => each.includes(one)) ?? 'none';
}

/** Somebody was to go at once or today, or dispatch has it: no light ending. Not graded says nothing of that. */
const isUrgent = ({ grade, hasIncident }: ClosingFacts): boolean =>
  hasIncident || grade === 'G1' || grade === 'G2' || grade === 'G3';

/**
 * "No reply" is said about somebody who is gone: not about an emergency on whose line somebody still is and whom nobody has tried to
 * reach, nor about what was urgent.
 */
function silenceMayBeDanger(facts: ClosingFacts): boolean {
  const { emergency, live } = channelFacts[facts.channel];
  const isOpen = facts.channelState !== 'dropped' && facts.channelState !== 'ended';
  return (emergency && live && isOpen && facts.tried === 0) || isUrgent(facts);
}

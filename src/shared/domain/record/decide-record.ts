import { unreachable } from '../../lib/assert.ts';
import { groupsToLookAt } from '../assist/risk-words.ts';
import { NOTE_LIMIT, REASON_LIMIT, type Act, type Command } from '../command.ts';
import { needsPerson, ownerOf, type Actor, type Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import type { CommandId, ContactId } from '../ids.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import { dueOf } from '../service-level.ts';
import { refusalOfEntry } from '../triage/entry.ts';
import { missingToDeclare, refusalOfMethane } from '../triage/major-incident.ts';
import { refusalOfDescription } from './description.ts';
import { floorsAgreed } from './floor-agreement.ts';
import type { LateWords } from './parts.ts';
import { missingInCrimeDecision } from './whole-decision.ts';

const recordActs = [
  'agree',
  'triage',
  'describe',
  'place',
  'attempt',
  'promise-call-back',
  'hear',
  'link',
  'part',
  'discharge',
  'incident',
  'crime',
  'pass',
  'major',
  'stand-down',
] as const;

/** The acts that add to the record. */
export type RecordAct = Extract<Act, { kind: (typeof recordActs)[number] }>;

/** What such an act does, or why not. Numbers that only the queue gives are `null` here (rules C-26, C-27). */
export function decideRecord(
  contact: Contact,
  command: Command & { readonly act: RecordAct },
  by: Actor,
  policy: DecisionPolicy,
): Decision {
  const { act, id } = command;
  const owned = (what: Happening, ...refusals: readonly (Refusal | null)[]): Decision => {
    const refusal = [refusalOfEffect(contact, command, by), ...refusals].find((each) => each !== null);
    return refusal === undefined ? accept(what) : refuse(refusal);
  };
  /** What may be said late: kept for the record, without effect (rule C-10). */
  const sayable = (said: LateWords, what: Happening, ...refusals: readonly (Refusal | null)[]): Decision => {
    if (command.fence >= contact.fence) return owned(what, ...refusals);
    const refusal = refusals.find((each) => each !== null) ?? null;
    return refusal === null ? accept({ kind: 'contributed', contribution: id, said }) : refuse(refusal);
  };
  switch (act.kind) {
    case 'agree':
      return decideAgreement(contact, act, by, policy);
    case 'triage':
      return sayable(act, { kind: 'triaged', triage: id, entry: act.entry }, refusalOfEntry(act.entry));
    case 'describe':
      return owned({ kind: 'described', description: id, said: act.said }, refusalOfDescription(act.said));
    case 'place':
      return owned(
        { kind: 'placed', spot: id, said: act.spot },
        words(act.spot.words),
        optional(act.spot.detail),
      );
    case 'attempt': {
      const { attempt, corrects } = act;
      return sayable(
        { kind: 'attempt', attempt },
        { kind: 'tried', attempt: id, tried: attempt, ...(corrects === undefined ? {} : { corrects }) },
        optional(attempt.words),
        refusalOfAttempt(contact, act, policy),
      );
    }
    case 'promise-call-back':
      return owned({ kind: 'call-back-promised', promise: id, words: act.words }, words(act.words));
    case 'hear': {
      const { sound } = act;
      const riskWords = policy.facts && groupsToLookAt(policy.facts.riskWords, [sound.words]);
      const told = riskWords === undefined || riskWords.length === 0 ? {} : { riskWords };
      return sayable(act, { kind: 'heard', heard: id, sound, ...told }, optional(sound.words));
    }
    case 'link': {
      const { to, as, fact } = act;
      // The other's reference is the queue's to say; the desk shows the id's own contact until then.
      const what: Happening = {
        kind: 'linked',
        link: id,
        as,
        parent: { contact: to, ref: '' },
        fact,
        found: [],
      };
      return owned(what, optional(fact), refusalOfLink(contact, act));
    }
    case 'part': {
      const link = contact.links.find((each) => each.id === act.link && each.parted === null);
      const refusal: Refusal | null = link === undefined ? { code: 'not-linked' } : null;
      return owned({ kind: 'parted', link: act.link, reason: act.reason }, words(act.reason), refusal);
    }
    case 'discharge': {
      const duty = contact.duties.find((each) => each.id === act.duty && each.done === null);
      // What has a way of its own of being done is not ticked off.
      const isOpen = duty !== undefined && duty.kind === 'tell-caller';
      const refusal: Refusal | null = isOpen ? null : { code: 'no-such-duty' };
      return owned({ kind: 'discharged', duty: act.duty, words: act.words }, words(act.words), refusal);
    }
    case 'incident': {
      const { category, provisionalRef } = act;
      const { incident } = contact;
      const refusal: Refusal | null =
        incident === null ? null : { code: 'incident-open', ref: incident.ref ?? incident.provisionalRef };
      const what: Happening = { kind: 'incident-opened', incident: id, ref: null, provisionalRef, category };
      return owned(what, words(category), refusal);
    }
    case 'crime':
      return owned(
        { kind: 'crime-decided', crime: id, decision: act.decision, ref: null },
        refusalOfCrime(act, policy),
      );
    case 'pass': {
      const { passed } = act;
      return sayable(
        act,
        { kind: 'passed-on', passing: id, passed },
        words(passed.to),
        words(passed.pack, NOTE_LIMIT),
        optional(passed.leftBecause ?? ''),
      );
    }
    case 'major': {
      const { name, report, from } = act;
      const what: Happening = { kind: 'major-declared', major: id, name, report };
      if (from !== undefined) return decideHandingOn(contact, { ...act, from }, what);
      const refusal = words(act.name) ?? refusalOfReport(act) ?? refusalOfVersion(contact, act.replaces, by);
      if (refusal !== null) return refuse(refusal);
      return needsPerson(contact) ? accept(what) : owned(what);
    }
    case 'stand-down': {
      const isOn = contact.major !== null && contact.major.stoodDown === null;
      const refusal =
        words(act.reason) ??
        (isOn ? null : ({ code: 'no-major-incident' } as const)) ??
        refusalOfVersion(contact, act.major, null);
      return refusal === null ? accept({ kind: 'stood-down', reason: act.reason }) : refuse(refusal);
    }
    default:
      return unreachable(act);
  }
}

const words = (text: string, limit = REASON_LIMIT): Refusal | null =>
  refusalOfWords(text, limit, { mayBeEmpty: false });
const optional = (text: string): Refusal | null => refusalOfWords(text, REASON_LIMIT, { mayBeEmpty: true });

/** Somebody else than who asked; whose contact it is does not matter (rule C-29). */
function decideAgreement(
  contact: Contact,
  act: Extract<Act, { kind: 'agree' }>,
  by: Actor,
  policy: DecisionPolicy,
): Decision {
  const { grading, agreed, reason } = act;
  const { asked } = contact;
  const missing = words(reason);
  if (missing !== null) return refuse(missing);
  if (asked === null || asked.id !== grading) return refuse({ code: 'nothing-asked' });
  if (asked.by.handler === by.handler) return refuse({ code: 'own-asking' });
  const due = agreed ? dueOf({ ...contact, grade: asked.grade }, policy) : null;
  const floors = agreed ? { floors: floorsAgreed(contact, policy) } : {};
  return accept({ kind: 'grade-answered', grading, agreed, reason, due, ...floors });
}

function refusalOfCrime(
  { decision }: Extract<Act, { kind: 'crime' }>,
  { categories }: DecisionPolicy,
): Refusal | null {
  if (categories === undefined) return null;
  const missing = missingInCrimeDecision(decision, categories);
  return missing.length === 0 ? null : { code: 'not-whole', field: 'decision' };
}

/** Nobody rings where it is not known to be safe, or where a marker says that the bell may hurt, without saying why, and nobody answers a telephone that was not rung. */
function refusalOfAttempt(
  { markers, attempts }: Contact,
  { attempt, corrects }: Extract<Act, { kind: 'attempt' }>,
  { markerKinds }: DecisionPolicy,
): Refusal | null {
  const { safe, way, result, words: said } = attempt;
  // What is corrected is there, was not corrected before, and it is said why.
  const isThere =
    attempts.some(({ id }) => id === corrects) && !attempts.some((each) => each.corrects === corrects);
  if (corrects !== undefined && !isThere) return { code: 'not-whole', field: 'corrects' };
  if (corrects !== undefined && said.trim() === '') return { code: 'text-missing' };
  if ((result === 'not-rung') !== (way === 'none')) return { code: 'not-whole', field: 'result' };
  if (safe === 'no' && way === 'voice') return { code: 'not-whole', field: 'safe' };
  const mayHurt = markerKinds?.kinds.filter(({ effects }) => effects.includes('no-cold-call-back')) ?? [];
  const isMarked = way === 'voice' && markers.some(({ kind }) => mayHurt.some(({ id }) => id === kind));
  const needsWords = safe !== 'yes' || isMarked || result === 'not-rung';
  if (needsWords && said.trim() === '') return { code: 'text-missing' };
  return null;
}

/**
 * What takes the place of a major incident, or ends it, names the version that was on the screen: nobody overwrites or ends what they have not
 * read (rule C-30). Of one's own the next version may follow before the first is answered.
 */
function refusalOfVersion({ major }: Contact, seen: CommandId | undefined, by: Actor | null): Refusal | null {
  if (major === null || major.id === seen) return null;
  if (by !== null && (major.stoodDown !== null || major.by.handler === by.handler)) return null;
  return { code: 'major-changed', name: major.name, by: major.by };
}

/**
 * A major incident is handed on to another open contact, whoever has that; whether it may leave the one where it stands is the queue's to say,
 * which sees both (rule C-35). A command that is passed with nobody to say yes is nobody's: who did, having read it back, is named.
 */
function decideHandingOn(
  { id, major, ownership }: Contact,
  act: Extract<Act, { kind: 'major' }> & { readonly from: ContactId },
  what: Extract<Happening, { kind: 'major-declared' }>,
): Decision {
  const refusal = words(act.name) ?? refusalOfReport(act);
  if (refusal !== null) return refuse(refusal);
  if (act.from === id) return refuse({ code: 'not-whole', field: 'from' });
  if (ownership.kind === 'closed')
    return refuse({ code: 'closed', by: ownership.by, since: ownership.since });
  if (major !== null && major.stoodDown === null)
    return refuse({ code: 'major-changed', name: major.name, by: major.by });
  const acceptedBy = (act.acceptedBy ?? '').trim();
  if (acceptedBy === '') return refuse({ code: 'not-whole', field: 'acceptedBy' });
  const tooLong = words(acceptedBy);
  if (tooLong !== null) return refuse(tooLong);
  return accept({ ...what, from: { contact: act.from, ref: '' }, acceptedBy });
}

/** Why a major incident may not leave the contact where it stands: somebody else's, over, or not as it was read. */
export function refusalOfLeaving(from: Contact, seen: CommandId | undefined, by: Actor): Refusal | null {
  const { major } = from;
  if (major === null || major.stoodDown !== null) return { code: 'no-major-incident' };
  const owner = ownerOf(from);
  if (!needsPerson(from) && owner?.desk !== by.desk) return { code: 'not-yours' };
  return major.id === seen ? null : { code: 'major-changed', name: major.name, by: major.by };
}

function refusalOfReport({ report }: Extract<Act, { kind: 'major' }>): Refusal | null {
  const tooLong = refusalOfMethane(report);
  if (tooLong !== null) return { code: 'text-too-long', limit: tooLong.limit, length: tooLong.length };
  const [field] = missingToDeclare(report);
  return field === undefined ? null : { code: 'not-whole', field };
}

function refusalOfLink(contact: Contact, { to }: Extract<Act, { kind: 'link' }>): Refusal | null {
  if (to === contact.id) return { code: 'linked-already' };
  const isLinked = contact.links.some(({ other, parted }) => other.contact === to && parted === null);
  return isLinked ? { code: 'linked-already' } : null;
}

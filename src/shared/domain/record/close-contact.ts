import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import type { Actor, CloseOutcome, Closing, Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import type { Decision, Refusal } from '../lifecycle.ts';
import type { Instant } from '../time.ts';
import type { TriagePolicy } from '../policy/triage.ts';
import { isAtOnce } from '../undo.ts';
import { entryOf, isAssessed, pictureOf } from '../triage/entry.ts';
import { isRightCareDue } from '../triage/right-care.ts';
import { endingLinks, parentOfClosing, refusalOfSplit } from './close-duplicate.ts';
import { countAttempts, type ClosingFacts } from './closing-asks.ts';
import { missingForClosing } from './closing-record.ts';
import { categoryOf } from './categories.ts';
import { isDecided } from './crime-decision.ts';
import { provisionalCrimeRef } from './crime-reference.ts';
import { openDuties } from './parts.ts';
import { isWithOthers } from './passed-on.ts';
import { isPlanUnasked } from './plan-asked.ts';
import { undercutFloor } from './floor-agreement.ts';
import { dutiesAfterClosing } from './duties.ts';
import { withClass } from './whole-decision.ts';
import { lookOwed } from './whole-look.ts';

type CloseAct = Extract<Act, { kind: 'close' }>;

/**
 * Nothing is closed with its record half written (rule R-06), with a changed risk nobody has looked at, while a second person is
 * asked (rule C-25), or below a floor that nobody has agreed to go below (rule T-13): a duplicate neither.
 */
export function decideClose(
  contact: Contact,
  command: Command & { readonly act: CloseAct },
  by: Actor,
  policy: DecisionPolicy,
  now: Instant,
): Decision {
  const { outcome, reason, record } = command.act;
  const refusal =
    refusalOfWords(reason, REASON_LIMIT, { mayBeEmpty: false }) ?? refusalOfEffect(contact, command, by);
  if (refusal !== null) return refuse(refusal);
  const restored = closingToRestore(contact, command.act, by, now);
  if (restored === 'not-that') return refuse({ code: 'not-whole', field: 'undoes' });
  if (restored !== null)
    return accept({
      kind: 'closed',
      outcome: restored.outcome,
      reason: restored.reason,
      record: restored.record,
      closing: command.id,
      crimeRef: null,
    });
  const open = openDuties(contact)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'tell-caller');
  const missing = [
    ...new Set([...missingFields(contact, command.act, policy), ...unlinkedParent(contact, command.act)]),
    ...open,
  ];
  if (missing.length > 0) return refuse({ code: 'record-incomplete', missing });
  const split = splitRefusal(contact, command.act);
  if (split !== null) return refuse(split);
  const floor = undercutFloor(contact, policy);
  if (floor !== null) return refuse({ code: 'below-floor', floor: floor.grade, because: floor.because });
  const { categories } = policy;
  const classed =
    record === null || categories === undefined
      ? record
      : { ...record, crime: withClass(record.crime, categoryOf(categories, record.category)) };
  return accept({ kind: 'closed', outcome, reason, record: classed, closing: command.id, crimeRef: null });
}

/**
 * How it ended before this person took it up again by the command that is named, just now, with nothing else since (rules ): it was closed by
 * the rules of then, also where they asked for no record, and asking again would keep open what a slip of the finger has opened. `not-that`: what is
 * named is nothing that this person may take back now, and no outcome of some other time is put in its place. `null`: it is closed like any other.
 */
function closingToRestore(
  { reopened, rev }: Contact,
  { undoes, outcome }: CloseAct,
  by: Actor,
  now: Instant,
): Closing | 'not-that' | null {
  if (undoes === undefined || undoes === true) return null;
  if (reopened === undefined || reopened.at === undefined) return 'not-that';
  const isNamed = reopened.id === undoes && reopened.closing.outcome === outcome;
  const isOwn = reopened.by.handler === by.handler;
  return isNamed && isOwn && reopened.rev === rev && isAtOnce(reopened.at, now)
    ? reopened.closing
    : 'not-that';
}

/** The fields of the record that are missing; without the policy (a desk that has not got it yet) only a record that is not there. */
function missingFields(
  contact: Contact,
  { outcome, record }: CloseAct,
  { categories, triage }: DecisionPolicy,
): readonly string[] {
  if (record === null) return ['record'];
  if (categories === undefined) return [];
  const missing = missingForClosing(record, closingFactsOf(contact, outcome, triage), categories);
  return [...new Set(missing.map(({ field }) => field))];
}

/** A duplicate is linked first, as of the same event: the link is what tells its parent whatever it adds (rules R-15, C-24). */
function unlinkedParent({ links }: Contact, { outcome, record }: CloseAct): readonly string[] {
  const parent = outcome === 'duplicate' ? (record?.parent ?? null) : null;
  const isLinked = endingLinks({ links }).some(({ other }) => other.contact === parent);
  return parent === null || isLinked ? [] : ['parent'];
}

function splitRefusal(contact: Contact, act: CloseAct): Refusal | null {
  const parent = parentOfClosing(act);
  const refusals = endingLinks(contact)
    .filter(({ other }) => other.contact === parent)
    .map((link) => refusalOfSplit(contact, link));
  return refusals.find((each) => each !== null) ?? null;
}

/** What the closing form, and the queue behind it, must know of the contact. */
export function closingFactsOf(
  contact: Contact,
  outcome: CloseOutcome | null,
  triage: TriagePolicy | undefined,
): ClosingFacts {
  const { id, channel, channelState, band, callBackDue, grade, incident } = contact;
  const entry = entryOf(contact);
  return {
    id,
    channel,
    channelState,
    band,
    callBackDue,
    ...countAttempts(contact),
    grade,
    isAssessed: isAssessed(contact),
    callType: entry.callType,
    hasIncident: incident !== null,
    openingCategory: incident?.category ?? null,
    isPassedOn: isWithOthers(contact),
    isMajorOn: contact.major !== null && contact.major.stoodDown === null,
    isPlanUnasked: isPlanUnasked(contact),
    // An agreed plan has said whose duty it is.
    isCareDue:
      triage !== undefined &&
      contact.plan === null &&
      isRightCareDue(triage, pictureOf(contact, entry), entry.rightCare),
    lookOwed: lookOwed(contact),
    isTellDue: openDuties(contact).some(({ kind }) => kind === 'tell-caller'),
    outcome,
  };
}

/** What a closing settles besides ownership: the crime, and that the caller was told. */
export function settledByClosing(
  contact: Contact,
  what: Extract<Happening, { kind: 'closed' }>,
  by: Actor,
  at: Instant,
): Partial<Contact> {
  const { record, closing, crimeRef } = what;
  if (record === null || closing === null) return {};
  const decided = {
    id: closing,
    decision: record.crime,
    ref: crimeRef ?? contact.crime?.ref ?? null,
    provisionalRef: provisionalCrimeRef(contact, closing, record.crime),
    ...(what.policies?.['categories'] === undefined
      ? {}
      : { policies: { categories: what.policies['categories'] } }),
    by,
    at,
  };
  // What was decided before is not undone by a closing that had no need to ask for it.
  const crime = isDecided(record.crime) || contact.crime === null ? decided : contact.crime;
  return { crime, duties: dutiesAfterClosing(contact.duties, { by, at }, record.callerTold) };
}

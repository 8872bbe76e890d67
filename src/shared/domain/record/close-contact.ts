import { REASON_LIMIT, type Act, type Command } from '../command.ts';
import type { Actor, CloseOutcome, Contact } from '../contact.ts';
import type { DecisionPolicy } from '../decision-policy.ts';
import { accept, refusalOfEffect, refusalOfWords, refuse } from '../effect-right.ts';
import type { Happening } from '../event.ts';
import type { Decision } from '../lifecycle.ts';
import type { Instant } from '../time.ts';
import { missingForClosing, type ClosingFacts } from './closing-record.ts';
import { isDecided } from './crime-decision.ts';
import { openDuties, standingAttempts } from './parts.ts';
import { undercutFloor } from './floor-agreement.ts';
import { dutiesAfterClosing } from './record-change.ts';

type CloseAct = Extract<Act, { kind: 'close' }>;

/**
 * Nothing is closed with its record half written (rule R-06), with a changed risk nobody has looked at, while a second person is
 * asked (rule C-25), or below a floor that nobody has agreed to go below (rule T-13). What is dealt with under another contact is not
 * graded itself.
 */
export function decideClose(
  contact: Contact,
  command: Command & { readonly act: CloseAct },
  by: Actor,
  policy: DecisionPolicy,
): Decision {
  const { outcome, reason, record } = command.act;
  const refusal =
    refusalOfWords(reason, REASON_LIMIT, { mayBeEmpty: false }) ?? refusalOfEffect(contact, command, by);
  if (refusal !== null) return refuse(refusal);
  const open = openDuties(contact)
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'tell-caller');
  const missing = [
    ...new Set([...missingFields(contact, command.act, policy), ...unlinkedParent(contact, command.act)]),
    ...open,
  ];
  if (missing.length > 0) return refuse({ code: 'record-incomplete', missing });
  const floor = outcome === 'duplicate' ? null : undercutFloor(contact, policy);
  if (floor !== null) return refuse({ code: 'below-floor', floor: floor.grade, because: floor.because });
  return accept({ kind: 'closed', outcome, reason, record, closing: command.id, crimeRef: null });
}

/** The fields of the record that are missing; without the policy (a desk that has not got it yet) only a record that is not there. */
function missingFields(
  contact: Contact,
  { outcome, record }: CloseAct,
  { categories }: DecisionPolicy,
): readonly string[] {
  if (record === null) return ['record'];
  if (categories === undefined) return [];
  const missing = missingForClosing(record, closingFactsOf(contact, outcome), categories);
  return [...new Set(missing.map(({ field }) => field))];
}

/** A duplicate is linked first: the link is what tells its parent whatever it adds (rules R-06, C-24). */
function unlinkedParent({ links }: Contact, { outcome, record }: CloseAct): readonly string[] {
  const parent = outcome === 'duplicate' ? (record?.parent ?? null) : null;
  const isLinked = links.some(
    ({ side, other, parted }) => side === 'child' && other.contact === parent && parted === null,
  );
  return parent === null || isLinked ? [] : ['parent'];
}

/** What the closing form, and the queue behind it, must know of the contact. */
export function closingFactsOf(contact: Contact, outcome: CloseOutcome | null): ClosingFacts {
  const { id, channel, channelState, callBackDue, attempts, grade, triage, passedOn } = contact;
  return {
    id,
    channel,
    channelState,
    callBackDue,
    attempts: standingAttempts(attempts).length,
    grade,
    hasTriage: triage.length > 0,
    isPassedOn: passedOn.length > 0,
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
    by,
    at,
  };
  // What was decided before is not undone by a closing that had no need to ask for it.
  const crime = isDecided(record.crime) || contact.crime === null ? decided : contact.crime;
  return { crime, duties: dutiesAfterClosing(contact.duties, { by, at }, record.result) };
}

import type { Contact } from '../shared/domain/contact.ts';
import type { Act, Command } from '../shared/domain/command.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { ContactEvent, Happening } from '../shared/domain/event.ts';
import type { ContactId } from '../shared/domain/ids.ts';
import { apply, type Refusal } from '../shared/domain/lifecycle.ts';
import { noMarkerPlaces } from '../shared/domain/assist/markers.ts';
import { newFacts } from '../shared/domain/assist/new-facts.ts';
import { factsAlong } from '../shared/domain/record/parts.ts';
import { refusalOfLeaving } from '../shared/domain/record/decide-record.ts';
import { markersAtSpot, onRecordOfSaid } from '../shared/domain/assist/on-record.ts';
import { endedIn, endingLinks, parentOfClosing } from '../shared/domain/record/close-duplicate.ts';
import { writeCrime, writeIsr } from '../shared/domain/record/references.ts';
import { callerKeys, sameCaller } from '../shared/domain/same-caller.ts';
import { dueOf } from '../shared/domain/service-level.ts';
import { londonTimeOf } from '../shared/domain/london.ts';
import { nothing, type Effect, type GivenCommand, type OtherEnd } from './command-effect.ts';
import { lockWithParents, wordActs } from './told-by-child.ts';
import type { StoreTransaction } from './store/queue-store.ts';

/**
 * What only the queue can add to a decision: a number of the public record (rules C-26, C-27), and the other end of a link (rules
 * C-22 to C-24). Everything in the transaction of the decision itself.
 */

/**
 * Holds both contacts that an act is about, always in the order of their ids: two desks that link, part or close crosswise wait for each
 * other in turn and never for ever. Nothing for acts about one contact alone. To be called before anything else is held.
 */
export async function lockBothEnds(
  tx: StoreTransaction,
  { contact, act }: Command,
): Promise<ContactId | null> {
  if (wordActs.has(act.kind)) {
    await lockWithParents(tx, contact);
    return null;
  }
  const other = await otherEndOf(tx, contact, act);
  if (other !== null) for (const id of [contact, other].sort()) await tx.lockContact(id);
  return other;
}

async function otherEndOf(tx: StoreTransaction, contact: ContactId, act: Act): Promise<ContactId | null> {
  if (act.kind === 'link') return act.to;
  if (act.kind === 'major') return act.from ?? null;
  if (act.kind !== 'part') return parentOfClosing(act);
  // Which two a link joins never changes, so that reading it without holding it is enough.
  const links = (await tx.contact(contact))?.links ?? [];
  return links.find(({ id }) => id === act.link)?.other.contact ?? null;
}

/** The happening with the numbers in it that it asks for, and with what is on record where it says that somebody is (rule AS-27). */
export async function withNumbers(
  tx: StoreTransaction,
  before: Contact,
  what: Happening,
  { now, register, policy }: Pick<GivenCommand, 'now' | 'register' | 'policy'>,
): Promise<Happening> {
  const { day } = londonTimeOf(now);
  switch (what.kind) {
    case 'incident-opened':
      return { ...what, ref: writeIsr({ day, n: await tx.nextRecordNumber(`isr ${day}`) }) };
    case 'crime-decided':
      if (what.decision.kind !== 'recorded' || hasCrimeNumber(before)) return what;
      return { ...what, ref: await crimeNumber(tx, day) };
    case 'closed':
      if (what.record?.crime.kind !== 'recorded' || hasCrimeNumber(before)) return what;
      return { ...what, crimeRef: await crimeNumber(tx, day) };
    case 'described':
      return { ...what, ...onRecordOfSaid(register, what.said.caller, before) };
    case 'placed': {
      const places = policy.markerKinds?.places ?? noMarkerPlaces;
      const markers = markersAtSpot(register, what.said, before.markers, places);
      return markers.length === 0 ? what : { ...what, markers };
    }
    default:
      return what;
  }
}

const hasCrimeNumber = ({ crime }: Contact): boolean => crime !== null && crime.ref !== null;

/** The year is that of recording, whenever it happened. */
async function crimeNumber(tx: StoreTransaction, day: string): Promise<string> {
  const year = Number(day.slice(0, 4));
  return writeCrime({ n: await tx.nextRecordNumber(`crime ${year}`), year });
}

/** A happening at the child's end, with what belongs to it at the parent's. */
export interface BothEnds {
  readonly what: Happening;
  readonly other: OtherEnd | null;
}

/** The other end of what links or parts two contacts; refused when the other is not here. */
export async function atBothEnds(
  tx: StoreTransaction,
  before: Contact,
  command: Command,
  what: Happening,
  context: GivenCommand,
): Promise<BothEnds | Effect> {
  const { by, now, policy } = context;
  const step = (other: Contact, happening: Happening): OtherEnd => {
    const decided = underPolicies(happening, policy);
    const event: ContactEvent = { contact: other.id, rev: other.rev + 1, at: now, by, what: decided };
    return { before: other, after: apply(other, event), event };
  };
  if (what.kind === 'linked') {
    const parent = await tx.lockContact(what.parent.contact);
    if (parent === null) return nothing({ code: 'unknown-other' }, before);
    const { facts } = policy;
    const found = facts === undefined ? [] : newFacts(before, parent, facts).map(({ code }) => code);
    const linked: Happening = { ...what, parent: { contact: parent.id, ref: parent.ref }, found };
    return {
      what: linked,
      other: step(parent, joinedOf(parent, before, command, { ...what, found }, context)),
    };
  }
  if (what.kind === 'major-declared' && what.from !== undefined) {
    const from = await tx.lockContact(what.from.contact);
    if (from === null) return nothing({ code: 'unknown-other' }, before);
    const seen = command.act.kind === 'major' ? command.act.replaces : undefined;
    const refusal = refusalOfLeaving(from, seen, by);
    if (refusal !== null) return nothing(refusal, before);
    const to = { contact: before.id, ref: before.ref };
    const left = {
      kind: 'stood-down',
      reason: `Handed on to ${before.ref}, accepted there by ${what.acceptedBy ?? ''}`,
      to,
      handing: command.id,
    } as const;
    const versions = [...from.earlierMajors, ...(from.major === null ? [] : [from.major])];
    return {
      what: { ...what, from: { contact: from.id, ref: from.ref }, versions },
      other: step(from, left),
    };
  }
  if (what.kind === 'parted') {
    const link = before.links.find(({ id }) => id === what.link);
    const other = link === undefined ? null : await tx.lockContact(link.other.contact);
    // Parted, it would be closed as a duplicate of nothing, and nobody would have it.
    if (other !== null && endedIn(other, before.id))
      return nothing({ code: 'closed-as-duplicate', ref: other.ref }, before);
    return { what, other: other === null ? null : step(other, what) };
  }
  return { what, other: null };
}

/** What has been told here since the two were linked, and the other does not have: it would end with this one unread (rule R-15). */
export function refusalOfWordsSince(
  child: Contact,
  parent: Contact,
  { facts }: GivenCommand['policy'],
): Refusal | null {
  if (facts === undefined) return null;
  const links = endingLinks(child).filter(({ other }) => other.contact === parent.id);
  // As the parent has it: what was told after the linking stands at its end.
  const ids = new Set(links.map(({ id }) => id));
  const told = new Set([...links, ...parent.links.filter(({ id }) => ids.has(id))].flatMap(factsAlong));
  const isNew = newFacts(child, parent, facts).some(({ code }) => !told.has(code));
  return isNew ? { code: 'not-a-duplicate', ref: parent.ref, because: 'said-since' } : null;
}

/**
 * What is new and weighs raises the parent, whoever has it: its due instant comes forward and its risk is to be looked at again (rule
 * C-24). That the caller rings again is new by itself, as long as the parent is open (rule T-17).
 */
function joinedOf(
  parent: Contact,
  child: Contact,
  command: Command,
  {
    as,
    fact,
    found,
  }: { as: Extract<Happening, { kind: 'linked' }>['as']; fact: string; found: readonly string[] },
  { policy }: GivenCommand,
): Happening {
  const isTheirs = as === 'same-caller' || sharesNumber(parent, child);
  const rangAgain = isTheirs && parent.ownership.kind !== 'closed';
  const raises = found.length > 0 || fact.trim() !== '' || as === 'repeat' || rangAgain;
  const flags = { ...parent.flags, lookFirst: true };
  return {
    kind: 'joined',
    link: command.id,
    as,
    child: { contact: child.id, ref: child.ref },
    fact,
    found,
    due: raises ? dueOf({ ...parent, flags }, policy) : null,
    ...(rangAgain && { rangAgain }),
  };
}

/** Whatever they are linked as: who rings twice about one event is the same caller all the same (rule T-17). */
function sharesNumber(one: Contact, other: Contact): boolean {
  return sameCaller(callerKeys(one.caller), callerKeys(other.caller)).includes('same-number');
}

import { assert, unreachable } from '../lib/assert.ts';
import { channelFacts } from './channel.ts';
import { accept, refusalOfEffect, refuse, withWords } from './effect-right.ts';
import { lineAfterCall } from './call-line.ts';
import { NOTE_LIMIT, REASON_LIMIT, type ActKind, type Command } from './command.ts';
import {
  needsPerson,
  ownerOf,
  type Actor,
  type ChannelState,
  type Contact,
  type Grade,
  type Ownership,
} from './contact.ts';
import type { ContactEvent, Happening } from './event.ts';
import { asFence, type CommandId, type Fence } from './ids.ts';
import { LOCATIONS_SHOWN, type Location } from './location.ts';
import type { Role } from './role.ts';
import type { DuplicateFault } from './record/close-duplicate.ts';
import type { Done, DutyKind } from './record/parts.ts';
import { isAtOnce } from './undo.ts';
import { decideClose, settledByClosing } from './record/close-contact.ts';
import { decideRecord } from './record/decide-record.ts';
import { decideGrade } from './record/decide-grade.ts';
import {
  dutiesAfterReopening,
  dutiesOfCall,
  dutiesOfHandover,
  dutiesOfLine,
  dutiesOfReturn,
  dutiesOfWords,
  foundOnRecord,
} from './record/duties.ts';
import {
  isRecordHappening,
  recordedIn,
  toldByChild,
  underThose,
  type RecordHappening,
} from './record/record-change.ts';
import { rowMarksOf } from './record/row-marks.ts';
import {
  chatAfterClosing,
  chatAfterLine,
  chatAfterReaching,
  chatAfterRelease,
  chatAfterReopening,
  changedByChat,
  isChatHappening,
  type ChatHappening,
} from './chat/chat-change.ts';
import { isChat, type ChatEnd } from './chat/chat.ts';
import type { CannotTake } from './chat/colleague.ts';
import { decideChat } from './chat/decide-chat.ts';
import {
  changedByHandOver,
  decideHandOver,
  isHandOverHappening,
  type HandOverHappening,
  type OfferGone,
} from './chat/hand-over.ts';
import { changedByTranslation } from './language/lines.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { SentWay, ShutBecause } from './outbound/reach.ts';
import { carriedIn } from './outbound/sending.ts';
import { dueOf } from './service-level.ts';
import type { Instant } from './time.ts';

/** Where ownership may go from where (rule C-04). No other edge exists; the queue's database refuses one too. */
export const ownershipEdges: Readonly<Record<Ownership['kind'], readonly Ownership['kind'][]>> = {
  waiting: ['owned', 'closed'],
  owned: ['waiting', 'owned', 'link-lost', 'closed'],
  'link-lost': ['owned', 'verify', 'waiting', 'closed'],
  verify: ['owned', 'closed'],
  closed: ['owned', 'waiting'],
};

/** Why an act was not done. A value, shown to the handler in a sentence; never an exception. */
export type Refusal =
  /** Somebody else was first (rule C-05). */
  | { readonly code: 'taken'; readonly by: Actor; readonly since: Instant }
  /** It was yours, and is not any more (rule C-06). `by` is who has it now, `null` when nobody. */
  | { readonly code: 'fenced'; readonly by: Actor | null }
  /** Claim it first. */
  | { readonly code: 'not-yours' }
  | { readonly code: 'already-yours' }
  | { readonly code: 'closed'; readonly by: Actor; readonly since: Instant }
  | { readonly code: 'not-closed' }
  | { readonly code: 'already-in-band'; readonly band: 'A' | 'B' }
  | { readonly code: 'text-missing' }
  | { readonly code: 'text-too-long'; readonly limit: number; readonly length: number }
  | { readonly code: 'unknown-contact' }
  /** This role may not do it: at all, or (`emergency`) not with an emergency (rule A-03). */
  | { readonly code: 'role'; readonly role: Role; readonly act: ActKind; readonly emergency: boolean }
  /** Written down already, under this reference: by this very command, or from the same paper log (rule P-05). */
  | { readonly code: 'already-logged'; readonly ref: string }
  /** In the name of somebody who has not lately worked at the desk that sent it (rule A-08). */
  | { readonly code: 'not-in-this-name' }
  /** The record says that this could cost somebody their life (rule T-13). */
  | { readonly code: 'below-floor'; readonly floor: Grade; readonly because: string }
  /** A lower grade says why, in the parts of the national decision model (rule C-29). */
  | { readonly code: 'rationale-missing'; readonly parts: readonly string[] }
  /** A low grade before it was answered what is different today, which the agreed plan of that number asks (rule T-26). */
  | { readonly code: 'plan-unasked'; readonly plan: string }
  /** What was to be agreed to is not asked any more. */
  | { readonly code: 'nothing-asked' }
  /** One's own lower grade is for somebody else to agree to. */
  | { readonly code: 'own-asking' }
  /** What the record still needs before it can be closed; codes with sentences in the window (rule R-06). */
  | { readonly code: 'record-incomplete'; readonly missing: readonly string[] }
  /** These two belong together already, or are one and the same. */
  | { readonly code: 'linked-already' }
  /** It would end in a contact that is closed, and this would be nobody's then (rule R-11). `ref`: that contact's. */
  | { readonly code: 'parent-closed'; readonly ref: string; readonly open: readonly DutyKind[] }
  /** It is no duplicate of the other, or the other cannot answer for it (rules R-15, T-21). `ref`: the other's. */
  | { readonly code: 'not-a-duplicate'; readonly ref: string; readonly because: DuplicateFault }
  /** The other end was closed as a duplicate of this one, and would be one of nothing (rule R-16). `ref`: that contact's. */
  | { readonly code: 'closed-as-duplicate'; readonly ref: string }
  | { readonly code: 'not-linked' }
  /** The contact it was to be linked to is not known here. */
  | { readonly code: 'unknown-other' }
  | { readonly code: 'no-such-duty' }
  | { readonly code: 'incident-open'; readonly ref: string | null }
  | { readonly code: 'no-major-incident' }
  /** Somebody else has declared it, or said more of it, since it was last read here. `by`: who. */
  | { readonly code: 'major-changed'; readonly name: string; readonly by: Actor }
  /** What is asked for does not hold together; `field` says where. */
  | { readonly code: 'not-whole'; readonly field: string }
  /** They left by the safety exit, and nobody has checked on them: nothing is sent (rule CH-07). */
  | { readonly code: 'left-by-exit' }
  /** Nobody is there any more to read it (rule CH-08). */
  | { readonly code: 'chat-over'; readonly end: ChatEnd | null }
  | { readonly code: 'not-a-chat' }
  /** Nobody left by the exit, or somebody has checked already. */
  | { readonly code: 'nothing-to-check' }
  /** They have chosen no way by which anything is sent, or asked for nothing to be (rule MX-02). */
  | { readonly code: 'no-safe-way'; readonly because: ShutBecause }
  /** Another way, or another address, than the one they chose; `way`: theirs. */
  | { readonly code: 'not-that-way'; readonly way: SentWay }
  /** There is nothing on the record yet that a reference would stand for. */
  | { readonly code: 'not-recorded' }
  /** It went there before. */
  | { readonly code: 'sent-already'; readonly at: Instant }
  /** The colleague cannot have one more just now (rule CH-16). `n`: how many chats they have. */
  | { readonly code: 'cannot-take'; readonly to: Actor; readonly because: CannotTake; readonly n: number }
  /** The offer of a chat cannot be answered any more. `by`: whose the chat is now. */
  | { readonly code: 'offer-gone'; readonly because: OfferGone; readonly by: Actor | null }
  /** Another act is on the record under this command's id (rule X-03). */
  | { readonly code: 'id-in-use' }
  /** With the link down only the queue could answer, so nothing was kept (rule X-08). */
  | { readonly code: 'link-down' };

export type Decision =
  | { readonly kind: 'accepted'; readonly what: Happening | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * What a command does to a contact, or why not. The queue's word is final; a desk asks the same function first, so
 * that a sure refusal costs no round trip. An accepted `null` changes nothing and is only audited. `now`: by the queue's clock, or what a
 * desk knows of it.
 */
export function decide(
  contact: Contact,
  command: Command,
  by: Actor,
  policy: DecisionPolicy,
  now: Instant,
): Decision {
  const { act } = command;
  switch (act.kind) {
    case 'consult':
      return accept(null);
    case 'claim':
      return decideClaim(contact, by);
    case 'note': {
      const { text, happenedAt } = act;
      const late = command.fence < contact.fence;
      return withWords(text, NOTE_LIMIT, null, { kind: 'noted', note: command.id, text, happenedAt, late });
    }
    case 'log':
      return refuse({ code: 'already-logged', ref: contact.ref });
    case 'free': {
      const what: Happening = { kind: 'freed', fence: asFence(contact.fence + 1), reason: act.reason };
      return withWords(act.reason, REASON_LIMIT, refusalOfFreeing(contact, command), what);
    }
    case 'release': {
      const { reason } = act;
      if (reason === undefined) return withOwner(contact, command, by, { kind: 'released' });
      const refusal = refusalOfEffect(contact, command, by) ?? (isChat(contact) ? null : NOT_A_CHAT);
      const back = { id: command.id, words: reason };
      return withWords(reason, REASON_LIMIT, refusal, { kind: 'released', back });
    }
    case 'grade':
      return decideGrade(contact, { ...command, act }, by, policy, now);
    case 'promote':
      return withWords(act.reason, REASON_LIMIT, refusalOfPromotion(contact, command, by), {
        kind: 'promoted',
        reason: act.reason,
        due: dueOf({ ...contact, band: 'A', bandSince: now }, policy),
      });
    case 'demote':
      return withWords(act.reason, REASON_LIMIT, refusalOfDemotion(contact, command, by, now), {
        kind: 'demoted',
        reason: act.reason,
        due: dueOf({ ...contact, band: 'B', bandSince: contact.receivedAt }, policy),
      });
    case 'close':
      return decideClose(contact, { ...command, act }, by, policy, now);
    case 'reopen': {
      const refusal: Refusal | null = contact.ownership.kind === 'closed' ? null : { code: 'not-closed' };
      const fence = asFence(contact.fence + 1);
      const what: Happening = { kind: 'reopened', fence, reason: act.reason, reopening: command.id };
      return withWords(act.reason, REASON_LIMIT, refusal, what);
    }
    case 'reply':
    case 'check-exit':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'safe-contact':
    case 'choose-language':
    case 'send-reference':
      return decideChat(contact, { ...command, act }, by);
    case 'offer-chat':
    case 'answer-offer':
    case 'withdraw-offer':
      return decideHandOver(contact, { ...command, act }, by, policy, now);
    default:
      return decideRecord(contact, { ...command, act }, by, policy);
  }
}

const NOT_A_CHAT: Refusal = { code: 'not-a-chat' };

function decideClaim(contact: Contact, by: Actor): Decision {
  const { ownership } = contact;
  switch (ownership.kind) {
    case 'waiting':
    case 'verify':
      return accept({ kind: 'claimed', fence: asFence(contact.fence + 1) });
    case 'owned':
    case 'link-lost':
      if (ownership.by.desk === by.desk) return refuse({ code: 'already-yours' });
      return refuse({ code: 'taken', by: ownership.by, since: ownership.since });
    case 'closed':
      return refuse({ code: 'closed', by: ownership.by, since: ownership.since });
    default:
      return unreachable(ownership);
  }
}

/**
 * Only what somebody holds can be taken from them, and only from the one who was meant: under another fence somebody else
 * has it by now, with the caller on the line (rules A-04, C-06).
 */
function refusalOfFreeing(contact: Contact, { fence }: Command): Refusal | null {
  const { ownership } = contact;
  if (ownership.kind === 'closed') return { code: 'closed', by: ownership.by, since: ownership.since };
  const owner = ownerOf(contact);
  if (owner === null) return { code: 'not-yours' };
  return fence === contact.fence ? null : { code: 'fenced', by: owner };
}

/** Anybody who sees the danger may promote what waits; what somebody owns, only the owner (rule C-07). */
function refusalOfPromotion(contact: Contact, command: Command, by: Actor): Refusal | null {
  if (contact.band === 'A') return { code: 'already-in-band', band: 'A' };
  return needsPerson(contact) ? null : refusalOfEffect(contact, command, by);
}

/**
 * The owner may; and whoever promoted it at once, while it has waited ever since (rules C-07, X-10): a slip of the finger is taken back, not
 * what a colleague has had in hand and given back as an emergency.
 */
function refusalOfDemotion(contact: Contact, command: Command, by: Actor, now: Instant): Refusal | null {
  const last = contact.bandChanges.at(-1);
  const isOwnPromotion = last?.to === 'A' && last.by.desk === by.desk && last.by.handler === by.handler;
  const wasNobodys = last?.fence === contact.fence && command.fence === contact.fence;
  const isSlip = isOwnPromotion && wasNobodys && isAtOnce(last.at, now);
  if (contact.band === 'A' && needsPerson(contact) && isSlip) return null;
  const refusal = refusalOfEffect(contact, command, by);
  return refusal ?? (contact.band === 'B' ? { code: 'already-in-band', band: 'B' } : null);
}

function withOwner(contact: Contact, command: Command, by: Actor, what: Happening): Decision {
  const refusal = refusalOfEffect(contact, command, by);
  return refusal === null ? accept(what) : refuse(refusal);
}

/**
 * The contact after an event. Total on what `decide` produced (rule C-09): it asserts, never refuses. Events must come
 * in the order of their revisions.
 */
export function apply(contact: Contact | null, event: ContactEvent): Contact {
  const { what } = event;
  if (what.kind === 'arrived') {
    assert(contact === null, `contact ${event.contact} arrived twice`);
    return what.contact;
  }
  assert(contact !== null, `${what.kind} for contact ${event.contact}, which is not here`);
  assert(event.rev === contact.rev + 1, `contact ${contact.id} at rev ${contact.rev} got rev ${event.rev}`);
  const next = { ...contact, ...(tidingsOf(contact, event) ?? actedOn(contact, event)), rev: event.rev };
  return { ...next, marks: rowMarksOf(next) };
}

/** What is told of a contact that is here already, by its source or by a linked one (rules C-16, C-17, C-34); `null` for a person's own act. */
function tidingsOf(contact: Contact, { what, by, at }: ContactEvent): Partial<Contact> | null {
  switch (what.kind) {
    case 'located': {
      const { location, markers, reopens } = what;
      return {
        ...locatedAt(contact, location),
        ...(reopens !== undefined && {
          ...offeredAgain(contact, reopens, at),
          callBackDue: isDueCallBack(contact),
          // Nobody rang: what is on record there is what asks for another look.
          duties: contact.duties,
        }),
        ...foundOnRecord(contact, markers, at),
      };
    }
    case 'said':
      return {
        messages: [...contact.messages, what.message],
        ...askedToLook(contact, what, at),
      };
    case 'child-told':
      return toldByChild(contact, what, { by, at });
    case 'line':
      return {
        ...lineIs(contact, what.state),
        ...dutiesOfLine(contact, what.state, at),
        ...chatAfterLine(contact, { state: what.state, end: what.end, at }),
        ...offeredAgain(contact, what.reopens, at),
      };
    case 'reached':
      return chatAfterReaching(contact, { ...what, at });
    case 'translated':
      return { ...changedByTranslation(contact, what.about), ...askedToLook(contact, what, at) };
    case 'attached':
      return { photos: [...contact.photos, what.photo] };
    case 'carried':
      return carriedIn(contact, what, at);
    case 'call':
      return {
        ...lineIs(contact, lineAfterCall(contact, what.call)),
        ...dutiesOfCall(contact, what.call, at),
        ...foundOnRecord(contact, what.markers, at),
        ...offeredAgain(contact, what.reopens, at),
        call: what.call,
      };
    default:
      return null;
  }
}

/** Risk words in what the public wrote, or in what a machine made of it: due as a look first, and another look at the risk (rules O-07, T-23). */
function askedToLook(
  contact: Contact,
  { lookFirst, riskWords }: Pick<Extract<Happening, { kind: 'said' }>, 'lookFirst' | 'riskWords'>,
  at: Instant,
): Partial<Contact> {
  return {
    ...(lookFirst !== undefined && { flags: { ...contact.flags, lookFirst: true }, due: lookFirst }),
    ...dutiesOfWords(contact, riskWords, at),
  };
}

/**
 * In the order in which they were measured, not in which they came: what a source tells again after a fault may be older than
 * what is here (rule C-16). The place is that of the newest that has words, until a handler has agreed one with the caller.
 */
function locatedAt({ locations, place, spots }: Contact, location: Location): Partial<Contact> {
  const before = locations.filter(({ at }) => at <= location.at);
  const after = locations.filter(({ at }) => at > location.at);
  const isNewest =
    spots.length === 0 && location.place !== null && after.every((newer) => newer.place === null);
  return {
    locations: withoutMiddle([...before, location, ...after]),
    place: isNewest ? location.place : place,
  };
}

/** Of a handset that tells every second the contact shows the first and the newest; the log has them all (rule C-16). */
function withoutMiddle(locations: readonly Location[]): readonly Location[] {
  const [first] = locations;
  if (locations.length <= LOCATIONS_SHOWN || first === undefined) return locations;
  return [first, ...locations.slice(1 - LOCATIONS_SHOWN)];
}

/** A dropped emergency must be rung back, whoever has it (rule C-08). */
function lineIs(contact: Contact, channelState: ChannelState): Partial<Contact> {
  const drops = channelState === 'dropped' && contact.band === 'A' && contact.ownership.kind !== 'closed';
  return { channelState, callBackDue: contact.callBackDue || drops };
}

/**
 * The line of a closed contact is alive once more, so somebody is waiting: the contact is offered to everybody again, as if it rang now, under
 * a new fence, and with a new look at the risk if there was one (rule C-32).
 */
function offeredAgain(contact: Contact, fence: Fence | undefined, at: Instant): Partial<Contact> {
  if (fence === undefined) return {};
  return {
    fence,
    ownership: moved(contact, { kind: 'waiting', since: at }),
    work: 'open',
    closing: null,
    bandSince: contact.band === 'A' ? at : contact.bandSince,
    ...dutiesOfReturn(contact, at),
  };
}

/** What brings the duty to ring back again when a contact is open again: its channel, a line that was lost in danger, or a promise not kept. */
function isDueCallBack(contact: Contact): boolean {
  const { channel, channelState, band } = contact;
  const isLost = channelState === 'dropped' && band === 'A';
  return channelFacts[channel].callBack || isLost || isPromiseOpen(contact);
}

/** Nobody was reached since a call-back was promised last (rule C-37). */
function isPromiseOpen({ promised, attempts }: Contact): boolean {
  const last = promised?.at(-1);
  const isWrong = (id: CommandId): boolean => attempts.some(({ corrects }) => corrects === id);
  return (
    last !== undefined &&
    !attempts.some(({ id, at, endedDuty }) => endedDuty === true && at >= last.at && !isWrong(id))
  );
}

type PersonsAct = Exclude<
  Happening,
  {
    kind:
      | 'arrived'
      | 'located'
      | 'said'
      | 'line'
      | 'call'
      | 'child-told'
      | 'reached'
      | 'translated'
      | 'attached'
      | 'carried'
      | RecordHappening['kind']
      | ChatHappening['kind']
      | HandOverHappening['kind'];
  }
>;

function actedOn(contact: Contact, { what, by, at }: ContactEvent): Partial<Contact> {
  assert(by !== null, `${what.kind} of contact ${contact.id} has no actor`);
  if (isRecordHappening(what)) return recordedIn(contact, { at, by, what });
  if (isChatHappening(what)) return changedByChat(contact, { at, by, what });
  if (isHandOverHappening(what)) return changedByHandOver(contact, { at, by, what });
  const changed = changeOf(contact, what as PersonsAct, by, at);
  return what.kind === 'reopened' ? { ...changed, duties: dutiesAfterReopening(contact) } : changed;
}

function changeOf(contact: Contact, what: PersonsAct, by: Actor, at: Instant): Partial<Contact> {
  switch (what.kind) {
    case 'claimed':
      return { fence: what.fence, ownership: moved(contact, { kind: 'owned', by, since: at }), work: 'open' };
    case 'released':
      return {
        ...chatAfterRelease(contact, what, by, at),
        ownership: moved(contact, { kind: 'waiting', since: at }),
        work: 'open',
        ...dutiesOfHandover(contact, at),
      };
    case 'freed':
      return {
        fence: what.fence,
        ownership: moved(contact, { kind: 'waiting', since: at }),
        work: 'open',
        ...dutiesOfHandover(contact, at),
      };
    case 'noted': {
      const { note: id, text, happenedAt, late } = what;
      return { notes: [...contact.notes, { id, text, by, at, happenedAt, late }] };
    }
    case 'promoted':
      return {
        band: 'A',
        bandSince: at,
        due: what.due ?? contact.due,
        bandChanges: bandChangesOf(contact, 'A', what.reason, { by, at }),
      };
    case 'demoted': {
      const bandChanges = bandChangesOf(contact, 'B', what.reason, { by, at });
      return { band: 'B', bandSince: contact.receivedAt, due: what.due ?? contact.due, bandChanges };
    }
    case 'closed': {
      const { outcome, reason, record } = what;
      const ownership = moved(contact, { kind: 'closed', by, since: at });
      const closing = { outcome, reason, record, ...underThose(what.policies), by, at };
      const settled = settledByClosing(contact, what, by, at);
      return {
        ownership,
        callBackDue: false,
        closing,
        reopened: undefined,
        ...chatAfterClosing(contact, at),
        ...settled,
      };
    }
    case 'reopened': {
      const { closing, rev } = contact;
      return {
        fence: what.fence,
        ownership: moved(contact, { kind: 'owned', by, since: at }),
        callBackDue: isDueCallBack(contact),
        work: 'open',
        closing: null,
        ...chatAfterReopening(contact),
        reopened: closing === null ? undefined : { id: what.reopening, at, closing, rev: rev + 1, by },
      };
    }
    default:
      return unreachable(what);
  }
}

function bandChangesOf(
  { bandChanges, fence }: Contact,
  to: 'A' | 'B',
  reason: string,
  done: Done,
): Contact['bandChanges'] {
  return [...bandChanges, { to, reason, fence, ...done }];
}

function moved(contact: Contact, to: Ownership): Ownership {
  const from = contact.ownership.kind;
  assert(
    ownershipEdges[from].includes(to.kind),
    `contact ${contact.id} cannot go from ${from} to ${to.kind}`,
  );
  return to;
}

import { assert, unreachable } from '../lib/assert.ts';
import { channelFacts } from './channel.ts';
import { NOTE_LIMIT, REASON_LIMIT, type ActKind, type Command } from './command.ts';
import {
  needsPerson,
  ownerOf,
  type Actor,
  type ChannelState,
  type Contact,
  type Ownership,
} from './contact.ts';
import type { ContactEvent, Happening } from './event.ts';
import { asFence } from './ids.ts';
import type { Location } from './location.ts';
import type { Role } from './role.ts';
import { dueOf, type ServicePolicy } from './service-level.ts';
import type { Instant } from './time.ts';

/** Where ownership may go from where (rule C-04). No other edge exists; the queue's database refuses one too. */
export const ownershipEdges: Readonly<Record<Ownership['kind'], readonly Ownership['kind'][]>> = {
  waiting: ['owned', 'closed'],
  owned: ['waiting', 'owned', 'link-lost', 'closed'],
  'link-lost': ['owned', 'verify', 'waiting', 'closed'],
  verify: ['owned', 'closed'],
  closed: ['owned'],
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
  /** Another act is on the record under this command's id (rule X-03). */
  | { readonly code: 'id-in-use' }
  /** With the link down only the queue could answer, so nothing was kept (rule X-08). */
  | { readonly code: 'link-down' };

export type Decision =
  | { readonly kind: 'accepted'; readonly what: Happening | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const accept = (what: Happening | null): Decision => ({ kind: 'accepted', what });
const refuse = (refusal: Refusal): Decision => ({ kind: 'refused', refusal });

/**
 * What a command does to a contact, or why not. The queue's word is final; a desk asks the same function first, so
 * that a sure refusal costs no round trip. An accepted `null` changes nothing and is only audited.
 */
export function decide(contact: Contact, command: Command, by: Actor, policy: ServicePolicy): Decision {
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
    case 'release':
      return withOwner(contact, command, by, { kind: 'released' });
    case 'grade': {
      const due = dueOf({ ...contact, grade: act.grade }, policy);
      const what: Happening = {
        kind: 'graded',
        grading: command.id,
        grade: act.grade,
        reason: act.reason,
        due,
      };
      return withWords(act.reason, REASON_LIMIT, refusalOfEffect(contact, command, by), what);
    }
    case 'promote':
      return withWords(act.reason, REASON_LIMIT, refusalOfPromotion(contact, command, by), {
        kind: 'promoted',
        reason: act.reason,
      });
    case 'demote':
      return withWords(act.reason, REASON_LIMIT, refusalOfDemotion(contact, command, by), {
        kind: 'demoted',
        reason: act.reason,
      });
    case 'close': {
      const { outcome, reason } = act;
      return withWords(reason, REASON_LIMIT, refusalOfEffect(contact, command, by), {
        kind: 'closed',
        outcome,
        reason,
      });
    }
    case 'reopen': {
      const refusal: Refusal | null = contact.ownership.kind === 'closed' ? null : { code: 'not-closed' };
      const what: Happening = { kind: 'reopened', fence: asFence(contact.fence + 1), reason: act.reason };
      return withWords(act.reason, REASON_LIMIT, refusal, what);
    }
    default:
      return unreachable(act);
  }
}

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

/** An effect needs the current fence and its owner's desk (rule C-06); otherwise, why not. */
function refusalOfEffect(contact: Contact, command: Command, by: Actor): Refusal | null {
  const { ownership } = contact;
  if (ownership.kind === 'closed') return { code: 'closed', by: ownership.by, since: ownership.since };
  const owner = ownerOf(contact);
  if (owner !== null && owner.desk === by.desk && command.fence === contact.fence) return null;
  return command.fence < contact.fence ? { code: 'fenced', by: owner } : { code: 'not-yours' };
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

/** The owner may; and while it still waits, whoever promoted it (rule C-07): a slip of the finger is taken back at once. */
function refusalOfDemotion(contact: Contact, command: Command, by: Actor): Refusal | null {
  const last = contact.bandChanges.at(-1);
  const isOwnPromotion = last?.to === 'A' && last.by.desk === by.desk && last.by.handler === by.handler;
  if (contact.band === 'A' && needsPerson(contact) && isOwnPromotion) return null;
  const refusal = refusalOfEffect(contact, command, by);
  return refusal ?? (contact.band === 'B' ? { code: 'already-in-band', band: 'B' } : null);
}

function withOwner(contact: Contact, command: Command, by: Actor, what: Happening): Decision {
  const refusal = refusalOfEffect(contact, command, by);
  return refusal === null ? accept(what) : refuse(refusal);
}

/** The words an act needs are there and fit; then `refusal` if there is one. */
function withWords(words: string, limit: number, refusal: Refusal | null, what: Happening): Decision {
  if (words.trim() === '') return refuse({ code: 'text-missing' });
  if (words.length > limit) return refuse({ code: 'text-too-long', limit, length: words.length });
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
  return { ...contact, ...(tidingsOf(contact, what) ?? actedOn(contact, event)), rev: event.rev };
}

/** What a source tells of a contact that is here already (rules C-16, C-17); `null` when the event is a person's act. */
function tidingsOf(contact: Contact, what: Happening): Partial<Contact> | null {
  switch (what.kind) {
    case 'located': {
      const { location } = what;
      return locatedAt(contact, location);
    }
    case 'said':
      return { messages: [...contact.messages, what.message] };
    case 'line':
      return lineIs(contact, what.state);
    default:
      return null;
  }
}

/**
 * In the order in which they were measured, not in which they came: what a source tells again after a fault may be older than
 * what is here (rule C-16). The place is that of the newest that has words.
 */
function locatedAt({ locations, place }: Contact, location: Location): Partial<Contact> {
  const before = locations.filter(({ at }) => at <= location.at);
  const after = locations.filter(({ at }) => at > location.at);
  const isNewest = location.place !== null && after.every((newer) => newer.place === null);
  return { locations: [...before, location, ...after], place: isNewest ? location.place : place };
}

/** A dropped emergency must be rung back, whoever has it (rule C-08). */
function lineIs(contact: Contact, channelState: ChannelState): Partial<Contact> {
  const drops = channelState === 'dropped' && contact.band === 'A' && contact.ownership.kind !== 'closed';
  return { channelState, callBackDue: contact.callBackDue || drops };
}

/** What brings the duty to ring back again when a contact is open again: its channel, or a line that was lost in danger. */
function isDueCallBack({ channel, channelState, band }: Contact): boolean {
  return channelFacts[channel].callBack || (channelState === 'dropped' && band === 'A');
}

type PersonsAct = Exclude<Happening, { kind: 'arrived' | 'located' | 'said' | 'line' }>;

function actedOn(contact: Contact, { what, by, at }: ContactEvent): Partial<Contact> {
  assert(by !== null, `${what.kind} of contact ${contact.id} has no actor`);
  return changeOf(contact, what as PersonsAct, by, at);
}

function changeOf(contact: Contact, what: PersonsAct, by: Actor, at: Instant): Partial<Contact> {
  switch (what.kind) {
    case 'claimed':
      return { fence: what.fence, ownership: moved(contact, { kind: 'owned', by, since: at }), work: 'open' };
    case 'released':
      return { ownership: moved(contact, { kind: 'waiting', since: at }), work: 'open' };
    case 'freed':
      return {
        fence: what.fence,
        ownership: moved(contact, { kind: 'waiting', since: at }),
        work: 'open',
      };
    case 'noted': {
      const { note: id, text, happenedAt, late } = what;
      return { notes: [...contact.notes, { id, text, by, at, happenedAt, late }] };
    }
    case 'graded': {
      const grading = { id: what.grading, grade: what.grade, reason: what.reason, by, at };
      return { grade: what.grade, due: what.due, gradings: [...contact.gradings, grading] };
    }
    case 'promoted':
      return {
        band: 'A',
        bandSince: at,
        bandChanges: [...contact.bandChanges, { to: 'A', reason: what.reason, by, at }],
      };
    case 'demoted': {
      const bandChanges = [...contact.bandChanges, { to: 'B', reason: what.reason, by, at } as const];
      return { band: 'B', bandSince: contact.receivedAt, bandChanges };
    }
    case 'closed': {
      const closing = { outcome: what.outcome, reason: what.reason, by, at };
      return { ownership: moved(contact, { kind: 'closed', by, since: at }), callBackDue: false, closing };
    }
    case 'reopened':
      return {
        fence: what.fence,
        ownership: moved(contact, { kind: 'owned', by, since: at }),
        callBackDue: isDueCallBack(contact),
        work: 'open',
        closing: null,
      };
    default:
      return unreachable(what);
  }
}

function moved(contact: Contact, to: Ownership): Ownership {
  const from = contact.ownership.kind;
  assert(
    ownershipEdges[from].includes(to.kind),
    `contact ${contact.id} cannot go from ${from} to ${to.kind}`,
  );
  return to;
}

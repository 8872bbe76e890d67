import type { ChatEnd } from '../../shared/domain/chat/chat.ts';
import type { ActKind } from '../../shared/domain/command.ts';
import type { Actor } from '../../shared/domain/contact.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import type { ClosingField } from '../../shared/domain/record/closing-record.ts';
import type { DutyKind } from '../../shared/domain/record/parts.ts';
import type { ShutBecause } from '../../shared/domain/outbound/reach.ts';
import { partNames, rationaleParts } from '../../shared/domain/triage/rationale.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { clockWords } from '../ui/time-words.ts';
import { roleWords } from './role-words.ts';

/** A colleague as one calls them across the room. */
export const deskWords = (actor: Actor): string => `desk ${actor.deskNumber}`;

/** Every refusal as a sentence: what happened, and what to do if there is something to do. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.code) {
    case 'taken':
      return `Taken by ${deskWords(refusal.by)} at ${clockWords(refusal.since)} – you stay here.`;
    case 'fenced':
      return refusal.by === null
        ? 'No longer yours, and nobody has it now. Press c to claim it again; your notes are kept.'
        : `No longer yours: ${deskWords(refusal.by)} has it. Your notes are kept; speak to ${deskWords(refusal.by)}.`;
    case 'not-yours':
      return 'Not done: this contact is not yours. Press c to claim it first.';
    case 'already-yours':
      return 'Already yours. Nothing changed.';
    case 'closed':
      return `Closed by ${deskWords(refusal.by)} at ${clockWords(refusal.since)}. Reopen it to go on.`;
    case 'not-closed':
      return 'Not reopened: this contact is still open.';
    case 'already-in-band':
      return refusal.band === 'A'
        ? 'Already an emergency. Nothing changed.'
        : 'Not an emergency any more. Nothing changed.';
    case 'text-missing':
      return 'Not done: there are no words. Write a few, then press Enter again.';
    case 'text-too-long':
      return `Too long by ${refusal.length - refusal.limit} characters. Nothing is cut: split it in two.`;
    case 'unknown-contact':
      return 'The queue does not know this contact. Read its reference to your team leader.';
    case 'link-down':
      return 'Not claimed: the link to the queue is down. Answer by telephone; Ctrl+N writes it down.';
    case 'role':
      return roleRefusal(refusal);
    case 'already-logged':
      return `Already written down, as ${refusal.ref}. Nothing was written twice; open that one.`;
    case 'not-in-this-name':
      return 'The queue does not know this desk’s earlier handler, so this was not done. The words are here to copy.';
    case 'id-in-use':
      return 'The queue has another act under this one’s number, so this was not done. The words are here to copy.';
    case 'below-floor':
      return `Not done: ${sentence(refusal.because)} ${refusal.floor} is the lowest grade here; only a team leader can agree to a lower one.`;
    case 'rationale-missing':
      return `Not graded: a lower grade says why. Still to write: ${listed(refusal.parts, rationaleNames)}.`;
    case 'plan-unasked':
      return `Not graded: ${refusal.plan} is an agreed plan. Say first what is different today: press w in the record. G1 and G2 wait for nothing.`;
    case 'nothing-asked':
      return 'Not done: nobody waits for a word on a lower grade here any more. Look at the grade as it stands.';
    case 'own-asking':
      return 'Not done: you asked for this lower grade yourself. Another mentor or team leader must look at it.';
    case 'record-incomplete':
      return `Not closed. Still missing: ${listed(refusal.missing, recordNames)}.`;
    case 'linked-already':
      return 'Not linked: these two are linked already, or are the same contact.';
    case 'parent-closed':
      return `Not closed: ${refusal.ref} is closed, and ${listed(refusal.open, recordNames)} would be nobody’s. Reopen ${refusal.ref} first, or close this one with an outcome of its own.`;
    case 'not-a-duplicate':
      return `Not closed: ${duplicateWords(refusal)}`;
    case 'closed-as-duplicate':
      return `Not parted: ${refusal.ref} was closed as a duplicate of this one. Reopen ${refusal.ref} first; then part them.`;
    case 'not-linked':
      return 'Nothing to part: this link is no longer there.';
    case 'unknown-other':
      return 'Not linked: the queue does not know the other contact. Check its reference.';
    case 'no-such-duty':
      return 'Already done, or settled another way. Nothing changed.';
    case 'incident-open':
      return refusal.ref === null
        ? 'An incident is open for this contact already. Nothing was opened twice.'
        : `Incident ${refusal.ref} is open for this contact already. Nothing was opened twice.`;
    case 'no-major-incident':
      return 'Not stood down: no major incident is declared on this contact.';
    case 'major-changed':
      return `Not sent: ${deskWords(refusal.by)} has declared or changed “${refusal.name}” here meanwhile. Read it, then send yours again.`;
    case 'left-by-exit':
      return 'Not sent: they left by the safety exit. Nothing goes out until somebody has checked on them (Ctrl+F4 says how).';
    case 'chat-over':
      return `Not sent: ${overWords[refusal.end ?? 'ended-by-handler'] ?? 'the chat is over'}. Nobody would read it; your words stay here.`;
    case 'not-a-chat':
      return 'Not sent: this contact is no chat. Use the telephone, or a note for the record.';
    case 'no-safe-way':
      return `Not sent: ${shutWords[refusal.because]}`;
    case 'not-that-way':
      return `Not sent: they chose ${refusal.way === 'text' ? 'a text' : 'e-mail'}, or another address, meanwhile. Look at it, then send again.`;
    case 'not-recorded':
      return 'Not sent: nothing is recorded yet that a reference would stand for. Open an incident, decide about the crime, or close it first.';
    case 'sent-already':
      return `Not sent again: their reference went there at ${clockWords(refusal.at)}.`;
    case 'nothing-to-check':
      return 'Nothing to check: nobody left by the safety exit, or somebody has checked already.';
    case 'cannot-take':
      return `Not handed on: ${deskWords(refusal.to)} ${cannotTakeWords(refusal)}. The chat stays where it is.`;
    case 'offer-gone':
      return goneWords(refusal);
    case 'not-whole':
      return `Not kept: ${wholeWords[refusal.field] ?? 'it does not fit together. Check what is filled in.'}`;
    default:
      return unreachable(refusal);
  }
}

/** Why there is no way to them in writing, and what to do. */
const shutWords: Readonly<Record<ShutBecause, string>> = {
  'none-chosen': 'they have chosen no safe way yet. Ask them, and keep it as safe contact (Ctrl+F1).',
  'not-in-writing': 'they want to be rung or reached through somebody, not written to.',
  nobody: 'they asked not to be contacted.',
  'not-an-address':
    'what they gave is no address or number that anything can be sent to. Ask them again (Ctrl+F1).',
};
/** Why a colleague cannot be given a chat just now: behind their name (rule CH-16). */
export function cannotTakeWords({
  because,
  n,
}: Pick<Extract<Refusal, { code: 'cannot-take' }>, 'because' | 'n'>): string {
  switch (because) {
    case 'yourself':
      return 'is your own desk';
    case 'gone':
      return 'has nobody signed in any more';
    case 'not-available':
      return 'is not available now';
    case 'limit':
      return `has ${n === 1 ? 'a chat' : `${n} chats`} already, as many as they take at once`;
    case 'risk':
      return 'has a chat already, and where risk is flagged it is one alone';
    case 'role':
      return 'has a trainee, who takes no emergency';
    default:
      return unreachable(because);
  }
}

/** What became of an offer that somebody answers or takes back too late. */
function goneWords({ because, by }: Extract<Refusal, { code: 'offer-gone' }>): string {
  const whose =
    by === null ? 'It is in the list for everybody.' : `${sentenceStart(deskWords(by))} has the chat.`;
  switch (because) {
    case 'taken':
      return `Answered already: the chat was taken over. ${whose}`;
    case 'declined':
      return `Answered already: they said no. ${whose}`;
    case 'withdrawn':
      return `Not taken: the offer was taken back. ${whose}`;
    case 'run-out':
      return `Not taken: the time of the offer is over. ${whose}`;
    case 'overtaken':
      return `Nothing to answer: the chat has gone another way meanwhile. ${whose}`;
    case 'not-you':
      return `Not taken: this offer was for somebody else. ${whose}`;
    default:
      return unreachable(because);
  }
}

const sentenceStart = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const overWords: Partial<Readonly<Record<ChatEnd, string>>> = {
  'ended-by-public': 'they have ended the chat',
  'quick-exit': 'they left the page by the safety exit',
  'moved-to-999': 'the chat has moved to 999',
};

/** A reason as a sentence of its own. */
const sentence = (words: string): string => (/[.!?]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`);

/** Codes in words: "category, result and crime". A code that this window does not know is said as it is. */
function listed(codes: readonly string[], names: Readonly<Record<string, string>>): string {
  const words = codes.map((code) => names[code] ?? code);
  const last = words.at(-1) ?? 'something';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const rationaleNames: Readonly<Record<string, string>> = Object.fromEntries(
  rationaleParts.map((part) => [part, partNames[part].toLowerCase()]),
);

/** The fields of a closing record and the duties that keep it open. */
const recordNames: Readonly<Record<ClosingField | 'record' | DutyKind, string>> = {
  record: 'the closing record',
  outcome: 'how it ended',
  category: 'the closing category',
  qualifiers: 'the qualifiers',
  result: 'the result in a line',
  triage: 'the risk assessment (THRIVE)',
  look: 'what it is about, or the rest of THRIVE',
  care: 'the path of Right Care Right Person',
  different: 'what is different today, which the agreed plan asks',
  passed: 'passing it on, with what the caller said',
  major: 'standing the major incident down',
  incident: 'an incident, or why none was needed',
  crime: 'the decision about a crime',
  'caller-told': 'whether the caller knows what happens next',
  parent: 'the contact it is a duplicate of',
  'tell-caller': 'telling the caller what has changed',
  're-thrive': 'another look at the risk',
  agree: 'a second person’s word on the lower grade',
};

/** Why it does not end in the other contact, and what to do. */
function duplicateWords({ ref, because }: Extract<Refusal, { readonly code: 'not-a-duplicate' }>): string {
  const own = 'close this one with an outcome of its own';
  switch (because) {
    case 'ended-elsewhere':
      return `${ref} is itself closed as a duplicate. Link this one to the contact in which that one ended, or ${own}.`;
    case 'not-assessed':
      return `${ref} was closed without a risk assessment. Reopen ${ref} first, or ${own}.`;
    case 'graded-lower':
      return `${ref} is graded lower than this one, or not at all. Tell its owner, or ${own}.`;
    case 'hurt':
      return 'somebody on this call is hurt. That is an emergency of its own: close it with an outcome of its own.';
    case 'something-new':
      return `this call told something new of the major incident. Look whether ${ref} has it, and ${own}.`;
    case 'said-since':
      return `more has been told here since it was linked than ${ref} has. Part the link, link it again, and close it then.`;
    default:
      return unreachable(because);
  }
}

/** What does not hold together, and what to do about it. */
const wholeWords: Readonly<Record<string, string>> = {
  rationale: 'the reason for the lower grade is missing. Write it, then try again.',
  decision: 'the decision about the crime is not whole. Fill in what it asks for.',
  result: 'what was tried and what came of it do not fit. Choose again.',
  from: 'a major incident is handed on to another contact than the one it stands on.',
  acceptedBy: 'write who at the other end said yes and read it back, then hand it on.',
  undoes:
    'what was to be taken back is not the last thing that you did here just now. Close it with an outcome.',
  corrects: 'that attempt is not on record, or was corrected already.',
  safe: 'it is not safe to ring. Choose another way, or none.',
  major: 'say that it is a major incident, standing by or declared.',
  exact: 'say exactly where it is.',
  type: 'say what kind of incident it is.',
};

/** What somebody in this role may not do, and whom to ask. */
function roleRefusal({ role, act, emergency }: Extract<Refusal, { readonly code: 'role' }>): string {
  const words = notAllowed[act] ?? 'do this';
  if (role === 'trainee')
    return emergency
      ? `A trainee does not ${words} an emergency alone. Call your mentor.`
      : `A trainee does not ${words} a contact alone. Call your mentor.`;
  return `A ${roleWords[role]} does not ${words} a contact. Ask a mentor or your team leader.`;
}

/** The acts that the table of rights refuses to somebody. */
const notAllowed: Partial<Readonly<Record<ActKind, string>>> = {
  claim: 'take',
  close: 'close',
  reopen: 'reopen',
  demote: 'demote',
  free: 'free',
  attempt: 'ring back about',
  'answer-offer': 'take over',
  pass: 'pass on',
  agree: 'agree to a lower grade of',
  'stand-down': 'stand a major incident down on',
};

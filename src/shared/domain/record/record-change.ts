import { assert, unreachable } from '../../lib/assert.ts';
import { isSureMatch } from '../assist/markers.ts';
import type { Call } from '../call.ts';
import type { Actor, Contact, Grading } from '../contact.ts';
import type { Happening } from '../event.ts';
import type { CommandId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { CallBackAttempt, Done, Duty, DutyKind, Link, MarkerOnRecord } from './parts.ts';

const recordKinds = [
  'graded',
  'grade-asked',
  'grade-answered',
  'triaged',
  'placed',
  'tried',
  'heard',
  'linked',
  'joined',
  'parted',
  'discharged',
  'incident-opened',
  'crime-decided',
  'passed-on',
  'major-declared',
  'stood-down',
  'contributed',
] as const;

/** What adds to the record and leaves ownership, band and line as they are. */
export type RecordHappening = Extract<Happening, { kind: (typeof recordKinds)[number] }>;

export function isRecordHappening(what: Happening): what is RecordHappening {
  return (recordKinds as readonly string[]).includes(what.kind);
}

/** An event of this kind, as far as it matters here. */
export interface RecordEvent {
  readonly at: Instant;
  readonly by: Actor;
  readonly what: RecordHappening;
}

/** What such an event changes. Total, like `apply` (rule C-09). */
export function recordedIn(contact: Contact, { at, by, what }: RecordEvent): Partial<Contact> {
  const done: Done = { by, at };
  const duty = (kind: DutyKind, because: string): readonly Duty[] =>
    withDuty(contact.duties, kind, because, at);
  switch (what.kind) {
    case 'graded': {
      const { grading: id, grade, reason, due, rationale, tellCaller, undoes } = what;
      // What was asked before is settled by a grade that needed no leave.
      const left = discharged(contact.duties, (open) => open.kind === 'agree', done, reason);
      // Where the grade is as high again as the caller believes, there is nothing to tell.
      const duties = tellCaller
        ? withDuty(left, 'tell-caller', 'downgrade', at)
        : discharged(left, (open) => open.kind === 'tell-caller', done, reason);
      const grading: Grading = { id, grade, reason, rationale, ...takingBack(contact, undoes), ...done };
      return { ...regraded(contact, grading), due, asked: null, duties };
    }
    case 'grade-asked': {
      const { grading: id, grade, reason, rationale } = what;
      return { asked: { id, grade, reason, rationale, ...done }, duties: duty('agree', 'downgrade') };
    }
    case 'grade-answered':
      return answered(contact, what, done);
    case 'triaged': {
      const triage = [...contact.triage, { id: what.triage, entry: what.entry, ...done }];
      return { triage, duties: discharged(contact.duties, (open) => open.kind === 're-thrive', done, '') };
    }
    case 'placed': {
      const spot = { id: what.spot, ...what.said, ...done };
      return { spots: [...contact.spots, spot], place: what.said.words };
    }
    case 'tried': {
      const { attempt: id, tried, corrects } = what;
      const wrong = contact.attempts.find((each) => each.id === corrects);
      const isDue = contact.callBackDue || wrong?.endedDuty === true;
      const ends = isDue && tried.result === 'answered';
      const attempt: CallBackAttempt = {
        id,
        ...tried,
        ...(corrects === undefined ? {} : { corrects }),
        ...(ends ? { endedDuty: true } : {}),
        ...done,
      };
      return { attempts: [...contact.attempts, attempt], callBackDue: isDue && !ends };
    }
    case 'heard':
      return {
        heard: [...contact.heard, { id: what.heard, ...what.sound, ...done }],
        ...dutiesOfWords(contact, what.riskWords, at),
      };
    case 'linked': {
      const { link: id, as: kind, parent: other, fact, found } = what;
      return {
        links: [...contact.links, { id, kind, side: 'child', other, fact, found, parted: null, ...done }],
      };
    }
    case 'joined': {
      const { link: id, as: kind, child: other, fact, found, due } = what;
      const link: Link = { id, kind, side: 'parent', other, fact, found, parted: null, ...done };
      const links = [...contact.links, link];
      if (due === null) return { links };
      const flags = { ...contact.flags, lookFirst: true };
      // The same caller once more, with nothing new in words: that they ring again is what is new (rule T-17).
      const isBareCall = kind === 'same-caller' && fact.trim() === '' && found.length === 0;
      const because = isBareCall ? 'caller-rang-back' : 'linked-adds-facts';
      return { links, due, flags, duties: duty('re-thrive', because) };
    }
    case 'parted': {
      const parted = { reason: what.reason, ...done };
      return { links: contact.links.map((link) => (link.id === what.link ? { ...link, parted } : link)) };
    }
    case 'discharged':
      return { duties: discharged(contact.duties, ({ id }) => id === what.duty, done, what.words) };
    case 'incident-opened': {
      const { incident: id, ref, provisionalRef, category } = what;
      return { incident: { id, ref, provisionalRef, category, ...done } };
    }
    case 'crime-decided': {
      const { crime: id, decision, ref } = what;
      return { crime: { id, decision, ref: ref ?? contact.crime?.ref ?? null, ...done } };
    }
    case 'passed-on':
      return { passedOn: [...contact.passedOn, { id: what.passing, ...what.passed, ...done }] };
    case 'major-declared': {
      const { major: id, name, report } = what;
      const { major: before, earlierMajors } = contact;
      return {
        major: { id, name, report, stoodDown: null, ...done },
        earlierMajors: before === null ? earlierMajors : [...earlierMajors, before],
      };
    }
    case 'stood-down': {
      const { major } = contact;
      assert(major !== null, `no major incident on contact ${contact.id}`);
      return { major: { ...major, stoodDown: { reason: what.reason, ...done } } };
    }
    case 'contributed':
      return { late: [...contact.late, { id: what.contribution, said: what.said, ...done }] };
    default:
      return unreachable(what);
  }
}

function regraded(contact: Contact, grading: Grading): Partial<Contact> {
  return { grade: grading.grade, gradings: [...contact.gradings, grading] };
}

/** What stands again has the leave that it had. */
function takingBack({ gradings }: Contact, undoes: CommandId | undefined): Partial<Grading> {
  if (undoes === undefined) return {};
  const leave = gradings.at(-2)?.leave;
  return leave === undefined ? { undoes } : { undoes, leave };
}

/** The second person's word. What they agreed to counts as graded by the one who asked, then. */
function answered(
  contact: Contact,
  what: Extract<RecordHappening, { kind: 'grade-answered' }>,
  done: Done,
): Partial<Contact> {
  const { asked } = contact;
  assert(asked !== null, `nothing was asked about contact ${contact.id}`);
  const duties = discharged(contact.duties, ({ kind }) => kind === 'agree', done, what.reason);
  if (!what.agreed || what.due === null) return { asked: null, duties };
  const leave = { by: done.by, floors: what.floors ?? [] };
  const grading: Grading = { ...asked, leave, at: done.at };
  return {
    ...regraded(contact, grading),
    due: what.due,
    asked: null,
    duties: withDuty(duties, 'tell-caller', 'downgrade', done.at),
  };
}

/** Somebody has weighed it: from then on what changes is to be weighed again. */
const isLookedAt = ({ triage, grade }: Contact): boolean => triage.length > 0 || grade !== null;

/** A line that is lost after the risk was looked at changes the risk (rules T-17, C-25). */
export function dutiesOfCall(contact: Contact, call: Call, at: Instant): Pick<Contact, 'duties'> {
  const { duties, call: before } = contact;
  const isLost = call.handOver === 'caller-dropped' && before?.handOver !== 'caller-dropped';
  if (!isLost || contact.ownership.kind === 'closed' || !isLookedAt(contact)) return { duties };
  return { duties: withDuty(duties, 're-thrive', 'line-dropped', at) };
}

/**
 * Danger in what was written or heard after the risk was looked at (rule T-23). Which words those are the queue has read by the policy in
 * force when it wrote them down; whoever plays the event again reads no policy.
 */
export function dutiesOfWords(
  contact: Contact,
  riskWords: readonly string[] | undefined,
  at: Instant,
): Pick<Contact, 'duties'> {
  const { duties } = contact;
  if (riskWords === undefined || riskWords.length === 0 || !isLookedAt(contact)) return { duties };
  return { duties: withDuty(duties, 're-thrive', 'risk-words', at) };
}

/**
 * What is found on record after the arrival, or known by more than before: a graver risk than the one that was looked at (rules T-17, AS-16).
 */
export function foundOnRecord(
  contact: Contact,
  found: readonly MarkerOnRecord[] | undefined,
  at: Instant,
): Partial<Contact> {
  if (found === undefined || found.length === 0) return {};
  const { markers, duties } = contact;
  // A better match of what could be relied on already, or the area of a mast, changes no risk.
  const isGraver = found.some(({ id, matchedBy }) => {
    const before = markers.find((known) => known.id === id)?.matchedBy;
    return before === undefined
      ? matchedBy.some((by) => by !== 'wide-place')
      : isSureMatch(matchedBy) && !isSureMatch(before);
  });
  return {
    markers: [
      ...markers.map((known) => found.find(({ id }) => id === known.id) ?? known),
      ...found.filter(({ id }) => markers.every((known) => known.id !== id)),
    ],
    duties: isGraver && isLookedAt(contact) ? withDuty(duties, 're-thrive', 'marker-found', at) : duties,
  };
}

/**
 * One more duty; none when one of the kind is open already: one thing to do is one line on the screen. Its name is the same on a desk
 * that has not heard the queue yet: it counts what there was, not revisions.
 */
function withDuty(duties: readonly Duty[], kind: DutyKind, because: string, since: Instant): readonly Duty[] {
  if (duties.some((duty) => duty.kind === kind && duty.done === null)) return duties;
  const nth = duties.filter((duty) => duty.kind === kind).length + 1;
  return [...duties, { id: `${kind}@${nth}`, kind, because, since, done: null }];
}

function discharged(
  duties: readonly Duty[],
  which: (duty: Duty) => boolean,
  done: Done,
  words: string,
): readonly Duty[] {
  return duties.map((duty) =>
    duty.done === null && which(duty) ? { ...duty, done: { ...done, words } } : duty,
  );
}

/** Closing says whether the caller was told, which is what that duty asks for. */
export function dutiesAfterClosing(duties: readonly Duty[], done: Done, words: string): readonly Duty[] {
  return discharged(duties, ({ kind }) => kind === 'tell-caller', done, words);
}

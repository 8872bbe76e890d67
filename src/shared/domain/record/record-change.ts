import { assert, unreachable } from '../../lib/assert.ts';
import type { Actor, Contact, Grading } from '../contact.ts';
import type { Happening } from '../event.ts';
import type { CommandId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { gradeToCompare, isDowngrade } from '../triage/downgrade.ts';
import { entryOf, isWeighed, type TriageEntry } from '../triage/entry.ts';
import { DO_NOT_COME } from '../triage/re-thrive.ts';
import { describedAs, descriptionOf } from './description.ts';
import { provisionalCrimeRef } from './crime-reference.ts';
import {
  discharged,
  dutiesOfWords,
  foundOnRecord,
  isOfLowering,
  withDuty,
  withLowering,
  withTelling,
} from './duties.ts';
import {
  isSameCaller,
  openDuties,
  type CallBackAttempt,
  type Decided,
  type Done,
  type Duty,
  type DutyKind,
  type Link,
  type Linked,
  type DecidedUnder,
} from './parts.ts';

const recordKinds = [
  'graded',
  'grade-asked',
  'grade-answered',
  'triaged',
  'described',
  'placed',
  'tried',
  'call-back-promised',
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
  const decided: Decided = { ...done, ...underThose(what.policies) };
  const duty = (kind: DutyKind, because: string): readonly Duty[] =>
    withDuty(contact.duties, kind, because, at);
  switch (what.kind) {
    case 'graded': {
      const { grading: id, grade, reason, due, rationale, tellCaller, undoes } = what;
      // What was asked before is settled by a grade that needed no leave.
      const left = discharged(contact.duties, (open) => open.kind === 'agree', done, reason);
      // Only where the grade is again what the caller believes is there nothing to tell: to yet another level there still is.
      const believed = (open: Duty): boolean => open.kind === 'tell-caller' && open.believes === grade;
      const kept = discharged(left, believed, done, reason);
      const isBelieved = openDuties({ duties: left }).some(believed);
      const told = tellCaller && !isBelieved ? withTelling(kept, contact, at) : kept;
      const lowered = { from: gradeToCompare(contact), to: grade };
      // Nothing is lower any more: taken back, or higher again with nobody left to tell.
      const isRaised =
        (contact.asked !== null || isDowngrade(grade, contact.grade)) &&
        openDuties({ duties: told }).every(({ kind }) => kind !== 'tell-caller');
      const isOver = undoes !== undefined || isRaised;
      const settled = isOver ? discharged(told, isOfLowering, done, reason) : told;
      const duties = undoes === undefined ? withLowering(settled, contact, lowered, done) : settled;
      const grading: Grading = { id, grade, reason, rationale, ...takingBack(contact, undoes), ...decided };
      return { ...regraded(contact, grading), due, asked: null, duties };
    }
    case 'grade-asked': {
      const { grading: id, grade, reason, rationale } = what;
      const lowered = { from: gradeToCompare(contact), to: grade };
      const duties = withLowering(duty('agree', 'downgrade'), contact, lowered, done);
      return { asked: { id, grade, reason, rationale, ...decided }, duties };
    }
    case 'grade-answered':
      return answered(contact, what, decided);
    case 'triaged': {
      const triage = [...contact.triage, { id: what.triage, entry: what.entry, ...done }];
      // Who has weighed nothing has not looked again.
      const settles = (open: Duty): boolean => open.kind === 're-thrive' && isWeighed(what.entry);
      const left = discharged(contact.duties, settles, done, '');
      const isNew = saysNotToCome(what.entry) && !saysNotToCome(entryOf(contact));
      return { triage, duties: isNew ? withDuty(left, 're-thrive', 'do-not-come', at) : left };
    }
    case 'described': {
      const { description: id, said, markers, plan } = what;
      const description = { id, said, before: descriptionOf(contact), ...done };
      return {
        ...describedAs(contact, said),
        descriptions: [...contact.descriptions, description],
        ...foundOnRecord(contact, markers, at),
        ...(plan === undefined ? {} : { plan }),
      };
    }
    case 'placed': {
      const spot = { id: what.spot, ...what.said, ...done };
      return {
        spots: [...contact.spots, spot],
        place: what.said.words,
        ...foundOnRecord(contact, what.markers, at),
      };
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
        ...decided,
      };
      return { attempts: [...contact.attempts, attempt], callBackDue: isDue && !ends };
    }
    case 'call-back-promised': {
      const promise = { id: what.promise, words: what.words, ...done };
      return { promised: [...(contact.promised ?? []), promise], callBackDue: true };
    }
    case 'heard':
      return {
        heard: [...contact.heard, { id: what.heard, ...what.sound, ...done }],
        ...dutiesOfWords(contact, what.riskWords, at),
      };
    case 'linked': {
      const { link: id, as: kind, parent: other, fact, found } = what;
      return {
        links: [...contact.links, { id, kind, side: 'child', other, fact, found, parted: null, ...decided }],
        // The log may be closed, and on no list: whoever has told more of it is weighed where the handler is (rule C-24).
        ...(kind === 'repeat' && { duties: duty('re-thrive', 'linked-adds-facts') }),
      };
    }
    case 'joined': {
      const { link: id, as: kind, child: other, fact, found, due, rangAgain } = what;
      const again = rangAgain === undefined ? {} : { rangAgain };
      const link: Link = { id, kind, side: 'parent', other, fact, found, ...again, parted: null, ...decided };
      const links = [...contact.links, link];
      if (due === null) return { links };
      const flags = { ...contact.flags, lookFirst: true };
      // The same caller once more, with nothing new in words: that they ring again is what is new (rule T-17).
      const isBareCall = isSameCaller(link) && fact.trim() === '' && found.length === 0;
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
      return { incident: { id, ref, provisionalRef, category, ...decided } };
    }
    case 'crime-decided': {
      const { crime: id, decision, ref } = what;
      const provisionalRef = provisionalCrimeRef(contact, id, decision);
      return { crime: { id, decision, ref: ref ?? contact.crime?.ref ?? null, provisionalRef, ...decided } };
    }
    case 'passed-on':
      return { passedOn: [...contact.passedOn, { id: what.passing, ...what.passed, ...done }] };
    case 'major-declared': {
      const { major: id, name, report, from, acceptedBy, versions = [] } = what;
      const accepted = acceptedBy === undefined ? {} : { acceptedBy };
      const { major: before, earlierMajors } = contact;
      const own = before === null ? earlierMajors : [...earlierMajors, before];
      // Handed back, most of them are here already.
      const handed = versions.filter((version) => own.every((each) => each.id !== version.id));
      return {
        major: { id, name, report, ...accepted, stoodDown: null, ...done },
        earlierMajors: [...own, ...handed].toSorted((a, b) => a.at - b.at),
        ...(from !== undefined && { links: withHanding(contact, from, id, 'parent', done) }),
      };
    }
    case 'stood-down': {
      const { major } = contact;
      assert(major !== null, `no major incident on contact ${contact.id}`);
      const { reason, to, handing } = what;
      return {
        major: { ...major, stoodDown: { reason, ...done } },
        ...(to !== undefined &&
          handing !== undefined && { links: withHanding(contact, to, handing, 'child', done) }),
      };
    }
    case 'contributed':
      return { late: [...contact.late, { id: what.contribution, said: what.said, ...done }] };
    default:
      return unreachable(what);
  }
}

/** Where it was declared stays linked to where it went, by one link for as long as that stands (rule C-35). */
function withHanding(
  { links }: Contact,
  other: Linked,
  id: CommandId,
  side: Link['side'],
  done: Done,
): readonly Link[] {
  if (links.some((link) => link.other.contact === other.contact && link.parted === null)) return links;
  return [...links, { id, kind: 'major-incident', side, other, fact: '', found: [], parted: null, ...done }];
}

/** What a linked child tells later raises its parent as it does at the linking; the link remembers it (rules C-24, C-34). */
export function toldByChild(
  contact: Contact,
  { link: id, found, due }: Extract<Happening, { kind: 'child-told' }>,
  { by, at }: { readonly by: Actor | null; readonly at: Instant },
): Partial<Contact> {
  const { duties, flags, links } = contact;
  return {
    links: links.map((link) =>
      link.id === id ? { ...link, later: [...(link.later ?? []), { found, by, at }] } : link,
    ),
    due,
    flags: { ...flags, lookFirst: true },
    duties: withDuty(duties, 're-thrive', 'linked-adds-facts', at),
  };
}

/** Nothing where no policy had a part in it. */
export const underThose = (policies: DecidedUnder | undefined): Pick<Decided, 'policies'> =>
  policies === undefined ? {} : { policies };

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
  { policies, ...done }: Decided,
): Partial<Contact> {
  const { asked } = contact;
  assert(asked !== null, `nothing was asked about contact ${contact.id}`);
  const left = discharged(contact.duties, ({ kind }) => kind === 'agree', done, what.reason);
  // Whoever asked has taken it back: nothing is to be lowered, and nothing to be looked at for it.
  const isTakenBack = !what.agreed && asked.by.handler === done.by.handler;
  const duties = isTakenBack ? discharged(left, isOfLowering, done, what.reason) : left;
  if (!what.agreed || what.due === null) return { asked: null, duties };
  const leave = { by: done.by, floors: what.floors ?? [] };
  // What it stands by is what was in force when it was agreed to.
  const { policies: _asked, ...wished } = asked;
  const grading: Grading = { ...wished, leave, at: done.at, ...underThose(policies) };
  return {
    ...regraded(contact, grading),
    due: what.due,
    asked: null,
    duties: withTelling(duties, contact, done.at),
  };
}

/** Words that must not end it by themselves: whoever asks nobody to come may be made to (rule T-17). */
const saysNotToCome = ({ answers }: TriageEntry): boolean => answers[DO_NOT_COME]?.kind === 'yes';

import type { FoundMarker, Marker, MarkerMatch } from '../assist/markers.ts';
import type { FoundPlan, Plan } from '../assist/plans.ts';
import type { Call } from '../call.ts';
import type { Chat, SafeContactVersion } from '../chat/chat.ts';
import type { ReportForm } from '../chat/report-form.ts';
import type { Actor, Grade } from '../contact.ts';
import type { CommandId, ContactId } from '../ids.ts';
import type { LineInLanguage } from '../language/lines.ts';
import type { Sending } from '../outbound/sending.ts';
import type { SameBecause } from '../same-caller.ts';
import type { Instant } from '../time.ts';
import type { MethaneReport } from '../triage/major-incident.ts';
import type { Rationale } from '../triage/rationale.ts';
import type { TriageEntry } from '../triage/entry.ts';
import type { CrimeDecision } from './crime-decision.ts';
import type { Description } from './description.ts';
import type { Photo } from './photo.ts';

/** Who did something, and when the queue wrote it down. */
export interface Done {
  readonly by: Actor;
  readonly at: Instant;
}

/** Versions of policies by their names. */
export type DecidedUnder = Readonly<Record<string, string>>;

/** What policies had a part in deciding. */
export interface Decided extends Done {
  /** Which versions were in force then (rule Y-07); missing on a desk until the log has brought it, and in what was kept before it stood here. */
  readonly policies?: DecidedUnder | undefined;
}

/** Something said in so many words by somebody. */
export interface DoneBecause extends Done {
  readonly reason: string;
}

/** What a handler says of where it is, before the queue has written it down. */
export interface SaidSpot {
  /** As the row may show it: without a house number. */
  readonly words: string;
  /** The whole of it: house, floor, which side of the road. */
  readonly detail: string;
  /** Degrees, WGS 84; `null` when it stands in words alone. */
  readonly point: { readonly latitude: number; readonly longitude: number } | null;
  /** It was said back to the caller, and the caller agreed. */
  readonly readBack: boolean;
}

/** Where handler and caller have agreed it is. Beside every location that a machine told; never changed by one (rule C-16). */
export interface Spot extends SaidSpot, Done {
  readonly id: CommandId;
}

/** "Is it safe to ring?" is asked before anything else: the bell may be what hurts (rule C-20). */
export const safeToRing = ['yes', 'no', 'not-known'] as const;
export const callBackWays = ['voice', 'relay', 'text', 'none'] as const;
export const callBackResults = ['answered', 'no-answer', 'not-rung'] as const;

/** What was tried to reach a person who is gone. */
export interface TriedCallBack {
  readonly safe: (typeof safeToRing)[number];
  readonly way: (typeof callBackWays)[number];
  readonly result: (typeof callBackResults)[number];
  readonly words: string;
}

export interface CallBackAttempt extends TriedCallBack, Decided {
  readonly id: CommandId;
  /** An earlier one that was written down wrongly; this one stands in its place. */
  readonly corrects?: CommandId | undefined;
  /** It ended the duty to ring back: corrected, the duty is there again. */
  readonly endedDuty?: true | undefined;
}

/** The attempts that count: not those that were corrected, nor what says of one that nothing was rung after all (rule C-20). */
export function standingAttempts(attempts: readonly CallBackAttempt[]): readonly CallBackAttempt[] {
  const corrected = new Set(attempts.map(({ corrects }) => corrects));
  return attempts.filter(
    ({ id, corrects, result }) => !corrected.has(id) && (corrects === undefined || result !== 'not-rung'),
  );
}

export const heardKinds = ['noise', 'tap', 'key', 'voice'] as const;

/** What came over a line on which nobody speaks (rule C-21). */
export interface HeardSound {
  readonly what: (typeof heardKinds)[number];
  /** What a tap or a key was agreed to mean; `null` for anything else. */
  readonly means: 'yes' | 'no' | null;
  readonly words: string;
}

export interface Heard extends HeardSound, Done {
  readonly id: CommandId;
}

/**
 * How two contacts belong together. `same-incident`: of one event. `repeat`: about a log that is there already. `same-caller`: of one
 * person. `major-incident`: of an event so large that its contacts are sorted by what they add.
 */
export const linkKinds = ['same-incident', 'repeat', 'same-caller', 'major-incident'] as const;
export type LinkKind = (typeof linkKinds)[number];

/** A contact as the other side of a link names it. */
export interface Linked {
  readonly contact: ContactId;
  readonly ref: string;
}

/**
 * One end of a link (rules C-22 to C-24). Each contact keeps its own words; the parent gets one dated line of what the child adds. It can
 * be parted again, and both ends stay on the record.
 */
export interface Link extends Decided {
  /** The command that made it; the same at both ends. */
  readonly id: CommandId;
  readonly kind: LinkKind;
  /** What this contact is in it: the later one is the child. */
  readonly side: 'child' | 'parent';
  readonly other: Linked;
  /** What the child adds, in the handler's words; empty when nothing was new. */
  readonly fact: string;
  /** New things of weight that the child's words hold: injury, weapon, suspect, other place. */
  readonly found: readonly string[];
  /** At the parent: whoever rang first rings again in the child (rule T-17). */
  readonly rangAgain?: true | undefined;
  /** At the parent's side: what the child has told since, each time it was new (rule C-34). Missing where nothing was. */
  readonly later?: readonly LaterFacts[] | undefined;
  readonly parted: DoneBecause | null;
}

/** New things of weight in what a linked child was told after the linking; `by` is `null` when the public wrote them. */
export interface LaterFacts {
  readonly found: readonly string[];
  readonly by: Actor | null;
  readonly at: Instant;
}

/** Everything that the child's words have added along a link, as its parent has it. */
export const factsAlong = ({ found, later = [] }: Link): readonly string[] => [
  ...found,
  ...later.flatMap((each) => each.found),
];

/** Whether whoever rang first is at the child's end of it. A repeat is about a log, whoever tells of it. */
export const isSameCaller = ({ kind, rangAgain }: Pick<Link, 'kind' | 'rangAgain'>): boolean =>
  kind === 'same-caller' || (rangAgain === true && kind !== 'repeat');

/**
 * What still has to be done about a contact, whoever has it, and what nobody may forget (rule C-25).
 * - `tell-caller`: the answer has changed, and the caller believes the earlier one
 * - `re-thrive`: something has changed since the risk was last looked at
 * - `agree`: a second person must look at a lower grade
 */
export const dutyKinds = ['tell-caller', 're-thrive', 'agree'] as const;
export type DutyKind = (typeof dutyKinds)[number];

export interface Duty {
  /** Within its contact: the kind, and the how-manieth of it. */
  readonly id: string;
  readonly kind: DutyKind;
  /** A code with a sentence of its own in the window: `downgrade`, `linked-adds-facts`, `line-dropped` … */
  readonly because: string;
  readonly since: Instant;
  /** To tell the caller: the grade that they believe. Missing where that is not known. */
  readonly believes?: Grade | null | undefined;
  readonly done: (Done & { readonly words: string }) | null;
}

/** The force's own incident log for this contact (rules C-26, R-01). Open to dispatch from the moment it has a number. */
export interface Incident extends Decided {
  readonly id: CommandId;
  /** `2026-03-14/0412`, said "ISR 412 of 14 March"; `null` while only this desk knows of it. */
  readonly ref: string | null;
  /** What is said to the caller until then: `PROV-…`. */
  readonly provisionalRef: string;
  /** The opening category's code. */
  readonly category: string;
}

/** What was decided about a crime, and its number once the queue has given one (rule C-27). */
export interface CrimeStanding extends Decided {
  readonly id: CommandId;
  readonly decision: CrimeDecision;
  /** `41/895/26`; `null` when none is recorded, or while only this desk knows of it. */
  readonly ref: string | null;
  /** What is said to the caller until then: `PROV-…`, of the command that first recorded it; empty where nobody was told one (rule R-26). */
  readonly provisionalRef: string;
}

/** A contact given to another force or service: warm, with the caller's own words (rule C-28). */
export interface Passed {
  /** Who it went to, as the directory calls them. */
  readonly to: string;
  /** Who there took it, by name or desk; `null` while nobody has. */
  readonly takenBy: string | null;
  /** Their own number for it. */
  readonly theirRef: string | null;
  /** We stayed on the line until they had it. */
  readonly stayedOn: boolean;
  /** Why not, in words of its own; missing where we did, and in what was kept before it had a field (rule C-28). */
  readonly leftBecause?: string | undefined;
  /** What they were told, as it was told. */
  readonly pack: string;
}

export interface PassedOn extends Passed, Done {
  readonly id: CommandId;
}

/** A lower grade that waits for a second person; until then the earlier one stands (rule C-29). */
export interface AskedGrading extends Decided {
  readonly id: CommandId;
  /** `null`: no grade in place of the one that stands. */
  readonly grade: Grade | null;
  readonly reason: string;
  readonly rationale: Rationale;
}

export interface TriageVersion extends Done {
  readonly id: CommandId;
  readonly entry: TriageEntry;
}

/** Declared on the contact that first told of it; every desk shows it until it is stood down (rule C-30). */
export interface MajorIncident extends Done {
  readonly id: CommandId;
  /** What everybody calls it. */
  readonly name: string;
  readonly report: MethaneReport;
  /** Of a version that was handed on to here: who said yes, and read it back (rule C-35). Missing for every other. */
  readonly acceptedBy?: string | undefined;
  readonly stoodDown: DoneBecause | null;
}

/** A marker as it stood when the contact came, and by what it was found: whom else it concerns stays in the register. */
export interface MarkerOnRecord extends Omit<Marker, 'numbers' | 'addresses' | 'names' | 'places'> {
  readonly matchedBy: readonly MarkerMatch[];
}

export interface PlanOnRecord extends Omit<Plan, 'numbers' | 'names'> {
  readonly matchedBy: readonly SameBecause[];
}

export function onRecord({ marker, matchedBy }: FoundMarker): MarkerOnRecord {
  const { numbers: _n, addresses: _a, names: _o, places: _p, ...rest } = marker;
  return { ...rest, matchedBy };
}

export function planOnRecord({ plan, matchedBy }: FoundPlan): PlanOnRecord {
  const { numbers: _n, names: _o, ...rest } = plan;
  return { ...rest, matchedBy };
}

/** What people and machines have found out about a contact beyond its arrival. */
export interface RecordParts {
  /** The telephone's side; `null` for what came in writing. */
  readonly call: Call | null;
  /** Every version of who it is and what it is about that a handler wrote, oldest first; the last is in force. */
  readonly descriptions: readonly Description[];
  /** Every place that was agreed, oldest first; the last is in force. */
  readonly spots: readonly Spot[];
  /** What the force has on record about this number, name or address, as it stood when the contact came. */
  readonly markers: readonly MarkerOnRecord[];
  /** The agreed plan for a person who contacts us very often. */
  readonly plan: PlanOnRecord | null;
  /** Every look at the risk, oldest first; the last is in force. */
  readonly triage: readonly TriageVersion[];
  readonly asked: AskedGrading | null;
  readonly attempts: readonly CallBackAttempt[];
  readonly heard: readonly Heard[];
  readonly links: readonly Link[];
  readonly duties: readonly Duty[];
  readonly incident: Incident | null;
  readonly crime: CrimeStanding | null;
  readonly passedOn: readonly PassedOn[];
  /** The version in force, or the last one that was. */
  readonly major: MajorIncident | null;
  /** Every version before it, oldest first: none is lost (rule C-30). */
  readonly earlierMajors: readonly MajorIncident[];
  /** The chat's side; `null` while nothing has been said of it, and for every other channel. */
  readonly chat: Chat | null;
  /** The public's form as they filled it in; `null` when it came without one. */
  readonly form: ReportForm | null;
  /** How they may be reached without harm, every version, oldest first; the last is in force (rule CH-10). */
  readonly safeContacts: readonly SafeContactVersion[];
  /** The language that a handler chose for the conversation; `null`: as it is read (rule LG-04). */
  readonly languageChosen: string | null;
  /** What is known of the language of the lines that are not in English, in the order in which it became known (rule LG-05). */
  readonly translations: readonly LineInLanguage[];
  /** In the order in which they could be looked at (rule PH-06). */
  readonly photos: readonly Photo[];
  /** Every message to the person outside a conversation, oldest first (rules MX). */
  readonly sendings: readonly Sending[];
  /** Kept for the record alone: nothing reads risk, duties or line from it. */
  readonly late: readonly LateContribution[];
}

/** What an earlier owner heard, tried, saw of the risk or passed on, and could not send in time (rule C-10). */
export type LateWords =
  | { readonly kind: 'hear'; readonly sound: HeardSound }
  | { readonly kind: 'attempt'; readonly attempt: TriedCallBack }
  | { readonly kind: 'triage'; readonly entry: TriageEntry }
  | { readonly kind: 'pass'; readonly passed: Passed };

export interface LateContribution extends Done {
  readonly id: CommandId;
  readonly said: LateWords;
}

/** What every contact begins with. */
export const noParts: RecordParts = {
  call: null,
  descriptions: [],
  spots: [],
  markers: [],
  plan: null,
  triage: [],
  asked: null,
  attempts: [],
  heard: [],
  links: [],
  duties: [],
  incident: null,
  crime: null,
  passedOn: [],
  major: null,
  earlierMajors: [],
  chat: null,
  form: null,
  safeContacts: [],
  languageChosen: null,
  translations: [],
  photos: [],
  sendings: [],
  late: [],
};

/** The duties nobody has done yet, oldest first. */
export function openDuties({ duties }: Pick<RecordParts, 'duties'>): readonly Duty[] {
  return duties.filter(({ done }) => done === null);
}

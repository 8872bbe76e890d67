import type { QuestionPolicy } from '../../../shared/domain/policy/questions.ts';
import type { TriagePolicy } from '../../../shared/domain/policy/triage.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Answer, Answers } from '../../../shared/domain/triage/answers.ts';
import { pictureOf, type TriageEntry } from '../../../shared/domain/triage/entry.ts';
import type { Picture } from '../../../shared/domain/triage/condition.ts';
import { proposedThrive, typedPart, withProposals } from '../../../shared/domain/triage/proposals.ts';
import { recommendGrade, type Recommendation } from '../../../shared/domain/triage/recommend.ts';
import {
  answeredWith,
  inForce,
  rightCareSteps,
  type RightCare,
  type RightCareAnswer,
  type RightCareStep,
} from '../../../shared/domain/triage/right-care.ts';
import {
  emptyFacts,
  emptyThrive,
  letters,
  type Letter,
  type Thrive,
} from '../../../shared/domain/triage/thrive.ts';

/** The steps of Right Care Right Person as they are being filled in, before they become part of a version. */
export type Care = { readonly [S in RightCareStep]?: Extract<RightCareAnswer, { readonly step: S }> };

/** What the sheet has written since the last version. */
export interface TriageForm {
  readonly callType: string | null;
  readonly answers: Answers;
  /** What a person said themselves; what answers propose is made anew each time (rule T-06). */
  readonly typed: Thrive;
  readonly care: Care;
  /** Typed into the field of a question and not entered yet, by its id. */
  readonly typing: Readonly<Record<string, string>>;
}

/** Both policies that a look at the risk goes by. */
export interface TriagePolicies {
  readonly triage: TriagePolicy;
  readonly questions: QuestionPolicy;
}

/** The form as it opens on what is on record. */
export function formOf({ callType, answers, thrive }: TriageEntry, questions: QuestionPolicy): TriageForm {
  return {
    callType,
    answers,
    typed: typedPart(thrive, proposedThrive(questions, answers)),
    care: {},
    typing: {},
  };
}

/** A look at the risk as it would be kept now, with what the program makes of it. */
export interface Look {
  readonly entry: TriageEntry;
  readonly proposed: Thrive;
  readonly picture: Picture;
  readonly recommendation: Recommendation;
}

/** `before`: the version in force. What is different today is somebody else's field and stays as it is. */
export function lookOf(
  { callType, answers, typed, care }: TriageForm,
  before: TriageEntry,
  contact: Contact,
  { triage, questions }: TriagePolicies,
): Look {
  const proposed = proposedThrive(questions, answers);
  const bare: TriageEntry = {
    callType,
    answers,
    thrive: withProposals(typed, proposed),
    rightCare: cared(before.rightCare, care),
    different: before.different,
    recommended: null,
    policies: { triage: triage.version, questions: questions.version },
  };
  const picture = pictureOf(contact, bare);
  const recommendation = recommendGrade(triage, questions, picture);
  const { grade } = recommendation;
  const recommended = grade === null ? null : { grade, because: reasonWords(recommendation) };
  return { entry: { ...bare, recommended }, proposed, picture, recommendation };
}

/** Each reason as a sentence with its rule, the floor first when it is what counts. */
export function reasonWords({ reasons, floor, grade }: Recommendation): readonly string[] {
  const counts = reasons.filter((reason) => reason.grade === grade);
  const words = counts.map(({ sentence, rule }) => `${sentence} [${rule}]`);
  const byFloor = floor !== null && floor.grade === grade ? [`${floor.because} [${floor.rule}]`] : [];
  return [...byFloor, ...words];
}

/** The reasons as one text, as many whole ones as fit. Characters. */
export function reasonText(reasons: readonly string[], limit: number): string {
  const [first = '', ...others] = reasons;
  return others.reduce((text, reason) => {
    const longer = `${text} ${reason}`;
    return longer.length <= limit ? longer : text;
  }, first);
}

/** Each step that says something else than the one in force, added to the path. */
function cared(path: RightCare, care: Care): RightCare {
  return rightCareSteps.reduce<RightCare>((all, step) => {
    const answer = care[step];
    if (answer === undefined || JSON.stringify(inForce(path, step)) === JSON.stringify(answer)) return all;
    return answeredWith(all, answer);
  }, path);
}

/** Words that this version cannot read are none. */
export function readForm(value: unknown): TriageForm | null {
  if (!isRecord(value)) return null;
  const { callType, answers, typed, care, typing } = value;
  if (!isRecord(answers) || !isRecord(typed)) return null;
  return {
    callType: typeof callType === 'string' ? callType : null,
    answers: Object.fromEntries(Object.entries(answers).filter(isAnswer)),
    typed: readThrive(typed),
    care: isRecord(care) ? care : {},
    typing: isRecord(typing) ? Object.fromEntries(Object.entries(typing).filter(isText)) : {},
  };
}

const answerKinds: ReadonlySet<unknown> = new Set<Answer['kind']>([
  'yes',
  'no',
  'not-known',
  'choice',
  'text',
  'number',
  'time',
  'place',
]);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';

const isAnswer = (entry: [string, unknown]): entry is [string, Answer] =>
  isRecord(entry[1]) && answerKinds.has(entry[1]['kind']);

function readThrive(value: Readonly<Record<string, unknown>>): Thrive {
  const read = (letter: Letter): unknown => {
    const answer = value[letter];
    if (!isRecord(answer)) return null;
    if (answer['kind'] === 'none') return { kind: 'none' };
    if (typeof answer['text'] !== 'string') return null;
    const facts = isRecord(answer['facts']) ? answer['facts'] : {};
    return { kind: 'found', text: answer['text'], facts: { ...emptyFacts[letter], ...facts } };
  };
  return { ...emptyThrive, ...Object.fromEntries(letters.map((letter) => [letter, read(letter)])) };
}

import { useState } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { nextQuestions, type NextQuestion } from '../../../shared/domain/triage/questions.ts';
import type { Answer } from '../../../shared/domain/triage/answers.ts';
import { WHERE } from '../../../shared/domain/triage/condition.ts';
import { entryOf } from '../../../shared/domain/triage/entry.ts';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { agreePlace } from './agree-place.ts';
import { lookOf, type TriageForm } from './triage-form.ts';
import { isOurs, type Triage } from './use-triage.ts';

const ALL = 500;

/** Which question is put now. It changes by the handler's own key alone: what is being read out is never swapped for another. */
export interface Asking {
  readonly now: NextQuestion | null;
  /** The two that follow. */
  readonly next: readonly NextQuestion[];
  readonly skippedCount: number;
  /** A number for each move of the handler's. */
  readonly turn: number;
  readonly answer: (answer: Answer) => void;
  /** What was said without being asked for. */
  readonly answerTo: (question: string, answer: Answer) => void;
  readonly skip: () => boolean;
  readonly back: () => boolean;
  readonly ask: (question: string) => void;
  /** The call type was chosen: the best question may be another now. */
  readonly again: (form: TriageForm) => void;
}

export function useAsking(id: ContactId, { contact, policies, form, look, change }: Triage): Asking {
  const workplace = useWorkplace();
  const listOf = (one: TriageForm): readonly NextQuestion[] =>
    nextQuestions(
      policies.questions,
      one === form ? look.picture : lookOf(one, entryOf(contact), contact, policies).picture,
      ALL,
    );
  const list = listOf(form);
  const [skipped, setSkipped] = useSheetView<readonly string[]>(id, 'skipped', () => []);
  const [current, setCurrent] = useSheetView<string | null>(
    id,
    'question',
    () => list[0]?.question.id ?? null,
  );
  const [turn, setTurn] = useState(0);

  const moveTo = (question: string | null) => {
    setCurrent(question);
    setTurn((number) => number + 1);
  };
  const now =
    list.find(({ question }) => question.id === current) ?? answered(current, policies.questions.questions);
  const others = list.filter(({ question }) => question.id !== current && !skipped.includes(question.id));
  const answerTo = (question: string, answer: Answer) => {
    const { [question]: _typed, ...typing } = form.typing;
    const changed = { ...form, answers: { ...form.answers, [question]: answer }, typing };
    change(changed);
    if (question === WHERE && isOurs(workplace, id)) agreePlace(workplace, contact, answer);
    moveTo(bestOf(listOf(changed), skipped));
  };
  return {
    now,
    next: others.slice(0, 2),
    skippedCount: skipped.length,
    turn,
    answer: (answer) => {
      if (now !== null) answerTo(now.question.id, answer);
    },
    answerTo,
    skip: () => {
      if (now === null || others.length === 0) return false;
      const all = [...skipped.filter((each) => each !== now.question.id), now.question.id];
      setSkipped(all);
      moveTo(bestOf(list, all));
      return true;
    },
    back: () => {
      const last = skipped.at(-1) ?? Object.keys(form.answers).findLast((each) => each !== current);
      if (last === undefined) return false;
      setSkipped(skipped.filter((each) => each !== last));
      moveTo(last);
      return true;
    },
    ask: moveTo,
    again: (changed) => moveTo(bestOf(listOf(changed), skipped)),
  };
}

/** What was passed over comes again only when nothing else is left. */
function bestOf(list: readonly NextQuestion[], skipped: readonly string[]): string | null {
  const fresh = list.find(({ question }) => !skipped.includes(question.id));
  return (fresh ?? list[0])?.question.id ?? null;
}

/** One that is answered already, to be changed. */
function answered(id: string | null, questions: readonly NextQuestion['question'][]): NextQuestion | null {
  const question = questions.find((each) => each.id === id);
  return question === undefined
    ? null
    : { question, say: question.say, because: 'Answered already: this changes it.' };
}

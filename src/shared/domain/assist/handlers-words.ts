import type { Contact } from '../contact.ts';
import type { Choice, QuestionPolicy } from '../policy/questions.ts';
import { tokensOf } from '../triage/answers.ts';
import { entryOf } from '../triage/entry.ts';
import { proposedThrive, typedPart } from '../triage/proposals.ts';
import { letters } from '../triage/thrive.ts';

/** Where a handler's words about what the public says stand. */
export type HandledContact = Pick<Contact, 'notes' | 'triage' | 'heard'>;

/**
 * What the handler has typed of what was said: notes, typed answers, own words of THRIVE, sounds. On the telephone it is all there is
 * (rule AS-14). Without the questions' policy what the answers propose for THRIVE counts as typed: more words, never fewer.
 */
export function wordsOfHandler(contact: HandledContact, policy: QuestionPolicy | null): readonly string[] {
  const { answers, thrive } = entryOf(contact);
  const typed = policy === null ? thrive : typedPart(thrive, proposedThrive(policy, answers));
  const said = [
    ...contact.notes.map(({ text }) => text),
    ...typedAnswers(contact),
    ...letters.map((letter) => (typed[letter]?.kind === 'found' ? typed[letter].text : '')),
    // What was tapped is an answer, and counts as one: the words are those of the question.
    ...contact.heard.filter(({ means }) => means === null).map(({ words }) => words),
  ];
  return said.filter((words) => words.trim() !== '');
}

/** What was typed as an answer, the last of each question. */
export function typedAnswers(contact: HandledContact): readonly string[] {
  return Object.values(entryOf(contact).answers).flatMap((answer) => ('text' in answer ? [answer.text] : []));
}

/** An answer that means danger, with its words. */
export interface DangerAnswer {
  readonly question: string;
  /** `yes`, `no` or a choice's id. */
  readonly token: string;
  /** The question's label and the answer, to be read like any other words. */
  readonly words: string;
}

/** The answers on record of which each alone means danger (rule T-10). */
export function dangerAnswers(contact: HandledContact, policy: QuestionPolicy): readonly DangerAnswer[] {
  const { answers } = entryOf(contact);
  return policy.questions.flatMap((question) => {
    const answer = answers[question.id];
    if (answer === undefined) return [];
    return tokensOf(answer)
      .filter((token) => question.danger.includes(token))
      .map((token) => ({
        question: question.id,
        token,
        words: `${question.label}: ${wordOf(question, token)}`,
      }));
  });
}

const wordOf = ({ choices }: { readonly choices: readonly Choice[] }, token: string): string =>
  choices.find(({ id }) => id === token)?.word ?? token;

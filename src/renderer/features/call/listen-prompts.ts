import type { QuestionPolicy } from '../../../shared/domain/policy/questions.ts';
import type { HeardSound } from '../../../shared/domain/record/parts.ts';

/** Something to say aloud that one or two taps can answer. */
interface Prompt {
  readonly id: string;
  readonly say: string;
}

/** In the order in which they are asked: that somebody is there, that help is needed, what help, who else. Also with no policy at the desk. */
const ownPrompts: readonly Prompt[] = [
  { id: 'can-hear', say: 'If you can hear me, tap or press a key once.' },
  { id: 'in-danger', say: 'Are you in danger? Once for yes, twice for no.' },
  { id: 'weapons', say: 'Is there a weapon? Once for yes, twice for no.' },
  { id: 'hurt', say: 'Is anyone hurt? Once for yes, twice for no.' },
  { id: 'person-there', say: 'Are they with you? Once for yes, twice for no.' },
  { id: 'children', say: 'Are there children? Once for yes, twice for no.' },
];

/** The prompts in the words of the policy where it has some, and otherwise in our own. */
export function listenPrompts(policy: Pick<QuestionPolicy, 'questions'> | null): readonly Prompt[] {
  return ownPrompts.map(({ id, say }) => ({
    id,
    say: policy?.questions.find((question) => question.id === id)?.quietly ?? say,
  }));
}

/** How the caller answers: on the telephone itself, or on its keys. */
export type By = Extract<HeardSound['what'], 'tap' | 'key'>;

export type Answer = 'yes' | 'no' | 'silence';

/** What is kept of an answer to a prompt. Silence is an answer that did not come, and means nothing. */
export function answerSound({ say }: Prompt, answer: Answer, by: By): HeardSound {
  return answer === 'silence'
    ? { what: 'noise', means: null, words: `No answer to: ${say}` }
    : { what: by, means: answer, words: say };
}

/** The first prompt that nothing was heard about yet; after the last of them the last. */
export function nextPrompt(prompts: readonly Prompt[], sounds: readonly Pick<HeardSound, 'words'>[]): number {
  const at = prompts.findIndex(({ say }) => sounds.every(({ words }) => !words.includes(say)));
  return at === -1 ? prompts.length - 1 : at;
}

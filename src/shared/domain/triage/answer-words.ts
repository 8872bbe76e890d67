import type { Question } from '../policy/questions.ts';
import type { Answer } from './answers.ts';
import { unreachable } from '../../lib/assert.ts';

/** An answer as it stands in the list: "yes", "knife, acid", "Larkmere Close, read back". */
export function answerWords(question: Pick<Question, 'choices'>, answer: Answer): string {
  switch (answer.kind) {
    case 'yes':
    case 'no':
      return answer.kind;
    case 'not-known':
      return 'not known';
    case 'choice': {
      const words = answer.ids.map((id) => question.choices.find((choice) => choice.id === id)?.word ?? id);
      return words.join(', ');
    }
    case 'text':
    case 'time':
      return answer.text;
    case 'number':
      return String(answer.number);
    case 'place':
      return answer.readBack ? `${answer.text}, read back` : `${answer.text}, not read back`;
    default:
      return unreachable(answer);
  }
}

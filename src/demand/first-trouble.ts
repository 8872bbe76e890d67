import type { IntakeAddress } from './intake.ts';
import type { Answer } from './parcel.ts';

/** Where a run hands over, as whoever started it named it. */
interface HandedTo extends Pick<IntakeAddress, 'queue'> {
  readonly source: string;
  readonly keyFile: string;
}

/** A queue that cannot be reached at all, by the system's own code. */
const UNREACHABLE = /^E[A-Z]+$|^(?:TypeError|TimeoutError)$/;

/**
 * What is wrong with the way to the queue, in a sentence for whoever started the run; `null` when it is no trouble of that kind. The lines of
 * JSON hold keys and codes, which say it to a program.
 */
function troubleOf(answer: Answer, { queue, source, keyFile }: HandedTo): string | null {
  if (answer.kind === 'later' && UNREACHABLE.test(answer.why))
    return `The queue at ${queue} does not answer (${answer.why}). What is due waits, and is sent when it does.`;
  if (answer.kind === 'refused' && answer.why.startsWith('401'))
    return `The queue at ${queue} does not know the key of the source ${source} in ${keyFile}. Name the file of that queue with --key-file.`;
  return null;
}

/** Says each such sentence once in a run. */
export function sayingOnce(to: HandedTo, say: (sentence: string) => void): (answer: Answer) => void {
  const said = new Set<string>();
  return (answer) => {
    const sentence = troubleOf(answer, to);
    if (sentence === null || said.has(sentence)) return;
    said.add(sentence);
    say(sentence);
  };
}

import type { OutboxItem } from '../../../shared/contract/workstation.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Act } from '../../../shared/domain/command.ts';
import type { CrimeDecision } from '../../../shared/domain/record/crime-decision.ts';
import type { TriageEntry } from '../../../shared/domain/triage/entry.ts';
import { methaneFields } from '../../../shared/domain/triage/major-incident.ts';
import { rationaleWords } from '../../../shared/domain/triage/rationale.ts';
import { answerWords, letters, letterWords } from '../../../shared/domain/triage/thrive.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { refusalWords } from '../../app/refusals.ts';

export interface ItemState {
  /** What became of it, as a sentence. */
  readonly words: string;
  /** What to do about it now; `null`: nothing. */
  readonly todo: string | null;
}

/** What the link and the contact say about a command that waits. */
export interface Waiting {
  readonly linkIsDown: boolean;
  /** The contact is this desk's, as far as the desk knows. */
  readonly isMine: boolean;
}

/** What became of a command, and what to do: short enough for a list (rules ). */
export function stateOfItem({ state, refusal, act }: OutboxItem, { linkIsDown, isMine }: Waiting): ItemState {
  if (state === 'late')
    return {
      words: 'Late: your words are on the record, marked late; nothing else was done.',
      todo: 'Tell whoever has the contact now.',
    };
  if (state === 'refused')
    return {
      words: refusal === null ? 'Refused by the queue.' : refusalWords(refusal),
      todo: hasWords(act)
        ? 'Your words are kept below: copy them, or put them into a new note.'
        : 'Look at the contact as it stands now.',
    };
  if (!linkIsDown)
    return { words: 'Kept here, not received. Sent when the queue can be reached.', todo: null };
  return isMine
    ? {
        words:
          'Kept here, not received. NOT SENT: the link is down, and the contact may already be with another desk.',
        todo: 'It is sent when the link is back. If it cannot wait, call it across or use the telephone.',
      }
    : {
        words: 'Kept here, not received. NOT SENT: the link is down. It is sent when the link is back.',
        todo: null,
      };
}

const hasWords = (act: Act): boolean => wordsOf(act) !== '';

/** What the handler wrote in an act: all of it, so that nothing is typed twice. */
export function wordsOf(act: Act): string {
  switch (act.kind) {
    case 'note':
    case 'reply':
      return act.text;
    case 'grade':
      return lines(act.reason, act.rationale === undefined ? null : rationaleWords(act.rationale));
    case 'promote':
    case 'demote':
    case 'reopen':
    case 'free':
    case 'agree':
    case 'part':
    case 'stand-down':
      return act.reason;
    case 'close':
      return lines(
        act.reason,
        act.record?.result,
        act.record?.callerTold?.words,
        crimeText(act.record?.crime),
      );
    case 'triage':
      return triageText(act.entry);
    case 'place':
      return lines(act.spot.words, act.spot.detail);
    case 'attempt':
      return act.attempt.words;
    case 'hear':
      return act.sound.words;
    case 'link':
      return act.fact;
    case 'discharge':
    case 'check-exit':
      return act.words;
    case 'safe-contact':
      return lines(act.safe.way, act.safe.times, act.safe.codeWord);
    case 'crime':
      return crimeText(act.decision);
    case 'pass': {
      const { to, takenBy, theirRef, pack } = act.passed;
      return lines(to, takenBy, theirRef, pack);
    }
    case 'major':
      return lines(act.name, ...methaneFields.map((field) => act.report[field]));
    case 'log': {
      const { channel, title, place, caller, account, paperLog } = act;
      return lines(
        paperLog === null ? null : `Paper log ${paperLog}`,
        `${channelFacts[channel].word}: ${title}`,
        place,
        caller.name,
        caller.number,
        caller.address,
        account,
      );
    }
    case 'claim':
    case 'release':
    case 'consult':
    case 'incident':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'choose-language':
      return '';
    default:
      return unreachable(act);
  }
}

/** What is there, a line each. */
const lines = (...texts: readonly (string | null | undefined)[]): string =>
  texts.filter((text) => text !== null && text !== undefined && text !== '').join('\n');

/** All that was typed into an assessment, in the order of the screen. */
function triageText({ answers, thrive, rightCare, different }: TriageEntry): string {
  const answered = Object.values(answers).map((answer) => ('text' in answer ? answer.text : null));
  const found = letters.flatMap((letter) =>
    thrive[letter] === null ? [] : [`${letterWords[letter]}: ${answerWords(thrive, letter)}`],
  );
  const path = rightCare.map((step) =>
    'words' in step ? step.words : 'when' in step ? step.when : 'done' in step ? step.done : step.person,
  );
  return lines(different, ...answered, ...found, ...path);
}

function crimeText(decision: CrimeDecision | undefined): string {
  switch (decision?.kind) {
    case 'recorded':
      return decision.offence;
    case 'not-a-crime':
      return decision.words;
    case 'elsewhere':
      return lines(decision.force, decision.theirRef);
    case 'not-yet':
    case undefined:
      return '';
    default:
      return unreachable(decision);
  }
}

import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Act } from '../../../shared/domain/command.ts';
import type { CrimeDecision } from '../../../shared/domain/record/crime-decision.ts';
import type { TriageEntry } from '../../../shared/domain/triage/entry.ts';
import { methaneFields } from '../../../shared/domain/triage/major-incident.ts';
import { rationaleWords } from '../../../shared/domain/triage/rationale.ts';
import { answerWords, letters, letterWords } from '../../../shared/domain/triage/thrive.ts';
import { unreachable } from '../../../shared/lib/assert.ts';

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
    case 'describe': {
      const { title, caller } = act.said;
      return lines(title, caller.name, caller.number, caller.address);
    }
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
    case 'promise-call-back':
    case 'offer-chat':
    case 'answer-offer':
      return act.words;
    case 'release':
      return act.reason ?? '';
    case 'claim':
    case 'withdraw-offer':
    case 'consult':
    case 'incident':
    case 'end-chat':
    case 'park':
    case 'resume':
    case 'choose-language':
    case 'send-reference':
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
      return lines(
        decision.words,
        decision.rationale === undefined ? null : rationaleWords(decision.rationale),
      );
    case 'elsewhere':
      return lines(decision.force, decision.theirRef);
    case 'not-yet':
    case undefined:
      return '';
    default:
      return unreachable(decision);
  }
}

import type { Act } from '../../shared/domain/command.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import { NO_ANSWER, type Kept } from './kept.ts';
import { refusalWords } from './refusals.ts';

export { refusalWords };

/** Nobody will say any more what became of a claim. */
export const NOT_KNOWN_TAKEN = 'Not known whether it was taken: look at the row.';

/** What the queue has taken in: a word before the reference. */
export const doneWords: Readonly<Record<Act['kind'], string>> = {
  claim: 'Claimed',
  release: 'Released',
  free: 'Offered to everybody again',
  note: 'Note received',
  grade: 'Grade received',
  promote: 'Promoted to emergency',
  demote: 'No longer an emergency',
  close: 'Closed',
  reopen: 'Reopened: yours again',
  log: 'New contact received:',
  consult: 'Read',
  agree: 'Your word on the grade received',
  triage: 'Risk assessment received',
  describe: 'Caller received',
  place: 'Place received',
  attempt: 'Call-back attempt received',
  hear: 'What was heard received',
  link: 'Linked',
  part: 'Parted again',
  discharge: 'Marked as done',
  incident: 'Incident opened',
  crime: 'Crime decision received',
  pass: 'Passed on',
  major: 'Major incident declared',
  'stand-down': 'Major incident stood down',
  reply: 'Line sent:',
  'check-exit': 'Exit checked',
  'end-chat': 'Chat ended',
  park: 'Put aside',
  resume: 'In hand again',
  'safe-contact': 'Safe contact received',
  'choose-language': 'Language received',
  'send-reference': 'On its way:',
  'promise-call-back': 'Call-back promised:',
  'offer-chat': 'Offered, yours until they say yes:',
  'answer-offer': 'Your answer is received:',
  'withdraw-offer': 'Offer taken back:',
};

/** Why F2 came to nothing before the queue was asked. */
export function notAskedWords(kept: Exclude<Kept, { readonly kind: 'kept' }>): string {
  if (kept.kind === 'refused') return refusalWords(kept.refusal);
  if (kept.kind === 'busy') return 'Already asked for: this desk has not written it down yet.';
  return kept.code === NO_ANSWER ? NOT_KNOWN_TAKEN : 'Not taken: this desk could not ask.';
}

/** Why an act stands although it was to be taken back. */
export function notTakenBackWords(refusal: Refusal): string {
  return refusal.code === 'link-down'
    ? 'Not taken back: the link to the queue is down, so nobody can say who has it now.'
    : `Not taken back. ${refusalWords(refusal)}`;
}

/** The disk did not take it, or nobody knows. */
export const notKeptWords = (code: string): string =>
  code === NO_ANSWER
    ? 'Not known whether it was kept: no answer. Try again; nothing is done twice.'
    : 'Not kept: this desk could not write it down. Your words stay on screen; try again.';

import type { Act } from '../../../shared/domain/command.ts';
import { languageName } from '../../../shared/domain/language/find-language.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { crimeWords, linkWords, outcomeWords } from '../../app/contact-words.ts';

/** An act in the outbox, in words. */
export function actWords(act: Act): string {
  switch (act.kind) {
    case 'claim':
      return 'Claim';
    case 'release':
      return 'Release';
    case 'note':
      return 'Note';
    case 'grade':
      return act.grade === null ? 'Take the grade back' : `Grade ${act.grade}`;
    case 'promote':
      return 'Promote to emergency';
    case 'demote':
      return 'No longer an emergency';
    case 'close':
      return `Close, ${outcomeWords[act.outcome]}`;
    case 'reopen':
      return 'Reopen';
    case 'free':
      return 'Offer to everybody again';
    case 'log':
      return 'New contact';
    case 'consult':
      return 'Reading';
    case 'agree':
      return act.agreed ? 'Agree to the lower grade' : 'Keep the earlier grade';
    case 'triage':
      return 'Risk assessment';
    case 'describe':
      return 'Caller and what it is about';
    case 'place':
      return 'Place agreed';
    case 'attempt':
      return act.attempt.result === 'not-rung' ? 'Not rung back' : 'Call-back attempt';
    case 'hear':
      return 'Heard on the line';
    case 'link':
      return `Link, ${linkWords[act.as]}`;
    case 'part':
      return 'Part from the linked contact';
    case 'discharge':
      return 'Duty done';
    case 'incident':
      return 'Open an incident';
    case 'crime':
      return `Crime: ${crimeWords[act.decision.kind]}`;
    case 'pass':
      return `Pass on to ${act.passed.to}`;
    case 'major':
      return `Declare a major incident: ${act.name}`;
    case 'stand-down':
      return 'Stand the major incident down';
    case 'reply':
      return 'Line to the public';
    case 'check-exit':
      return 'Safety exit checked';
    case 'end-chat':
      return act.reason === 'moved-to-999' ? 'End the chat: asked to ring 999' : 'End the chat';
    case 'park':
      return 'Put aside for an emergency';
    case 'resume':
      return 'In hand again';
    case 'safe-contact':
      return 'Safe contact agreed';
    case 'choose-language':
      return act.code === null ? 'Language as it is read' : `Language: ${languageName(act.code)}`;
    case 'send-reference':
      return act.way === 'text' ? 'Send the reference by text' : 'Send the reference by e-mail';
    case 'promise-call-back':
      return 'Call-back promised';
    case 'offer-chat':
      return `Offer the chat to desk ${act.to.deskNumber}`;
    case 'answer-offer':
      return act.accepted ? 'Take the chat over' : 'Do not take the chat over';
    case 'withdraw-offer':
      return 'Take the offer back';
    default:
      return unreachable(act);
  }
}

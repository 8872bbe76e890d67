import type { ChatAct } from '../../src/shared/domain/chat/decide-chat.ts';
import type { HandOverAct } from '../../src/shared/domain/chat/hand-over.ts';
import { asCommandId } from '../../src/shared/domain/ids.ts';
import { anActor } from './builders.ts';
import type { Act } from '../../src/shared/domain/command.ts';

/** What an answer names. */
export const anOffer = asCommandId('0c8e6a52-3d0f-4a41-9a52-7b6f3a1d2e90');

/** One of each act of a conversation in writing. */
export const chatActs: Readonly<Record<ChatAct['kind'] | HandOverAct['kind'], Act>> = {
  reply: { kind: 'reply', text: 'Where exactly are you?', canned: null },
  'check-exit': { kind: 'check-exit', words: 'a crew has seen her alone' },
  'end-chat': { kind: 'end-chat', reason: 'ended-by-handler' },
  park: { kind: 'park', because: 'emergency' },
  resume: { kind: 'resume' },
  'offer-chat': {
    kind: 'offer-chat',
    to: anActor({ deskNumber: 8 }),
    words: 'She is in Hitchin, alone with two children; ask for the flat number.',
  },
  'answer-offer': { kind: 'answer-offer', offer: anOffer, accepted: true, words: '' },
  'withdraw-offer': { kind: 'withdraw-offer', offer: anOffer },
  'choose-language': { kind: 'choose-language', code: 'pl' },
  'send-reference': { kind: 'send-reference', way: 'e-mail', to: 'ann@example.com', neutral: false },
  'safe-contact': {
    kind: 'safe-contact',
    safe: {
      way: 'Text',
      times: 'weekdays 9 to 3',
      codeWord: 'bluebell',
      doNotRing: true,
      sharedDevice: false,
    },
  },
};

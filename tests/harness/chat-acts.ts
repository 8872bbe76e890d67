import type { ChatAct } from '../../src/shared/domain/chat/decide-chat.ts';
import type { Act } from '../../src/shared/domain/command.ts';

/** One of each act of a conversation in writing. */
export const chatActs: Readonly<Record<ChatAct['kind'], Act>> = {
  reply: { kind: 'reply', text: 'Where exactly are you?', canned: null },
  'check-exit': { kind: 'check-exit', words: 'a crew has seen her alone' },
  'end-chat': { kind: 'end-chat', reason: 'ended-by-handler' },
  park: { kind: 'park', because: 'emergency' },
  resume: { kind: 'resume' },
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

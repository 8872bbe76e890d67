import fc from 'fast-check';
import { handlerEnds, REPLY_LIMIT } from '../../src/shared/domain/chat/chat.ts';
import { REASON_LIMIT, type Act } from '../../src/shared/domain/command.ts';
import { reachWays, sentWays } from '../../src/shared/domain/outbound/reach.ts';
import { anActor } from './builders.ts';
import { anOffer } from './chat-acts.ts';
import { actWords, anyWords } from './drawn-words.ts';

/** The acts of a conversation in writing. */
export const anyChatAct: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('reply' as const),
      text: actWords(REPLY_LIMIT),
      canned: fc.constantFrom(null, 'hello'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('check-exit' as const), words: actWords(REASON_LIMIT) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('end-chat' as const),
      reason: fc.constantFrom(...handlerEnds),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'park', because: 'emergency' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'resume' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('choose-language' as const),
      code: fc.constantFrom(null, 'en', 'pl', 'sr-Latn'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('safe-contact' as const),
      safe: fc.record({
        way: anyWords,
        times: anyWords,
        codeWord: anyWords,
        doNotRing: fc.boolean(),
        sharedDevice: fc.boolean(),
        reach: fc.option(
          fc.record({
            way: fc.constantFrom(...reachWays),
            to: fc.constantFrom('', 'ann@example.com', '07700 900123', '+447700900123'),
            neutral: fc.boolean(),
          }),
          { nil: undefined },
        ),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('send-reference' as const),
      way: fc.constantFrom(...sentWays),
      to: fc.constantFrom('ann@example.com', '+447700900123'),
      neutral: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('offer-chat' as const),
      to: fc.integer({ min: 1, max: 4 }).map((deskNumber) => anActor({ deskNumber })),
      words: actWords(REASON_LIMIT),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('answer-offer' as const),
      offer: fc.constant(anOffer),
      accepted: fc.boolean(),
      words: actWords(REASON_LIMIT),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ kind: 'withdraw-offer', offer: anOffer }) },
);

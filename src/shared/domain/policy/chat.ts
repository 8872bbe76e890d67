import type { Role } from '../role.ts';
import type { PolicyHeader } from './header.ts';

/** A reply that is written again and again: put into the field, read, changed if need be, and only then sent (rule CH-11). */
export interface CannedReply {
  readonly id: string;
  /** As it is searched for: "Ask whether it is safe". */
  readonly title: string;
  /** May hold the variables of `replyVariables`, in braces. */
  readonly text: string;
  /** Only for chats in which nothing is known against it: offered first where risk is flagged. */
  readonly whenRisk: boolean;
}

/** What a canned reply can name of the contact: `{ref}`, `{name}`, `{incident}`, `{handler}`. */
export const replyVariables = ['ref', 'name', 'incident', 'handler'] as const;
export type ReplyVariable = (typeof replyVariables)[number];

/** How chats are worked: clocks that are shown and close nobody, how many at once, and what is written often (rules CH-04, CH-11, CH-14). */
export interface ChatPolicy extends PolicyHeader {
  readonly clocks: {
    /** A person who has waited so long for our next line. Seconds. */
    readonly amberSeconds: number;
    readonly redSeconds: number;
    /** A person who has not written for so long is shown as quiet, and nothing else. Minutes. */
    readonly quietMinutes: number;
    /** A new chat from the same address and browser within so long may be of the same person. Minutes. */
    readonly backWithinMinutes: number;
    /** A colleague to whom a chat is offered may say yes for so long (rule CH-16). Seconds. */
    readonly offerSeconds: number;
  };
  /** How many chats one handler has at once. */
  readonly atOnce: Readonly<Record<Role, number>> & {
    /** Where risk is flagged in one of them: that one alone. */
    readonly whenRisk: number;
  };
  readonly replies: readonly CannedReply[];
}

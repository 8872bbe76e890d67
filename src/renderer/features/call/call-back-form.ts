import type { Contact } from '../../../shared/domain/contact.ts';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import {
  callBackResults,
  callBackWays,
  safeToRing,
  type TriedCallBack,
} from '../../../shared/domain/record/parts.ts';

type Safe = TriedCallBack['safe'];
type Way = TriedCallBack['way'];
type Result = TriedCallBack['result'];

/** One attempt as far as it is filled in. */
export interface CallBackForm {
  readonly safe: Safe | null;
  readonly way: Way | null;
  readonly result: Result | null;
  readonly words: string;
}

export const blankCallBack: CallBackForm = { safe: null, way: null, result: null, words: '' };

/** What decides how a person can be reached. */
export interface Reach {
  readonly number: string | null;
  /** The caller reads and types through the relay: a plain ring reaches nobody. */
  readonly isRelay: boolean;
  /** The telephone has no number that can be rung. */
  readonly isLimited: boolean;
}

const relayChannels: readonly Contact['channel'][] = ['999-relay', '999-text', '101-relay'];

export function reachOf({ call, caller, channel }: Pick<Contact, 'call' | 'caller' | 'channel'>): Reach {
  const marks = call?.marks ?? [];
  return {
    number: caller.number,
    isRelay: marks.includes('relay-user') || call?.line === 'relay' || relayChannels.includes(channel),
    isLimited: marks.includes('limited-service'),
  };
}

/** What is dialled to reach a relay user: the relay's prefix before the number. */
export const relayNumber = (number: string): string => `18002 ${number}`;

/** Why somebody cannot be reached in this way, or `null`. */
export function whyNot(way: Way, { number, isRelay, isLimited }: Reach, safe: Safe | null): string | null {
  if (way === 'none') return null;
  if (safe === 'no') return 'not safe';
  if (isLimited) return 'no number of its own';
  if (number === null) return 'no number is known';
  return way === 'voice' && isRelay ? 'relay user' : null;
}

/** The way that stands chosen before the handler chooses one: the only safe one there is, if there is one. */
function usualWay(reach: Reach, safe: Safe | null): Way | null {
  const open = callBackWays.filter((way) => whyNot(way, reach, safe) === null);
  if (open.length === 1) return 'none';
  return reach.isRelay ? 'relay' : null;
}

/** "No" leaves nothing but not ringing; every answer asks for the way again where the one before is not open any more. */
export function withSafe(form: CallBackForm, safe: Safe, reach: Reach): CallBackForm {
  const stays = form.way !== null && form.way !== 'none' && whyNot(form.way, reach, safe) === null;
  return stays ? { ...form, safe } : withWay({ ...form, safe, result: null }, usualWay(reach, safe));
}

export function withWay(form: CallBackForm, way: Way | null): CallBackForm {
  const result = way === 'none' ? 'not-rung' : form.result === 'not-rung' ? null : form.result;
  return { ...form, way, result };
}

/** "Not rung" and "in no way" are the same thing said twice. */
export function withResult(form: CallBackForm, result: Result): CallBackForm {
  if (result === 'not-rung') return { ...form, way: 'none', result };
  return { ...form, way: form.way === 'none' ? null : form.way, result };
}

/** What keeps the attempt from being kept, as a sentence, in the order of the form; `null` when it is whole (rule C-20). */
export function missingInCallBack({ safe, way, result, words }: CallBackForm): string | null {
  if (safe === null) return 'Answer first: is it safe to ring? y, n or u.';
  if (way === null) return 'Say how you tried: 1 to 4.';
  if (result === null) return 'Say what came of it: 1 to 3.';
  const over = words.length - REASON_LIMIT;
  if (over > 0) return `${over} characters too long. Nothing is cut: shorten it.`;
  if (words.trim() !== '') return null;
  if (result === 'answered') return 'Write who answered, and what they said to “Can you talk freely?”.';
  if (safe === 'no') return 'Write why it is not safe.';
  if (result === 'not-rung') return 'Write why nobody rings.';
  return safe === 'not-known' ? 'Write why you did it without knowing that it is safe.' : null;
}

/** The attempt as it is kept; `null` while something is missing. */
export function attemptOf(form: CallBackForm): TriedCallBack | null {
  const { safe, way, result, words } = form;
  if (safe === null || way === null || result === null || missingInCallBack(form) !== null) return null;
  return { safe, way, result, words: words.trim() };
}

/** A form as it was stored, or `null` when this version cannot read it. */
export function readCallBack(value: unknown): CallBackForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { safe, way, result, words } = value as Partial<Record<keyof CallBackForm, unknown>>;
  if (typeof words !== 'string') return null;
  return {
    safe: safeToRing.find((each) => each === safe) ?? null,
    way: callBackWays.find((each) => each === way) ?? null,
    result: callBackResults.find((each) => each === result) ?? null,
    words,
  };
}

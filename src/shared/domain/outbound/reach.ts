import type { Contact } from '../contact.ts';

/** How a person said that they may be reached. Nothing is sent by the last three: a call is rung, somebody else is asked, or nobody is. */
export const reachWays = ['e-mail', 'text', 'call', 'person', 'nobody'] as const;
export type ReachWay = (typeof reachWays)[number];

/** The ways by which the program sends something, once a handler has said so. */
export const sentWays = ['e-mail', 'text'] as const;
export type SentWay = (typeof sentWays)[number];

/** What a person chose, in their report or with a handler (rules MX-02, CH-10). */
export interface SafeReach {
  readonly way: ReachWay;
  /** An e-mail address or a telephone number; empty where nothing is sent. */
  readonly to: string;
  /** Nothing that comes to them may show who it is from: somebody else may read it. */
  readonly neutral: boolean;
}

/** An address or a number is at most this long. Characters. */
export const REACH_LIMIT = 160;

/** Where a message may go, ready to be sent. */
export interface WayOut {
  readonly way: SentWay;
  readonly to: string;
  readonly neutral: boolean;
}

/**
 * Why nothing can be sent.
 * - `none-chosen`: nobody has asked them yet, or nothing was said that a message can be sent by
 * - `not-in-writing`: they want to be rung, or reached through somebody
 * - `nobody`: they asked not to be reached at all
 * - `not-an-address`: what stands there is no address, or no number, that anything could be sent to
 */
export const shutBecause = ['none-chosen', 'not-in-writing', 'nobody', 'not-an-address'] as const;
export type ShutBecause = (typeof shutBecause)[number];

export type FoundWay =
  { readonly kind: 'open'; readonly out: WayOut } | { readonly kind: 'shut'; readonly because: ShutBecause };

const shut = (because: ShutBecause): FoundWay => ({ kind: 'shut', because });

/**
 * The one way to this person (rule MX-02): as agreed with a handler last, whatever stood before, and only while nothing was agreed as they
 * chose it in their report. That they once wrote from an address is no choice of it.
 */
export function wayOutOf({ safeContacts, form }: Pick<Contact, 'safeContacts' | 'form'>): FoundWay {
  const agreed = safeContacts.at(-1);
  const reach = agreed === undefined ? form?.reach : agreed.reach;
  if (reach === undefined) return shut('none-chosen');
  const neutral = reach.neutral || agreed?.sharedDevice === true;
  const { way } = reach;
  switch (way) {
    case 'e-mail':
    case 'text': {
      const to = sendable(way, reach.to);
      return to === null ? shut('not-an-address') : { kind: 'open', out: { way, to, neutral } };
    }
    case 'nobody':
      return shut('nobody');
    case 'call':
    case 'person':
      return shut('not-in-writing');
  }
}

/** One address and nothing else: no list, no name before it, no line end that could begin a header of its own. */
const address = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i;

/** As it is sent to; `null`: nothing could be. A British number gets its country, because gateways ask for it. */
export function sendable(way: SentWay, typed: string): string | null {
  const said = typed.trim();
  if (way === 'e-mail') return address.test(said) && said.includes('.', said.indexOf('@')) ? said : null;
  const digits = said.replaceAll(/[\s().-]/g, '');
  const number = digits.startsWith('0') && !digits.startsWith('00') ? `+44${digits.slice(1)}` : digits;
  return /^\+[1-9]\d{7,14}$/.test(number) ? number : null;
}

import { channelFacts, type Channel } from '../../shared/domain/channel.ts';
import type {
  ChannelState,
  CloseOutcome,
  ContactSummary,
  Flags,
  Grade,
} from '../../shared/domain/contact.ts';
import type { DeskId } from '../../shared/domain/ids.ts';
import type { CrimeDecision } from '../../shared/domain/record/crime-decision.ts';
import type { LinkKind } from '../../shared/domain/record/parts.ts';
import { HOUR, MINUTE, type Instant } from '../../shared/domain/time.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { unreachable } from '../../shared/lib/assert.ts';
import { clockWords, lengthWords } from '../ui/time-words.ts';
import { markOf } from './marks.ts';

export const gradeWords: Readonly<Record<Grade, string>> = {
  G1: 'immediate',
  G2: 'priority',
  G3: 'standard',
  G4: 'scheduled',
  G5: 'resolved without deployment',
};

export const outcomeWords: Readonly<Record<CloseOutcome, string>> = {
  resolved: 'resolved',
  'passed-on': 'passed on',
  advice: 'advice given',
  duplicate: 'duplicate',
  'no-reply': 'no reply',
  'not-police': 'not for the police',
};

/** How two contacts belong together. */
export const linkWords: Readonly<Record<LinkKind, string>> = {
  'same-incident': 'same incident',
  repeat: 'repeat of it',
  'same-caller': 'same caller',
  'major-incident': 'major incident',
};

/** What was decided about a crime. */
export const crimeWords: Readonly<Record<CrimeDecision['kind'], string>> = {
  recorded: 'recorded',
  'not-a-crime': 'not a crime',
  elsewhere: 'another force records it',
  'not-yet': 'not decided yet',
};

/** The line itself, in words; where it waits, the door says. */
const channelStateWords: Readonly<Record<Exclude<ChannelState, 'queued'>, string>> = {
  ringing: 'ringing',
  connected: 'on the line',
  active: 'chat is open',
  delivered: 'delivered',
  ended: 'line ended',
  dropped: 'line dropped',
  'left-by-exit': 'left by the safety exit',
};

/** Where somebody waits who has come by a channel and was not taken at once: "in the 101 queue". */
function queueWords(channel: Channel): string {
  switch (channel) {
    case 'web-chat':
      return 'in the chat queue';
    case 'front-counter':
      return 'at the counter';
    default:
      return `in the ${channelFacts[channel].word} queue`;
  }
}

/** The state of the line as a part of a sentence; waiting, also for how long. */
export function lineStateWords({ channel, channelState, receivedAt }: LineFacts, now: Instant): string {
  if (channelState !== 'queued') return channelStateWords[channelState];
  return `${queueWords(channel)} · ${waitedWords(now - receivedAt)}`;
}

/** To the whole minute: it is read, not watched. */
function waitedWords(ms: number): string {
  if (ms < MINUTE) return 'under 1 min';
  return ms < 2 * HOUR ? `${Math.floor(ms / MINUTE)} min` : `${Math.floor(ms / HOUR)} h`;
}

type LineFacts = Pick<ContactSummary, 'channel' | 'channelState' | 'receivedAt'>;

/** What must not be missed before anybody writes or rings (the person may not be alone). */
export const EXIT_WORDS = 'Left by the safety exit: do not message, ring or e-mail until checked.';

/** Each flag that is set: its letter, its word, and why it is set. */
export function flagWords(
  flags: Flags,
): readonly { readonly letter: string; readonly word: string; readonly why: string }[] {
  return [
    ...(flags.vulnerable
      ? [{ letter: 'V', word: 'Vulnerable', why: 'said by the source or by words in the account' }]
      : []),
    ...(flags.repeat
      ? [{ letter: 'R', word: 'Repeat caller', why: 'has been in touch before: see earlier contacts' }]
      : []),
    ...(flags.lookFirst
      ? [{ letter: 'L', word: 'Look first', why: 'risk words were found in the account' }]
      : []),
  ];
}

/** The state of a row: a word, and whether it is certain yet. */
export interface StateWords {
  readonly words: string;
  /** `asked`: told to the queue, not answered. `kept`: kept here. `other`: a colleague's. `mine`, `free`: what it is. */
  readonly look: 'asked' | 'kept' | 'other' | 'mine' | 'free';
}

/** Whose it is and what is asked for, short enough for a row. */
export function stateOf({ summary, pending }: InboxRow, me: DeskId | null): StateWords {
  if (pending.some(({ kind }) => kind === 'claim')) return { words: 'Claiming…', look: 'asked' };
  if (pending.some(({ kind }) => kind === 'free')) return { words: 'Freeing…', look: 'asked' };
  if (pending.length > 0) return { words: 'kept here', look: 'kept' };
  const { ownership } = summary;
  switch (ownership.kind) {
    case 'waiting':
      if (summary.callBackDue) return { words: 'Ring back', look: 'free' };
      return { words: waitingWords(summary), look: 'free' };
    case 'owned':
      return ownership.by.desk === me
        ? { words: mineWords(summary), look: 'mine' }
        : { words: `Desk ${ownership.by.deskNumber}`, look: 'other' };
    case 'link-lost':
      return { words: `Desk ${ownership.by.deskNumber}, link lost`, look: 'other' };
    case 'verify':
      return { words: `Check desk ${ownership.lastOwner.deskNumber}`, look: 'free' };
    case 'closed':
      return { words: 'Closed', look: 'other' };
    default:
      return unreachable(ownership);
  }
}

/** A chat in hand says whether its person waits for a line: there may be two of them, and one is on screen (rules CH-04, CH-06). */
function mineWords({ work, marks }: ContactSummary): string {
  if (marks.turnSince === null) return work === 'parked' ? 'Put aside' : 'Mine';
  return work === 'parked' ? 'They wait' : 'Your turn';
}

/** What somebody does whom nobody has: by which channel and for how long, the row says beside it. */
function waitingWords({ channel, channelState }: ContactSummary): string {
  if (channelState === 'ringing') return 'Ringing';
  if (channelState !== 'queued') return 'Waiting';
  return channel === 'front-counter' ? 'At the counter' : 'In the queue';
}

/** Whose it is, as a sentence for the work pane. */
export function ownershipWords({ ownership, callBackDue }: ContactSummary, me: DeskId | null): string {
  switch (ownership.kind) {
    case 'waiting':
      return callBackDue ? 'Nobody has it. The caller is gone and must be rung back.' : 'Nobody has it yet.';
    case 'owned':
      return ownership.by.desk === me
        ? `Yours since ${clockWords(ownership.since)}.`
        : `Desk ${ownership.by.deskNumber} has it since ${clockWords(ownership.since)}. You may add notes.`;
    case 'link-lost':
      return ownership.by.desk === me
        ? `Yours since ${clockWords(ownership.since)}; the queue has lost this desk.`
        : `Desk ${ownership.by.deskNumber} has it, but its link is lost.`;
    case 'verify':
      return `Desk ${ownership.lastOwner.deskNumber} had it and cannot be reached. Claim it and check on the caller.`;
    case 'closed':
      return `Closed by desk ${ownership.by.deskNumber} at ${clockWords(ownership.since)}.`;
    default:
      return unreachable(ownership);
  }
}

/** A row for the ear: "High. 1 0 1 call. Waiting 42 seconds. Shop theft. Leeds. Vulnerable." */
export function rowLabel(row: InboxRow, me: DeskId | null, now: Instant): string {
  const { summary } = row;
  const parts = [
    markOf(summary).word,
    channelFacts[summary.channel].spoken,
    `Waiting ${lengthWords(now - (summary.band === 'A' ? summary.bandSince : summary.receivedAt))}`,
    summary.grade === null ? null : `Grade ${summary.grade}`,
    summary.title,
    summary.place ?? 'place not known',
    summary.language === null ? null : languageWords(summary.language),
    summary.flags.vulnerable ? 'Vulnerable' : null,
    summary.flags.repeat ? 'Repeat caller' : null,
    summary.flags.lookFirst ? 'Look first' : null,
    summary.channelState === 'left-by-exit' ? 'Left by the safety exit' : null,
    stateOf(row, me).words,
  ];
  return parts.filter((part) => part !== null).join('. ');
}

/** Made when a language is first to be named: not needed for the first painting. */
let languageNames: Intl.DisplayNames | null = null;

/** The English name of a language tag; a tag nobody can read is shown as it came. */
export function languageWords(tag: string): string {
  try {
    languageNames ??= new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'code' });
    return languageNames.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

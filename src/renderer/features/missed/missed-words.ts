import type { Missed } from '../../../shared/contract/workstation.ts';
import type { ActKind } from '../../../shared/domain/command.ts';
import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { refusalWords } from '../../app/refusals.ts';
import { numberWords } from '../../ui/time-words.ts';

const actNouns: Readonly<Record<ActKind, string>> = {
  claim: 'Claim',
  release: 'Release',
  free: 'Offer to everybody',
  note: 'Note',
  grade: 'Grade',
  promote: 'Promotion',
  demote: 'Demotion',
  close: 'Closing',
  reopen: 'Reopening',
  log: 'New contact',
  consult: 'Reading',
  agree: 'Your word on a lower grade',
  triage: 'Risk assessment',
  describe: 'Caller',
  place: 'Place',
  attempt: 'Call-back attempt',
  hear: 'What was heard',
  link: 'Link',
  part: 'Parting',
  discharge: 'Duty done',
  incident: 'Incident',
  crime: 'Crime decision',
  pass: 'Passing on',
  major: 'Major incident',
  'stand-down': 'Standing down',
  reply: 'Line to the public',
  'check-exit': 'Check of the safety exit',
  'end-chat': 'End of the chat',
  park: 'Putting aside',
  resume: 'Taking up again',
  'safe-contact': 'Safe contact',
  'choose-language': 'Language',
  'send-reference': 'Sending of the reference',
  'promise-call-back': 'Promised call-back',
  'offer-chat': 'Offer of a chat',
  'answer-offer': 'Answer to an offer',
  'withdraw-offer': 'Taking an offer back',
};

/** One contact of the report, whichever list it stands in. */
export interface MissedItem {
  readonly key: string;
  readonly contact: ContactId;
  readonly ref: string | null;
  readonly title: string;
  /** `null` where only its title is known. */
  readonly summary: ContactSummary | null;
  /** What became of it, in words. */
  readonly words: string;
}

export interface MissedGroup {
  readonly name: string;
  readonly items: readonly MissedItem[];
  /** What there is besides: of a long list the desk tells only the newest. `null`: nothing. */
  readonly more: string | null;
}

/** The report's lists in the order of their weight; empty ones are left out (rule X-12). */
export function groupsOf(missed: Missed): readonly MissedGroup[] {
  const item = (summary: ContactSummary, words: string): MissedItem => ({
    key: summary.id,
    contact: summary.id,
    ref: summary.ref,
    title: summary.title,
    summary,
    words,
  });
  const { totals } = missed;
  const groups: readonly (Omit<MissedGroup, 'more'> & { readonly total: number })[] = [
    {
      name: 'Needs you',
      total: missed.conflicts.length,
      items: missed.conflicts.map(({ contact, ref, title, act, outcome, refusal }, at) => ({
        key: `${contact} ${act} ${at}`,
        contact,
        ref,
        title,
        summary: null,
        words:
          outcome === 'late'
            ? `${actNouns[act]} came late: your words are on the record, nothing else was done. Speak to who has it.`
            : `${actNouns[act]} refused. ${refusal === null ? 'Look at it and do it again if it is still right.' : refusalWords(refusal)}`,
      })),
    },
    {
      name: 'New emergencies',
      total: totals.newEmergencies,
      items: missed.newEmergencies.map((summary) => item(summary, holderWords(summary))),
    },
    {
      name: 'Taken by others',
      total: totals.takenByOthers,
      items: missed.takenByOthers.map((summary) =>
        item(
          summary,
          summary.ownership.kind === 'waiting' ? 'Freed from you, waits for everybody' : holderWords(summary),
        ),
      ),
    },
    {
      name: 'Closed',
      total: totals.closed,
      items: missed.closed.map((summary) => item(summary, holderWords(summary))),
    },
    {
      name: 'Graded anew',
      total: totals.regraded,
      items: missed.regraded.map(({ before, contact }) =>
        item(contact, `From ${before ?? 'no grade'} to ${contact.grade ?? 'no grade'}`),
      ),
    },
  ];
  return groups
    .filter(({ items }) => items.length > 0)
    .map(({ total, ...group }) => ({ ...group, more: moreWords(total - group.items.length) }));
}

const moreWords = (n: number): string | null => (n === 0 ? null : `and ${numberWords(n)} more`);

function holderWords({ ownership }: ContactSummary): string {
  switch (ownership.kind) {
    case 'owned':
    case 'link-lost':
      return `Desk ${ownership.by.deskNumber} has it`;
    case 'closed':
      return `Closed by desk ${ownership.by.deskNumber}`;
    case 'verify':
      return `Desk ${ownership.lastOwner.deskNumber} cannot be reached: check on the caller`;
    default:
      return 'Waits for somebody';
  }
}

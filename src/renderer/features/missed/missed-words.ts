import type { Missed } from '../../../shared/contract/workstation.ts';
import type { ActKind } from '../../../shared/domain/command.ts';
import type { ContactSummary } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { refusalWords } from '../../app/refusals.ts';

const some = (n: number, one: string, more: string): string | null =>
  n === 0 ? null : `${n.toLocaleString('en-GB')} ${n === 1 ? one : more}`;

/** The counts of the report in one sentence; what needs the handler comes first. */
export function countWords(missed: Missed): string {
  const parts = [
    some(missed.conflicts.length, 'needs you', 'need you'),
    some(missed.newEmergencies.length, 'new emergency', 'new emergencies'),
    some(missed.takenByOthers.length, 'taken by others', 'taken by others'),
    some(missed.closed.length, 'closed', 'closed'),
    some(missed.regraded.length, 'graded anew', 'graded anew'),
    some(missed.arrived, 'other arrived', 'others arrived'),
    some(missed.sent, 'of yours received', 'of yours received'),
  ].filter((part) => part !== null);
  return parts.length === 0 ? 'nothing changed for you' : parts.join(', ');
}

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
  const groups: readonly MissedGroup[] = [
    {
      name: 'Needs you',
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
      items: missed.newEmergencies.map((summary) => item(summary, holderWords(summary))),
    },
    {
      name: 'Taken by others',
      items: missed.takenByOthers.map((summary) => item(summary, holderWords(summary))),
    },
    { name: 'Closed', items: missed.closed.map((summary) => item(summary, holderWords(summary))) },
    {
      name: 'Graded anew',
      items: missed.regraded.map(({ before, contact }) =>
        item(contact, `From ${before ?? 'no grade'} to ${contact.grade ?? 'no grade'}`),
      ),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

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

import type { ContactId } from '../../../shared/domain/ids.ts';
import type { InboxFacts } from '../../app/inbox-facts.ts';
import type { Workplace } from '../../app/workplace.ts';

/** The major incident that is on, the newest first: the contact it was declared on, and what everybody calls it. */
export interface MajorNow {
  readonly contact: ContactId;
  readonly name: string;
}

export function majorOf({ majors }: Pick<InboxFacts, 'majors'>): MajorNow | null {
  const [row] = majors;
  const name = row?.summary.marks.major ?? null;
  return row === undefined || name === null ? null : { contact: row.summary.id, name };
}

export const majorNow = ({ store }: Workplace): MajorNow | null => majorOf(store.facts.read());

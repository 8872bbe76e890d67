import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { InboxFacts } from '../../app/inbox-facts.ts';
import type { RelatedView } from '../../app/related.ts';
import type { Workplace } from '../../app/workplace.ts';

/** The major incident that is on, the newest first: the contact it was declared on, and what everybody calls it. */
export interface MajorNow {
  readonly contact: ContactId;
  readonly name: string;
}

function majorOf({ majors }: Pick<InboxFacts, 'majors'>): MajorNow | null {
  const [row] = majors;
  const name = row?.summary.marks.major ?? null;
  return row === undefined || name === null ? null : { contact: row.summary.id, name };
}

/** Every one that is on, the newest first. */
export const majorsOf = ({ majors }: Pick<InboxFacts, 'majors'>): readonly MajorNow[] =>
  majors.flatMap((row) => majorOf({ majors: [row] }) ?? []);

/** Which major incident a contact is about. `which`: several are on, and nothing that the program knows says which (rule T-21). */
export type MajorFor =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly major: MajorNow }
  | { readonly kind: 'which'; readonly majors: readonly MajorNow[] };

/** Where only one is on, that; of several the one it was declared on, is linked to, or is suggested to: never a guess between two. */
export function majorFor(
  facts: Pick<InboxFacts, 'majors'>,
  id: ContactId,
  contact: Pick<Contact, 'links'> | null,
  related: RelatedView,
): MajorFor {
  const majors = majorsOf(facts);
  const [first, second] = majors;
  if (first === undefined) return { kind: 'none' };
  if (second === undefined) return { kind: 'one', major: first };
  const standing = contact?.links.filter(({ parted }) => parted === null) ?? [];
  const ways: readonly (readonly ContactId[])[] = [
    [id],
    standing.filter(({ kind }) => kind === 'major-incident').map(({ other }) => other.contact),
    standing.map(({ other }) => other.contact),
    (related?.slots ?? []).flatMap((slot) =>
      slot?.kinds.includes('same-incident') === true ? [slot.summary.id] : [],
    ),
  ];
  for (const way of ways) {
    const [one, other] = majors.filter((each) => way.includes(each.contact));
    // Two of one kind are no answer, and a weaker sign settles nothing between them.
    if (other !== undefined) break;
    if (one !== undefined) return { kind: 'one', major: one };
  }
  return { kind: 'which', majors };
}

/** The same of a contact that is open here. */
export function majorForOpen({ store, readings, related }: Workplace, id: ContactId): MajorFor {
  const reading = readings.of(id).read();
  const contact = reading?.kind === 'here' ? reading.contact : null;
  return majorFor(store.facts.read(), id, contact, related.of(id).read());
}

export const majorNow = ({ store }: Workplace): MajorNow | null => majorOf(store.facts.read());

/** All of them by name: "A414 collision", "A414 collision and Rail bridge". */
export function namesOf(majors: readonly MajorNow[]): string {
  const names = majors.map(({ name }) => name);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}

/** What a call would be sorted to, as things stand with it: one by name, or all that are on and that it is asked. */
export function aboutWords(workplace: Workplace): string {
  const id = workplace.active.read();
  const majors = majorsOf(workplace.store.facts.read());
  const about = id === null ? null : majorForOpen(workplace, id);
  return about?.kind === 'one' ? about.major.name : `${namesOf(majors)}: one more key says which`;
}

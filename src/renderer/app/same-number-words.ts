import type { InboxRow } from '../../shared/domain/view.ts';
import type { SameNumber } from '../../shared/domain/same-number.ts';

/** A word or two for the row. */
export const sameNumberMark: Readonly<Record<SameNumber['is'], string>> = {
  ringing: 'Number rings',
  'in-touch': 'In touch now',
  due: 'Rings back?',
  since: 'Rang since',
};

const sentences: Readonly<Record<SameNumber['is'], (ref: string) => string>> = {
  ringing: (ref) => `The same number is ringing now: ${ref}`,
  'in-touch': (ref) => `The same number is in touch now: ${ref}`,
  due: (ref) => `From the number of ${ref}, due a call-back`,
  since: (ref) => `The same number has been in touch since: ${ref}`,
};

/** Who else is of the same number, in full; empty where nobody is due to be rung back (rule TE-10). */
export const sameNumberLines = ({ sameNumber = [] }: Pick<InboxRow, 'sameNumber'>): readonly string[] =>
  sameNumber.map(({ is, ref }) => sentences[is](ref));

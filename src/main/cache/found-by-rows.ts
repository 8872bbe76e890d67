import type Database from 'better-sqlite3';
import type { ContactId } from '../../shared/domain/ids.ts';
import { referencesOf } from '../../shared/domain/record/references-of.ts';
import type { Held } from './desk-store.ts';
import { squareOf } from './map-square.ts';

/** What a desk finds a contact by; of a flash only its own reference is known. */
export const namesOf = ({ summary, contact }: Held): readonly string[] =>
  referencesOf(contact ?? { ref: summary.ref, provisionalRef: null, incident: null, crime: null });

/** The squares in which it was located, and that of the place that is agreed (rule AS-28). */
export const squaresOf = ({ contact }: Held): readonly number[] => {
  const agreed = contact?.spots.at(-1)?.point ?? null;
  return [...new Set([...(contact?.locations ?? []), ...(agreed === null ? [] : [agreed])].map(squareOf))];
};

/** The statements on `contact_reference` and `contact_square`. Written in the transaction that writes the contact. */
export function foundByRows(db: Database) {
  const referencesBefore = db.prepare('select reference from contact_reference where contact = ?');
  const squaresBefore = db.prepare('select square from contact_square where contact = ?');
  const refer = db.prepare('insert into contact_reference (reference, contact) values (?, ?)');
  const locate = db.prepare('insert into contact_square (square, received_at, contact) values (?, ?, ?)');
  const unrefer = db.prepare('delete from contact_reference where contact = ?');
  const unlocate = db.prepare('delete from contact_square where contact = ?');
  const byReference = db.prepare(
    'select contact from contact_reference where reference = ? order by contact limit ?',
  );
  const inSquare = db.prepare(
    'select contact from contact_square where square = ? order by received_at desc limit ?',
  );
  const forgetReferences = db.prepare(
    'delete from contact_reference where contact not in (select id from contact)',
  );
  const forgetSquares = db.prepare(
    'delete from contact_square where contact not in (select id from contact)',
  );

  return {
    put(held: Held): void {
      const { id, receivedAt } = held.summary;
      const references = namesOf(held);
      if (!haveSame(column(referencesBefore.all(id), 'reference'), references)) {
        unrefer.run(id);
        for (const reference of references) refer.run(reference, id);
      }
      // A flash knows no place: what was known stays.
      if (held.contact === null) return;
      const squares = squaresOf(held);
      if (haveSame(column(squaresBefore.all(id), 'square'), squares)) return;
      unlocate.run(id);
      for (const square of squares) locate.run(square, receivedAt, id);
    },
    remove(id: ContactId): void {
      unrefer.run(id);
      unlocate.run(id);
    },
    /** Removes what has no contact any more. */
    removeGone(): void {
      forgetReferences.run();
      forgetSquares.run();
    },
    byReference: (reference: string, limit: number): ContactId[] =>
      column(byReference.all(reference, limit), 'contact'),
    /** Of each square the newest received, at most `limit`. */
    inSquares: (squares: readonly number[], limit: number): ContactId[] => [
      ...new Set(squares.flatMap((square) => column<ContactId>(inSquare.all(square, limit), 'contact'))),
    ],
  };
}

const column = <T>(rows: readonly unknown[], name: string): T[] =>
  (rows as Record<string, T>[]).map((row) => row[name] as T);

const haveSame = <T>(some: readonly T[], others: readonly T[]): boolean =>
  some.length === others.length && some.every((one) => others.includes(one));

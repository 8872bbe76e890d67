import type { DeskId, Incarnation } from '../../shared/domain/ids.ts';

export interface PaperDesk {
  /** `null` until the queue has given this desk its number. */
  readonly deskNumber: number | null;
  readonly deskId: DeskId;
  readonly incarnation: Incarnation;
  /** `memory`: the count begins again with the program, so the numbers carry this life's letters. */
  readonly storage: 'file' | 'memory';
}

/** The numbers `first`, `first` + 1 … of this desk's paper logs: each is given once, for ever (rule P-01). */
export function paperNumbers(desk: PaperDesk, first: number, count: number): string[] {
  const series = seriesOf(desk);
  return Array.from({ length: count }, (_, index) => `P${series}-${String(first + index).padStart(4, '0')}`);
}

function seriesOf({ deskNumber, deskId, incarnation, storage }: PaperDesk): string {
  if (storage === 'memory') return letters(incarnation);
  return deskNumber === null ? letters(deskId) : String(deskNumber);
}

/** Six letters from A to P, one for each of the id's first digits: letters, so that no desk's number is mistaken for them. */
const letters = (id: string): string =>
  id
    .replaceAll('-', '')
    .slice(0, 6)
    .split('')
    .map((digit) => String.fromCharCode(65 + Number.parseInt(digit, 16)))
    .join('');

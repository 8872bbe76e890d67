/** Paper does not hold everything that closing asks for, so that what is typed in is not closed by it (rules P-08, R-06). */
export const STAYS_OPEN = 'It stays open: close it when its record is whole.';

import type { Day } from '../london.ts';
import type { DirectoryEntry, District } from '../signposts/directory.ts';
import type { PolicyHeader } from './header.ts';

/** `resources/policy/directory.yaml`. */
export interface DirectoryPolicy extends PolicyHeader {
  /** Bank holidays of England, for what is closed on them. */
  readonly bankHolidays: readonly Day[];
  readonly districts: readonly District[];
  readonly entries: readonly DirectoryEntry[];
}

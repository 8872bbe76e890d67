/**
 * What every file of policy says of itself (rule Y-01): trade knowledge that a force changes without a new program. Its version stands
 * on each record that was made under it.
 */
export interface PolicyHeader {
  /** Changes with every edit: `triage-2026-11-1`. */
  readonly version: string;
  /** The role that answers for it, never a person's name. */
  readonly owner: string;
  /** The day by which it must have been looked through again: `2027-05-31`. */
  readonly review: string;
}

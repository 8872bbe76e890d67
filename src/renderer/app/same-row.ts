import type { InboxRow } from '../../shared/domain/view.ts';

/** Whether a row that was told again says what it said before. */
export function isSameRow(before: InboxRow, now: InboxRow): boolean {
  return before.summary.rev === now.summary.rev && isSame(before, now);
}

/** Of plain data as it comes from the workstation. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const parts = Object.entries(one);
  return (
    parts.length === Object.keys(other).length &&
    parts.every(([name, part]) => isSame(part, (other as Readonly<Record<string, unknown>>)[name]))
  );
}

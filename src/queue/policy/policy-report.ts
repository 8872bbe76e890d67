import { policyNames } from '../../shared/domain/policy/policies.ts';
import { HOUR } from '../../shared/domain/time.ts';
import type { PolicySet } from './load-policy.ts';

/** How long before its review a policy is pointed out. Days. */
const SOON_DAYS = 30;

/**
 * What `policy check` prints of a folder that can be used: a table, and a sentence for each review that is overdue or near.
 * `today`: a calendar day of Hertfordshire, `2026-11-22`.
 */
export function policyReport({ values }: PolicySet, today: string): readonly string[] {
  const rows = policyNames.map((name) => {
    const { version, owner, review } = values[name];
    return [name, version, owner, review];
  });
  const heads = ['policy', 'version', 'owner', 'review'];
  const widths = heads.map((_, at) => Math.max(...[heads, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  const warnings = policyNames.flatMap((name) => {
    const { review } = values[name];
    const days = daysBetween(today, review);
    if (days < 0) return [`${name}: its review was due on ${review}, ${counted(-days)} ago.`];
    return days <= SOON_DAYS ? [`${name}: its review is due on ${review}, ${within(days)}.`] : [];
  });
  return [line(heads), ...rows.map(line), ...(warnings.length === 0 ? [] : ['', ...warnings])];
}

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * HOUR));
const counted = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
const within = (days: number): string => (days === 0 ? 'today' : `in ${counted(days)}`);

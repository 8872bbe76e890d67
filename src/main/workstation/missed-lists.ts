import type { Missed } from '../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import type { MissedWhole } from '../cache/kept-outage.ts';

/** The window is told so many of a list: the desk's state, of which the report is a part, goes out with every heart-beat. */
const TOLD = 100;

/** A report in which each contact stands in one list, the first that fits (rule X-12). */
export function withEachOnce(report: MissedWhole): MissedWhole {
  const placed = new Set<ContactId>(report.conflicts.map(({ contact }) => contact));
  const first = <T>(items: readonly T[], idOf: (item: T) => ContactId): T[] =>
    items.filter((item) => {
      const id = idOf(item);
      const isFirst = !placed.has(id);
      placed.add(id);
      return isFirst;
    });
  return {
    ...report,
    newEmergencies: first(report.newEmergencies, ({ id }) => id),
    takenByOthers: first(report.takenByOthers, ({ id }) => id),
    closed: first(report.closed, ({ id }) => id),
    regraded: first(report.regraded, ({ contact }) => contact.id),
  };
}

/**
 * Two reports in one, when the desk was cut off again before the first was put away (rule X-11). Where both tell of a
 * contact, the later one is right; conflicts stay until the handler has seen them.
 */
export function merged(earlier: MissedWhole, later: MissedWhole): MissedWhole {
  const known = new Set<ContactId>([
    ...later.newEmergencies.map(({ id }) => id),
    ...later.takenByOthers.map(({ id }) => id),
    ...later.closed.map(({ id }) => id),
    ...later.regraded.map(({ contact }) => contact.id),
  ]);
  const still = <T>(items: readonly T[], idOf: (item: T) => ContactId): T[] =>
    items.filter((item) => !known.has(idOf(item)));
  const gradedBefore = new Map(earlier.regraded.map(({ before, contact }) => [contact.id, before]));
  return withEachOnce({
    from: earlier.from,
    to: later.to,
    conflicts: [...earlier.conflicts, ...later.conflicts],
    newEmergencies: [...still(earlier.newEmergencies, ({ id }) => id), ...later.newEmergencies],
    takenByOthers: [...still(earlier.takenByOthers, ({ id }) => id), ...later.takenByOthers],
    closed: [...still(earlier.closed, ({ id }) => id), ...later.closed],
    regraded: [
      ...still(earlier.regraded, ({ contact }) => contact.id),
      ...later.regraded.map((one) => ({ ...one, before: gradedBefore.get(one.contact.id) ?? one.before })),
    ],
    arrived: earlier.arrived + later.arrived,
    sent: earlier.sent + later.sent,
  });
}

/** The report as the window is told it: the newest of each list, and how many there are. What needs the handler is never cut. */
export function toldReport(report: MissedWhole): Missed {
  const { newEmergencies, takenByOthers, closed, regraded } = report;
  return {
    ...report,
    newEmergencies: newest(newEmergencies, (one) => one),
    takenByOthers: newest(takenByOthers, (one) => one),
    closed: newest(closed, (one) => one),
    regraded: newest(regraded, ({ contact }) => contact),
    totals: {
      newEmergencies: newEmergencies.length,
      takenByOthers: takenByOthers.length,
      closed: closed.length,
      regraded: regraded.length,
    },
  };
}

/** By when it came to be what it is: taken, closed, or waiting. */
const newest = <T>(items: readonly T[], of: (item: T) => ContactSummary): T[] =>
  items.toSorted((a, b) => of(b).ownership.since - of(a).ownership.since).slice(0, TOLD);

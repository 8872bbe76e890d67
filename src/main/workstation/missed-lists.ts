import type { Missed } from '../../shared/contract/workstation.ts';
import type { ContactId } from '../../shared/domain/ids.ts';

/** A report in which each contact stands in one list, the first that fits (rule X-12). */
export function withEachOnce(report: Missed): Missed {
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
export function merged(earlier: Missed, later: Missed): Missed {
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

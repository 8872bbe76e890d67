import type { Report, Result } from './result.ts';
import { CONTROL_BOUNDS } from './statistics.ts';

/** A report as it is told on the console. */
export function linesOf(report: Report): readonly string[] {
  const { bench, machine, commit, versions, rounds, loadavg, control } = report;
  const { low, high } = CONTROL_BOUNDS;
  return [
    '',
    `bench ${bench}: ${rounds} rounds on ${machine.cores} × ${machine.cpu}, ${machine.system}, load ${loadavg.before} before, ${loadavg.after} after`,
    `commit ${commit.slice(0, 12)}, node ${versions['node']}, electron ${versions['electron']}`,
    '',
    ...report.results.map(lineOf),
    '',
    `control (${control.name}): ratio ${control.ratio.toFixed(2)}`,
    ...(report.void
      ? [
          `VOID: the same thing measured twice differs by more than ${low} to ${high}. Run it on a quiet machine.`,
        ]
      : []),
  ];
}

function lineOf({
  id,
  name,
  size,
  unit,
  p50,
  p95,
  p99,
  value,
  floor,
  ratio,
  undelivered,
  met,
}: Result): string {
  const parts = [
    p50 === undefined ? null : `p50 ${told(p50)} p95 ${told(p95)} p99 ${told(p99)} ${unit}`,
    floor === undefined ? null : `floor ${told(floor.p50)}`,
    value === undefined ? null : p50 === undefined ? `${told(value)} ${unit}` : `value ${told(value)}`,
    ...Object.entries(ratio ?? {}).map(([to, n]) => `×${n.toFixed(2)} ${to}`),
    undelivered === undefined || undelivered === 0 ? null : `${undelivered} NEVER PAINTED`,
    met === undefined ? null : met ? 'target met' : 'TARGET MISSED',
  ];
  const of = size === undefined ? '' : ` [${size}]`;
  return `${id}${of}: ${parts.filter((part) => part !== null).join(', ')} (${name})`;
}

const told = (n: number | undefined): string =>
  n === undefined ? '–' : n.toFixed(Math.abs(n) < 100 ? 1 : 0);

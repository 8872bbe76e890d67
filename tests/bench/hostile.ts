import { E2eQueue, startCluster } from '../harness/e2e-queue.ts';
import { lookAtDesk } from './hostile/at-desk.ts';
import { lookInPage } from './hostile/in-page.ts';
import { textsOf } from './hostile/texts.ts';
import type { Result } from './result.ts';
import type { Measured, RunWish } from './run.ts';
import { ratio } from './statistics.ts';

/** Counts of what so many hostile texts did in the real window and in the public’s page: none of it may happen at all. */
export async function benchHostile({ sizes, say }: RunWish): Promise<Measured> {
  const results: Result[] = [];
  let control = { name: 'none', first: Number.NaN, second: Number.NaN, ratio: Number.NaN };
  for (const size of sizes) {
    const texts = textsOf(size);
    await using cluster = await startCluster();
    await using queue = await E2eQueue.start(cluster);
    const page = await lookInPage(queue, texts, say);
    const desk = await lookAtDesk(queue, texts, say);
    const counts: readonly (readonly [id: string, name: string, value: number, of: number])[] = [
      ['desk-scripts', 'scripts that ran in the window, or could', desk.scripts, desk.looked],
      ['desk-reports', 'reports of the policy and errors in the window', desk.reports, desk.looked],
      ['desk-words', 'texts shown in the window otherwise than as sent', desk.wrong, desk.looked],
      ['desk-heights', 'rows of another height than the others', desk.heights, desk.rows],
      ['desk-wide', 'looks at which the window was too wide', desk.wide, desk.looked],
      [
        'door',
        'texts with what cannot be printed, taken by the intake as they were',
        desk.uncleanTaken,
        desk.unclean,
      ],
      ['page-scripts', 'scripts that ran in the public’s page, or could', page.scripts, page.looked],
      ['page-reports', 'reports of the policy and errors in the public’s page', page.reports, page.looked],
      ['page-words', 'texts shown in the public’s page otherwise than as sent', page.wrong, page.looked],
      ['page-wide', 'looks at which the public’s page was too wide', page.wide, page.looked],
    ];
    results.push(
      ...counts.map(([id, name, value, samples]): Result => ({
        id: `hostile.${id}`,
        name,
        size,
        unit: 'count',
        value,
        samples,
        target: 'none',
        met: value === 0 && samples > 0,
      })),
    );
    // A run that did not get to see its texts says nothing.
    const [first, second] = [desk.looked + page.looked, desk.texts + page.texts];
    control = { name: 'texts looked at, of those sent', first, second, ratio: ratio(first, second) };
  }
  return { results, control };
}

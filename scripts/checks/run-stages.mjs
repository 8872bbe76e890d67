import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

import { root } from '../steps/project.mjs';
import { duration } from '../steps/report.mjs';
import { run } from '../steps/run.mjs';
import { countsOf } from './suites.mjs';

const one = (good) => ({ passed: good ? 1 : 0, failed: good ? 0 : 1, skipped: 0 });

/**
 * Runs stages one after another, also after a failure, so that one run shows all there is to mend. A stage is a tool
 * (`args`), a suite (`args` and `count`), a function that returns complaints (`check`), or one that does something
 * (`act`, told by throwing). Prints a table, what failed by name and, as the last line, `N passed, N failed`. Returns the exit code.
 */
export async function runStages(stages, { node, env = {} }) {
  const rows = [];
  let tests = 0;
  for (const stage of stages) {
    console.log(`\n── ${stage.name} ${'─'.repeat(Math.max(0, 60 - stage.name.length))}`);
    const began = performance.now();
    const counts = await runStage(stage, node, env);
    if (stage.count !== undefined) tests += counts.passed + counts.failed;
    rows.push({ name: stage.name, counts, time: duration(performance.now() - began) });
  }
  return tell(rows, tests);
}

async function runStage(stage, node, env) {
  if (stage.notRun !== undefined) {
    console.log(`not run: ${stage.notRun}`);
    return one(false);
  }
  if (stage.check !== undefined) {
    const complaints = stage.check();
    for (const complaint of complaints) console.log(complaint);
    return one(complaints.length === 0);
  }
  if (stage.act !== undefined) {
    try {
      await stage.act();
      return one(true);
    } catch (fault) {
      console.log(fault.message);
      return one(false);
    }
  }
  if (stage.report !== undefined) {
    mkdirSync(dirname(stage.report), { recursive: true });
    rmSync(stage.report, { force: true });
  }
  const { code } = await run(node, stage.args, {
    cwd: root,
    // One stream, so that a log keeps the order of what was said.
    stdio: ['ignore', 1, 1],
    env: { ...process.env, ...env, ...stage.env },
  });
  return stage.count === undefined ? one(code === 0) : countsOf(stage, code);
}

function tell(rows, tests) {
  console.log(
    `\n${'stage'.padEnd(24)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'time'.padStart(14)}`,
  );
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, counts, time } of rows) {
    for (const key of Object.keys(total)) total[key] += counts[key];
    const { passed, failed, skipped } = counts;
    console.log(
      `${name.padEnd(24)}${String(passed).padStart(8)}${String(failed).padStart(8)}${String(skipped).padStart(9)}${time.padStart(14)}`,
    );
  }
  // Named once more at the end: a log may be read by its last page alone.
  for (const { name, counts } of rows) {
    if (counts.failed === 0) continue;
    for (const failure of counts.failures ?? ['see above']) console.log(`\nfailed in ${name}: ${failure}`);
  }
  const wantsTests = rows.length > 0 && tests === 0;
  if (wantsTests) console.log('\nNo test ran at all; that is a failure.');
  console.log(
    `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
  );
  return total.failed > 0 || wantsTests ? 1 : 0;
}

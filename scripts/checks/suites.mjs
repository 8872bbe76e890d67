import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { local, root } from '../steps/project.mjs';

const report = (name) => join(local, 'test', `${name}.json`);

/** A suite tells its tests in a JSON file; `count` reads it. No file, no tests: the stage's exit code decides. */
const vitest = (project) => ({
  name: project,
  report: report(project),
  args: [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    ...[
      'run',
      '--project',
      project,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report(project)}`,
    ],
  ],
  count: countVitest,
});

/** Without a window or a built program. */
export const quickSuites = ['unit', 'renderer', 'architecture', 'contract'].map(vitest);

export const slowSuites = [vitest('integration')];

/** The journeys; each project is a browser (playwright.config.ts). */
export const browserSuite = (project) => ({
  name: `e2e in ${project}`,
  report: report(`e2e-${project}`),
  args: [
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    ...['test', '--project', project, '--reporter=list,json', '--pass-with-no-tests'],
  ],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: report(`e2e-${project}`) },
  count: countPlaywright,
});

function countVitest(file) {
  const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = read(file);
  // A file that could not even be loaded has no tests to fail.
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName }) => `${relative(root, name)} › ${fullName}`),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
    failures: [...failures, ...broken.map(({ name }) => `${relative(root, name)} could not be loaded`)],
  };
}

function countPlaywright(file) {
  const { stats, errors, suites } = read(file);
  const failed = stats.unexpected + stats.flaky;
  const failures = suites.flatMap(failedSpecs).map(({ file: place, title }) => `${place} › ${title}`);
  return {
    passed: stats.expected,
    failed: failed === 0 ? errors.length : failed,
    skipped: stats.skipped,
    failures: failures.length === 0 ? errors.map(({ message }) => message) : failures,
  };
}

const failedSpecs = ({ specs = [], suites = [] }) => [
  ...specs.filter(({ ok }) => !ok),
  ...suites.flatMap(failedSpecs),
];

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** The counts of a suite that has run: a bad exit code without a failed test is a failure all the same. */
export function countsOf(suite, exitCode) {
  const none = { passed: 0, failed: 0, skipped: 0, failures: [] };
  const counts = existsSync(suite.report) ? suite.count(suite.report) : none;
  if (exitCode === 0 || counts.failed > 0) return counts;
  return { ...counts, failed: 1, failures: [`${suite.name} ended with exit code ${exitCode}`] };
}

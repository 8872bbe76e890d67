import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { LOOK_EVERY_MS, PoliciesInForce } from './policies-in-force.ts';
import { shippedPolicies } from './shipped-policies.ts';

let folder: string;
let clock: TestClock;
let said: string[];
let policies: PoliciesInForce;
let changes: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-policy-'));
  cpSync(shippedPolicies, folder, { recursive: true });
  clock = new TestClock();
  said = [];
  const log = { info() {}, warn() {}, error: (message: string) => void said.push(message) };
  policies = new PoliciesInForce({ folder, timers: clock, log });
  changes = 0;
  policies.changed.subscribe(() => (changes += 1));
});
afterEach(() => {
  policies[Symbol.dispose]();
  if (clock.pending > 0) throw new Error('a timer was left behind');
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'service-levels.yaml');
const edit = (from: string | RegExp, to: string): void =>
  writeFileSync(file(), readFileSync(file(), 'utf8').replace(from, to));
const newVersion = (): void => edit(/^version: .*$/m, 'version: service-levels-2026-12-1');
const version = (): string => policies.servicePolicy.version;

it('Y-05: a changed file counts within a minute: targets, manifest, text and versions are those of the new one', () => {
  const before = policies.manifest[0];
  newVersion();
  edit(`'101': 90000`, `'101': 80000`);
  clock.advance(LOOK_EVERY_MS);
  const text = policies.textOf('service-levels');
  expect({
    changes,
    target: policies.servicePolicy.targetMs['101'],
    version: [
      version(),
      policies.versionsInForce()['service-levels'],
      policies.manifest[0]?.version,
      text?.version,
    ],
    isAnother: before?.digest !== policies.manifest[0]?.digest,
    said,
  }).toEqual({
    changes: 1,
    target: 80_000,
    version: Array.from({ length: 4 }, () => 'service-levels-2026-12-1'),
    isAnother: true,
    said: [],
  });
});

it('Y-05: a file that cannot be used is refused with its sentence, said once, and what is in force stays', () => {
  const before = version();
  newVersion();
  edit(`'101': 90000`, `'101': -1`);
  clock.advance(LOOK_EVERY_MS);
  clock.advance(5 * LOOK_EVERY_MS);
  expect([changes, version(), said]).toEqual([
    0,
    before,
    [
      expect.stringMatching(
        /^policy refused: .*service-levels\.yaml, line \d+, column 3: targetMs\.101 is less than 0\./,
      ),
    ],
  ]);
  edit(`'101': -1`, `'101': 70000`);
  clock.advance(LOOK_EVERY_MS);
  expect([changes, version()]).toEqual([1, 'service-levels-2026-12-1']);
});

it('Y-05: a folder that is gone for a while changes nothing', () => {
  const away = `${folder}-away`;
  cpSync(folder, away, { recursive: true });
  rmSync(folder, { recursive: true });
  clock.advance(LOOK_EVERY_MS);
  const refused = said.length;
  cpSync(away, folder, { recursive: true });
  rmSync(away, { recursive: true });
  clock.advance(LOOK_EVERY_MS);
  expect([refused > 0, changes]).toEqual([true, 0]);
});

it('Y-01: other contents under the version that is in force are refused: two records would mean different things by it', () => {
  const before = policies.manifest;
  edit(`'101': 90000`, `'101': 80000`);
  policies.reread();
  expect([changes, policies.manifest, said]).toEqual([
    0,
    before,
    [expect.stringContaining('Give the changed file a new version.')],
  ]);
});

it('Y-05: told to read again when nothing has changed, nobody hears of it', () => {
  edit('# Which standard a number follows.', '# Where each number is from.');
  policies.reread();
  expect([changes, said]).toEqual([0, []]);
});

it('Y-04: under a name that is no policy, also one of every object, nothing is served', () => {
  expect(['grades', 'constructor', '__proto__', ''].map((name) => policies.textOf(name))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestClock } from '../../tests/harness/test-clock.ts';
import { loadPolicies } from './policy/load-policy.ts';
import { shippedPolicies } from './policy/shipped-policies.ts';
import { demoRegister } from './register-files.ts';
import { LOOK_EVERY_MS, RegisterInForce } from './register-in-force.ts';

const kinds = loadPolicies(shippedPolicies).values.markers;
let folder: string;
let clock: TestClock;
let said: string[];
let register: RegisterInForce;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fcr-register-'));
  cpSync(demoRegister, folder, { recursive: true });
  clock = new TestClock();
  said = [];
  const log = { info() {}, warn() {}, error: (message: string) => void said.push(message) };
  register = new RegisterInForce({ folder, kinds: () => kinds, timers: clock, log });
});
afterEach(() => {
  register[Symbol.dispose]();
  if (clock.pending > 0) throw new Error('a timer was left behind');
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'markers.yaml');
const edit = (from: string, to: string): void =>
  writeFileSync(file(), readFileSync(file(), 'utf8').replace(from, to));
const concerns = (): string | undefined => register.markers.find(({ id }) => id === 'MK-0101')?.concerns;

it('AS-22: a marker that is set while the queue runs counts within a minute', () => {
  edit('concerns: Mara Quested', 'concerns: Mara Quested and her sister');
  expect(concerns()).toBe('Mara Quested');
  clock.advance(LOOK_EVERY_MS);
  expect([concerns(), said]).toEqual(['Mara Quested and her sister', []]);
});

it('AS-22: a register that cannot be used is refused with its line, and the one before stays until it is mended', () => {
  edit('concerns: Mara Quested', 'nobody: Mara Quested');
  clock.advance(3 * LOOK_EVERY_MS);
  expect([concerns(), said.length]).toEqual(['Mara Quested', 1]);
  expect(said[0]).toContain('register refused: markers.yaml');
  edit('nobody: Mara Quested', 'concerns: Mara Quested again');
  clock.advance(LOOK_EVERY_MS);
  expect([concerns(), said.length]).toEqual(['Mara Quested again', 1]);
});

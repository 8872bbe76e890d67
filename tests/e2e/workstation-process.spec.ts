import { join } from 'node:path';
import { programFolder } from '../harness/e2e-program.ts';
import { expect, test } from './fixtures.ts';

test('the workstation runs as Electron’s utility process where that can load the database, else as a Node child', async ({
  sharedDesk: { window },
}) => {
  const version = await window.app.evaluate(() => process.versions.node);
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const expected = major > 22 || (major === 22 && minor >= 14) ? 'utility' : 'node';
  const description = `Electron's own Node is ${version}: the workstation is a ${expected} process here.`;
  test.info().annotations.push({ type: 'which', description });
  expect(window.log()).toContain(`"kind":"${expected}"`);
  expect(window.workstationPid()).toBeGreaterThan(0);
});

test('W-14: as a utility process the workstation program speaks the same protocol, and ends when it is told to', async ({
  sharedDesk: { window },
}) => {
  // Without a start message no database is opened, so this works on an Electron whose Node cannot load it.
  const script = join(programFolder, 'out/main/workstation.js');
  const said = await window.app.evaluate(async ({ utilityProcess }, path) => {
    const child = utilityProcess.fork(path, [], { stdio: 'ignore' });
    const answers: unknown[] = [];
    const ended = new Promise<number>((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve) => {
      child.on('message', (message: unknown) => {
        answers.push(message);
        if (answers.length === 2) resolve();
      });
      void ended.then(() => resolve());
      child.postMessage({ kind: 'nonsense' });
      child.postMessage({ kind: 'request', id: 7, name: 'desk.read', input: {} });
      child.postMessage({ kind: 'request', id: 8, name: 'rm -rf', input: {} });
    });
    child.postMessage({ kind: 'stop' });
    return { answers, code: await ended };
  }, script);
  expect(said).toEqual({
    answers: [
      { kind: 'answer', id: 7, envelope: { ok: false, why: 'desk.read is not served here' } },
      { kind: 'answer', id: 8, envelope: { ok: false, why: 'no such request' } },
    ],
    code: 0,
  });
});

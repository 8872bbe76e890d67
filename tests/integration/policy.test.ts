import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { httpPolicies } from '../../src/main/workstation/policy-client.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { PoliciesInForce } from '../../src/queue/policy/policies-in-force.ts';
import { shippedPolicies } from '../../src/queue/policy/shipped-policies.ts';
import type { PolicyName } from '../../src/shared/domain/policy/policies.ts';
import { policyNames } from '../../src/shared/domain/policy/policies.ts';
import { anId } from '../harness/builders.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { DeskClient, signInAt } from '../harness/desk-client.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';
import { TestClock } from '../harness/test-clock.ts';

let place: string;
let folder: string;
let said: string[];
let policies: PoliciesInForce;
let queue: TestQueue;
let wire: CutProxy;
let desks: Desk[];

beforeEach(async () => {
  place = mkdtempSync(join(tmpdir(), 'fcr-policy-'));
  folder = join(place, 'policy');
  cpSync(shippedPolicies, folder, { recursive: true });
  said = [];
  const log = { ...silentLogger, error: (message: string) => void said.push(message) };
  // Looked at when the test says so.
  policies = new PoliciesInForce({ folder, timers: new TestClock(), log });
  queue = await startTestQueue({ store: 'memory', policies });
  wire = await startCutProxy(queue.deskUrl);
  desks = [];
});

afterEach(async () => {
  for (const desk of desks) desk.stop({ keepFolder: true });
  await wire[Symbol.asyncDispose]();
  await queue.stop();
  policies[Symbol.dispose]();
  rmSync(place, { recursive: true, force: true });
});

function aDesk(over: Partial<Parameters<typeof startDesk>[0]> = {}): Desk {
  const desk = startDesk({ queueUrl: wire.deskUrl, folder: join(place, 'desk'), ...over });
  desks.push(desk);
  return desk;
}
const reading = (desk: Desk, name: PolicyName = 'service-levels') => desk.request('policy.read', { name });
/** Which version counts at the desk, and where it is from. */
const inForce = async (desk: Desk): Promise<string> => {
  const policy = await reading(desk);
  return policy.kind === 'here' ? `${policy.version} from ${policy.from}` : policy.sentence;
};
const untilInForce = (desk: Desk, wanted: string) =>
  desk.until(
    () => inForce(desk),
    (found) => found === wanted,
  );
const edit = (from: string | RegExp, to: string): void => {
  const file = join(folder, 'service-levels.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
};
const shipped = (): string => policies.versionsInForce()['service-levels'];

describe('policy, from the queue’s files to the desk', () => {
  it('Y-04, Y-06: every policy comes as served and is kept: after a restart without the queue it is all there', async () => {
    const desk = aDesk();
    const changed = () => desk.pushes.filter(({ name }) => name === 'policy.changed').length;
    await desk.until(changed, (count) => count === policyNames.length);
    const served = await Promise.all(policyNames.map((name) => reading(desk, name)));
    desk.stop({ keepFolder: true });
    wire.cut();
    const again = aDesk({ handler: null });
    const kept = await Promise.all(policyNames.map((name) => reading(again, name)));
    expect(
      served.map((one) => one.kind === 'here' && [one.name, one.from, one.version, one.fetchedAt !== null]),
    ).toEqual(policyNames.map((name) => [name, 'queue', policies.versionsInForce()[name], true]));
    expect(kept).toEqual(served);
  });

  it('Y-05: a changed file reaches a desk that is connected: its policies and its targets', async () => {
    const desk = aDesk();
    await untilInForce(desk, `${shipped()} from queue`);
    edit(/^version: .*$/m, 'version: service-levels-2026-12-1');
    edit(`'101': 90000`, `'101': 80000`);
    policies.reread();
    await untilInForce(desk, 'service-levels-2026-12-1 from queue');
    const policy = await reading(desk);
    const last = desk.pushes.findLast(({ name }) => name === 'policy.changed');
    expect([policy, last?.payload, queue.service.policy.targetMs['101']]).toEqual([
      expect.objectContaining({
        value: expect.objectContaining({ targetMs: expect.objectContaining({ 101: 80_000 }) }),
      }),
      { name: 'service-levels', version: 'service-levels-2026-12-1' },
      80_000,
    ]);
  });

  it('Y-05: a bad file is refused with its line; the one in force stays, at the queue and at the desk', async () => {
    const desk = aDesk();
    await untilInForce(desk, `${shipped()} from queue`);
    const before = shipped();
    edit(/^version: .*$/m, 'version: service-levels-2026-12-1');
    edit(/^review: .*$/m, 'review: some day');
    policies.reread();
    const other = aDesk({ handler: '4712', folder: join(place, 'other') });
    await untilInForce(other, `${before} from queue`);
    expect([said, shipped(), await inForce(desk)]).toEqual([
      [expect.stringMatching(/^policy refused: .*service-levels\.yaml, line 5, column 1: review /)],
      before,
      `${before} from queue`,
    ]);
  });

  it('Y-04: what comes with another digest than the queue told is not used', async () => {
    const swapped: typeof httpPolicies = (url) => ({
      read: async (name, token) =>
        (await httpPolicies(url).read(name, token))?.replace('"lookFirstMs":3600000', '"lookFirstMs":1') ??
        null,
    });
    const desk = aDesk({ surroundings: { connectPolicies: swapped } });
    const changed = () => desk.pushes.filter(({ name }) => name === 'policy.changed').length;
    await desk.until(changed, (count) => count === policyNames.length - 1);
    expect(await inForce(desk)).toBe(`${shipped()} from seed`);
  });
});

describe('the queue’s door for policies', () => {
  const url = (path: string) => `http://127.0.0.1:${queue.port}${path}`;
  const get = async (
    path: string,
    init: { token?: string; headers?: Record<string, string>; method?: string } = {},
  ) => {
    const authorization = init.token === undefined ? {} : { authorization: `Bearer ${init.token}` };
    const { method = 'GET' } = init;
    return fetch(url(path), { method, headers: { ...authorization, ...init.headers } });
  };
  const aToken = () => signInAt(queue.deskUrl, { desk: anId(0xd0001), handler: '4711' });

  it('Y-04: the manifest names each policy with version, digest and review day; each is served under its digest', async () => {
    const token = await aToken();
    const manifest = await (await get('/policies', { token })).json();
    const one = await get('/policies/service-levels', { token });
    const etag = one.headers.get('etag') ?? '';
    const unchanged = await get('/policies/service-levels', { token, headers: { 'if-none-match': etag } });
    expect({
      manifest,
      etag,
      value: await one.json(),
      unchanged: [unchanged.status, await unchanged.text()],
    }).toEqual({
      manifest: { policies: policies.manifest },
      etag: `"${policies.textOf('service-levels')?.digest}"`,
      value: JSON.parse(policies.textOf('service-levels')?.text ?? ''),
      unchanged: [304, ''],
    });
  });

  it('Y-04: without a token that holds, from a web page, in another way or under another name nothing is told', async () => {
    const token = await aToken();
    const answers = [
      await get('/policies'),
      await get('/policies/service-levels', { token: 'guessed' }),
      await get('/policies', { token, headers: { origin: 'http://example.org' } }),
      await get('/policies', { token, method: 'POST' }),
      await get('/policies/constructor', { token }),
      await get('/policies/..%2fpackage.json', { token }),
    ];
    await fetch(url('/sign-off'), { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    answers.push(await get('/policies', { token }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403, 405, 404, 404, 401]);
  });

  it('Y-04, Y-05: WELCOME names the policies in force, and POLICY others as soon as they count', async () => {
    await using client = await DeskClient.welcomed(queue.deskUrl);
    const before = client.welcome.policies;
    edit(/^version: .*$/m, 'version: service-levels-2026-12-1');
    policies.reread();
    const { policy, policies: now } = await client.first('POLICY');
    const stamps = policies.manifest.map(({ name, version, digest }) => ({ name, version, digest }));
    expect([before.map(({ name }) => name), now, policy.version]).toEqual([
      policyNames,
      stamps,
      'service-levels-2026-12-1',
    ]);
  });
});

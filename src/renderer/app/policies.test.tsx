import { act, cleanup, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import seed from '../../../resources/policy/seed/service-levels.json';
import { MemoryBridge } from '../testing/memory-bridge.ts';
import { START } from '../testing/builders.ts';
import { Policies, usePolicy } from './policies.ts';
import { WorkplaceContext } from './workplace-context.ts';
import type { Workplace } from './workplace.ts';

afterEach(cleanup);

function Look() {
  const policy = usePolicy('service-levels');
  if (policy.kind === 'loading') return <p>loading</p>;
  if (policy.kind === 'not-there') return <p>{policy.sentence}</p>;
  return <p>{`${policy.version} from ${policy.from}: ${policy.value.targetMs['101']}`}</p>;
}

const settle = () => act(async () => vi.dynamicImportSettled());

async function looking({
  who = 'handler',
  prepare = () => undefined,
}: {
  readonly who?: 'handler' | null;
  readonly prepare?: (bridge: MemoryBridge) => void;
} = {}) {
  const bridge = new MemoryBridge({ now: () => START, who });
  prepare(bridge);
  const waiting: (() => void)[] = [];
  const policies = new Policies({ bridge, after: (_ms, task) => void waiting.push(task) });
  const stop = policies.start();
  const { container } = render(
    <WorkplaceContext value={{ policies } as unknown as Workplace}>
      <Look />
      <Look />
    </WorkplaceContext>,
  );
  const before = container.textContent;
  await settle();
  const shown = () => container.querySelector('p')?.textContent;
  const asked = () => bridge.requests.filter(({ name }) => name === 'policy.read').length;
  return { bridge, stop, before, shown, asked, waiting };
}

test('Y-08: a policy is asked for when it is first used, once for all who use it, and says that it is the seed', async () => {
  const { before, shown, asked, stop } = await looking();
  expect([before, shown(), asked()]).toEqual(['loadingloading', `${seed.version} from seed: 90000`, 1]);
  stop();
});

test('Y-05: another version that counts is shown without being asked for by anybody', async () => {
  const { bridge, shown, stop } = await looking();
  const version = 'service-levels-2026-12-1';
  act(() => bridge.policies.serve('service-levels', { ...seed, version, lookFirstMs: 1 }));
  await settle();
  expect(shown()).toBe(`${version} from queue: 90000`);
  stop();
});

test('Y-05: a policy that nobody has used is not read because it changed', async () => {
  const bridge = new MemoryBridge({ now: () => START });
  const policies = new Policies({ bridge, after: () => undefined });
  const stop = policies.start();
  bridge.policies.serve('service-levels', seed);
  await settle();
  expect(bridge.requests).toEqual([]);
  stop();
});

test('Y-06: a desk without the policy says so in a sentence', async () => {
  const { shown, stop } = await looking({
    prepare: ({ policies }) => policies.missing.add('service-levels'),
  });
  expect(shown()).toBe('This desk has no service-levels yet.');
  stop();
});

test('Y-06: what could not be read is asked for again', async () => {
  const { bridge, shown, waiting, stop } = await looking({ who: null });
  const meanwhile = shown();
  await bridge.request('session.sign-in', { handler: '1001', pin: '246810' });
  act(() => waiting.shift()?.());
  await settle();
  expect([meanwhile, shown()]).toEqual(['loading', `${seed.version} from seed: 90000`]);
  stop();
});

import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import seed from '../../../resources/policy/seed/service-levels.json' with { type: 'json' };
import { anId } from '../../../tests/harness/builders.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import type { PolicyStamp } from '../../shared/contract/policy/manifest.ts';
import type { Payload } from '../../shared/contract/workstation.ts';
import { asIncarnation } from '../../shared/domain/ids.ts';
import { memoryStore } from '../cache/memory-store.ts';
import { FETCH_AGAIN_MS, FETCH_SOON_MS, Policies } from './policies.ts';
import { bundledSeed, type PolicySeed } from './policy-seed.ts';

const name = 'service-levels';
const newer = { ...seed, version: 'service-levels-2026-12-1', lookFirstMs: 1 };
const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
const stampOf = (value: { readonly version: string }, text = JSON.stringify(value)): PolicyStamp => ({
  name,
  version: value.version,
  digest: sha256(text),
});

/** Lets what was asked for be answered and read. */
const turn = async (): Promise<void> => {
  await import('../../shared/contract/policy/policies.ts');
  for (let n = 0; n < 5; n += 1) await nextTurn();
};

let clock: TestClock;
let store: ReturnType<typeof memoryStore>;
/** What the queue answers; nothing: it cannot be reached. */
let answers: (string | null)[];
let asked: string[];
let token: string | null;
let changes: Payload<'policy.changed'>[];
let opened: Policies[];

beforeEach(() => {
  clock = new TestClock();
  store = memoryStore(asIncarnation(anId(1)));
  answers = [];
  asked = [];
  token = 'token';
  changes = [];
  opened = [];
});
afterEach(() => {
  for (const policies of opened) policies[Symbol.dispose]();
  if (clock.pending > 0) throw new Error('a timer was left behind');
});

function open({ bundled = bundledSeed, disk = store }: { bundled?: PolicySeed; disk?: typeof store } = {}) {
  const policies = new Policies({
    store: disk,
    seed: bundled,
    client: {
      read: async (which) => {
        asked.push(which);
        return answers.shift() ?? null;
      },
    },
    token: () => token,
    clock,
    timers: clock,
    log: silentLogger,
    guard: (work) => {
      try {
        work();
      } catch {
        // As a fault of the disk: told elsewhere.
      }
    },
    served: (work) => work(),
    onChanged: (change) => void changes.push(change),
  });
  opened.push(policies);
  const read = () => policies.read(name);
  const told = async (...stamps: PolicyStamp[]) => {
    policies.told(stamps);
    clock.advance(FETCH_SOON_MS);
    await turn();
  };
  return { policies, read, told };
}

describe('a desk that no queue has served', () => {
  it('Y-08: it has the seed, and says that it is that', async () => {
    const { policies, read } = open();
    expect([await read(), policies.versionsInForce()[name]]).toEqual([
      {
        kind: 'here',
        name,
        version: seed.version,
        owner: seed.owner,
        review: seed.review,
        from: 'seed',
        fetchedAt: null,
        value: seed,
      },
      seed.version,
    ]);
  });

  it('Y-08: a seed that is damaged is not used, and the handler is told in a sentence', async () => {
    const { read } = open({ bundled: { ...bundledSeed, read: async () => ({ ...seed, targetMs: {} }) } });
    const gone = open({ bundled: { ...bundledSeed, read: async () => Promise.reject(new Error('gone')) } });
    const sentence = 'This desk has no service-levels yet. They come when the queue is reached.';
    expect([await read(), await gone.read()]).toEqual([
      { kind: 'not-there', sentence },
      { kind: 'not-there', sentence },
    ]);
  });
});

describe('what the queue serves', () => {
  it('Y-04, Y-06: what differs is fetched once, kept, told to the window, and there without a queue after a restart', async () => {
    const { policies, read, told } = open();
    answers = [JSON.stringify(newer)];
    await told(stampOf(newer));
    const fetchedAt = clock.now();
    await told(stampOf(newer));
    const served = await read();
    const again = open();
    token = null;
    expect({
      asked,
      changes,
      served,
      kept: await again.read(),
      versions: [policies, again.policies].map((each) => each.versionsInForce()[name]),
    }).toEqual({
      asked: [name],
      changes: [{ name, version: newer.version }],
      served: expect.objectContaining({ from: 'queue', fetchedAt, value: newer }),
      kept: served,
      versions: [newer.version, newer.version],
    });
  });

  it('Y-04: a text that has not the digest the queue told is refused, what is in force stays, and it is asked for again', async () => {
    const { read, told } = open();
    answers = [JSON.stringify({ ...newer, lookFirstMs: 2 }), JSON.stringify(newer)];
    await told(stampOf(newer));
    const refused = [(await read()).kind === 'here' && (await read()), store.policies()];
    clock.advance(FETCH_AGAIN_MS);
    await turn();
    expect([refused, changes, store.policies().map(({ version }) => version)]).toEqual([
      [expect.objectContaining({ from: 'seed', version: seed.version }), []],
      [{ name, version: newer.version }],
      [newer.version],
    ]);
  });

  it.each([
    ['does not fit its form', { ...newer, targetMs: {} }, newer.version],
    ['is of another version than was told', newer, 'service-levels-2027-01-1'],
  ])('Y-04: one that %s is not used, and the same is not asked for again', async (_what, value, version) => {
    const { read, told } = open();
    const text = JSON.stringify(value);
    answers = [text, text];
    await told({ name, version, digest: sha256(text) });
    clock.advance(10 * FETCH_AGAIN_MS);
    await turn();
    expect([asked.length, store.policies(), await read()]).toEqual([
      1,
      [],
      expect.objectContaining({ from: 'seed' }),
    ]);
  });

  it('Y-06: a queue that does not answer is asked again while somebody is signed in', async () => {
    const { told } = open();
    await told(stampOf(newer));
    clock.advance(FETCH_AGAIN_MS);
    await turn();
    const meanwhile = asked.length;
    token = null;
    clock.advance(3 * FETCH_AGAIN_MS);
    await turn();
    expect([meanwhile, asked.length]).toEqual([2, 2]);
  });

  it('Y-05: what is told while another is on its way is the one that counts', async () => {
    const { policies, read } = open();
    const newest = { ...newer, version: 'service-levels-2026-12-2' };
    answers = [JSON.stringify(newer), JSON.stringify(newest)];
    policies.told([stampOf(newer)]);
    clock.advance(FETCH_SOON_MS);
    policies.told([stampOf(newest)]);
    await turn();
    clock.advance(FETCH_SOON_MS);
    await turn();
    expect([await read(), changes, clock.pending]).toEqual([
      expect.objectContaining({ version: newest.version }),
      [{ name, version: newest.version }],
      0,
    ]);
  });

  it('Y-05: a policy that only a newer program knows is passed over', async () => {
    const { told } = open();
    await told({ ...stampOf(newer), name: 'constructor' }, { ...stampOf(newer), name: 'weather' });
    expect([asked, clock.pending]).toEqual([[], 0]);
  });

  it('Y-06: what the disk refuses counts all the same in this run', async () => {
    const disk = {
      ...store,
      keepPolicy: () => {
        throw new Error('full');
      },
    };
    const { read, told } = open({ disk });
    answers = [JSON.stringify(newer)];
    await told(stampOf(newer));
    expect([await read(), store.policies()]).toEqual([
      expect.objectContaining({ version: newer.version }),
      [],
    ]);
  });

  it('Y-06: what an earlier program kept and this one cannot read is forgotten; the seed counts', async () => {
    store.keepPolicy(
      { name, version: 'service-levels-1', digest: 'ab'.repeat(32), fetchedAt: clock.now() },
      '{"old":1}',
    );
    const { policies, read } = open();
    expect([await read(), store.policies(), policies.versionsInForce()[name]]).toEqual([
      expect.objectContaining({ from: 'seed' }),
      [],
      seed.version,
    ]);
  });
});

describe('what acts are decided by', () => {
  it('Y-06, X-04: is read from the disk after a restart before anything kept here is shown', async () => {
    const triage = bundledSeed.versions.triage;
    const text = JSON.stringify(await bundledSeed.read('triage'));
    store.keepPolicy({ name: 'triage', version: triage, digest: sha256(text), fetchedAt: clock.now() }, text);
    const { policies } = open();
    expect(Object.keys(policies.decisive())).toEqual([]);
    await policies.ready();
    expect(Object.keys(policies.decisive()).sort()).toEqual(['categories', 'markerKinds', 'triage']);
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { testStart } from '../../../tests/harness/builders.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import type { QueueStore } from '../store/queue-store.ts';
import { AccountChanges } from './account-changes.ts';
import { runAccountsAct } from './accounts-command.ts';
import { readAccountsOptions } from './accounts-options.ts';
import { makeDemoAccounts } from './demo-accounts.ts';
import { isPinOf } from './pin-hash.ts';

const demoFile = 'resources/demo/accounts.json';

describe('the accounts command', () => {
  let store: QueueStore;
  let changes: AccountChanges;
  beforeEach(() => {
    store = createMemoryStore({ realm: 'live', newId: randomUUID });
    const clock = { now: () => testStart, monotonic: () => 0 };
    const cost = { n: 16, r: 1, p: 1 };
    changes = new AccountChanges({ store, clock, random: randomBytes, cost, from: 'accounts-command' });
  });

  /** What it prints when it is given these words, and this on its standard input. */
  const accounts = async (words: readonly string[], typed = '') => {
    const lines: string[] = [];
    await runAccountsAct(readAccountsOptions(words).act, changes, {
      input: Readable.from([typed]) as unknown as NodeJS.ReadStream,
      prompt: () => undefined,
      print: (line) => void lines.push(line),
      random: randomBytes,
    });
    return lines;
  };
  const kim = ['add', '--number', '1234', '--name', 'Kim Doe', '--role', 'trainee'];
  const pinOf = async () => (await store.accounts())[0]?.pin;

  it('A-12 makes, changes and closes an account, each with an audit entry that holds no name and no PIN', async () => {
    await accounts(kim, '135790\n');
    expect(await accounts(['list'])).toEqual(['1234\ttrainee\topen\tKim Doe']);
    const first = await pinOf();
    expect(first && (await isPinOf('135790', first))).toBe(true);
    await accounts(['set-role', '--number', '1234', '--role', 'handler']);
    await accounts(['set-pin', '--number', '1234'], '24680\n');
    const second = await pinOf();
    expect(second && (await isPinOf('24680', second))).toBe(true);
    await accounts(['close', '--number', '1234']);
    expect(await accounts(['list'])).toEqual(['1234\thandler\tclosed\tKim Doe']);
    const audit = await store.auditAfter(0, 10);
    expect(audit.map(({ act, handler, contact, source }) => [act, handler, contact, source])).toEqual(
      ['account-add', 'account-role', 'account-pin', 'account-close'].map((act) => [
        act,
        '1234',
        null,
        'accounts-command',
      ]),
    );
    expect(JSON.stringify(audit)).not.toMatch(/Kim|135790|24680/);
  });

  it('A-12 shows a PIN that it made once, and keeps none in clear', async () => {
    const [line] = await accounts([...kim, '--new-pin']);
    const pin = /PIN is (\d{6});/.exec(line ?? '')?.[1] ?? '';
    const kept = await pinOf();
    expect(kept && (await isPinOf(pin, kept))).toBe(true);
    expect(JSON.stringify(await store.accounts())).not.toContain(pin);
  });

  it.each([
    [[...kim], '12a4\n', 'A PIN is 4 to 12 digits'],
    [['set-pin', '--number', '77'], '1357\n', 'There is no account 77'],
    [['close', '--number', '77'], '', 'There is no account 77'],
  ])('A-12 says in one sentence why it did nothing: %j', async (words, typed, sentence) => {
    await expect(accounts(words, typed)).rejects.toThrow(sentence);
    expect(await store.accounts()).toEqual([]);
    expect(await store.auditHead()).toMatchObject({ seq: 0 });
  });

  it('A-12 makes no account twice, and nothing of a closed one', async () => {
    await accounts(kim, '1357\n');
    await expect(accounts(kim, '2468\n')).rejects.toThrow('There is an account 1234 already');
    await accounts(['close', '--number', '1234']);
    await expect(accounts(['set-pin', '--number', '1234'], '2468\n')).rejects.toThrow('is closed');
  });

  it.each([
    [[], 'wants one of'],
    [['add'], '--number'],
    [['add', '--number', 'a b', '--name', 'x', '--role', 'handler'], '--number'],
    [['add', '--number', '1', '--role', 'handler'], '--name'],
    [['add', '--number', '1', '--name', 'x', '--role', 'boss'], '--role'],
    [['close', 'open', '--number', '1'], 'one thing to do'],
    [[...kim, '--new-pin', '--pin-file', 'x'], 'contradict'],
    [['list', '--realm', 'play'], '--realm'],
    [[...kim, '--pin', '1357'], 'pin'],
  ])('A-12 refuses %j with a sentence', (words, sentence) => {
    expect(() => readAccountsOptions(words)).toThrow(sentence);
  });

  it('A-12 makes the demo realm’s accounts once, and leaves alone what was changed since', async () => {
    await makeDemoAccounts(changes, demoFile);
    const made = await store.accounts();
    expect(new Set(made.map(({ role }) => role))).toEqual(
      new Set(['handler', 'trainee', 'mentor', 'team-leader']),
    );
    expect(made.find(({ handler }) => handler === '1001')).toMatchObject({
      name: 'Sam Okafor',
      role: 'handler',
    });
    await changes.close('1002');
    const before = await store.accounts();
    await makeDemoAccounts(changes, demoFile);
    expect(await store.accounts()).toEqual(before);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { constants, getPriority, networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { asInstant } from '../../src/shared/domain/time.ts';
import { apertiumMissing, hasApertium } from '../harness/apertium.ts';
import { livingPrograms } from '../harness/living-programs.ts';
import { fillCollision, Visitor } from '../harness/public-pages.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

/** The scripts are plain JavaScript, which also an old Node reads; this is what a test needs of them. */
interface Children {
  start(program: {
    readonly name: string;
    readonly command: string;
    readonly args: readonly string[];
    readonly log: string;
    readonly patience: number;
    readonly onGone?: (why: string) => void;
  }): unknown;
  readonly wanted: Promise<string | undefined>;
  askToEnd(): void;
  end(): Promise<boolean>;
}
interface ReadyLine {
  readonly intake: string;
  readonly intakeKeyFile: string;
}
interface Scripts {
  readonly Children: new () => Children;
  startPages(
    children: Children,
    options: {
      readonly node: string;
      readonly folder: string;
      readonly queue: ReadyLine;
      readonly port: string;
    },
  ): Promise<void>;
  startTranslation(
    children: Children,
    options: { readonly folder: string },
  ): Promise<{ readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> }>;
}

const scripts = async (): Promise<Scripts> => {
  const of = (name: string): Promise<Partial<Scripts>> =>
    import(join(import.meta.dirname, '..', '..', 'scripts', name)) as Promise<Partial<Scripts>>;
  const [children, pages, translation] = await Promise.all(
    ['steps/children.mjs', 'demo/public-program.mjs', 'demo/translation-program.mjs'].map(of),
  );
  return { ...children, ...pages, ...translation } as Scripts;
};

describe('npm start', () => {
  let children: Children;
  let folder: string;
  let queue: TestQueue;
  let started: Scripts;
  const said: string[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fcr-start-'));
    started = await scripts();
    children = new started.Children();
    queue = await startTestQueue({ store: 'memory' });
    said.length = 0;
    for (const way of ['log', 'error'] as const)
      vi.spyOn(console, way).mockImplementation((line) => void said.push(String(line)));
  });
  afterEach(async () => {
    await children.end();
    vi.restoreAllMocks();
    await queue.stop();
    rmSync(folder, { recursive: true });
  });

  const pages = (port = '0'): Promise<void> => {
    const intakeKeyFile = join(folder, 'intake-keys.json');
    writeFileSync(intakeKeyFile, JSON.stringify({ demo: queue.intakeKey }), { mode: 0o600 });
    return started.startPages(children, {
      node: process.execPath,
      folder,
      queue: { intake: queue.intakeUrl, intakeKeyFile },
      port,
    });
  };
  const reaches = (url: string): Promise<boolean> =>
    fetch(url).then(
      (response) => response.ok,
      () => false,
    );

  it('says in one line where the public’s pages are; they reach the queue with its key, and end with everything else', async () => {
    await pages();
    const address = /^The public’s pages are at (http:\/\/127\.0\.0\.1:\d+) /.exec(said[0] ?? '')?.[1] ?? '';
    expect([said.length, await reaches(`${address}/health`)]).toEqual([1, true]);
    const visitor = new Visitor(address);
    await fillCollision(visitor);
    await visitor.send('/send');
    const channels = async () =>
      (await queue.store.snapshot(asInstant(0))).contacts.map(({ channel }) => channel);
    await expect.poll(channels).toEqual(['online-report']);
    expect([await children.end(), await reaches(`${address}/`)]).toEqual([true, false]);
    expect(said.length).toBe(1);
  });

  it('WP-68: the public’s pages give way to the queue where they share a machine', async () => {
    await pages();
    const [pid, ...others] = livingPrograms({ words: folder });
    expect(others).toEqual([]);
    // A greater number goes later.
    expect(getPriority(Number(pid))).toBeGreaterThanOrEqual(constants.priority.PRIORITY_BELOW_NORMAL);
  });

  it('goes on without the public’s pages where their port is taken, and says so with the reason', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    await pages(String(port));
    other.close();
    expect(said.join('\n')).toContain(
      `Port ${port} on 127.0.0.1 is in use by another program: stop it, or choose another with --port.`,
    );
    expect(said.join('\n')).toContain('go on without the public’s pages');
    const wanted = await Promise.race([children.wanted, Promise.resolve('everything goes on')]);
    expect(wanted).toBe('everything goes on');
  });

  it('ends everything when a program ends that the others need, and only says so of one that they can do without', async () => {
    const dies = (name: string) => ({
      name,
      command: process.execPath,
      args: ['-e', 'console.error("no disk"); process.exit(3)'],
      log: join(folder, 'dies.log'),
      patience: 1_000,
    });
    const why = await new Promise<string>((onGone) =>
      children.start({ ...dies('The translation engine'), onGone }),
    );
    expect(why).toMatch(
      /^The translation engine ended by itself \(exit code 3\)\. .*dies\.log:\n {2}no disk$/,
    );
    expect(await Promise.race([children.wanted, Promise.resolve('go on')])).toBe('go on');
    children.start(dies('The central queue'));
    expect(await children.wanted).toContain('The central queue ended by itself (exit code 3).');
  });

  it('does not translate where no engine is installed, and says how to add one', async () => {
    vi.stubEnv('PATH', '');
    const translation = await started.startTranslation(children, { folder });
    vi.unstubAllEnvs();
    expect(translation).toEqual({ args: [], env: {} });
    expect(said).toEqual([expect.stringContaining('npm run translation')]);
  });

  it.skipIf(!hasApertium)(
    `starts the engine that is there, which ends with its pipes ${hasApertium ? '' : `(${apertiumMissing})`}`,
    async () => {
      const { args, env } = await started.startTranslation(children, { folder });
      expect([args.slice(0, 3), env['TRANSLATION_VERSION']]).toEqual([
        ['--translation', 'apertium', '--translation-url'],
        expect.stringMatching(/^apy .*eng-spa /),
      ]);
      const url = args[3] ?? '';
      await expect
        .poll(() => said, { timeout: 20_000 })
        .toContainEqual(expect.stringContaining('Chats in Spanish are translated'));
      const words = new URLSearchParams({ langpair: 'spa|eng', q: 'Tengo miedo' });
      const answer = await fetch(`${url}/translate`, { method: 'POST', body: words });
      expect(await answer.text()).toMatch(/afraid|fear/);
      const { port } = new URL(url);
      // The engine itself would serve the whole network.
      for (const address of otherAddresses())
        expect(await reaches(`http://${address}:${port}/listPairs`)).toBe(false);
      const [group = ''] = livingPrograms({ words: `--port ${port} ` });
      const before = livingPrograms({ group }).length;
      expect([await children.end(), await reaches(`${url}/listPairs`)]).toEqual([true, false]);
      expect(before).toBeGreaterThan(1);
      // What the engine started itself ends a moment behind it.
      await expect.poll(() => livingPrograms({ group })).toEqual([]);
      // Logs hold nobody's words.
      expect(readFileSync(join(folder, 'translation.log'), 'utf8')).not.toContain('miedo');
    },
  );
});

/** By which others of the network would ask this machine. */
const otherAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { programFolder, programNode, sandboxFlags } from './e2e-program.ts';

/** How a desk is started; what is left out is the demo's. */
export interface DeskStart {
  /** The queue's address as typed; `null`: none is given. */
  readonly queue: string | null;
  readonly profile?: string;
  /** Where profiles are kept: the folder of an earlier start to come back to it. */
  readonly data?: string;
  readonly realm?: string;
  /** The scenario that is practised: then it is a start of training, which has neither queue nor realm to name. */
  readonly training?: string;
}

/** A folder for profiles that nobody else uses. */
export const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'fcr-e2e-desk-'));

const electronPath = (): string => {
  const path = process.env['FCR_ELECTRON'];
  if (path === undefined) throw new Error('FCR_ELECTRON is not set: run the journeys with npm run test:e2e.');
  return path;
};

function argumentsOf(start: DeskStart & { readonly data: string }): string[] {
  const { queue, profile = 'desk', realm = 'demo', data, training } = start;
  if (training !== undefined)
    return [
      ...sandboxFlags,
      programFolder,
      ...['--training', '--scenario', training, '--profile', profile, '--data', data],
    ];
  const address = queue === null ? [] : ['--queue', queue];
  const own = ['--profile', profile, '--realm', realm, '--data', data];
  return [...sandboxFlags, programFolder, ...address, ...own];
}

/** Where a start keeps what is its own: training beside the profile, never in it. */
export const profileFolder = ({ data, profile = 'desk', training }: DeskStart & { readonly data: string }) =>
  join(data, training === undefined ? profile : `${profile}.training`);

const environment = (): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  FCR_NODE: programNode,
});

const launch = (start: DeskStart & { readonly data: string }): Promise<ElectronApplication> =>
  _electron.launch({
    executablePath: electronPath(),
    args: argumentsOf(start),
    cwd: programFolder,
    env: environment(),
    timeout: 20_000,
  });

/** A desk as the handler has it: the real program with its real window. */
export class DeskWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly start: DeskStart & { readonly data: string };
  /** The profile's folder. */
  readonly folder: string;
  readonly #said: () => string;
  #isGone = false;

  private constructor(
    app: ElectronApplication,
    page: Page,
    start: DeskStart & { readonly data: string },
    said: () => string,
  ) {
    this.app = app;
    this.page = page;
    this.start = start;
    this.folder = profileFolder(start);
    this.#said = said;
  }

  /** What the program has written for whoever started it. */
  get said(): string {
    return this.#said();
  }

  static async open(wish: DeskStart): Promise<DeskWindow> {
    const start = { ...wish, data: wish.data ?? newDataFolder() };
    // On a machine without a graphics card the browser has been seen not to answer the driver at its start, before a line
    // of the program has run: that is tried once more, and said.
    const app = await launch(start).catch((error: unknown) => {
      if (!(error instanceof Error) || error.name !== 'TimeoutError') throw error;
      process.stderr.write('the browser did not answer the driver at its start; once more\n');
      return launch(start);
    });
    // From the first word on: a window that does not come is explained by what was said before it.
    let said = '';
    for (const stream of [app.process().stdout, app.process().stderr])
      stream?.on('data', (text: Buffer) => (said += text.toString('utf8')));
    const page = await app.firstWindow();
    const desk = new DeskWindow(app, page, start, () => said);
    // A window that never loads fails here and at once, with what the program has said, not in a later wait.
    await page.waitForLoadState('domcontentloaded', { timeout: 20_000 }).catch(async (error: unknown) => {
      await desk.kill();
      throw new Error(`the window did not load; the program said:\n${desk.said}`, { cause: error });
    });
    return desk;
  }

  /** What the shell has written in its log so far. */
  log(): string {
    return readFileSync(join(this.folder, 'desk.log'), 'utf8');
  }

  /** The process that owns store and link, whichever kind it is. */
  workstationPid(): number {
    const own = this.app.process().pid;
    const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
      .filter((match) => match !== null)
      .map(([, pid, parent, args]) => ({ pid: Number(pid), parent: Number(parent), args: args ?? '' }));
    const found = processes.find(
      ({ parent, args }) =>
        parent === own && (args.includes('workstation.js') || args.includes('node.mojom.NodeService')),
    );
    if (found === undefined) throw new Error('this desk has no workstation process now');
    return found.pid;
  }

  /** Closes the window as a handler does, and waits until the program has ended in good order. */
  async close(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    const closed = this.app.waitForEvent('close');
    await this.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await closed;
  }

  /** Asks the program to end as the system does when it shuts down, and waits until it has. */
  async terminate(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    const closed = this.app.waitForEvent('close');
    this.app.process().kill('SIGTERM');
    await closed;
  }

  /** Kills everything of this desk at once: shell, window, workstation. */
  async kill(): Promise<void> {
    if (this.#isGone) return;
    this.#isGone = true;
    const child = this.app.process();
    const { pid } = child;
    if (pid === undefined || child.exitCode !== null) return;
    const closed = once(child, 'close');
    // Playwright starts the program as the leader of a process group of its own.
    process.kill(-pid, 'SIGKILL');
    await closed;
  }
}

/** How the program is started, for whoever starts it in surroundings of their own. */
export const deskCommand = (start: DeskStart & { readonly data: string }) => ({
  program: electronPath(),
  args: argumentsOf(start),
  cwd: programFolder,
  env: environment(),
});

/** Starts the program where it is expected to end by itself, and tells how it did. */
export async function runDesk(start: DeskStart & { readonly data: string }): Promise<{
  readonly code: number | null;
  readonly said: string;
}> {
  const { program, args, ...surroundings } = deskCommand(start);
  const child = spawn(program, args, {
    ...surroundings,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

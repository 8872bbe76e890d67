import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, Menu, type BrowserWindow } from 'electron';
import { systemClock, systemTimers } from '../platform/clock.ts';
import { errorCode } from '../platform/log.ts';
import { registerAppScheme, serveAppScheme } from './shell/app-scheme.ts';
import { parseArguments, wordsOfTraining, type Arguments } from './shell/arguments.ts';
import { pushToWindow, serveWindow } from './shell/ipc.ts';
import { databaseKey } from './shell/keychain.ts';
import type { OwnRequests } from './shell/own-requests.ts';
import { denyPermissions, guardEverything } from './shell/security.ts';
import { shellLog } from './shell/shell-log.ts';
import {
  exerciseFolder,
  exerciseKey,
  nameTraining,
  sealBrowser,
  sealSession,
  trainingFolder,
} from './shell/training.ts';
import { trainingPage } from './shell/training-page.ts';
import { SettingsFile } from './shell/settings.ts';
import { openWindow } from './shell/window.ts';
import { workstationNode } from './shell/workstation-node.ts';
import { WorkstationProcess } from './shell/workstation-process.ts';

/** How long a window that was asked to close may take. Milliseconds. */
const CLOSE_LIMIT_MS = 3_000;

/** What only a changed setting or a print-out needs is fetched when the window has been usable for so long. Milliseconds. */
const OWN_REQUESTS_MS = 1_500;

/** Composition root of the window's program: reads how it was started, then joins shell, workstation and window. */
const parsed = parseArguments(process.argv.slice(app.isPackaged ? 1 : 2));
if (!parsed.ok) {
  process.stderr.write(`${parsed.sentence}\n`);
  app.exit(2);
} else {
  const args = parsed.value;
  const profileFolder = join(args.data ?? join(app.getPath('appData'), 'fcr-desk'), args.profile);
  const folder = args.scenario === null ? profileFolder : trainingFolder(profileFolder);
  makeFolder(profileFolder);
  makeFolder(folder);
  // The lock of "one window per profile" is the profile's, live or training: nobody has both before them (rule TS-02).
  app.setPath('userData', join(profileFolder, 'window'));
  const isOnly = app.requestSingleInstanceLock();
  // Chromium's own files go with the world they are of.
  app.setPath('userData', join(folder, 'window'));
  app.setPath('crashDumps', join(folder, 'crashes'));
  if (isOnly) run(args, folder).catch((error: unknown) => refuse(sentenceOf(error, folder)));
  else {
    process.stderr.write(`The desk "${args.profile}" is already open: its window comes to the front.\n`);
    app.exit(0);
  }
}

/** The profile's folder, writable; otherwise the program ends with a sentence. */
function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    refuse(cannotStart('io', folder));
  }
}

/** Ends a start that cannot succeed, in a sentence where people and programs look for it. */
function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  if (app.isReady() || process.platform === 'win32') dialog.showErrorBox('FCR Desk cannot start', sentence);
  // Before the app is ready, `app.exit` would wait for it.
  process.exit(1);
}

function sentenceOf(error: unknown, folder: string): string {
  const code = errorCode(error);
  return /:E(ACCES|PERM|ROFS|NOSPC|IO)$/.test(code)
    ? cannotStart('io', folder)
    : `FCR Desk could not start (${code}).`;
}

async function run(args: Arguments, folder: string): Promise<void> {
  const log = shellLog(folder);
  // Run by root (a container, a test machine), Chromium has no sandbox to offer and refuses to be asked for one.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  const { scenario } = args;
  if (scenario !== null) sealBrowser();
  registerAppScheme();
  guardEverything();
  Menu.setApplicationMenu(null);
  let window: BrowserWindow | null = null;
  app.on('second-instance', () => {
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });

  const settings = new SettingsFile(folder);
  // Fetched when the window can be used, or when it asks for something of it: see `own-requests.ts`.
  let openOwn: (own: OwnRequests) => void = () => undefined;
  const own = new Promise<OwnRequests>((resolve) => (openOwn = resolve));
  let fetching = false;
  const fetchOwn = async (): Promise<void> => {
    if (fetching) return;
    fetching = true;
    const { openOwnRequests } = await import('./shell/own-requests.ts');
    // The settings file's writer has just taken the signals over and would end the program at once, with words unsaved.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.removeAllListeners(signal);
      process.on(signal, () => app.quit());
    }
    // Another program, begun when this one has ended in good order: nothing of this world is left in memory (rule TS-02).
    const startTraining = () => {
      app.relaunch({ args: [...wordsOfTraining(process.argv.slice(1))] });
      app.quit();
    };
    openOwn(
      openOwnRequests(settings, {
        folder,
        window: () => window,
        printers: scenario === null,
        clock: systemClock,
        log,
        startTraining,
      }),
    );
  };
  const secret =
    scenario === null
      ? app.whenReady().then(async () => databaseKey(folder, args.realm))
      : Promise.resolve(exerciseKey());
  secret.catch((error: unknown) => refuse(sentenceOf(error, folder)));

  // Three programs start side by side: Electron, the workstation behind the window, and the window's page.
  const workstation = new WorkstationProcess({
    // In training another program, which holds no socket (rule TS-04).
    script: join(import.meta.dirname, scenario === null ? 'workstation.js' : 'training.js'),
    node: workstationNode(),
    start: async (restart) => {
      const { key, faults } = await secret;
      return {
        folder: scenario === null ? folder : exerciseFolder(folder),
        profile: args.profile,
        realm: args.realm,
        demoSignIn: args.demoSignIn,
        appVersion: app.getVersion(),
        queue: args.queue,
        key,
        faults: restart === null ? [...faults] : [...faults, { kind: 'workstation-restarted', ...restart }],
        ...(scenario === null
          ? {}
          : { training: { resources: join(import.meta.dirname, '../../resources'), scenario } }),
      };
    },
    push: (name, payload) => {
      void own.then(({ told }) => told(name, payload));
      pushToWindow(window, name, payload);
    },
    onCannotStart: (why) => {
      refuse(cannotStart(why, folder));
    },
    onRefused: refuse,
    timers: systemTimers,
    log,
  });
  serveWindow({
    window: () => window,
    settings: () => settings.settings,
    own: async (name, input) => {
      void fetchOwn();
      return (await own).answer(name, input);
    },
    relay: (name, input) => workstation.request(name, input),
  });

  await app.whenReady();
  denyPermissions();
  if (scenario !== null) sealSession();
  serveAppScheme(join(import.meta.dirname, '../renderer'), scenario === null ? undefined : trainingPage);
  window = openWindow({
    preload: join(import.meta.dirname, '../preload/index.js'),
    title: `${scenario === null ? '' : 'TRAINING – '}FCR Desk – ${args.profile}`,
    settings,
    onLoadedLate: () => log.warn('the window did not load: once more'),
    timers: systemTimers,
  });
  if (scenario !== null) nameTraining(window);
  const { webContents } = window;
  webContents.once('did-finish-load', () => log.info('window loaded'));
  webContents.once('did-finish-load', () => systemTimers.after(OWN_REQUESTS_MS, () => void fetchOwn()));
  window.once('ready-to-show', () => {
    log.info('window painted', { ms: Math.round(performance.now()) });
    if (args.screenshot !== null) takePicture(window, args.screenshot);
  });
  // The page's process died: what the handler typed is on disk, so the page is simply loaded again.
  webContents.on('render-process-gone', (_event, details) => {
    log.error('page process gone', { reason: details.reason });
    if (details.reason !== 'clean-exit') webContents.reload();
  });

  app.on('window-all-closed', () => {
    void workstation.stop().then(() => app.quit());
  });
  // Asked to end from outside (a signal, the system shutting down): the same good order. The window goes first, so that
  // its last words and its place are kept; one that does not answer is not waited for.
  let ending = false;
  app.on('before-quit', (event) => {
    if (ending) return;
    ending = true;
    if (window === null || window.isDestroyed()) return;
    event.preventDefault();
    window.close();
    setTimeout(() => window?.destroy(), CLOSE_LIMIT_MS).unref();
  });
}

/** Some seconds after the first paint, when the first contacts are there too. */
function takePicture(window: BrowserWindow | null, file: string): void {
  setTimeout(() => {
    void window?.webContents.capturePage().then((image) => writeFileSync(file, image.toPNG()));
  }, 6_000);
}

function cannotStart(why: 'busy' | 'io', folder: string): string {
  return why === 'busy'
    ? 'Another program has this profile open. Close it, or start this one with another --profile.'
    : `The folder ${folder} cannot be written. Free some space or mend its permissions, then start again. Nothing was changed.`;
}

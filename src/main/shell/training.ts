import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, session, type BrowserWindow } from 'electron';
import type { DatabaseKey } from './keychain.ts';

/** What training keeps lies beside the profile and never in it: a profile's name has no full stop (rule TS-03). */
export const trainingFolder = (profileFolder: string): string => `${profileFolder}.training`;

/** The one folder that is emptied at each start. */
export const exerciseFolder = (folder: string): string => join(folder, 'exercise');

/** Made for this start and kept nowhere; the keychain, where live keys lie, is not asked (rule TS-05). */
export const exerciseKey = (): DatabaseKey => ({ key: randomBytes(32).toString('hex'), faults: [] });

/** To be called before the app is ready: the browser's own services ask nobody for anything (rule TS-04). */
export function sealBrowser(): void {
  app.commandLine.appendSwitch('disable-background-networking');
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
}

/** To be called when the app is ready. */
export function sealSession(): void {
  session.defaultSession.enableNetworkEmulation({ offline: true });
}

/** The window's name begins with the word, whatever the page calls itself (rule TS-10). */
export function nameTraining(window: BrowserWindow): void {
  window.on('page-title-updated', (event, title) => {
    event.preventDefault();
    window.setTitle(trainingTitle(title));
  });
}

export const trainingTitle = (title: string): string => `TRAINING – ${title.replace(' – TRAINING', '')}`;

import { join, resolve } from 'node:path';

/** The folder of the program that the journeys run: this project, or a changed copy of it named by FCR_APP. */
export const programFolder = resolve(process.env['FCR_APP'] ?? join(import.meta.dirname, '..', '..'));

/** The Node that runs the queue and, behind an older Electron, the workstation. */
export const programNode = process.env['FCR_NODE'] ?? process.execPath;

/** As root Chromium cannot build its sandbox; an ordinary user keeps it. */
export const sandboxFlags: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

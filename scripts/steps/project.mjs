import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, wherever it was cloned to. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What running the project leaves behind on this machine: data, logs, screenshots. Never in git. */
export const local = join(root, '.local');

export const isRoot = process.getuid?.() === 0;

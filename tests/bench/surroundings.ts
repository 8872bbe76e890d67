import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { programFolder } from '../harness/e2e-program.ts';
import type { Report } from './result.ts';

/** What a figure depends on besides the program. */
export function machine(): Report['machine'] {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryMB: Math.round(totalmem() / 1e6),
    system: `${process.platform} ${release()}`,
    display: process.env['FCR_BENCH_DISPLAY'] ?? 'unknown',
  };
}

/** The machine's load over the last minute. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** The commit that is checked out, read from git's own files; what has been changed since is not known. */
export function commit(): string {
  const dotGit = join(programFolder, '.git');
  // A further work tree has a file there, which says where its own folder is; branches are in the first one's.
  const own = statSync(dotGit, { throwIfNoEntry: false })?.isFile()
    ? resolve(programFolder, textOf(dotGit).replace(/^gitdir: /, ''))
    : dotGit;
  const common = resolve(own, textOf(join(own, 'commondir')));
  const head = textOf(join(own, 'HEAD'));
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  if (ref === undefined) return head === '' ? 'unknown' : head;
  const packed = textOf(join(common, 'packed-refs'))
    .split('\n')
    .find((line) => line.endsWith(` ${ref}`));
  return textOf(join(common, ref)) || (packed?.split(' ')[0] ?? 'unknown');
}

export function versions(): Record<string, string> {
  const electron = process.env['FCR_ELECTRON'];
  const asked = electron === undefined ? '' : versionOf(electron);
  return { node: process.versions.node, electron: asked || 'unknown' };
}

/** `--version` would open the program that stands in; run as Node it tells what it is. */
function versionOf(electron: string): string {
  try {
    return execFileSync(
      electron,
      ['-p', 'process.versions.electron + " (Chromium " + process.versions.chrome + ")"'],
      {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        encoding: 'utf8',
        timeout: 20_000,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
  } catch {
    return '';
  }
}

const textOf = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');

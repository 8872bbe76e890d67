import { homedir } from 'node:os';
import { join } from 'node:path';

/** This user's cache folder on this machine: what is fetched once and shared by every clone of the project. */
export function cacheFolder() {
  const { platform, env } = process;
  if (platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'fcr-desk', 'Cache');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'fcr-desk');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'fcr-desk');
}

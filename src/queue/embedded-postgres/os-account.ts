import { spawnSync } from 'node:child_process';
import { tmpdir, userInfo } from 'node:os';

/** The operating system's account that PostgreSQL runs as. */
export interface Account {
  readonly name: string;
  /** Set only when this process is root and has to change to the account. */
  readonly switchTo?: { readonly uid: number; readonly gid: number };
}

/** PostgreSQL's own account, made on first use when the queue is run by root. */
const serviceName = 'fcr-desk';

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * PostgreSQL refuses to run as root. An ordinary user runs it himself; root lends it the owner of the data folder
 * if there is one, and else an account of its own that owns nothing else.
 */
export function chooseAccount(
  folderOwner: { uid: number; gid: number } | undefined,
  say: (sentence: string) => void,
): Account {
  if (!isRoot()) return { name: userInfo().username };
  if (folderOwner !== undefined && folderOwner.uid !== 0) {
    const named = spawnSync('id', ['-un', String(folderOwner.uid)], { encoding: 'utf8' });
    if (named.status !== 0)
      throw new Error(`The data belongs to user ${folderOwner.uid}, who is not known on this machine.`);
    return { name: named.stdout.trim(), switchTo: { uid: folderOwner.uid, gid: folderOwner.gid } };
  }
  const known = lookUp(serviceName);
  if (known !== undefined) return known;
  const made = spawnSync(
    'useradd',
    [
      '--system',
      '--user-group',
      '--no-create-home',
      '--home-dir',
      '/nonexistent',
      '--shell',
      '/usr/sbin/nologin',
      serviceName,
    ],
    { encoding: 'utf8' },
  );
  // Two first starts at the same time: one of the two calls fails, and the account is there all the same.
  const account = lookUp(serviceName) ?? lookUp('postgres');
  if (account === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and the account "${serviceName}" could not be made (${made.stderr?.trim() || 'useradd is not installed'}). ` +
        'Start the queue as an ordinary user, or set DATABASE_URL.',
    );
  }
  if (account.name === serviceName)
    say(`PostgreSQL does not run as root; it runs as the system user "${serviceName}", made just now.`);
  return account;
}

/** How to spawn a program of PostgreSQL: as the account, in a folder every account may enter, without our environment. */
export function accountOptions(account: Account): {
  cwd: string;
  env: NodeJS.ProcessEnv;
  windowsHide: boolean;
  uid?: number;
  gid?: number;
} {
  const kept = [
    'PATH',
    'Path',
    'SystemRoot',
    'SystemDrive',
    'TEMP',
    'TMP',
    'USERNAME',
    'LD_LIBRARY_PATH',
  ] as const;
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of kept) if (process.env[name] !== undefined) env[name] = process.env[name];
  return {
    cwd: process.platform === 'win32' ? tmpdir() : '/',
    env,
    windowsHide: true,
    ...account.switchTo,
  };
}

/** Whether the account can enter `folder`: every folder above it has its say, so the account itself is asked. */
export function canEnter(account: Account, folder: string): boolean {
  // An ordinary user asks for himself; what is wrong with his folder shows when he uses it.
  if (account.switchTo === undefined) return true;
  const asked = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], {
    ...accountOptions(account),
    stdio: 'ignore',
  });
  return asked.status === 0;
}

function lookUp(name: string): Account | undefined {
  const id = (flag: string) => {
    const answer = spawnSync('id', [flag, name], { encoding: 'utf8' });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : undefined;
  };
  const uid = id('-u');
  const gid = id('-g');
  return uid === undefined || gid === undefined ? undefined : { name, switchTo: { uid, gid } };
}

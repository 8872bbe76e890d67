import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const DOVECOT = '/usr/sbin/dovecot';

/** Why no mail server can be run here, or `null`. */
export const whyNoDovecot = (): string | null =>
  existsSync(DOVECOT) ? null : 'dovecot-imapd is not installed: apt-get install dovecot-imapd';

export interface Dovecot extends AsyncDisposable {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Puts an e-mail into the folder INBOX, as a delivery agent does; `at`: when the server had it. */
  deliver(name: string, raw: string, at?: Date): Promise<void>;
  /** How many in INBOX carry the mark that they were seen, and how many do not. */
  marks(): Promise<{ readonly seen: number; readonly unseen: number }>;
}

/** A real IMAP server with a folder of its own, on a free port. */
export async function startDovecot(): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'fcr-dovecot-'));
  await chmod(folder, 0o755);
  const [port, user, password] = [await freePort(), 'intake@herts.example', 'a password of the mailbox'];
  const isRoot = process.getuid?.() === 0;
  // As root the mails belong to nobody; otherwise everything is of whoever runs the tests.
  const own = isRoot ? 'nobody' : userInfo().username;
  const group = isRoot ? 'nogroup' : String(process.getgid?.() ?? '');
  const mail = join(folder, 'mail');
  for (const part of ['cur', 'new', 'tmp']) await mkdir(join(mail, part), { recursive: true });
  if (isRoot) for (const part of ['', 'cur', 'new', 'tmp']) await chown(join(mail, part), 65_534, 65_534);
  await writeFile(join(folder, 'passwd'), `${user}:{PLAIN}${password}::::::\n`);
  await chmod(join(folder, 'passwd'), 0o644);
  const config = join(folder, 'dovecot.conf');
  await writeFile(
    config,
    [
      'protocols = imap',
      `base_dir = ${folder}/run`,
      `state_dir = ${folder}/state`,
      `log_path = ${folder}/log`,
      'ssl = no',
      'disable_plaintext_auth = no',
      'listen = 127.0.0.1',
      `default_internal_user = ${isRoot ? 'dovecot' : own}`,
      `default_login_user = ${isRoot ? 'dovenull' : own}`,
      `default_internal_group = ${isRoot ? 'dovecot' : group}`,
      `mail_location = maildir:${mail}`,
      'first_valid_uid = 0',
      'service imap-login {',
      '  chroot =',
      '  inet_listener imap {',
      `    port = ${port}`,
      '  }',
      '  inet_listener imaps {',
      '    port = 0',
      '  }',
      '}',
      'service anvil {',
      '  chroot =',
      '}',
      'passdb {',
      '  driver = passwd-file',
      `  args = ${folder}/passwd`,
      '}',
      'userdb {',
      '  driver = static',
      `  args = uid=${own} gid=${isRoot ? 'nogroup' : group} home=${folder}`,
      '}',
    ].join('\n'),
  );
  const child = spawn(DOVECOT, ['-F', '-c', config], { stdio: 'ignore' });
  await answers(port, child);
  return {
    port,
    user,
    password,
    async deliver(name, raw, at) {
      const file = join(mail, 'new', name);
      await writeFile(join(mail, 'tmp', name), raw.replaceAll(/\r?\n/g, '\r\n'));
      if (isRoot) await chown(join(mail, 'tmp', name), 65_534, 65_534);
      if (at !== undefined) await utimes(join(mail, 'tmp', name), at, at);
      await rename(join(mail, 'tmp', name), file);
    },
    async marks() {
      const names = [...(await readdir(join(mail, 'cur'))), ...(await readdir(join(mail, 'new')))];
      const seen = names.filter((name) => /:2,[A-Z]*S/.test(name)).length;
      return { seen, unseen: names.length - seen };
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      if (child.exitCode === null) await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Until it says hello. */
async function answers(port: number, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`dovecot ended with ${child.exitCode}`);
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

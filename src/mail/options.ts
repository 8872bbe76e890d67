import { parseArgs } from 'node:util';
import { SECOND } from '../shared/domain/time.ts';

/** How the reader of e-mails was asked to run. */
export interface MailOptions {
  /** The queue's address, without a path. */
  readonly queue: string;
  readonly keyFile: string;
  readonly source: string;
  readonly mailbox: string;
  readonly lookEveryMs: number;
}

export const usage = `usage: npm run mail -- --mailbox FILE [--queue URL] [--key-file FILE] [--source NAME] [--every SECONDS]
  --mailbox FILE   which mailbox is read: host, port, security, user, folder, ourAddresses (docs/spec/mail.md).
                   Its password stands in MAIL_PASSWORD
  --queue URL      the central queue (http://127.0.0.1:8181)
  --key-file FILE  the queue's key file, as its ready line names it (.local/queue/intake-keys.json)
  --source NAME    whose key to use (demo)
  --every SECONDS  look at least so often, 1 to 3600 (30)
SIGTERM or Ctrl-C ends it; what the queue has not got yet stays unseen in the mailbox.`;

/** Whether only the usage was asked for. */
export const wantsHelp = (args: readonly string[]): boolean => args.includes('--help');

/** Reads the command line. Throws an `Error` with one sentence when it cannot be followed. */
export function readOptions(args: readonly string[]): MailOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      mailbox: { type: 'string' },
      queue: { type: 'string', default: 'http://127.0.0.1:8181' },
      'key-file': { type: 'string', default: '.local/queue/intake-keys.json' },
      source: { type: 'string', default: 'demo' },
      every: { type: 'string', default: '30' },
    },
  });
  if (values.mailbox === undefined || values.mailbox === '')
    throw new Error('--mailbox must name the file that says which mailbox is read.');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(values.source))
    throw new Error('--source must be the name of a source in the key file, such as demo.');
  const every = /^\d{1,4}$/.test(values.every) ? Number(values.every) : Number.NaN;
  if (!(every >= 1 && every <= 3_600)) throw new Error('--every must be a number of seconds from 1 to 3600.');
  const url = URL.parse(values.queue);
  if (url === null || !/^https?:$/.test(url.protocol) || `${url.pathname}${url.search}${url.hash}` !== '/')
    throw new Error('--queue must be an address without a path, such as http://127.0.0.1:8181.');
  return {
    queue: url.origin,
    keyFile: values['key-file'],
    source: values.source,
    mailbox: values.mailbox,
    lookEveryMs: every * SECOND,
  };
}

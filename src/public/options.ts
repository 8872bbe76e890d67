import { parseArgs } from 'node:util';

/** How the public pages were asked to run. */
export interface PublicOptions {
  readonly port: number;
  readonly host: string;
  /** The queue's address, without a path. */
  readonly queue: string;
  readonly keyFile: string;
  readonly source: string;
  /** What browsers call this place: `https://contact.example`. `null`: by the address it listens on. */
  readonly origin: string | null;
  /** Where what the queue has not got yet is kept. */
  readonly dataDir: string;
  /** The folder of policies; `null`: those that come with the program. */
  readonly policyDir: string | null;
  /** The neutral page that opens when somebody leaves in a hurry. */
  readonly exitTo: string;
  /** Whether a proxy in front says who asks, in `X-Forwarded-For`. */
  readonly behindProxy: boolean;
}

export const usage = `usage: npm run public -- [--queue URL] [--port N] [--host ADDRESS] [--origin URL] [--data DIR] [--policy DIR]
                          [--key-file FILE] [--source NAME] [--exit-to URL] [--behind-proxy]
  --queue URL      the central queue (http://127.0.0.1:8181)
  --port N         listen here; 0 for any free port (8190)
  --host A         listen on this address (127.0.0.1)
  --origin URL     what browsers call this place, exactly: https://contact.example. Only forms from there are taken
  --data DIR       what the queue has not got yet is kept here, encrypted (.local/public)
  --policy DIR     the folder of policies (resources/policy)
  --key-file FILE  the queue's key file, as its ready line names it (.local/queue/intake-keys.json)
  --source NAME    whose key to use (demo)
  --exit-to URL    the neutral page for whoever leaves in a hurry (https://www.google.com/)
  --behind-proxy   a proxy in front says in X-Forwarded-For who asks; it must overwrite what browsers send
SIGTERM or Ctrl-C ends it; what was kept and not yet received is sent at the next start.`;

/** Whether only the usage was asked for. */
export const wantsHelp = (args: readonly string[]): boolean => args.includes('--help');

/** Reads the command line. Throws an `Error` with one sentence when it cannot be followed. */
export function readOptions(args: readonly string[]): PublicOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      queue: { type: 'string', default: 'http://127.0.0.1:8181' },
      port: { type: 'string', default: '8190' },
      host: { type: 'string', default: '127.0.0.1' },
      origin: { type: 'string' },
      data: { type: 'string', default: '.local/public' },
      policy: { type: 'string' },
      'key-file': { type: 'string', default: '.local/queue/intake-keys.json' },
      source: { type: 'string', default: 'demo' },
      'exit-to': { type: 'string', default: 'https://www.google.com/' },
      'behind-proxy': { type: 'boolean', default: false },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new Error('--port must be a number from 0 to 65535.');
  if ([values.host, values.data, values.policy, values['key-file']].includes(''))
    throw new Error('--host, --data, --policy and --key-file must not be empty.');
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(values.source))
    throw new Error('--source must be the name of a source in the key file, such as demo.');
  const exitTo = urlOf(values['exit-to']);
  if (exitTo === null)
    throw new Error('--exit-to must be the address of a page, such as https://www.google.com/.');
  return {
    port,
    host: values.host,
    queue: originOf('--queue', values.queue),
    origin: values.origin === undefined ? null : originOf('--origin', values.origin),
    dataDir: values.data,
    policyDir: values.policy ?? null,
    keyFile: values['key-file'],
    source: values.source,
    exitTo: exitTo.href,
    behindProxy: values['behind-proxy'],
  };
}

function urlOf(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' ? url : null;
}

function originOf(option: string, text: string): string {
  const url = urlOf(text);
  if (url === null || `${url.pathname}${url.search}${url.hash}` !== '/')
    throw new Error(`${option} must be an address without a path, such as http://127.0.0.1:8181.`);
  return url.origin;
}

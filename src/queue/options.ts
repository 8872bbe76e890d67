import { parseArgs } from 'node:util';
import { realms, type Realm } from '../shared/contract/realm.ts';

/** How the queue was asked to run. */
export interface QueueOptions {
  readonly port: number;
  readonly host: string;
  /** Where the embedded database, the intake keys and the photo keys are kept. */
  readonly dataDir: string;
  readonly realm: Realm;
  /** The folder of policies; `null`: those that come with the program (rule Y-01). */
  readonly policyDir: string | null;
  /** The folder of what is on record about people and places; `null`: the demo's own in the demo realm, nothing elsewhere (rule AS-16). */
  readonly registerDir: string | null;
  /** Where the exchange of a source is told what handlers do with its calls (rule TE-09), by the source's name. */
  readonly exchanges: Readonly<Record<string, string>>;
  /** Which service translates chats, and where it is; `null`: chats are neither read nor translated (rule LG-09). */
  readonly translation: { readonly engine: string; readonly url: string | null } | null;
  /** Who carries messages to the public: a file that names them, or a folder into which everything is put; `null`: nobody (rule MX-05). */
  readonly outbound: { readonly kind: 'file' | 'folder'; readonly path: string } | null;
  /** Keep nothing: for a look around, never for work. */
  readonly memory: boolean;
  /** Begin a new time line: after the database was restored from a copy (rule L-02). */
  readonly newEpoch: boolean;
  /** Check the audit, say what was found, and end: nothing is served and nothing changed (rule C-14). */
  readonly checkAudit: boolean;
}

export const usage = `usage: npm run queue -- [--port N] [--host ADDRESS] [--data DIR] [--realm live|demo|training] [--demo]
                              [--policy DIR] [--register DIR] [--exchange SOURCE=URL] [--translation ENGINE]
                              [--translation-url URL] [--outbound FILE] [--outbound-folder DIR] [--memory] [--new-epoch]
       npm run queue -- --check-audit [--data DIR]
       npm run queue -- accounts --help
  --port N      listen here; 0 for any free port (8181)
  --host A      listen on this address (127.0.0.1)
  --data DIR    keep the database and the intake keys here (.local/queue)
  --realm R     live, demo or training (demo); --demo is --realm demo
  --policy DIR  the folder of policies (resources/policy); changed files are taken up within a minute, at once on SIGHUP
  --register D  the folder with markers.yaml and plans.yaml (in the demo realm the demo's own)
  --exchange S  SOURCE=URL: tell what handlers do with the calls of that source to this address; once for each source
  --translation E  have the lines of chats read and translated: azure, libretranslate, apertium, or none to have them
                only read. The key stands in TRANSLATION_KEY, Azure’s region in TRANSLATION_REGION
  --translation-url U  where the service is; must be https unless it is on this machine
  --outbound F  the file that says who carries e-mails and texts to the public (docs/spec/mail.md); their secrets stand
                in OUTBOUND_SMTP_PASSWORD and OUTBOUND_TEXT_KEY
  --outbound-folder D  put each message into this folder and send nothing: for a demo
  --memory      keep nothing on disk
  --new-epoch   the database was restored from a copy: every desk takes a new snapshot
  --check-audit check that no entry of the audit and no event was changed, moved or taken out, and end: 0 when it is
                unbroken, 1 when it is not or cannot be read. Changes nothing; stop the queue first if it keeps its
                own PostgreSQL
DATABASE_URL names a PostgreSQL to use in place of the queue's own.`;

/** Whether only the usage was asked for. */
export const wantsHelp = (args: readonly string[]): boolean => args.includes('--help');

/** Reads the command line. Throws an `Error` with one sentence when it cannot be followed. */
export function readOptions(args: readonly string[]): QueueOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      port: { type: 'string', default: '8181' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.local/queue' },
      realm: { type: 'string', default: 'demo' },
      demo: { type: 'boolean', default: false },
      policy: { type: 'string' },
      register: { type: 'string' },
      exchange: { type: 'string', multiple: true, default: [] },
      translation: { type: 'string' },
      'translation-url': { type: 'string' },
      outbound: { type: 'string' },
      'outbound-folder': { type: 'string' },
      memory: { type: 'boolean', default: false },
      'new-epoch': { type: 'boolean', default: false },
      'check-audit': { type: 'boolean', default: false },
    },
  });
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new Error('--port must be a number from 0 to 65535.');
  if ([values.host, values.data, values.policy, values.register].includes(''))
    throw new Error('--host, --data, --policy and --register must not be empty.');
  const realm = realms.find((known) => known === values.realm);
  if (realm === undefined) throw new Error('--realm must be live, demo or training.');
  if (values.demo && realm !== 'demo') throw new Error(`--demo and --realm ${realm} contradict each other.`);
  if (realm === 'live' && values.memory)
    throw new Error('A live queue must not run with --memory: it would keep nothing.');
  if (values['check-audit'] && (values.memory || values['new-epoch']))
    throw new Error('--check-audit changes nothing and needs what was kept: it goes with --data alone.');
  return {
    port,
    host: values.host,
    dataDir: values.data,
    realm,
    policyDir: values.policy ?? null,
    registerDir: values.register ?? null,
    exchanges: Object.fromEntries(values.exchange.map(exchangeOf)),
    translation:
      values.translation === undefined
        ? null
        : { engine: values.translation, url: values['translation-url'] ?? null },
    outbound: outboundOf(values.outbound, values['outbound-folder'], realm),
    memory: values.memory,
    newEpoch: values['new-epoch'],
    checkAudit: values['check-audit'],
  };
}

function outboundOf(
  file: string | undefined,
  folder: string | undefined,
  realm: Realm,
): QueueOptions['outbound'] {
  if (file === '' || folder === '') throw new Error('--outbound and --outbound-folder must not be empty.');
  if (file !== undefined && folder !== undefined)
    throw new Error('--outbound and --outbound-folder contradict each other: one sends, the other does not.');
  if (folder !== undefined && realm === 'live')
    throw new Error(
      'A live queue must not run with --outbound-folder: people would wait for what never comes.',
    );
  if (file !== undefined) return { kind: 'file', path: file };
  return folder === undefined ? null : { kind: 'folder', path: folder };
}

/** `demo=http://127.0.0.1:8282/acts` */
function exchangeOf(text: string): readonly [string, string] {
  const [source = '', address = ''] = text.split(/=(.*)/s);
  const url = URL.canParse(address) ? new URL(address) : null;
  const isAddress = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.hash === '';
  if (/^[a-z][a-z0-9-]{0,39}$/.test(source) && isAddress) return [source, url.href];
  throw new Error(
    '--exchange must be a source and an address, such as telephony=https://exchange.example/acts.',
  );
}

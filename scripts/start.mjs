import './steps/require-node.mjs';

import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { bootstrap } from './bootstrap.mjs';
import { sandboxSentence, screenshotPath, screenshotTaken, startDesk } from './demo/desk-program.mjs';
import { startPages } from './demo/public-program.mjs';
import { startQueue } from './demo/queue-program.mjs';
import { startTranslation } from './demo/translation-program.mjs';
import { Children } from './steps/children.mjs';
import { freePort } from './steps/free-port.mjs';
import { hasNoDisplay, startDisplay } from './steps/display.mjs';
import { isRoot, local, root } from './steps/project.mjs';
import { main, Refusal } from './steps/report.mjs';

/** Whom the demonstration is shown to, unless they choose another. */
const [account] = JSON.parse(readFileSync(join(root, 'resources', 'demo', 'accounts.json'), 'utf8'));

const help = `npm start                              a queue, callers, the public's pages and one desk, on this machine
npm start -- --queue wss://HOST/desk   one desk, connected to that queue
npm start -- --training                one desk that practises by itself: no real calls, no network

  --profile NAME             the desk's own data (one running desk each)
  --scenario E02             what is practised (E01)
  --rate N                   seconds of the demo's day that pass in one second, 1 to 1000 (10)
  --seed N                   the demo's day: the same seed brings the same callers
  --public-port N            the port of the public's pages (any free one)
  --screenshot FILE          saves a picture of the window
  --exit-after-screenshot    and ends`;

await main(async () => {
  const wish = readWish();
  if (wish.help) {
    console.log(help);
    return 0;
  }
  const { node, electron } = await bootstrap();

  const children = new Children();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => children.askToEnd());
  const headless = hasNoDisplay();
  const display = headless ? await startDisplay() : undefined;
  try {
    console.log('');
    if (isRoot) console.log(sandboxSentence);
    if (headless) console.log(`There is no screen; the window opens on one in memory (${display.display}).`);

    const folder = join(local, wish.kind);
    const connection =
      wish.kind === 'demo' ? await startDemo(children, { node, folder, wish }) : wish.deskArgs;
    const picture = wish.screenshot ?? (headless ? screenshotPath(folder) : undefined);
    const args = [...connection, ...(picture === undefined ? [] : pictureArgs(wish, picture))];
    startDesk(children, { node, electron, folder, args });
    if (wish.kind === 'training')
      console.log('Training: no real calls, no network, nobody to sign in. F2 takes what rings.');
    if (wish.kind === 'demo') console.log(`Sign in with number ${account.number} and PIN ${account.pin}.`);
    console.log(`The desk opens. Logs: ${relative(root, folder)}/*.log. Ctrl-C ends everything.`);
    if (picture !== undefined) {
      void screenshotTaken(picture).then(() => {
        console.log(`Screenshot: ${picture}`);
        if (wish.exitAfterScreenshot) children.askToEnd();
      });
    }

    const why = await children.wanted;
    if (why !== undefined) console.error(`\n${why}`);
    console.log('Ending …');
    const inTime = await children.end();
    console.log('All ended.');
    return why === undefined && inTime ? 0 : 1;
  } finally {
    await children.end();
    display?.stop();
  }
});

/** Nobody is there to sign in when a picture is taken: the demonstration's first account is, by itself. */
function pictureArgs(wish, picture) {
  const signedIn = wish.kind === 'demo' ? ['--demo-sign-in', account.number] : [];
  return ['--screenshot', picture, ...signedIn];
}

/** The queue, its callers and the public's pages; returns the desk's arguments for them. */
async function startDemo(children, { node, folder, wish }) {
  const actsPort = await freePort();
  const translation = await startTranslation(children, { folder });
  const queue = await startQueue(children, {
    node,
    folder,
    args: ['--exchange', `demo=http://127.0.0.1:${actsPort}/acts`, ...translation.args],
    env: translation.env,
  });
  console.log(`The central queue serves at ${queue.desk}.`);
  console.log(
    `Hertfordshire's day goes by ${wish.rate} times as fast, from now on: invented callers, seed ${wish.seed}.`,
  );
  children.start({
    name: 'The demand generator',
    command: node,
    args: [
      join(root, 'src', 'demand', 'index.ts'),
      ...['--queue', new URL(queue.intake).origin, '--key-file', queue.intakeKeyFile],
      ...['--acts-port', String(actsPort)],
      ...['--rate', wish.rate, '--at-once', '8', '--seed', wish.seed],
    ],
    log: join(folder, 'demand.log'),
    patience: 5_000,
  });
  await startPages(children, { node, folder, queue, port: wish.publicPort });
  const desks = join(folder, 'desks');
  return ['--queue', queue.desk, '--profile', wish.profile ?? 'demo', '--realm', 'demo', '--data', desks];
}

function readWish() {
  const values = parse();
  const kind = kindOf(values);
  const profile = values.profile === undefined ? [] : ['--profile', values.profile];
  return {
    kind,
    help: values.help,
    profile: values.profile,
    rate: rateOf(values.rate ?? '10'),
    seed: values.seed ?? String(Date.now() % 100_000),
    publicPort: portOf(values['public-port'] ?? '0'),
    screenshot: values.screenshot === undefined ? undefined : resolve(values.screenshot),
    exitAfterScreenshot: values['exit-after-screenshot'],
    deskArgs: kind === 'training' ? trainingArgs(values) : ['--queue', values.queue, ...profile],
  };
}

/** What is started. Training and a queue are two wishes, and nobody is to be in both worlds. */
function kindOf({ training, queue, scenario }) {
  if (!training && scenario !== undefined) throw new Refusal(`--scenario goes with --training.\n\n${help}`);
  if (training && queue !== undefined)
    throw new Refusal(`--training has a queue of its own: leave --queue out.\n\n${help}`);
  if (training) return 'training';
  return queue === undefined ? 'demo' : 'desk';
}

function trainingArgs({ profile = 'demo', scenario }) {
  const practised = scenario === undefined ? [] : ['--scenario', scenario];
  const desks = join(local, 'training', 'desks');
  return ['--training', ...practised, '--profile', profile, '--data', desks];
}

/** Refused here, before a database is made for nothing. */
function rateOf(text) {
  const rate = /^\d{1,4}(?:\.\d{1,3})?$/.test(text) ? Number(text) : NaN;
  if (!(rate >= 1 && rate <= 1000)) throw new Refusal(`--rate must be a number from 1 to 1000.\n\n${help}`);
  return text;
}

function portOf(text) {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new Refusal(`--public-port must be a number from 0 to 65535.\n\n${help}`);
  return text;
}

function parse() {
  const text = { type: 'string' };
  const flag = { type: 'boolean', default: false };
  try {
    return parseArgs({
      options: {
        queue: text,
        training: flag,
        scenario: text,
        profile: text,
        rate: text,
        seed: text,
        'public-port': text,
        screenshot: text,
        'exit-after-screenshot': flag,
        help: flag,
      },
    }).values;
  } catch (fault) {
    throw new Refusal(`${fault.message}\n\n${help}`);
  }
}

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { ask } from '../steps/run.mjs';
import { freePort } from '../steps/free-port.mjs';

const command = 'apertium-apy';
/** What the two packages of `npm run translation` bring. */
const modes = '/usr/share/apertium/modes';
const pair = ['eng-spa.mode', 'spa-eng.mode'];

/** It serves the whole network and has no option against it: here only this machine may ask. */
const python = '/usr/bin/python3';
const onlyHere = `
from tornado.tcpserver import TCPServer
bind = TCPServer.bind
TCPServer.bind = lambda server, port, *_, **__: bind(server, port, '127.0.0.1')
from apertium_apy.apy import main
main()
`;

/** The engine reads its dictionaries first. Milliseconds. */
const WITHIN_MS = 20_000;

/** Whether the translation engine and its pair of English and Spanish are on this machine. Nothing is installed for it here. */
export const hasTranslation = () =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command))) &&
  pair.every((mode) => existsSync(join(modes, mode)));

/** By whose versions a translation is told on the record; empty where nobody can say. */
export function translationVersion() {
  const version = (name) => ask('dpkg-query', ['-W', '-f=${Version}', name]);
  const [engine, words] = [version(command), version('apertium-eng-spa')];
  return engine === undefined || words === undefined ? '' : `apy ${engine}, eng-spa ${words}`;
}

/**
 * Starts the engine, if it is on this machine, and says in a line what there is or how to add it. Returns how the queue is to be started for
 * it, without waiting: `answers` says later whether it came up.
 */
export async function startTranslation(children, { folder }) {
  if (!hasTranslation()) {
    console.log('Chats are not translated here: npm run translation adds an engine for Spanish.');
    return { args: [], env: {} };
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let gone = false;
  children.start({
    name: 'The translation engine',
    command: python,
    args: ['-c', onlyHere, '--port', String(port), '--num-processes', '1', modes],
    // It does not start in the bare locale of a machine that nobody has set up.
    env: { LC_ALL: 'C.UTF-8' },
    log: join(folder, 'translation.log'),
    patience: 5_000,
    // Its pipes are programs of their own, and end only when they are told.
    group: true,
    onGone: (why) => {
      gone = true;
      console.error(`${why}\nChats go on without translation.`);
    },
  });
  void untilItAnswers(url, () => gone).then((answers) => {
    if (answers) console.log('Chats in Spanish are translated at the queue (Apertium, on this machine).');
    else if (!gone)
      console.error(`The translation engine does not answer at ${url}. Chats go on without translation.`);
  });
  return {
    args: ['--translation', 'apertium', '--translation-url', url],
    env: { TRANSLATION_VERSION: translationVersion() },
  };
}

async function untilItAnswers(url, isGone) {
  const began = performance.now();
  while (!isGone() && performance.now() - began < WITHIN_MS) {
    const answers = await fetch(`${url}/listPairs`).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return true;
    await pause(100, undefined, { ref: false });
  }
  return false;
}

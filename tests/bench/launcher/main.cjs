'use strict';

/**
 * Runs a desk program (FCR_BENCH_MAIN: the product's, or the floor's) in the very Electron it runs in otherwise, with
 * a probe in its page. Speaks to the bench in lines: events go out on stdout behind `@bench`, orders come in on stdin.
 */

const { app, BrowserWindow, ipcMain, session } = require('electron');
const path = require('node:path');
const { createInterface } = require('node:readline');

const say = (event) => process.stdout.write(`@bench ${JSON.stringify(event)}\n`);
/** Milliseconds since 1970 with fractions: the one clock that all processes of a machine share. */
const now = () => performance.timeOrigin + performance.now();

/** Tells each request of the window and how long it took: to find where a start spends its time. */
const traced = process.env.FCR_BENCH_TRACE === '1';
const counts = { requests: 0, pushes: 0 };

// Electron would open a box and wait for somebody to press its button.
process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

// Before the program asks for its window, so that the probe is in the page from its first moment.
void app.whenReady().then(() => {
  const probe = path.join(__dirname, 'probe.cjs');
  const { defaultSession } = session;
  if (typeof defaultSession.registerPreloadScript === 'function')
    defaultSession.registerPreloadScript({ type: 'frame', filePath: probe });
  else defaultSession.setPreloads([probe]);
  say({ kind: 'ready', at: now() });
});

const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (name, listener) =>
  handle(name, async (...given) => {
    counts.requests += 1;
    if (!traced) return listener(...given);
    const at = now();
    const answer = await listener(...given);
    say({ kind: 'request', name: given[1], at, until: now() });
    return answer;
  });

app.on('web-contents-created', (_event, contents) => {
  const send = contents.send.bind(contents);
  contents.send = (...given) => {
    if (given[0] !== 'bench') counts.pushes += 1;
    send(...given);
    // Where an awaited emergency is half-way: what is behind it is the desk's, what is before it the window's.
    for (const { summary } of given[2]?.upserts ?? [])
      if (summary.id.startsWith('eeeeeeee-')) say({ kind: 'passed', id: summary.id, at: now() });
  };
});

const contents = () => BrowserWindow.getAllWindows()[0]?.webContents;

/** As if pressed: through the browser process and the page's own input queue. */
function press(keyCode, modifiers = []) {
  const at = now();
  // A chord writes no character.
  const types = modifiers.length === 0 ? ['keyDown', 'char', 'keyUp'] : ['keyDown', 'keyUp'];
  for (const type of types) contents()?.sendInputEvent({ type, keyCode, modifiers });
  say({ kind: 'pressed', at });
}

ipcMain.on('bench', (_event, told) => {
  if (told.kind === 'rows' && process.env.FCR_BENCH_FIRST_KEY) press(process.env.FCR_BENCH_FIRST_KEY);
  say(told.kind === 'counted' ? { ...told, ...counts } : told);
});

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line);
  if (order.do === 'press') press(order.key, order.modifiers);
  else if (order.do === 'close') BrowserWindow.getAllWindows()[0]?.close();
  else if (order.do === 'count') {
    counts.requests = 0;
    counts.pushes = 0;
    contents()?.send('bench', order);
  } else contents()?.send('bench', order);
});

require(process.env.FCR_BENCH_MAIN);

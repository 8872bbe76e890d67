'use strict';

/**
 * The floor: what the same window, processes and hops take with one static row and no store. It mirrors the shell of
 * the product in everything that costs time whatever is shown: the custom scheme, the sandboxed window shown with its
 * first paint, the process behind it, requests relayed to it and pushes relayed back.
 */

const { app, BrowserWindow, ipcMain, Menu, protocol } = require('electron');
const { fork } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const argument = (name) => process.argv[process.argv.indexOf(name) + 1];

app.setPath('userData', path.join(argument('--data'), 'floor-window'));
app.requestSingleInstanceLock();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
Menu.setApplicationMenu(null);

const types = { '/index.html': 'text/html; charset=utf-8', '/page.js': 'text/javascript; charset=utf-8' };

void app.whenReady().then(() => {
  protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url);
    if (types[pathname] === undefined) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(readFileSync(path.join(__dirname, pathname.slice(1)))), {
      headers: { 'content-type': types[pathname] },
    });
  });

  const child = fork(path.join(__dirname, 'process.mjs'), [], {
    execPath: process.env.FCR_NODE,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map();
  let ready = false;
  let unsent = [];
  let lastId = 0;
  let window = null;
  child.on('message', (message) => {
    if (message.kind === 'ready') {
      ready = true;
      for (const each of unsent) child.send(each);
      unsent = [];
    } else if (message.kind === 'answer') {
      waiting.get(message.id)?.(message.envelope);
      waiting.delete(message.id);
    } else if (window !== null && !window.isDestroyed())
      window.webContents.send('workstation:push', message.name, message.payload);
  });
  child.send({ kind: 'start', queue: argument('--queue') });
  ipcMain.handle('workstation:request', (_event, name, input) => {
    lastId += 1;
    const message = { kind: 'request', id: lastId, name, input };
    if (ready) child.send(message);
    else unsent.push(message);
    return new Promise((resolve) => {
      waiting.set(message.id, resolve);
    });
  });

  window = new BrowserWindow({
    width: 1600,
    height: 960,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Floor',
    backgroundColor: '#e9ecef',
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(__dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
    },
  });
  window.maximize();
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://desk/index.html');
  app.on('window-all-closed', () => {
    child.once('close', () => app.quit());
    child.send({ kind: 'stop' });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { programFolder } from '../harness/e2e-program.ts';
import { requestNames } from '../../src/shared/contract/workstation-names.ts';
import { expect, test } from './fixtures.ts';

/** Runs in the page in a task of its own: what a test's tools run directly is exempt from the content policy. */
const inOwnTask = `(work) => new Promise((resolve) => setTimeout(() => {
  Promise.resolve().then(work).then((value) => resolve(String(value)), (error) => resolve(error.name));
}, 0))`;

test('W-13: the page has nothing of Node or Electron, and of the program exactly its contract', async ({
  sharedDesk: { page },
}) => {
  const found = await page.evaluate(() => {
    const world = window as unknown as Record<string, unknown>;
    const words = [
      'process',
      'require',
      'module',
      'global',
      'Buffer',
      'electron',
      'ipcRenderer',
      '__dirname',
    ];
    return {
      leaked: words.filter((word) => world[word] !== undefined),
      bridge: Object.keys(window.workstation).sort(),
      kinds: Object.values(window.workstation).map((value) => typeof value),
      added: Object.keys(world).filter((name) => /electron|node|ipc|workstation/i.test(name)),
    };
  });
  expect(found).toEqual({
    leaked: [],
    bridge: ['request', 'subscribe'],
    kinds: ['function', 'function'],
    added: ['workstation'],
  });
});

test('W-13: the window is sandboxed and isolated', async ({ sharedDesk: { window } }) => {
  const found = await window.app.evaluate(({ BrowserWindow, app }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>;
    };
    const preferences = contents.getLastWebPreferences();
    const names = [
      'sandbox',
      'contextIsolation',
      'nodeIntegration',
      'nodeIntegrationInSubFrames',
      'nodeIntegrationInWorker',
      'webviewTag',
      'webSecurity',
      'allowRunningInsecureContent',
    ];
    return { windows: app.isReady(), ...Object.fromEntries(names.map((name) => [name, preferences[name]])) };
  });
  expect(found).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
  });
  expect(found).not.toMatchObject({ webSecurity: false });
  expect(found).not.toMatchObject({ nodeIntegrationInSubFrames: true });
  expect(found).not.toMatchObject({ nodeIntegrationInWorker: true });
  expect(found).not.toMatchObject({ allowRunningInsecureContent: true });
});

const attempts: Readonly<Record<string, string>> = {
  eval: `() => (0, eval)('"ran"')`,
  'new Function': `() => new Function('return "ran"')()`,
  'setTimeout with text': `() => new Promise((resolve) => { window.ranNow = undefined; setTimeout('window.ranNow = 1', 0);
    setTimeout(() => resolve(window.ranNow === 1 ? 'ran' : 'not run'), 20); })`,
  'inline script': `() => { const element = document.createElement('script'); element.text = 'window.inlineRan = 1';
    document.head.append(element); element.remove(); return window.inlineRan === 1 ? 'ran' : 'not run'; }`,
  'inline handler': `() => { const element = document.createElement('button'); element.setAttribute('onclick', 'window.clickRan = 1');
    document.body.append(element); element.click(); element.remove(); return window.clickRan === 1 ? 'ran' : 'not run'; }`,
  'javascript: link': `() => new Promise((resolve) => { const a = document.createElement('a'); a.href = 'javascript:window.linkRan = 1';
    document.body.append(a); a.click(); a.remove(); setTimeout(() => resolve(window.linkRan === 1 ? 'ran' : 'not run'), 50); })`,
  innerHTML: `() => { document.createElement('div').innerHTML = '<b>x</b>'; return 'ran'; }`,
  'script of a blob': `() => new Promise((resolve) => { const element = document.createElement('script');
    try { element.src = URL.createObjectURL(new Blob(['window.blobRan = 1'])); } catch { return resolve('not run'); }
    element.onload = () => resolve('ran'); element.onerror = () => resolve('not run'); document.head.append(element); })`,
  'a worker': `() => new Promise((resolve) => { try { const w = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
    w.onmessage = () => resolve('ran'); w.onerror = () => resolve('not run'); } catch { resolve('not run'); } })`,
  'remote fetch': `() => fetch('http://127.0.0.1:9/').then(() => 'ran')`,
  'fetch of its own files': `() => fetch('app://desk/index.html').then(() => 'ran')`,
  'a websocket': `() => new Promise((resolve) => { try { const s = new WebSocket('ws://127.0.0.1:9/');
    s.onopen = () => resolve('ran'); s.onerror = () => resolve('not run'); } catch { resolve('not run'); } })`,
  'remote picture': `() => new Promise((resolve) => { const i = new Image(); i.onload = () => resolve('ran');
    i.onerror = () => resolve('not run'); i.src = 'http://127.0.0.1:9/x.png'; })`,
  'data: picture': `() => new Promise((resolve) => { const i = new Image(); i.onload = () => resolve('ran'); i.onerror = () => resolve('not run');
    i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='; })`,
  sendBeacon: `() => new Promise((resolve) => { addEventListener('securitypolicyviolation', () => resolve('not run'), { once: true });
    if (!navigator.sendBeacon('http://127.0.0.1:9/', 'x')) resolve('not run'); })`,
  'inline style of an attribute': `() => { const element = document.createElement('p'); element.setAttribute('style', 'color: rgb(1, 2, 3)');
    document.body.append(element); const ran = getComputedStyle(element).color === 'rgb(1, 2, 3)'; element.remove(); return ran ? 'ran' : 'not run'; }`,
};

test('W-13: the attempts below would be noticed if they ran', async ({ sharedDesk: { page } }) => {
  expect(await page.evaluate(`(${inOwnTask})(() => 'ran')`)).toBe('ran');
});

for (const [name, work] of Object.entries(attempts)) {
  test(`W-13: the content policy stops ${name}`, async ({ sharedDesk: { page } }) => {
    const answer = await page.evaluate(`(${inOwnTask})(${work})`);
    expect(answer).not.toBe('ran');
    expect(answer).not.toBe('undefined');
  });
}

test('W-13: a form that posts, a link, a redirect, a reload to elsewhere and a new window all go nowhere', async ({
  sharedDesk: { page, window },
}) => {
  const before = page.url();
  expect(before).toBe('app://desk/index.html');
  await page.evaluate(() => Object.assign(window, { stillHere: true }));
  for (const work of [
    `() => { const f = document.createElement('form'); f.method = 'post'; f.action = 'http://127.0.0.1:9/'; document.body.append(f); f.submit(); f.remove(); }`,
    `() => { const a = document.createElement('a'); a.href = 'https://example.org/'; document.body.append(a); a.click(); a.remove(); }`,
    `() => { const a = document.createElement('a'); a.href = 'https://example.org/'; a.target = '_blank'; document.body.append(a); a.click(); a.remove(); }`,
    `() => { location.href = 'http://127.0.0.1:9/'; }`,
    `() => { location.assign('file:///etc/passwd'); }`,
    `() => { location.href = 'app://desk/assets/'; }`,
    `() => { location.href = 'app://elsewhere/index.html'; }`,
    `() => { window.open('https://example.org/'); }`,
    `() => { const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0;url=https://example.org/'; document.head.append(m); m.remove(); }`,
  ]) {
    await page.evaluate(`(${inOwnTask})(${work})`);
    // A page that goes away takes its variables along; asking it twice is longer than a navigation takes to begin.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 60)));
    expect(await page.evaluate(() => 'stillHere' in window), work).toBe(true);
    expect(page.url()).toBe(before);
  }
  const windows = await window.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((each) => each.webContents.getURL()),
  );
  expect(windows).toEqual([before]);
});

test('W-13: no frame and no webview can be put into the page', async ({ sharedDesk: { page, window } }) => {
  for (const work of [
    `() => { const f = document.createElement('iframe'); f.src = 'https://example.org/'; document.body.append(f); }`,
    `() => { const f = document.createElement('iframe'); f.src = 'app://desk/index.html'; document.body.append(f); }`,
    `() => { const f = document.createElement('iframe'); f.srcdoc = '<script>parent.frameRan = 1</' + 'script>'; document.body.append(f); }`,
    `() => { const f = document.createElement('object'); f.data = 'app://desk/index.html'; document.body.append(f); }`,
    `() => { const f = document.createElement('embed'); f.src = 'app://desk/index.html'; document.body.append(f); }`,
    `() => { const f = document.createElement('webview'); f.setAttribute('src', 'app://desk/index.html'); document.body.append(f); }`,
  ]) {
    await page.evaluate(`(${inOwnTask})(${work})`);
  }
  // An empty frame would be harmless, one that has loaded something would show here.
  const urls = page.frames().map((frame) => frame.url());
  expect(
    urls.filter((url) => url !== 'app://desk/index.html' && !/^(about:blank|chrome-error:.*|)$/.test(url)),
  ).toEqual([]);
  expect(urls.filter((url) => url === 'app://desk/index.html')).toHaveLength(1);
  expect(await page.evaluate(() => (window as unknown as { frameRan?: number }).frameRan)).toBeUndefined();
  const bridges = await Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.evaluate(() => 'workstation' in window).catch(() => false)),
  );
  expect(bridges).not.toContain(true);
  const contents = await window.app.evaluate(({ webContents }) => webContents.getAllWebContents().length);
  expect(contents).toBe(1);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('iframe, object, embed, webview')) element.remove();
  });
});

test('W-13: every permission that a page can ask for is denied', async ({ sharedDesk: { page } }) => {
  const names =
    'geolocation notifications push midi camera microphone background-fetch background-sync persistent-storage ' +
    'accelerometer gyroscope magnetometer ambient-light-sensor clipboard-read clipboard-write screen-wake-lock nfc ' +
    'display-capture payment-handler idle-detection storage-access top-level-storage-access window-management ' +
    'local-fonts periodic-background-sync speaker-selection keyboard-lock pointer-lock fullscreen captured-surface-control';
  const states = await page.evaluate(async (words) => {
    const found: Record<string, string> = {};
    for (const name of words) {
      found[name] = await navigator.permissions.query({ name: name as PermissionName }).then(
        ({ state }) => state,
        () => 'unknown here',
      );
    }
    return found;
  }, names.split(' '));
  expect(Object.entries(states).filter(([, state]) => state === 'granted' || state === 'prompt')).toEqual([]);
  expect(Object.values(states).filter((state) => state === 'denied').length).toBeGreaterThan(8);
  const asked = await page.evaluate(async () => {
    const word = (work: Promise<unknown>) => work.then(String, (error: Error) => error.name);
    return {
      notifications: await word(Notification.requestPermission()),
      camera: await word(navigator.mediaDevices.getUserMedia({ video: true, audio: true })),
      screen: await word(navigator.mediaDevices.getDisplayMedia({ video: true })),
      clipboard: await word(navigator.clipboard.readText()),
      place: await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        ),
      ),
    };
  });
  expect(asked.notifications).toBe('denied');
  expect(asked.camera).toMatch(/Error$/);
  expect(asked.screen).toMatch(/Error$/);
  expect(asked.clipboard).toMatch(/Error$/);
  expect(asked.place).not.toBe('granted');
});

test('W-13: the app scheme serves its table and nothing else', async ({ sharedDesk: { window } }) => {
  const corpus = [
    'app://desk/../main/index.js',
    'app://desk/..%2fmain%2findex.js',
    'app://desk/%2e%2e/main/index.js',
    'app://desk/%2e%2e%2fmain/index.js',
    'app://desk/..%5cmain%5cindex.js',
    'app://desk/..\\main\\index.js',
    'app://desk/assets/..%2f..%2f..%2fpackage.json',
    'app://desk/assets/%252e%252e%252findex.html',
    'app://desk//etc/passwd',
    'app://desk/%2fetc%2fpasswd',
    'app://desk/index.html%00',
    'app://desk/index.html%00.js',
    'app://desk/index.html%20',
    'app://desk/INDEX.HTML',
    'app://desk/Index.html',
    'app://desk/index.html/',
    'app://desk/index.html?x=1',
    'app://desk/index.html;x',
    'app://desk/',
    'app://desk/assets',
    'app://desk/assets/',
    'app://desk/package.json',
    'app://desk/C:/Windows/win.ini',
    'app://desk/~/.ssh/id_rsa',
    'app://elsewhere/index.html',
    'app://DESK.evil/index.html',
    'app://user@elsewhere/index.html',
  ];
  const answers = await window.app.evaluate(async ({ net }, urls) => {
    const found: Record<string, string> = {};
    for (const url of urls) {
      found[url] = await net.fetch(url).then(
        async (answer) => `${answer.status} ${(await answer.text()).length}`,
        (error: Error) => `refused ${error.name}`,
      );
    }
    const good = await net.fetch('app://desk/index.html');
    found['good'] = `${good.status} ${good.headers.get('content-security-policy') ?? ''}`;
    const posted = await net.fetch('app://desk/index.html', { method: 'POST', body: 'x' });
    found['posted'] = String(posted.status);
    return found;
  }, corpus);
  const { good, posted, ...others } = answers;
  for (const [url, answer] of Object.entries(others)) {
    // A standard scheme's address is put in order before it is asked for: `/../` is gone by then.
    expect(answer, url).toMatch(/^(404 0|refused .*)$/);
  }
  expect(posted).toBe('404');
  expect(good).toContain('200');
  for (const part of [
    "default-src 'none'",
    "connect-src 'none'",
    "frame-src 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(good).toContain(part);
  expect(good).not.toContain('unsafe');
});

test('W-14: a request from any other page than the window’s own is refused', async ({
  sharedDesk: { window },
}) => {
  const preload = join(programFolder, 'out/preload/index.js');
  const answer = await window.app.evaluate(async ({ BrowserWindow }, path) => {
    const rogue = new BrowserWindow({ show: false, webPreferences: { preload: path, sandbox: true } });
    try {
      await rogue.loadURL('app://desk/index.html');
      return (await rogue.webContents.executeJavaScript(
        `window.workstation.request('desk.read', {}).then(() => 'answered', (error) => error.message)`,
      )) as string;
    } finally {
      rogue.destroy();
    }
  }, preload);
  expect(answer).toContain('not from the window');
});

test('W-14: requests are parsed, and a wrong one is refused by name without its value', async ({
  sharedDesk: { page },
}) => {
  const answers = await page.evaluate(async () => {
    const ask = (name: string, input: unknown) =>
      window.workstation.request(name as 'desk.read', input as Record<string, never>).then(
        () => 'answered',
        (error: Error) => error.message,
      );
    const contact = '00000000-0000-4000-8000-000000000000';
    return {
      unknown: await ask('shell.run', {}),
      prototype: await ask('__proto__', {}),
      inherited: await ask('toString', {}),
      shape: await ask('contact.read', { contact: 'SECRET-VALUE' }),
      missing: await ask('command.submit', {}),
      act: await ask('command.submit', { id: contact, contact, act: { kind: 'claim', force: true } }),
      huge: await ask('draft.save', { contact, draft: { text: 'x'.repeat(200_000), caret: 0 } }),
      caret: await ask('draft.save', { contact, draft: { text: 'x', caret: -1 } }),
      page: await ask('inbox.read', { after: null, limit: 1_000_000 }),
      array: await ask('desk.read', []),
      nothing: await ask('desk.read', null),
      settings: await ask('settings.save', { theme: 'day', __proto__: null }),
    };
  });
  for (const [name, answer] of Object.entries(answers)) {
    expect(answer, name).not.toBe('answered');
    expect(answer, name).not.toContain('SECRET-VALUE');
  }
});

test('W-13: the preload knows the contract’s names and nothing else', () => {
  const preload = readFileSync(join(programFolder, 'out/preload/index.js'), 'utf8');
  for (const name of requestNames) expect(preload).toContain(name);
  expect(preload.match(/require\(["'][^"']+["']\)/g)).toEqual([expect.stringMatching(/electron/)]);
});

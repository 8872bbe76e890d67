'use strict';

/**
 * Watches the page from inside, in a world of its own: says when rows of the inbox, and the selected row, have been
 * painted. It touches nothing.
 *
 * "Painted": a mutation is seen as soon as the task that made it ends. A size observer put on the row then calls back
 * in the very frame that lays the row out, be it the present one or the next, and a message posted from there comes in
 * the first task after that frame. The time on the screen's glass, one scan-out later, is not in it.
 */

const { ipcRenderer, webFrame } = require('electron');

const now = () => performance.timeOrigin + performance.now();
const tell = (event) => ipcRenderer.send('bench', event);

/** Ids of contacts that the bench injects and waits for begin so. */
const AWAITED = 'eeeeeeee-';

function whenPainted(element, task) {
  const observer = new ResizeObserver(() => {
    observer.disconnect();
    const channel = new MessageChannel();
    channel.port1.addEventListener('message', () => task(now()));
    channel.port1.start();
    channel.port2.postMessage(null);
  });
  observer.observe(element);
}

const inGrid = (element) => element.closest('[role="grid"]') !== null;
let anyRow = false;
const awaitedSeen = new Set();

function rowCame(row) {
  const id = row.dataset.contactId;
  if (!anyRow && inGrid(row)) {
    anyRow = true;
    whenPainted(row, (at) => tell({ kind: 'rows', at, skew: Date.now() - at }));
  }
  if (id.startsWith(AWAITED) && !awaitedSeen.has(id) && inGrid(row)) {
    awaitedSeen.add(id);
    whenPainted(row, (at) => tell({ kind: 'awaited', id, at }));
  }
  if (row.getAttribute('aria-selected') === 'true') selected(row);
}

function selected(row) {
  whenPainted(row, (at) => tell({ kind: 'selected', id: row.dataset.contactId, at }));
}

/** The tall box of rows and its cells are many: only what was added, and the one attribute that matters, is looked at. */
new MutationObserver((records) => {
  for (const { type, target, addedNodes } of records) {
    if (type === 'attributes') {
      if (target.getAttribute('aria-selected') === 'true') selected(target);
      continue;
    }
    for (const node of addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      if (node.dataset?.contactId !== undefined) rowCame(node);
      else for (const row of node.querySelectorAll('[data-contact-id]')) rowCame(row);
    }
  }
}).observe(document, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ['aria-selected'],
});

/** Everything that a painting changed in the page; only while counting, because looking costs. */
const touched = { nodes: 0, records: 0, inGrid: 0 };
const counter = new MutationObserver((records) => {
  for (const { target, addedNodes, removedNodes } of records) {
    touched.records += 1;
    touched.nodes += Math.max(1, addedNodes.length + removedNodes.length);
    const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
    if (element !== null && inGrid(element)) touched.inGrid += 1;
  }
});

// React tells a developer's tool of each commit; here it is only counted. Nobody else listens, so the cost is one call.
const commits = `(() => {
  let commits = 0;
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true, isDisabled: false, renderers: new Map(), checkDCE() {}, inject() { return 1; },
    onCommitFiberRoot() { commits += 1; }, onCommitFiberUnmount() {}, onPostCommitFiberRoot() {}, onScheduleFiberRoot() {},
  };
  window.__benchCommits = () => commits;
})()`;
void webFrame.executeJavaScript(commits);

let commitsBefore = 0;
const commitsNow = () => webFrame.executeJavaScript('window.__benchCommits?.() ?? -1');

// Where a start spends its time before the first row.
const begun = now();
document.addEventListener('DOMContentLoaded', () => tell({ kind: 'page', begun, at: now() }));

async function beginCounting() {
  Object.assign(touched, { nodes: 0, records: 0, inGrid: 0 });
  commitsBefore = await commitsNow();
  counter.observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
}

async function endCounting() {
  counter.disconnect();
  tell({ kind: 'counted', ...touched, commits: (await commitsNow()) - commitsBefore });
}

/** THRIVE: its coming, each change of a line of it, once they have been painted, and its going. Only when asked, because looking costs. */
function watchLetters() {
  const seen = new MutationObserver((records) => {
    const lines = new Set();
    for (const { target, addedNodes, removedNodes } of records) {
      for (const node of addedNodes) sheetCame(node);
      for (const node of removedNodes) if (firstLine(node) !== null) tell({ kind: 'gone', at: now() });
      const element = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
      const line = element?.closest('[data-letter]');
      if (line !== null && line !== undefined) lines.add(line);
    }
    for (const line of lines)
      whenPainted(line, (at) => tell({ kind: 'letter', letter: line.dataset.letter, at }));
  });
  seen.observe(document, { childList: true, subtree: true, characterData: true });
  tell({ kind: 'letters', at: now() });
}

function sheetCame(node) {
  const line = firstLine(node);
  if (line === null) return;
  const boxes = 1 + node.querySelectorAll('*').length;
  whenPainted(line, (at) => tell({ kind: 'thrive', boxes, at }));
}

/** Lines of a conversation that the bench waits for read so; each is told once, where the conversation of the open contact shows it. */
const SAID = /said \d+/;
function watchSaid() {
  const seen = new Set();
  const look = (element) => {
    if (element === null || element.closest('section[aria-label="Notes"]') === null) return;
    const [text] = SAID.exec(element.textContent) ?? [];
    if (text === undefined || seen.has(text)) return;
    seen.add(text);
    whenPainted(element, (at) => tell({ kind: 'said', text, at }));
  };
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      for (const node of addedNodes)
        look(node.nodeType === Node.ELEMENT_NODE ? lastSaid(node) : node.parentElement);
      if (target.nodeType !== Node.ELEMENT_NODE) look(target.parentElement);
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
  tell({ kind: 'watched', at: now() });
}

/** The innermost element that holds such a line, the last of them. */
function lastSaid(element) {
  let found = SAID.test(element.textContent) ? element : null;
  for (let inner = found; inner !== null; found = inner ?? found)
    inner = [...found.children].findLast((child) => SAID.test(child.textContent)) ?? null;
  return found;
}

/** The first line of THRIVE in what came or went; `null`: none. */
const firstLine = (node) =>
  node.nodeType === Node.ELEMENT_NODE && node.dataset?.letter === undefined
    ? node.querySelector('[data-letter]')
    : null;

function tellSize() {
  const rows = Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 0) - 1;
  tell({ kind: 'size', rows, heap: performance.memory.usedJSHeapSize, at: now() });
}

/** Where the handler is: whether the list has the keys, which row is chosen, and whether a line to the public can be written. */
function tellPlace() {
  const chosen = document.querySelector('[role="grid"] [data-contact-id][aria-selected="true"]');
  const box = document.querySelector('textarea[aria-label="Line to the public"]');
  tell({
    kind: 'place',
    inList: document.activeElement?.getAttribute('role') === 'grid',
    chosen: chosen?.dataset.contactId ?? null,
    box: box === null ? 'none' : box === document.activeElement ? 'focused' : 'there',
    at: now(),
  });
}

ipcRenderer.on('bench', (_event, order) => {
  if (order.do === 'count') void beginCounting();
  else if (order.do === 'counted') void endCounting();
  else if (order.do === 'size') tellSize();
  else if (order.do === 'letters') watchLetters();
  else if (order.do === 'said') watchSaid();
  else if (order.do === 'place') tellPlace();
  else if (order.do === 'boxes') document.documentElement.dataset.boxes = String(order.count);
});

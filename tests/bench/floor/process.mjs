// The process behind the floor's window: the product's socket and the product's hops, and nothing kept in between.

import { WebSocket } from 'ws';

const id = '00000000-0000-4000-8000-000000000001';
const row = { summary: { id, band: 'B', title: 'One static row' }, pending: [] };
let revision = 0;

const push = (...upserts) => {
  revision += 1;
  const payload = { revision, upserts, removals: [], reset: false };
  process.send({ kind: 'push', name: 'inbox.changed', payload });
};

function connect(url) {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  const hello = { t: 'HELLO', v: 1, deskId: id, incarnation: id, resume: { cursor: null, lastCmdAcked: 0 } };
  socket.on('open', () => socket.send(JSON.stringify(hello)));
  socket.on('message', (/** @type {Buffer} */ data) => {
    const frame = JSON.parse(data.toString('utf8'));
    if (frame.t === 'FLASH') push({ summary: frame.summary, pending: [] });
    else if (frame.t === 'EVT') push(row);
  });
}

process.on('message', (message) => {
  if (message.kind === 'start') {
    connect(message.queue);
    process.send({ kind: 'ready' });
  } else if (message.kind === 'request') {
    const value = { revision, rows: [row], next: null, total: 1 };
    process.send({ kind: 'answer', id: message.id, envelope: { ok: true, value } });
  } else process.exit(0);
});
process.on('disconnect', () => process.exit(0));

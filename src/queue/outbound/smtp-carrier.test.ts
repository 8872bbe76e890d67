import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { asCommandId, asContactId } from '../../shared/domain/ids.ts';
import { asInstant } from '../../shared/domain/time.ts';
import { smtpCarrier } from './smtp-carrier.ts';

/** Takes everything, and is never done with saying so: it speaks often enough for any patience between two signs. */
function neverDone(socket: Socket): void {
  let isLetter = false;
  socket.on('error', () => undefined);
  socket.write('220 here\r\n');
  socket.on('data', (bytes) => {
    const text = bytes.toString();
    if (isLetter) {
      const speaking = setInterval(() => socket.write('250-still at it\r\n'), 10);
      socket.once('close', () => clearInterval(speaking));
    } else socket.write(text.startsWith('DATA') ? '354 go on\r\n' : '250 yes\r\n');
    isLetter ||= text.startsWith('DATA');
  });
}

it('MX-06: a try is over in its time though the server goes on speaking, so that nobody begins a second beside it', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    neverDone(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const carrier = smtpCarrier({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    security: 'none',
    user: null,
    password: null,
    from: 'Police <noreply@herts.example>',
    neutralFrom: 'Messages <post@messages.example>',
    limitMs: 300,
  });
  const answer = await carrier.carry(
    {
      ...{ id: asCommandId('a-1'), contact: asContactId('c-1'), ref: 'HC-1', way: 'e-mail', tries: 1 },
      ...{
        to: 'ann@example.org',
        neutral: false,
        subject: 's',
        text: 't',
        orderedAt: asInstant(1_795_000_000_000),
      },
    },
    new AbortController().signal,
  );
  expect(answer.kind).toBe('later');
  for (const socket of sockets) if (!socket.destroyed) await once(socket, 'close');
  server.close();
});

import { WebSocket, type RawData } from 'ws';
import { closeCodes, UP_FRAME_LIMIT } from '../shared/contract/queue-link.ts';
import type { DeskSocket } from './desk-outlet.ts';
import type { Session } from './session.ts';

/** What the websocket library closes with by itself, in DeskLink's words (rule L-04). */
const brokenBy: Readonly<Record<number, string>> = {
  1002: 'not a websocket frame',
  1003: 'frames are text',
  1007: 'not UTF-8',
  1009: `frame larger than ${UP_FRAME_LIMIT} bytes`,
};

/** A websocket that tells a desk about a broken or oversized frame with 4002 and a reason (rule L-04). */
export class LinkSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const why = code === undefined ? undefined : brokenBy[code];
    if (why === undefined) super.close(code, reason);
    else super.close(closeCodes.badFrame, why);
  }
}

/** The socket as a session sees it. */
export function deskSocketOf(socket: WebSocket): DeskSocket {
  return {
    send(text, flushed) {
      socket.send(text, () => flushed?.());
    },
    close: (code, reason) => socket.close(code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

/** Feeds a session from its socket until the socket's end. Errors of a socket are always followed by its end. */
export function feed(session: Session, socket: WebSocket): void {
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (isBinary) session.receiveBinary();
    else session.receive(textOf(data));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => session.ended());
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : data.toString('utf8');
}

import { WebSocket } from 'ws';
import { DOWN_FRAME_LIMIT } from '../../shared/contract/queue-link.ts';

/** What a socket tells its link. Nothing comes after `onClose`, which comes once. */
export interface LinkSocketListener {
  readonly onOpen: () => void;
  readonly onText: (text: string) => void;
  readonly onClose: (code: number, why: string) => void;
}

/** One connection to the queue, whatever carries it. */
export interface LinkSocket {
  send(text: string): void;
  /** Gives the connection up at once, without waiting for the other side. `onClose` does not follow. */
  drop(): void;
}

export type ConnectSocket = (url: string, listener: LinkSocketListener) => LinkSocket;

/** A websocket over TCP. Time-outs are the link's business. */
export const connectWebSocket: ConnectSocket = (url, listener) => {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: DOWN_FRAME_LIMIT,
    followRedirects: false,
  });
  let over = false;
  const end = (code: number, why: string): void => {
    if (over) return;
    over = true;
    listener.onClose(code, why);
  };
  socket.on('open', () => !over && listener.onOpen());
  socket.on('message', (data, isBinary) => {
    if (over) return;
    // The protocol is text; a binary frame reads as no frame at all, and the link says so.
    listener.onText(isBinary ? '' : (data as Buffer).toString('utf8'));
  });
  socket.on('close', (code, reason) => end(code, reason.toString()));
  // 'close' follows an error, but not always soon.
  socket.on('error', (error) => end(1006, (error as { code?: string }).code ?? error.name));
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text);
    },
    drop: () => {
      over = true;
      socket.terminate();
    },
  };
};

import type { ConnectSocket } from '../../main/link/link-socket.ts';
import type { DeskSocket } from '../../queue/desk-outlet.ts';
import type { Session } from '../../queue/session.ts';
import type { Sessions } from '../../queue/sessions.ts';

/**
 * A desk's link to a queue in the same process: the same frames as on a websocket, in the same order, and no socket under them (rule TS-07). As
 * over a wire, nothing is told in the turn in which it was said, and nothing after the end.
 */
export function connectInProcess(sessions: Pick<Sessions, 'open'>): ConnectSocket {
  return (_url, listener) => {
    let session: Session | null = null;
    let isOver = false;
    const later = (task: () => void): void => {
      queueMicrotask(() => {
        if (!isOver) task();
      });
    };
    const end = (): void => {
      isOver = true;
      session?.ended();
    };
    const queueEnd: DeskSocket = {
      send(text, flushed) {
        later(() => listener.onText(text));
        // Told also when the desk has gone: whoever waits for the wire must not wait for ever.
        if (flushed !== undefined) queueMicrotask(flushed);
      },
      close(code, reason) {
        later(() => {
          end();
          listener.onClose(code, reason);
        });
      },
      bufferedAmount: 0,
    };
    later(() => {
      session = sessions.open(queueEnd);
      listener.onOpen();
    });
    return {
      send: (text) => later(() => session?.receive(text)),
      drop: end,
    };
  };
}

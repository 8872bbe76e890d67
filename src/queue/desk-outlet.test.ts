import { describe, expect, it } from 'vitest';
import { BULK_WINDOW, DESK_QUEUE_LIMIT, DeskOutlet, type DeskSocket } from './desk-outlet.ts';

/** A socket whose other end takes nothing until told to. */
function stalledSocket() {
  const sent: string[] = [];
  const flushes: (() => void)[] = [];
  const closed: { code: number; reason: string }[] = [];
  const socket: DeskSocket & { bufferedAmount: number } = {
    bufferedAmount: 0,
    send(text, flushed) {
      sent.push(text);
      if (flushed !== undefined) flushes.push(flushed);
    },
    close: (code, reason) => void closed.push({ code, reason }),
  };
  const flushAll = async () => {
    for (let n = 0; n < 5; n += 1) {
      for (const flushed of flushes.splice(0)) flushed();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { socket, sent, closed, flushAll };
}

describe('what goes to one desk', () => {
  const turn = () => Promise.resolve();

  it('L-09 sends a flash at once, however much replay waits for the wire', async () => {
    const { socket, sent } = stalledSocket();
    const outlet = new DeskOutlet(socket, turn);
    void (async () => {
      for (let n = 0; n < 100; n += 1) await outlet.bulk(`event ${n}`);
    })();
    await Promise.resolve();
    outlet.now('flash');
    expect(sent).toEqual(['event 0', 'flash']);
  });

  it('L-09 stops bulk when the credit is used up, never a flash, and goes on when credit comes back', async () => {
    const { socket, sent, flushAll } = stalledSocket();
    const outlet = new DeskOutlet(socket, turn);
    const slice = 'x'.repeat(BULK_WINDOW / 2);
    let done = 0;
    void (async () => {
      for (; done < 4; done += 1) await outlet.bulk(slice);
    })();
    await flushAll();
    expect(sent).toHaveLength(2);
    outlet.now('flash');
    expect(sent).toHaveLength(3);
    outlet.grant(slice.length);
    await flushAll();
    expect(sent).toHaveLength(4);
    outlet.grant(1_000 * BULK_WINDOW);
    await flushAll();
    expect(done).toBe(4);
  });

  it('L-04 closes with 4008 a desk for which more than 1 MiB waits', () => {
    const { socket, sent, closed } = stalledSocket();
    const outlet = new DeskOutlet(socket, turn);
    socket.bufferedAmount = DESK_QUEUE_LIMIT - 5;
    outlet.now('12345');
    expect(sent).toEqual(['12345']);
    outlet.now('123456');
    outlet.now('more');
    expect(sent).toEqual(['12345']);
    expect(closed).toEqual([{ code: 4008, reason: 'too much is waiting for this desk' }]);
  });

  it('lets nobody wait for the credit of a desk that has gone', async () => {
    const { socket, flushAll } = stalledSocket();
    const outlet = new DeskOutlet(socket, turn);
    void outlet.bulk('x'.repeat(BULK_WINDOW));
    await flushAll();
    const waiting = outlet.bulk('y');
    outlet.ended();
    await expect(waiting).resolves.toBeUndefined();
  });

  it('cuts a close reason to the 123 bytes that a websocket has for it', () => {
    const { socket, closed } = stalledSocket();
    new DeskOutlet(socket, turn).close(4002, 'é'.repeat(100));
    expect(Buffer.byteLength(closed[0]?.reason ?? '')).toBeLessThanOrEqual(123);
  });
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { DeskSocket } from '../../queue/desk-outlet.ts';
import type { Session } from '../../queue/session.ts';
import { must } from '../../shared/lib/assert.ts';
import { connectInProcess } from './in-process-link.ts';

/** One end each: what the queue heard, what the desk heard, and the two to speak with. */
function aLink() {
  const told: string[] = [];
  let queueEnd: DeskSocket | null = null;
  const session: Pick<Session, 'receive' | 'ended'> = {
    receive: (text) => void told.push(`queue: ${text}`),
    ended: () => void told.push('queue: over'),
  };
  const connect = connectInProcess({
    open(socket) {
      queueEnd = socket;
      return session as Session;
    },
  });
  const desk = connect('', {
    onOpen: () => void told.push('desk: open'),
    onText: (text) => void told.push(`desk: ${text}`),
    onClose: (code, why) => void told.push(`desk: closed ${code} ${why}`),
  });
  return { told, desk, queue: () => must(queueEnd, 'the queue’s end') };
}

describe('the link inside one process', () => {
  it('TS-07: opens in a later turn, and carries both ways in order', async () => {
    const { told, desk, queue } = aLink();
    const atOnce = [...told];
    await nextTurn();
    desk.send('a');
    queue().send('b');
    desk.send('c');
    const sameTurn = [...told];
    await nextTurn();
    expect([atOnce, sameTurn, told]).toEqual([
      [],
      ['desk: open'],
      ['desk: open', 'queue: a', 'desk: b', 'queue: c'],
    ]);
  });

  it('TS-07: the queue’s last words come before its end, and nothing comes after', async () => {
    const { told, desk, queue } = aLink();
    await nextTurn();
    queue().send('last');
    queue().close(4000, 'gone');
    queue().send('too late');
    await nextTurn();
    desk.send('hello?');
    await nextTurn();
    expect(told).toEqual(['desk: open', 'desk: last', 'queue: over', 'desk: closed 4000 gone']);
  });

  it('TS-07: a desk that drops the link hears nothing more, and the queue learns that it is gone', async () => {
    const { told, desk, queue } = aLink();
    await nextTurn();
    let isFlushed = false;
    queue().send('on its way', () => (isFlushed = true));
    desk.drop();
    await nextTurn();
    expect([told, isFlushed]).toEqual([['desk: open', 'queue: over'], true]);
  });
});

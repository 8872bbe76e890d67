import { expect, test } from 'vitest';
import { Attention, type PointedAt } from './attention.ts';

/** A window as its system sees it. */
function aWindow(state: { focused?: boolean; minimized?: boolean } = {}) {
  const told: string[] = [];
  const window: PointedAt = {
    isFocused: () => state.focused === true,
    isMinimized: () => state.minimized === true,
    isVisible: () => true,
    flashFrame: (on) => void told.push(on ? 'flash' : 'still'),
  };
  const attention = new Attention({
    window: () => window,
    notify: ({ title, body }) => {
      told.push(`${title}. ${body}`);
      return () => void told.push('taken away');
    },
  });
  return {
    told,
    attention,
    tell: (emergencies: number) => attention.handlers['window.attend']({ emergencies }),
  };
}

test('W-34: a window that is looked at is not pointed at', async () => {
  const { told, tell } = aWindow({ focused: true });
  await tell(1);
  expect(told).toEqual([]);
});

test('W-34: a window behind others flashes for each new emergency, and for nothing else', async () => {
  const { told, tell, attention } = aWindow();
  await tell(1);
  await tell(1);
  await tell(2);
  await tell(1);
  expect(told).toEqual(['flash', 'flash']);
  attention.seen();
  expect(told.at(-1)).toBe('still');
});

test('W-34: of a window that is minimised the system tells, without a name or a place, until it is over', async () => {
  const { told, tell } = aWindow({ minimized: true });
  await tell(2);
  expect(told).toEqual(['flash', '2 emergencies are waiting. Open the window of this desk and press F2.']);
  await tell(0);
  expect(told.slice(2)).toEqual(['still', 'taken away']);
});

test('W-34: a desk whose window is gone keeps quiet', async () => {
  const attention = new Attention({
    window: () => null,
    notify: () => expect.unreachable('there is no window to open'),
  });
  await attention.handlers['window.attend']({ emergencies: 1 });
});

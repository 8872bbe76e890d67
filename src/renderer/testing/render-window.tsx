import { act, cleanup, configure, render } from '@testing-library/react';
import type { Contact } from '../../shared/domain/contact.ts';
import { App } from '../app/app.tsx';
import { commands, paneParts } from '../app/features.ts';
import { FocusLaw } from '../app/focus-law.ts';
import { Workplace } from '../app/workplace.ts';
import { Keyboard } from '../commands/keyboard.ts';
import { START, uuid } from './builders.ts';
import { MemoryBridge, type MemoryBridgeOptions } from './memory-bridge.ts';

export interface RenderOptions extends Omit<MemoryBridgeOptions, 'now'> {
  readonly contacts?: readonly Contact[];
  /** The workstation of a window that was here before. */
  readonly bridge?: MemoryBridge;
}

/** jsdom has no layout, so nothing is ever resized. */
class NoResize {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= NoResize;

// Facts are waited for, as long as a busy machine may take.
configure({ asyncUtilTimeout: 10_000 });

/** The window has been there for so long when a test begins, and has fetched what a key may ask for. Milliseconds. */
const OPENING_MS = 150;

/** The whole window over a workstation in memory, with a clock and timers that the test steps. */
export async function renderWindow({ contacts = [], bridge: before, ...options }: RenderOptions = {}) {
  await paneParts.fetchLater();
  let commandCount = 600_000;
  const time = { now: START - OPENING_MS };
  let timers: { readonly at: number; readonly task: () => void }[] = [];
  const frames: (() => void)[] = [];
  const bridge = before ?? new MemoryBridge({ ...options, now: () => time.now });
  if (contacts.length > 0) bridge.arrive(...contacts);
  const after = (ms: number, task: () => void) => void timers.push({ at: time.now + ms, task });
  const monotonic = () => time.now;
  const law = new FocusLaw({ onBreach: 'throw' });
  const nextFrame = (task: () => void) => void frames.push(task);
  const newId = () => uuid((commandCount += 1));
  const workplace = new Workplace({
    bridge,
    law,
    deskTime: monotonic,
    monotonic,
    nextFrame,
    after,
    newId,
  });
  const keyboard = new Keyboard({ workplace, commands, monotonic, after });
  const stops = [law.watch(window), keyboard.watch(window)];

  /** Lets everything asked for be answered, and the next frame be painted. */
  const settle = () =>
    act(async () => {
      for (let turn = 0; turn < 4; turn += 1) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        for (const frame of frames.splice(0)) frame();
      }
    });
  /** Lets time pass, with the timers that fall into it. */
  const pass = async (ms: number) => {
    const until = time.now + ms;
    for (;;) {
      const [next] = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (next === undefined) break;
      timers = timers.filter((timer) => timer !== next);
      time.now = Math.max(time.now, next.at);
      act(() => next.task());
    }
    time.now = until;
    act(() => workplace.clock.beat());
    await settle();
  };

  let stopWorkplace: () => void = () => undefined;
  act(() => {
    stopWorkplace = workplace.start();
    render(<App workplace={workplace} keyboard={keyboard} />, { onCaughtError: () => undefined });
  });
  await settle();
  await pass(OPENING_MS);
  const stop = () => {
    cleanup();
    for (const each of [...stops, stopWorkplace]) each();
  };
  return { bridge, workplace, keyboard, law, settle, pass, stop };
}

import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { WorkstationBridge } from '../../shared/contract/workstation.ts';
import { Keyboard } from '../commands/keyboard.ts';
import { App } from './app.tsx';
import { commands, fetchEntry } from './features.ts';
import { FocusLaw } from './focus-law.ts';
import { after, calmPaintings, deskTime, monotonic, nextFrame } from './window-clock.ts';
import { Workplace } from './workplace.ts';

/** A desk that has not answered by then is shown to be starting. Milliseconds. */
const STARTING_MS = 250;

/** Puts the window together around a workstation, wherever that is. Returns what takes it down again. */
export function startWindow(bridge: WorkstationBridge, root: HTMLElement): () => void {
  const law = new FocusLaw({ onBreach: import.meta.env.DEV ? 'throw' : 'ignore' });
  const newId = () => crypto.randomUUID();
  const calmly = calmPaintings({ monotonic, after });
  const workplace = new Workplace({
    bridge,
    law,
    deskTime,
    monotonic,
    nextFrame,
    calmly,
    after,
    newId,
  });
  const keyboard = new Keyboard({ workplace, commands, monotonic, after });
  // The law watches first, so that it knows of a key before anything acts on it.
  const stops = [law.watch(window), keyboard.watch(window)];
  const keep = () => workplace.drafts.saveAll();
  window.addEventListener('pagehide', keep);
  // What a pane could not show may be a person's words: React's own report of it would be a log (rule C-11).
  const reactRoot = createRoot(root, { onCaughtError: () => undefined });
  let isShown = false;
  const show = () => {
    if (isShown) return;
    isShown = true;
    flushSync(() => reactRoot.render(<App workplace={workplace} keyboard={keyboard} />));
  };
  // One painting when the desk says who works here; a page that says it is starting only when that takes a while.
  after(STARTING_MS, show);
  // Opening the window is the handler's act, and keys where they are wanted first are its answer, unless a key or click
  // came before the desk had said who works here.
  const opening = law.ticket();
  stops.push(
    workplace.session.whenKnown((door) => {
      show();
      if (door === 'open') return;
      void fetchEntry().then(() => {
        if (workplace.session.door.read() !== 'open') law.answer(opening, () => workplace.goTo('entry'));
      });
    }),
    // Also where nobody signs in: training opens by itself, a moment after its page has said who is here.
    workplace.session.door.subscribe(() => {
      if (workplace.session.door.read() === 'open') law.answer(opening, () => workplace.goTo('inbox'));
    }),
    workplace.start(),
  );
  return () => {
    window.removeEventListener('pagehide', keep);
    reactRoot.unmount();
    for (const stop of stops) stop();
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { Refusal } from './report.mjs';

/** Whether a window would have nowhere to go. */
export const hasNoDisplay = () =>
  process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;

/**
 * Starts a screen that exists only in memory, on a display number that is free, and sets DISPLAY for every program
 * started after it. Returns the way to end it.
 */
export async function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    // Ctrl-C in the terminal must not take the screen away before the window has closed.
    detached: true,
  });
  const number = await Promise.race([
    new Promise((done) => server.stdio[3].setEncoding('utf8').once('data', (text) => done(text.trim()))),
    once(server, 'exit').then(() => undefined),
    once(server, 'error').then(() => undefined),
  ]);
  if (number === undefined) {
    throw new Refusal(
      'There is no screen, and Xvfb, which gives one in memory, does not start. Install the package xvfb.',
    );
  }
  process.env.DISPLAY = `:${number}`;
  const stop = () => server.kill();
  process.once('exit', stop);
  server.unref();
  server.stdio[3].unref?.();
  return { display: process.env.DISPLAY, stop };
}

import { spawn } from 'node:child_process';

/** Runs a program in this terminal as if it had been started itself: its output, its signals, its exit code. */
export function handOver(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  // In a terminal Ctrl-C reaches both; a signal sent to us alone is passed on. Either way we wait for its end.
  process.on('SIGINT', () => {});
  for (const name of ['SIGTERM', 'SIGHUP']) process.on(name, () => child.kill(name));
  return new Promise((done) => {
    child.once('error', (fault) => {
      console.error(`${command} could not be started: ${fault.message}`);
      done(127);
    });
    child.once('exit', (code, signal) => {
      if (signal !== null) console.error(`${command} was ended by ${signal}.`);
      done(code ?? 1);
    });
  });
}

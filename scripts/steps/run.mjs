import { spawn, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Runs a program to its end. With `log`, its output goes to that file and only the end of it is kept for an error. */
export function run(command, args, { log, timeout, ...options } = {}) {
  if (log !== undefined) {
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, `$ ${[command, ...args].join(' ')}\n`);
  }
  return new Promise((done) => {
    const child = spawn(command, args, {
      stdio: ['ignore', ...(log === undefined ? ['inherit', 'inherit'] : ['pipe', 'pipe'])],
      ...options,
    });
    let tail = '';
    const keep = (text) => {
      appendFileSync(log, text);
      tail = (tail + text).slice(-2000);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    let late = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, timeout);
    const end = (code, why) => {
      clearTimeout(timer);
      done({ code, late, tail: tail === '' ? (why ?? '') : tail.trim() });
    };
    child.on('error', (fault) => end(127, fault.message));
    child.on('close', (code, signal) => end(code ?? 128, signal ?? undefined));
  });
}

/** The trimmed output of a short program, or undefined if it failed. */
export function ask(command, args, options = {}) {
  const answer = spawnSync(command, args, { encoding: 'utf8', ...options });
  return answer.status === 0 ? answer.stdout.trim() : undefined;
}

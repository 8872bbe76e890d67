import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

import { duration } from './report.mjs';

const windows = process.platform === 'win32';

/**
 * Programs that belong together: they are started one after another and ended in the opposite order, each with the time
 * it needs, so that the database stops last and in order. If one ends without being asked, all end, but for those without
 * which the others can go on.
 */
export class Children {
  #running = [];
  #ending;
  #tell;

  /** Resolves when all are to end, with the sentence that says why, or `undefined` if somebody asked for it. */
  wanted = new Promise((done) => (this.#tell = done));

  /**
   * @param {{ name: string, command: string, args: string[], log: string, patience: number, env?: object,
   *   onLine?: (line: string) => boolean | void, mayEnd?: boolean, group?: boolean, onGone?: (why: string) => void }} program
   *   `log`: the file its output goes to.
   *   `patience`: milliseconds between being asked to end and being killed. `onLine`: sees each line of stdout first; true
   *   keeps the line out of the log. `mayEnd`: ending by itself with code 0 is an orderly wish to end everything. `group`:
   *   its own helpers are asked to end with it. `onGone`: the others go on without it; told when it has ended by itself.
   */
  start(program) {
    const { name, command, args, log, patience, env = {}, onLine = () => false, mayEnd = false } = program;
    const { group = false, onGone } = program;
    mkdirSync(dirname(log), { recursive: true });
    const file = createWriteStream(log, { flags: 'a' });
    file.write(`--- ${new Date().toISOString()} ${command} ${args.join(' ')}\n`);
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      // A process group of its own: Ctrl-C comes to us alone, and we decide who ends when.
      detached: !windows,
      windowsHide: true,
    });
    const lastLines = [];
    const keep = (line) => {
      file.write(`${line}\n`);
      lastLines.push(line);
      if (lastLines.length > 6) lastLines.shift();
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (onLine(line) !== true) keep(line);
    });
    createInterface({ input: child.stderr }).on('line', keep);

    const running = { name, child, patience, group, ended: undefined };
    running.ended = new Promise((done) => {
      const end = (how, code) => {
        file.end();
        running.gone = true;
        if (this.#ending === undefined) {
          const orderly = mayEnd && code === 0;
          const lastWords = lastLines.map((line) => `\n  ${line}`).join('');
          const why = `${name} ended by itself (${how}). Its last words, from ${log}:${lastWords}`;
          if (onGone !== undefined) onGone(why);
          else this.#tell(orderly ? undefined : why);
        }
        done();
      };
      child.once('error', (fault) => end(fault.message, 127));
      child.once('close', (code, by) => end(by ?? `exit code ${code}`, code));
    });
    this.#running.push(running);
    return child;
  }

  /** Somebody asks for the end: Ctrl-C, a closed window, a taken screenshot. */
  askToEnd() {
    this.#tell(undefined);
  }

  /** Ends all, the last started first. True if each ended in its time. */
  async end() {
    this.#ending ??= this.#endInOrder();
    return this.#ending;
  }

  async #endInOrder() {
    let inTime = true;
    for (const running of this.#running.toReversed?.() ?? [...this.#running].reverse()) {
      if (running.gone) continue;
      const began = performance.now();
      signal(running.child, 'SIGTERM', running);
      const late = setTimeout(() => {
        inTime = false;
        console.log(`${running.name} did not end within ${duration(running.patience)} and was killed.`);
        signal(running.child, 'SIGKILL', { group: true });
      }, running.patience);
      await running.ended;
      clearTimeout(late);
      if (performance.now() - began > 2000)
        console.log(`${running.name} ended after ${duration(performance.now() - began)}.`);
    }
    return inTime;
  }
}

/** The program itself gets SIGTERM and ends its own helpers, if it does; killing goes to the whole group. */
function signal(child, name, { group = false } = {}) {
  try {
    if (group && !windows) process.kill(-child.pid, name);
    else child.kill(name);
  } catch (fault) {
    if (fault.code !== 'ESRCH') throw fault;
  }
}

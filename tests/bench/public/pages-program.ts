import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { programFolder, programNode } from '../../harness/e2e-program.ts';
import { fillCollision, Visitor } from '../../harness/public-pages.ts';
import type { StoringQueue } from '../storing-queue.ts';

/** The public pages as a program of their own, before a real queue; a proxy in front says who asks. */
export class PagesProgram implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #data: string;
  readonly origin: string;

  private constructor(child: ChildProcess, data: string, origin: string) {
    this.#child = child;
    this.#data = data;
    this.origin = origin;
  }

  static async start(queue: Pick<StoringQueue, 'intakeKeyFile' | 'port'>): Promise<PagesProgram> {
    const data = mkdtempSync(join(tmpdir(), 'fcr-bench-public-'));
    const args = [
      '--port',
      '0',
      '--data',
      data,
      '--queue',
      `http://127.0.0.1:${queue.port}`,
      '--behind-proxy',
    ];
    const child = spawn(
      programNode,
      [join(programFolder, 'src/public/index.ts'), ...args, '--key-file', queue.intakeKeyFile],
      { cwd: programFolder, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
    const origin = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('{"ready":true')) resolve((JSON.parse(line) as { readonly pages: string }).pages);
        else said = `${said}${line}\n`.slice(-4_000);
      });
      child.once('close', () => reject(new Error(`the public pages ended: ${said}`)));
    });
    return new PagesProgram(child, data, origin);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What the program says of itself. */
  async health(): Promise<Readonly<Record<string, unknown>>> {
    return (await (await fetch(`${this.origin}/health`)).json()) as Readonly<Record<string, unknown>>;
  }

  /** A filled-in report as a browser keeps it for somebody who wants to go on later, with `STORY` in its words. */
  async savedReport(): Promise<string> {
    const visitor = new Visitor(this.origin);
    await fillCollision(visitor, { story: 'STORY: it was parked, and somebody drove into the back of it.' });
    await visitor.open('/report/collision/ask/story');
    await visitor.send('/keep', { keep: 'yes' });
    await visitor.open('/report/collision/ask/story');
    const saved = / data-saved="([^"]+)"/.exec(visitor.page.text)?.[1];
    if (saved === undefined) throw new Error('the page keeps no report for its browser');
    return saved.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#39;', "'");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#child, 'close');
    this.#child.kill('SIGTERM');
    await closed;
    rmSync(this.#data, { recursive: true, force: true });
  }
}

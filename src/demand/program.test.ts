import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

describe('D-05, D-06: the demand generator as a program', () => {
  let folder: string;
  let server: Server;
  let asked: number;
  let status: number;
  let started: ReturnType<typeof spawn>[];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fcr-demand-'));
    writeFileSync(join(folder, 'keys.json'), '{"demo":"a-key-of-the-demo-source"}');
    asked = 0;
    status = 201;
    started = [];
    server = createServer((request, response) => {
      asked += 1;
      request.resume();
      response.writeHead(status).end('{"ref":"CON-1"}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    for (const child of started) child.kill('SIGKILL');
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    rmSync(folder, { recursive: true });
  });

  function start(project: string, args: readonly string[]) {
    const address = server.address() as AddressInfo | null;
    const queue = `http://127.0.0.1:${address?.port ?? 0}`;
    const where = ['--queue', queue, '--key-file', join(folder, 'keys.json')];
    const child = spawn(process.execPath, [join(project, 'src/demand/index.ts'), ...where, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    started.push(child);
    const said = { out: '', err: '' };
    child.stdout.on('data', (text: Buffer) => (said.out += text.toString('utf8')));
    child.stderr.on('data', (text: Buffer) => (said.err += text.toString('utf8')));
    const ended = once(child, 'close').then(([code]) => code as number | null);
    return { child, said, ended };
  }
  const day = ['--rate', '1000', '--seed', '7', '--from', '2026-11-21T18:00'];

  it('hands over what it was asked for and ends with a count of it', async () => {
    const { said, ended } = start(root, [...day, '--at-once', '40', '--count', '40']);
    expect(await ended).toBe(0);
    const summary = JSON.parse(said.out.trimEnd().split('\n').at(-1) ?? '') as {
      readonly summary: { readonly channels: Readonly<Record<string, Readonly<Record<string, number>>>> };
    };
    const counts = Object.values(summary.summary.channels);
    const sum = (name: string): number => counts.reduce((total, count) => total + (count[name] ?? 0), 0);
    expect([sum('handedOver'), sum('received'), sum('refused')]).toEqual([40, 40, 0]);
  });

  it('says in one sentence what is wrong with a scenario, sends nothing, and ends with 1', async () => {
    for (const part of ['src/demand', 'src/scenario', 'src/shared', 'src/platform', 'resources'])
      cpSync(join(root, part), join(folder, part), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const card = join(folder, 'resources/scenarios/E08.yaml');
    writeFileSync(card, readFileSync(card, 'utf8').replace('web-chat', 'chat'));
    const { said, ended } = start(folder, [...day, '--at-once', '40']);
    expect(await ended).toBe(1);
    expect(said.err).toMatch(
      /^resources\/scenarios\/E08\.yaml, line \d+, column \d+: .*channel is none of: .*\n$/,
    );
    expect(asked).toBe(0);
  });

  it('says that it has no key, and where it looked, and ends with 1', async () => {
    const { said, ended } = start(root, ['--source', 'telephony']);
    expect(await ended).toBe(1);
    expect(said.err).toContain(
      `No key of the source telephony can be read from ${join(folder, 'keys.json')}.`,
    );
    expect(asked).toBe(0);
  });

  it('D-06 says once in a sentence that the queue does not answer, goes on, and hands everything over when it does', async () => {
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { said, ended } = start(root, [...day, '--count', '3', '--queue', `http://127.0.0.1:${port}`]);
    await expect.poll(() => said.err, { timeout: 15_000 }).toContain('does not answer');
    server.listen(port, '127.0.0.1');
    expect(await ended).toBe(0);
    expect(said.err.match(/does not answer \(ECONNREFUSED\)\. What is due waits/g)).toHaveLength(1);
  });

  it('says once in a sentence that the queue does not know its key, and which file it is from', async () => {
    status = 401;
    const { said, ended } = start(root, [...day, '--count', '3']);
    expect(await ended).toBe(1);
    expect(said.err.match(/does not know the key of the source demo in .*keys\.json\./g)).toHaveLength(1);
  });

  it('ends with 2 and the usage when it is asked for what it cannot do', async () => {
    const { said, ended } = start(root, ['--rate', '0']);
    expect(await ended).toBe(2);
    expect(said.err).toMatch(/^--rate must be a number from 1 to 1000\.\nusage: /);
  });

  it('stops when it is asked to, and says what was left undelivered', async () => {
    status = 503;
    const { child, said, ended } = start(root, [...day, '--at-once', '5']);
    await new Promise<void>((resolve) => server.on('request', () => asked >= 5 && resolve()));
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(said.err.match(/"undelivered"/g)?.length).toBeGreaterThanOrEqual(5);
    expect(said.out).toMatch(/"undelivered":[1-9]/);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asInstant } from '../../src/shared/domain/time.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const root = join(import.meta.dirname, '..', '..');

const count = z.object({
  handedOver: z.number(),
  received: z.number(),
  refused: z.number(),
  undelivered: z.number(),
});
const lineSchema = z.union([
  z.object({ received: z.string(), key: z.string() }),
  z.object({ updated: z.string() }),
  z.object({
    summary: z.object({ channels: z.record(z.string(), count), updates: count.extend({ late: z.number() }) }),
  }),
]);

/** Which contacts there are, and how far each has come. */
const heads = (contacts: readonly { readonly id: string; readonly rev: number }[]): readonly string[] =>
  contacts.map(({ id, rev }) => `${id} ${rev}`).sort();

describe('a day of demand', () => {
  let queue: TestQueue;
  let desks: readonly Desk[];
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fcr-demand-'));
    queue = await startTestQueue({ store: 'postgres' });
    desks = ['4711', '4712', '4713'].map((handler) => startDesk({ queueUrl: queue.deskUrl, handler }));
    await Promise.all(desks.map((desk) => desk.untilLink('live')));
  });
  afterEach(async () => {
    for (const desk of desks) desk.stop();
    await queue.stop();
    rmSync(folder, { recursive: true });
  });

  /** Plays the day as a program of its own, as a source does, and returns what it said. */
  async function playDay(): Promise<{
    readonly code: number;
    readonly lines: readonly z.infer<typeof lineSchema>[];
  }> {
    const keyFile = join(folder, 'keys.json');
    writeFileSync(keyFile, JSON.stringify({ telephony: queue.intakeKey }));
    const address = [
      '--queue',
      new URL(queue.intakeUrl).origin,
      '--key-file',
      keyFile,
      '--source',
      'telephony',
    ];
    const day = ['--rate', '1000', '--seed', '7', '--from', '2026-11-20T22:00', '--for', '24h'];
    const child = spawn(process.execPath, [join(root, 'src/demand/index.ts'), ...address, ...day], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: z.infer<typeof lineSchema>[] = [];
    createInterface(child.stdout).on('line', (line) => lines.push(lineSchema.parse(JSON.parse(line))));
    const [code] = (await once(child, 'close')) as [number];
    return { code, lines };
  }

  it(
    'C-01, C-02: a day of demand at ×1000 ends with every contact accounted for at the queue and on three desks alike',
    // The day takes 86 s; the rest is for a machine that does other things as well.
    { timeout: 400_000 },
    async () => {
      const { code, lines } = await playDay();
      expect(code).toBe(0);

      const summary = lines.flatMap((line) => ('summary' in line ? line.summary : []))[0];
      const counts = Object.values(summary?.channels ?? {});
      const sum = (name: keyof z.infer<typeof count>): number =>
        counts.reduce((total, one) => total + one[name], 0);
      expect(sum('handedOver')).toBeGreaterThan(1_500);
      expect([sum('received'), sum('refused'), sum('undelivered')]).toEqual([sum('handedOver'), 0, 0]);
      expect(summary?.updates).toMatchObject({
        received: summary?.updates.handedOver,
        refused: 0,
        undelivered: 0,
      });

      // Every key stands for exactly one contact, and there is no contact without a key.
      const keys = lines.flatMap((line) => ('received' in line ? line.key : []));
      expect(keys.length).toBe(sum('handedOver'));
      expect(new Set(keys).size).toBe(keys.length);
      const byKey = await queue.store.transact(async (tx) => {
        const ids: (string | undefined)[] = [];
        for (const key of keys) ids.push((await tx.receiptOf('telephony', key))?.contact);
        return ids;
      });
      const { contacts } = await queue.store.snapshot(asInstant(0));
      expect(new Set(byKey)).toEqual(new Set(contacts.map(({ id }) => id)));
      expect(byKey.length).toBe(contacts.length);

      const truth = heads(contacts);
      for (const desk of desks) {
        const held = async (): Promise<readonly string[]> =>
          heads((await desk.inbox()).map((row) => row.summary));
        // Bounded, so that a desk that never gets there is shown with what it lacks.
        await Promise.race([desk.until(held, (now) => now.join('\n') === truth.join('\n')), wait(30_000)]);
        expect(await held()).toEqual(truth);
        expect(desk.broken).toEqual([]);
      }
    },
  );
});

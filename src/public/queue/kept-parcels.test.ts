import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type * as Files from 'node:fs/promises';
import { open as openFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../platform/log.ts';
import { asInstant, HOUR, MINUTE, type Clock } from '../../shared/domain/time.ts';
import { promised } from '../promised.ts';
import { Courier } from './courier.ts';
import { KeptParcels } from './kept-parcels.ts';
import type { Handed, Parcel } from './queue-door.ts';
import { openLine } from './sealed-lines.ts';

/** Which of the next files to be opened cannot be: this one, counted from 1; 0 for none. */
const files = vi.hoisted(() => ({ failing: 0 }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof Files>();
  return {
    ...real,
    open: async (...what: Parameters<typeof real.open>) => {
      files.failing -= 1;
      if (files.failing === 0) throw Object.assign(new Error('EMFILE'), { code: 'EMFILE' });
      return real.open(...what);
    },
  };
});

let dir: string;
let now = 1_795_000_000_000;
const clock: Clock = { now: () => asInstant(now), monotonic: () => now };
const open = (): Promise<KeptParcels> => KeptParcels.open({ dir, clock });
const file = (): string => join(dir, 'parcels.log');
const aParcel = (key: string, contact: string | null = null): Parcel => ({
  key,
  contact,
  body: JSON.stringify({ account: `words of ${key}` }),
});

/** What stands in the file, for whoever has its key. */
const onDisk = (): string =>
  JSON.stringify(
    readFileSync(file(), 'utf8')
      .trim()
      .split('\n')
      .map((line) => openLine(line, readFileSync(join(dir, 'parcels.key')))),
  );

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fcr-kept-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(dir, { recursive: true, force: true });
});

describe('what is kept for the queue', () => {
  it('WP-10: what was kept is there after the program was killed, in its order; what was received is not sent again and is still known', async () => {
    const kept = await open();
    await Promise.all(['a', 'b', 'c'].map((key) => kept.keep(aParcel(key), `CODE-${key}`)));
    await kept.received('b', 'CON-1');
    // Killed: nothing is closed in order.
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['a', 'c']);
    expect(again.standing('a')).toMatchObject({ kind: 'kept', code: 'CODE-a' });
    expect(again.standing('b')).toMatchObject({ kind: 'received', code: 'CODE-b', ref: 'CON-1' });
    await kept.close();
    await again.close();
  });

  it('WP-10: a line torn by a crash is passed over, and nothing before it is lost', async () => {
    const kept = await open();
    await kept.keep(aParcel('a'));
    await kept.close();
    appendFileSync(file(), readFileSync(file(), 'utf8').slice(0, 40));
    const again = await open();
    expect([again.waiting.length, again.unreadable]).toEqual([1, 0]);
    await again.close();
  });

  it('WP-10: a line that was changed is not believed; the file is set aside whole and the rest goes on', async () => {
    const kept = await open();
    for (const key of ['a', 'b', 'c']) await kept.keep(aParcel(key));
    await kept.close();
    const lines = readFileSync(file(), 'utf8').split('\n');
    const [second = ''] = lines.splice(1, 1);
    writeFileSync(
      file(),
      [
        lines[0],
        `${second.slice(0, 30)}A${second.slice(31)}`.replace(/^(.)/, (c) => (c === 'x' ? 'y' : 'x')),
        ...lines.slice(1),
      ].join('\n'),
    );
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['a', 'c']);
    expect(again.unreadable).toBe(1);
    expect(readdirSync(dir).filter((name) => name.endsWith('.damaged')).length).toBe(1);
    await again.close();
  });

  it('WP-10: nobody can read on the disk what somebody wrote, and others than the owner cannot read it at all', async () => {
    const kept = await open();
    await kept.keep(aParcel('secret'));
    expect(readFileSync(file(), 'latin1')).not.toContain('words of');
    if (process.platform !== 'win32')
      for (const name of ['parcels.log', 'parcels.key'])
        expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
    await kept.close();
  });

  it('WP-10: where the disk has no room to write the file anew, it goes on as it is, and nothing ends', async () => {
    const kept = await open();
    const large = { ...aParcel('large'), body: JSON.stringify('x'.repeat(7 * 1024 * 1024)) };
    await kept.keep(large);
    mkdirSync(`${file()}.new`);
    await kept.received('large', 'CON-1');
    // Whatever nobody takes up by now would end the program.
    await new Promise((resolve) => void setImmediate(resolve));
    await kept.keep(aParcel('a'));
    rmSync(`${file()}.new`, { recursive: true });
    await kept.close();
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['a']);
    expect(again.standing('large')).toMatchObject({ kind: 'received' });
    await again.close();
  });

  it('WP-10, WP-56: a report and its photos are there together after a crash, or not at all, wherever it cut the file short', async () => {
    const kept = await open();
    await kept.keep(aParcel('before'));
    const { size: before } = statSync(file());
    const photos = ['photo-1', 'photo-2'].map((key) => ({ parcel: aParcel(key, 'report'), code: null }));
    const together = [{ parcel: aParcel('report'), code: 'CODE' }, ...photos];
    expect((await kept.keepTogether(together)).map(({ key }) => key)).toEqual([
      'report',
      'photo-1',
      'photo-2',
    ]);
    expect(await kept.keepTogether(together)).toEqual([]);
    const { size: after } = statSync(file());
    await kept.close();
    const whole = readFileSync(file());
    for (const end of [before, before + 1, (before + after) >> 1, after - 8, after - 1, after]) {
      writeFileSync(file(), whole.subarray(0, end));
      const again = await open();
      const isWhole = end >= after - 1;
      expect([end, again.waiting.map(({ key }) => key), again.unreadable]).toEqual([
        end,
        isWhole ? ['before', 'report', 'photo-1', 'photo-2'] : ['before'],
        0,
      ]);
      await again.close();
    }
  });

  it.each(['appendFile', 'datasync'] as const)(
    'WP-10: what a full disk took half of (%s) is no part of the file, and spoils nothing that comes after it',
    async (fails) => {
      const kept = await open();
      await kept.keep(aParcel('a'));
      await using probe = await openFile(file());
      const handles = Object.getPrototypeOf(probe) as FileHandle;
      vi.spyOn(handles, fails).mockImplementationOnce(async function half(this: FileHandle, text) {
        if (typeof text === 'string') await this.appendFile(text.slice(0, 30));
        throw new Error('ENOSPC');
      });
      const refused = [{ parcel: aParcel('b'), code: 'CODE' }];
      await expect(
        kept.keepTogether([...refused, { parcel: aParcel('b-1', 'b'), code: null }]),
      ).rejects.toThrow('ENOSPC');
      expect([kept.standing('b'), kept.standing('b-1')]).toEqual([null, null]);
      await kept.keep(aParcel('c'));
      await kept.close();
      const again = await open();
      expect([again.waiting.map(({ key }) => key), again.unreadable]).toEqual([['a', 'c'], 0]);
      await again.close();
    },
  );

  it('WP-10: the same again is kept only if the writing of the first is, whatever else the disk takes meanwhile', async () => {
    const kept = await open();
    await using probe = await openFile(file());
    const handles = Object.getPrototypeOf(probe) as FileHandle;
    const disk = promised();
    vi.spyOn(handles, 'appendFile').mockImplementationOnce(async () => {
      await disk.promise;
      throw new Error('ENOSPC');
    });
    const first = kept.keep(aParcel('a'));
    await new Promise((resolve) => void setImmediate(resolve));
    const all = Promise.allSettled([first, kept.keep(aParcel('b')), kept.keep(aParcel('a'))]);
    disk.resolve();
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    expect(await kept.keep(aParcel('a'))).toBe('new');
    await kept.close();
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['b', 'a']);
    await again.close();
  });

  it('WP-10: where half of a line could not be taken away, a later failure takes away nothing that was kept', async () => {
    const kept = await open();
    await using probe = await openFile(file());
    const handles = Object.getPrototypeOf(probe) as FileHandle;
    const half = vi.spyOn(handles, 'appendFile');
    const fail = (): void =>
      void half.mockImplementationOnce(async function part(this: FileHandle, text) {
        if (typeof text === 'string') await this.write(text.slice(0, 60));
        throw new Error('ENOSPC');
      });
    fail();
    vi.spyOn(handles, 'truncate').mockRejectedValueOnce(new Error('EIO'));
    await expect(kept.keep(aParcel('a'))).rejects.toThrow('ENOSPC');
    await kept.keep(aParcel('b'));
    fail();
    await expect(kept.keep(aParcel('c'))).rejects.toThrow('ENOSPC');
    await kept.close();
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['b']);
    await again.close();
  });

  it.each([1, 2])(
    'WP-10: a program that may open nothing more (opening %i of those for a new file) goes on with the file that is there',
    async (nth) => {
      const kept = await open();
      await kept.keep(aParcel('a'));
      await kept.keep(aParcel('b'));
      await kept.received('a', 'CON-1');
      now += HOUR;
      files.failing = nth;
      kept.sweep();
      await kept.keep(aParcel('c'));
      files.failing = 0;
      await kept.keep(aParcel('d'));
      await kept.close();
      const again = await open();
      expect(again.waiting.map(({ key }) => key)).toEqual(['b', 'c', 'd']);
      await again.close();
    },
  );

  it('WP-11: words that the queue has are off the disk an hour later, and what waits is not; what came of them is still known', async () => {
    const kept = await open();
    for (const key of ['a', 'b']) await kept.keep(aParcel(key, 'chat'), `CODE-${key}`);
    await kept.received('a', 'CON-1');
    now += HOUR - 1;
    kept.sweep();
    await kept.keep(aParcel('c'));
    expect(onDisk()).toContain('words of a');
    now += 1;
    // No room for a second file: tried again in a while.
    mkdirSync(`${file()}.new`);
    kept.sweep();
    await kept.keep(aParcel('d'));
    expect(onDisk()).toContain('words of a');
    rmSync(`${file()}.new`, { recursive: true });
    now += 11 * MINUTE;
    kept.sweep();
    await kept.keep(aParcel('e'));
    expect(onDisk()).not.toContain('words of a');
    await kept.close();
    const again = await open();
    expect(again.waiting.map(({ key }) => key)).toEqual(['b', 'c', 'd', 'e']);
    expect(again.standing('a')).toMatchObject({ kind: 'received', code: 'CODE-a', ref: 'CON-1' });
    await again.close();
  });

  it('WP-12: the same key again changes nothing, also at the same moment, and what was received is forgotten a day later', async () => {
    const kept = await open();
    expect(await Promise.all([kept.keep(aParcel('a')), kept.keep({ ...aParcel('a'), body: '{}' })])).toEqual([
      'new',
      'known',
    ]);
    expect(kept.waiting).toEqual([aParcel('a')]);
    await kept.received('a', 'CON-1');
    await kept.close();
    now += 25 * HOUR;
    const again = await open();
    expect(again.standing('a')).toBe(null);
    await again.close();
  });
});

describe('the courier', () => {
  const noPause = (_: number, stop: AbortSignal): Promise<void> =>
    stop.aborted ? Promise.resolve() : new Promise((resolve) => void setImmediate(resolve));
  const received: Handed = { kind: 'received', ref: 'CON-1' };

  it('WP-11: however often the queue is away, each comes there, those of one contact in their order', async () => {
    const kept = await open();
    const came: string[] = [];
    let tries = 0;
    const door = {
      hand: async ({ key }: Parcel): Promise<Handed> => {
        tries += 1;
        if (tries % 3 !== 0) return { kind: 'later', why: '503', afterMs: 0 };
        came.push(key);
        return received;
      },
    };
    await using courier = new Courier({ door, kept, log: silentLogger, pause: noPause, random: () => 0 });
    await Promise.all([
      courier.send(aParcel('chat')),
      ...[1, 2, 3, 4].map((n) => courier.send(aParcel(`chat-${n}`, 'chat'))),
    ]);
    await courier.send(aParcel('other'), 'CODE');
    for (const key of ['chat-4', 'other'])
      while (kept.standing(key)?.kind !== 'received') await noPause(0, new AbortController().signal);
    expect(came.filter((key) => key.startsWith('chat'))).toEqual([
      'chat',
      'chat-1',
      'chat-2',
      'chat-3',
      'chat-4',
    ]);
    expect(kept.waiting).toEqual([]);
    await kept.close();
  });

  it('WP-11: what was on its way when the program ended is taken up by the next; an answer that was lost makes no second one', async () => {
    const kept = await open();
    const asked = promised();
    const first = new Courier({
      door: {
        hand: async (_, stop): Promise<Handed> => {
          asked.resolve();
          await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
          return { kind: 'later', why: 'AbortError', afterMs: 0 };
        },
      },
      kept,
      log: silentLogger,
      pause: noPause,
      random: () => 0,
    });
    await first.send(aParcel('a'), 'CODE');
    await asked.promise;
    await first[Symbol.asyncDispose]();
    await kept.close();
    const again = await open();
    const keys: string[] = [];
    await using second = new Courier({
      door: { hand: async ({ key }) => (keys.push(key), received) },
      kept: again,
      log: silentLogger,
      pause: noPause,
      random: () => 0,
    });
    await second.waitFor('a', 0);
    while (again.standing('a')?.kind !== 'received') await noPause(0, new AbortController().signal);
    expect(keys).toEqual(['a']);
    expect(again.standing('a')).toMatchObject({ kind: 'received', code: 'CODE', ref: 'CON-1' });
  });

  it('WP-11, WP-56: photos that take for ever hold up no line of a chat', async () => {
    const kept = await open();
    let photos = 0;
    const door = {
      hand: async ({ photo }: Parcel, stop: AbortSignal): Promise<Handed> => {
        if (photo === undefined) return received;
        photos += 1;
        if (!stop.aborted)
          await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
        return { kind: 'later', why: 'AbortError', afterMs: 0 };
      },
    };
    await using courier = new Courier({ door, kept, log: silentLogger, pause: noPause, random: () => 0 });
    const photo = { id: 'ab'.repeat(16), key: 'cd'.repeat(32), kind: 'jpeg', bytes: 9 } as const;
    for (let n = 0; n < 30; n += 1) await courier.send({ ...aParcel(`photo-${n}`, `report-${n}`), photo });
    await courier.send(aParcel('line'));
    for (let n = 0; n < 50; n += 1) await noPause(0, new AbortController().signal);
    expect([kept.standing('line')?.kind, photos]).toEqual(['received', 4]);
  });

  it('WP-51: what the disk would not take and the queue refuses is put on the disk for a person to look at', async () => {
    const kept = await open();
    vi.spyOn(kept, 'keep').mockRejectedValueOnce(new Error('ENOSPC'));
    const door = { hand: async (): Promise<Handed> => ({ kind: 'refused', why: '422 title' }) };
    await using courier = new Courier({ door, kept, log: silentLogger, pause: noPause, random: () => 0 });
    await courier.sendAnyway(aParcel('exit'));
    while (kept.standing('exit')?.kind !== 'refused') await noPause(0, new AbortController().signal);
    await kept.close();
    const again = await open();
    expect([again.waiting, again.standing('exit')?.kind]).toEqual([[aParcel('exit')], 'refused']);
    await again.close();
  });

  it('WP-11: what the queue refuses for good stays kept, for a person to look at, and holds nothing else up', async () => {
    const kept = await open();
    const door = {
      hand: async ({ key }: Parcel): Promise<Handed> =>
        key === 'bad' ? { kind: 'refused', why: '422 title' } : received,
    };
    await using courier = new Courier({ door, kept, log: silentLogger, pause: noPause, random: () => 0 });
    await courier.send(aParcel('bad'), 'CODE');
    await courier.send(aParcel('good'));
    while (kept.standing('good')?.kind !== 'received') await noPause(0, new AbortController().signal);
    expect(kept.standing('bad')).toMatchObject({ kind: 'refused', code: 'CODE' });
    await kept.close();
    const again = await open();
    expect(again.standing('bad')).toMatchObject({ kind: 'refused', code: 'CODE' });
    expect(again.waiting.map(({ key }) => key)).toEqual(['bad']);
    await again.close();
  });
});

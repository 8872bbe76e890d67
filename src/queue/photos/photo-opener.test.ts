import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemTimers } from '../../platform/clock.ts';
import { photoKindOf, PICTURE_SIDE } from '../../shared/domain/record/photo.ts';
import { FRAMES_LIMIT } from './photo-limits.ts';
import { createPhotoOpener, type Look } from './photo-opener.ts';

const opener = createPhotoOpener({ timers: systemTimers });
async function* inPieces(bytes: Buffer, size = 64 * 1024): AsyncIterable<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const open = (bytes: Buffer, by = opener): Promise<Look> =>
  by.open(photoKindOf(bytes) ?? 'jpeg', inPieces(bytes));
const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } });

/** A file that says of itself what it likes. */
function aPng(told: { readonly width: number; readonly height: number; readonly pixels: Buffer }): Buffer {
  const chunk = (name: string, bytes: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), bytes]);
    const numbers = Buffer.alloc(8);
    numbers.writeUInt32BE(bytes.length);
    numbers.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([numbers.subarray(0, 4), body, numbers.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(told.width);
  head.writeUInt32BE(told.height, 4);
  head[8] = 8;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(told.pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** As a telephone writes it: lying on its side, and telling where it was taken. */
const fromTelephone = (): Promise<Buffer> =>
  canvas(60, 40)
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Secret maker' },
      IFD3: { GPSLatitude: '51/1 48/1 0/1', GPSLatitudeRef: 'N' },
    })
    .toBuffer();

describe('opening a photo', () => {
  it('PH-03: each kind is made anew as a JPEG that tells nothing of where, when and with what it was taken', async () => {
    const source = await fromTelephone();
    expect(source.includes('Secret maker')).toBe(true);
    const seen = await open(source);
    if (seen.kind !== 'picture') throw new Error(seen.kind);
    // Upright: the telephone was held on its side.
    expect([seen.width, seen.height]).toEqual([40, 60]);
    const { exif, icc, xmp, format } = await sharp(seen.jpeg).metadata();
    expect([exif, icc, xmp, format]).toEqual([undefined, undefined, undefined, 'jpeg']);
    for (const bytes of [await canvas(9, 7).png().toBuffer(), await canvas(9, 7).webp().toBuffer()])
      expect(await open(bytes)).toMatchObject({ kind: 'picture', width: 9, height: 7 });
  });

  it('PH-03: a large one is shown smaller, as large as anybody needs', async () => {
    const seen = await open(await canvas(5_000, 2_500).jpeg().toBuffer());
    expect(seen).toMatchObject({ kind: 'picture', width: PICTURE_SIDE, height: PICTURE_SIDE / 2 });
  });

  it('PH-03: a page hidden behind a picture is gone', async () => {
    const page = '<html><script>alert(1)</script></html>';
    const source = Buffer.concat([await canvas(20, 20).jpeg().toBuffer(), Buffer.from(page)]);
    const seen = await open(source);
    if (seen.kind !== 'picture') throw new Error(seen.kind);
    expect(seen.jpeg.includes('script')).toBe(false);
  });

  it('PH-04: a photo that is cut off, or that only begins like one, is damaged', async () => {
    const whole = await canvas(400, 300).jpeg().toBuffer();
    const damaged = { kind: 'unreadable', trouble: 'damaged' };
    expect(await open(whole.subarray(0, whole.length / 2))).toEqual(damaged);
    expect(await open(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<html>')]))).toEqual(
      damaged,
    );
    expect(await opener.open('png', inPieces(whole))).toEqual(damaged);
    expect(
      await opener.open('jpeg', inPieces(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))),
    ).toEqual(damaged);
  });

  it('PH-05: a few bytes that say they are an enormous picture are not opened', async () => {
    const bomb = aPng({ width: 60_000, height: 60_000, pixels: Buffer.alloc(30_000_000) });
    expect(bomb.length).toBeLessThan(200_000);
    expect(await open(bomb)).toEqual({ kind: 'unreadable', trouble: 'too-large' });
  });

  it('PH-05: a moving picture shows its first, and one of hundreds is not opened', async () => {
    const moving = (pages: number): Promise<Buffer> =>
      sharp(randomBytes(4 * 4 * pages * 3), {
        raw: { width: 4, height: 4 * pages, channels: 3, pageHeight: 4 },
      })
        .webp({ effort: 0 })
        .toBuffer();
    expect(await open(await moving(3))).toMatchObject({ kind: 'picture', width: 4, height: 4 });
    expect(await open(await moving(FRAMES_LIMIT + 1))).toEqual({ kind: 'unreadable', trouble: 'too-large' });
  });
});

describe('a program that opens photos and goes wrong', () => {
  let dir: string;
  const withProgram = (text: string, limitMs?: number) => {
    const program = join(dir, `${Math.abs(text.length)}.mjs`);
    writeFileSync(program, text);
    return createPhotoOpener({ timers: systemTimers, program, ...(limitMs !== undefined && { limitMs }) });
  };
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'fcr-photos-'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const photo = Buffer.alloc(3_000_000, 1);

  it('PH-05: is ended when it hangs', async () => {
    const hung = withProgram('process.stdin.resume(); setInterval(() => {}, 1000);', 300);
    expect(await open(photo, hung)).toEqual({ kind: 'broke', why: 'time' });
  });

  it('PH-05: takes nothing with it when it crashes, reading or not', async () => {
    expect(await open(photo, withProgram('process.abort();'))).toEqual({ kind: 'broke', why: 'ended' });
    expect(await open(photo, withProgram('process.stdin.on("data", () => process.exit(5));'))).toEqual({
      kind: 'broke',
      why: 'ended',
    });
  });

  it('PH-05: is not believed when it writes something else, or without end', async () => {
    const other = withProgram('process.stdin.resume().on("end", () => process.stdout.write("hello there"));');
    expect(await open(photo, other)).toEqual({ kind: 'broke', why: 'ended' });
    const endless = withProgram(
      'const a = Buffer.alloc(1 << 20); const w = () => process.stdout.write(a, w); w(); process.stdin.resume(); ',
    );
    expect(await open(photo, endless)).toEqual({ kind: 'broke', why: 'too-much' });
  });

  it('PH-05: knows nothing of the queue', async () => {
    process.env['DATABASE_URL_OF_TEST'] = 'secret';
    const telling = withProgram(
      `process.stdin.resume().on('end', () => {
         const line = Buffer.from(JSON.stringify({ kind: 'picture', width: 1, height: 1 }));
         const length = Buffer.alloc(4); length.writeUInt32BE(line.length);
         process.stdout.write(Buffer.concat([length, line, Buffer.from(Object.keys(process.env).join())]));
       });`,
    );
    const seen = await open(photo, telling);
    delete process.env['DATABASE_URL_OF_TEST'];
    expect(seen.kind === 'picture' && seen.jpeg.toString()).not.toContain('DATABASE');
  });
});

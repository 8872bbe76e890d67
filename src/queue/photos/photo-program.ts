/**
 * The program that opens one photo, in a process of its own: a decoder is where a hostile file would break in, so nothing of the queue is here, no
 * secret and no setting (ADR 23). Reads the file from standard input; writes the length of a line of JSON (four bytes), the line, and the picture.
 */
import sharp from 'sharp';
import { systemTimers } from '../../platform/clock.ts';
import { PICTURE_SIDE } from '../../shared/domain/record/photo.ts';
import {
  FRAMES_LIMIT,
  MEMORY_LIMIT,
  MEMORY_TRIED_EVERY_MS,
  PIXELS_LIMIT,
  type Opened,
} from './photo-limits.ts';

/** The size at which a face or a number plate can still be read; smaller files go over the network sooner. */
const QUALITY = 84;

// Nothing but the three kinds that are taken, whatever the file says of itself.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);
sharp.concurrency(1);

/** The decoder works beside this thread, which is free to look at what it takes. */
function watchMemory(): void {
  systemTimers.after(MEMORY_TRIED_EVERY_MS, () => {
    if (process.memoryUsage.rss() > MEMORY_LIMIT) process.exit(3);
    watchMemory();
  });
}

async function open(kind: string | undefined, file: Buffer): Promise<{ told: Opened; picture?: Buffer }> {
  try {
    const settings = { failOn: 'error', limitInputPixels: PIXELS_LIMIT, sequentialRead: true } as const;
    const { format, pages = 1 } = await sharp(file, settings).metadata();
    if (format !== kind) return { told: { kind: 'unreadable', trouble: 'damaged' } };
    if (pages > FRAMES_LIMIT) return { told: { kind: 'unreadable', trouble: 'too-large' } };
    // The first picture alone; upright; on white; and nothing of the file but its pixels: metadata is only kept where it is asked for.
    const { data, info } = await sharp(file, { ...settings, pages: 1 })
      .autoOrient()
      .resize({ width: PICTURE_SIDE, height: PICTURE_SIDE, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { told: { kind: 'picture', width: info.width, height: info.height }, picture: data };
  } catch (error) {
    const isTooLarge = error instanceof Error && /pixel limit|too large/i.test(error.message);
    return { told: { kind: 'unreadable', trouble: isTooLarge ? 'too-large' : 'damaged' } };
  }
}

watchMemory();
const parts: Buffer[] = [];
for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
const { told, picture = Buffer.alloc(0) } = await open(process.argv[2], Buffer.concat(parts));
const line = Buffer.from(JSON.stringify(told));
const length = Buffer.alloc(4);
length.writeUInt32BE(line.length);
process.stdout.write(Buffer.concat([length, line, picture]), () => process.exit(0));

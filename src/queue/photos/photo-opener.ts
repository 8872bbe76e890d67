import { spawn, type ChildProcess } from 'node:child_process';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { PICTURE_BYTES_LIMIT, type PhotoKind, type PhotoTrouble } from '../../shared/domain/record/photo.ts';
import type { Timers } from '../../shared/domain/time.ts';
import { OPENING_LIMIT_MS } from './photo-limits.ts';

/** What came of opening a photo. `broke`: the program ended, hung or took too much, which may be the photo's doing or not. */
export type Look =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly jpeg: Buffer }
  | { readonly kind: 'unreadable'; readonly trouble: Exclude<PhotoTrouble, 'failed'> }
  | { readonly kind: 'broke'; readonly why: 'time' | 'ended' | 'too-much' | 'not-started' };

export interface PhotoOpener {
  /** Opens one photo, given in pieces. Rejects only with what the pieces themselves reject with. */
  open(kind: PhotoKind, pieces: AsyncIterable<Buffer>): Promise<Look>;
}

const program = fileURLToPath(new URL('photo-program.ts', import.meta.url));
const HEAD_LIMIT = 1_024;
const OUTPUT_LIMIT = PICTURE_BYTES_LIMIT + HEAD_LIMIT + 4;

const side = z.int().min(1).max(65_535);
const openedSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('picture'), width: side, height: side }),
  z.object({ kind: z.literal('unreadable'), trouble: z.enum(['damaged', 'too-large']) }),
]);

/**
 * Opens each photo in a process of its own that has nothing of the queue's: neither its settings nor its secrets, nor a way to be asked for more
 * (rule PH-05). Whatever becomes of that process, the queue goes on.
 */
export function createPhotoOpener(options: {
  readonly timers: Timers;
  /** Another program; for tests. */
  readonly program?: string;
  /** Another limit; for tests. Milliseconds. */
  readonly limitMs?: number;
}): PhotoOpener {
  const { timers, limitMs = OPENING_LIMIT_MS } = options;
  return {
    async open(kind, pieces) {
      const child = spawn(process.execPath, ['--max-old-space-size=128', options.program ?? program, kind], {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: bareEnvironment(),
        windowsHide: true,
      });
      let isLate = false;
      using _ = timers.after(limitMs, () => {
        isLate = true;
        child.kill('SIGKILL');
      });
      const answered = answerOf(child);
      try {
        await feed(child, pieces);
      } catch (error) {
        child.kill('SIGKILL');
        await answered;
        throw error;
      }
      const look = await answered;
      return isLate ? { kind: 'broke', why: 'time' } : look;
    },
  };
}

/** What a process needs to begin at all. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { SystemRoot } = process.env;
  return { UV_THREADPOOL_SIZE: '2', ...(SystemRoot !== undefined && { SystemRoot }) };
}

/** A program that has ended reads nothing more: that is told by its end, not here. */
async function feed({ stdin }: ChildProcess, pieces: AsyncIterable<Buffer>): Promise<void> {
  if (stdin === null) return;
  let broken: { readonly with: unknown } | null = null;
  const source = pieces[Symbol.asyncIterator]();
  async function* watched(): AsyncIterable<Buffer> {
    for (;;) {
      const next = await source.next().catch((error: unknown) => {
        broken = { with: error };
        throw error;
      });
      if (next.done === true) return;
      yield next.value;
    }
  }
  await pipeline(Readable.from(watched()), stdin).catch(() => undefined);
  const failed = broken as { readonly with: unknown } | null;
  if (failed !== null) throw failed.with;
}

function answerOf(child: ChildProcess): Promise<Look> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    child.stdout?.on('data', (part: Buffer) => {
      size += part.length;
      if (size > OUTPUT_LIMIT) child.kill('SIGKILL');
      else parts.push(part);
    });
    child.once('error', () => resolve({ kind: 'broke', why: 'not-started' }));
    child.once('close', (code) => {
      if (size > OUTPUT_LIMIT) resolve({ kind: 'broke', why: 'too-much' });
      else resolve(code === 0 ? lookIn(Buffer.concat(parts)) : { kind: 'broke', why: 'ended' });
    });
  });
}

/** What the program wrote, believed only as far as it can be checked. */
function lookIn(output: Buffer): Look {
  const ended = { kind: 'broke', why: 'ended' } as const;
  if (output.length < 4) return ended;
  const length = output.readUInt32BE();
  if (length > HEAD_LIMIT) return ended;
  const opened = openedSchema.safeParse(jsonOf(output.subarray(4, 4 + length).toString('utf8')));
  if (!opened.success) return ended;
  if (opened.data.kind === 'unreadable') return opened.data;
  const jpeg = output.subarray(4 + length);
  return jpeg.length === 0 ? ended : { ...opened.data, jpeg };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

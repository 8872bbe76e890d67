import { readFileSync } from 'node:fs';
import type { ReadStream } from 'node:tty';
import type { RandomBytes } from './pin-hash.ts';
import type { PinSource } from './accounts-options.ts';

const NEW_PIN_DIGITS = 6;

/** The PIN, and whether it was made here and must be shown. Rejects with a sentence when none comes. */
export async function readPin(
  source: PinSource,
  io: {
    readonly input: NodeJS.ReadStream;
    readonly prompt: (text: string) => void;
    readonly random: RandomBytes;
  },
): Promise<{ readonly pin: string; readonly isNew: boolean }> {
  switch (source.kind) {
    case 'new':
      return { pin: newPin(io.random), isNew: true };
    case 'file':
      return { pin: firstLine(readFileSync(source.file, 'utf8')), isNew: false };
    case 'asked': {
      if (!io.input.isTTY) return { pin: firstLine(await allOf(io.input)), isNew: false };
      io.prompt('PIN (not shown): ');
      const pin = await typed(io.input);
      io.prompt('\nAgain: ');
      const again = await typed(io.input);
      io.prompt('\n');
      if (pin !== again) throw new Error('The two PINs are not the same. Nothing was changed.');
      return { pin, isNew: false };
    }
  }
}

/** Every PIN of this length is as likely as every other: bytes beyond the last whole ten are drawn again. */
function newPin(random: RandomBytes): string {
  let digits = '';
  while (digits.length < NEW_PIN_DIGITS) {
    const byte = random(1)[0] ?? 255;
    if (byte < 250) digits += String(byte % 10);
  }
  return digits;
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').trim();
}

async function allOf(input: AsyncIterable<Buffer | string>): Promise<string> {
  let text = '';
  for await (const part of input) text += String(part);
  return text;
}

/** One line of a terminal that shows nothing of it. Ctrl-C gives up. */
function typed(input: ReadStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (settle: () => void): void => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      settle();
    };
    const take = (part: Buffer): void => {
      for (const key of part.toString('utf8')) {
        if (key === '\r' || key === '\n') return end(() => resolve(line));
        if (key === '\u0003' || key === '\u0004') return end(() => reject(new Error('Nothing was changed.')));
        line = key === '\u007f' || key === '\b' ? line.slice(0, -1) : line + key;
      }
    };
    input.setRawMode(true);
    input.resume();
    input.on('data', take);
  });
}

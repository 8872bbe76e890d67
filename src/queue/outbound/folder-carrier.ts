import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../platform/log.ts';
import type { Carrier } from './carrier.ts';

/**
 * Puts each message into a folder, one JSON file each, instead of sending it: for the demo and for tests. The file's name is the message's, so that
 * what comes twice is there once; it appears whole or not at all.
 */
export function folderCarrier(folder: string): Carrier {
  return {
    async carry({ id, way, to, neutral, subject, text, orderedAt }) {
      try {
        await mkdir(folder, { recursive: true });
        const file = join(folder, `${id}.json`);
        const half = `${file}.half`;
        const handle = await open(half, 'w', 0o600);
        try {
          const message = { id, way, to, neutral, subject, text, orderedAt };
          await handle.writeFile(`${JSON.stringify(message, null, 2)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(half, file);
        return { kind: 'taken', detail: '' };
      } catch (error) {
        return { kind: 'later', detail: errorCode(error) };
      }
    },
  };
}

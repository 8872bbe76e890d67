import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals bytes as they come, so that a large photo never holds the queue up in one turn. AES-256-GCM: nonce, words, tag. `about`: what it is;
 * opened as anything else it does not open.
 */
export function sealing(key: Buffer, about: string): { add(bytes: Buffer): void; end(): Buffer } {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  const sealed: Buffer[] = [iv];
  return {
    add: (bytes) => void sealed.push(cipher.update(bytes)),
    end() {
      sealed.push(cipher.final(), cipher.getAuthTag());
      return Buffer.concat(sealed);
    },
  };
}

/** Opens bytes as they come. `end` throws when they were changed, cut off, or sealed as something else: until then nothing of them is sure. */
export function unsealing(key: Buffer, about: string): { add(bytes: Buffer): Buffer; end(): void } {
  let held: Buffer = Buffer.alloc(0);
  let decipher: ReturnType<typeof gcm> | null = null;
  return {
    add(bytes) {
      held = Buffer.concat([held, bytes]);
      if (decipher === null) {
        if (held.length < IV_BYTES) return Buffer.alloc(0);
        decipher = gcm(key, held.subarray(0, IV_BYTES)).setAAD(Buffer.from(about));
        held = held.subarray(IV_BYTES);
      }
      // What came last may be the tag.
      const sure = Math.max(0, held.length - TAG_BYTES);
      const opened = decipher.update(held.subarray(0, sure));
      held = held.subarray(sure);
      return opened;
    },
    end() {
      if (decipher === null || held.length < TAG_BYTES) throw new Error('what was sealed is cut off');
      decipher.setAuthTag(held);
      decipher.final();
    },
  };
}
const gcm = (key: Buffer, iv: Buffer) => createDecipheriv('aes-256-gcm', key, iv);

export function seal(bytes: Buffer, key: Buffer, about: string): Buffer {
  const cipher = sealing(key, about);
  cipher.add(bytes);
  return cipher.end();
}

/** Throws when it was sealed under another key or as something else, or was changed. */
export function unseal(sealed: Buffer, key: Buffer, about: string): Buffer {
  const decipher = unsealing(key, about);
  const bytes = decipher.add(sealed);
  decipher.end();
  return bytes;
}

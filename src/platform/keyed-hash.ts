import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What one secret key makes of texts: hashes by which equal ones are found, and sealed ones that nobody reads without the key. */
export interface KeyedHash {
  /** The same for the same text under the same key, and nothing else can be told from it. 128 bits. */
  readonly hash: (text: string) => string;
  readonly seal: (text: string) => Buffer;
  /** Throws when it was sealed under another key, or was changed. */
  readonly unseal: (sealed: Buffer) => string;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `key`: 32 bytes, in hexadecimal. */
export function keyedHash(key: string): KeyedHash {
  const secret = Buffer.from(key, 'hex');
  if (secret.length !== 32) throw new Error('a key has 32 bytes');
  const sealing = createHmac('sha256', secret).update('seal').digest();
  return {
    hash: (text) =>
      createHmac('sha256', secret)
        .update(`hash ${text}`, 'utf8')
        .digest()
        .subarray(0, 16)
        .toString('base64url'),
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, iv);
      const words = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), words]);
    },
    unseal(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, IV_BYTES));
      decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      const words = sealed.subarray(IV_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(words), decipher.final()]).toString('utf8');
    },
  };
}

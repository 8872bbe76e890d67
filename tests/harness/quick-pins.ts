import type { PinHasher } from '../../src/main/workstation/pin-hash.ts';

/** Hashes of PINs without the work that makes real ones slow. */
export const quickPins: PinHasher = {
  hash: async (pin) => ({ salt: '', hash: `hash of ${pin}`, cost: 1, blockSize: 1, parallel: 1 }),
  isRight: async (pin, { hash }) => hash === `hash of ${pin}`,
};

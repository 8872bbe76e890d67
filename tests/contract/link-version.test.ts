import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  closeCodes,
  downFrameSchema,
  finalCloseCodes,
  LINK_FLOOR,
  LINK_VERSION,
  linkHistory,
  UP_FRAME_LIMIT,
  DOWN_FRAME_LIMIT,
  IN_FLIGHT_LIMIT,
  upFrameSchema,
} from '../../src/shared/contract/queue-link.ts';
import { historyRowSchema } from '../../src/shared/contract/history.ts';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import { adviceFor, hashOf } from '../harness/schema-hash.ts';

/** What each version of DeskLink said. Lines of published versions are never changed. */
const published: Readonly<Record<number, string>> = {
  1: 'b6ecee7be8d1dc3164bff6af0c0f40bacd0f4175b3f56a662888d600ea4ff77c',
  2: 'ced15509700a548ffffd70b35b3e63a0101bb553a4077eda18233391310d5dc7',
  3: '173f8f3a4df03042f6227c19225ca144a81e31f8b915daaa2fc89d8aaa2e17a8',
  4: '698a16ae161ec2c930738f236bc14d0cf4f70acb8593783f1455e8da5fd20d72',
  5: '9032bc0a14bc0ceae5e73c1c41d6e606788856edd0dd6a3173aa6f7216c16852',
  6: '5d40bc277142af3e45831f15ea1ff677f668864e1f83af7acef4938e471125b6',
  7: '659ed1fe04134a3a438e089733e4ffe46314369c84f4ae5b110dcc4805874389',
  8: 'f7f162229d60eb2b852fc8653e3fa2038c3581727214d8e2d2b17e007fbbf57c',
};

/** Every frame, and the lines that travel as text inside SNAP and FOUND. */
const frames = {
  up: upFrameSchema,
  down: downFrameSchema,
  snapshotLine: contactSchema,
  historyLine: historyRowSchema,
};
const constants = {
  closeCodes,
  final: [...finalCloseCodes],
  limits: { UP_FRAME_LIMIT, DOWN_FRAME_LIMIT, IN_FLIGHT_LIMIT },
};

describe('DeskLink', () => {
  it('L-05: its frames, close codes and limits are those of its version', () => {
    const hash = hashOf(frames, constants);
    const advice = adviceFor({
      file: 'src/shared/contract/queue-link.ts',
      version: 'LINK_VERSION',
      history: 'linkHistory',
      floor: 'LINK_FLOOR',
      test: 'tests/contract/link-version.test.ts',
      hash,
    });
    expect(hash, advice).toBe(published[LINK_VERSION]);
  });

  it('L-05: every version up to this one has a line of history and a hash, and the floor is one of them', () => {
    const versions = Array.from({ length: LINK_VERSION }, (_, index) => String(index + 1));
    expect([Object.keys(linkHistory), Object.keys(published)]).toEqual([versions, versions]);
    expect(versions).toContain(String(LINK_FLOOR));
    expect(Object.values(linkHistory).filter((line) => line.trim() === '')).toEqual([]);
  });

  it.each<[string, z.ZodType, z.ZodType]>([
    ['a field more', z.object({ a: z.int() }), z.object({ a: z.int(), b: z.int() })],
    ['a field that may be missing', z.object({ a: z.int() }), z.object({ a: z.int().optional() })],
    ['a field that may be null', z.object({ a: z.int() }), z.object({ a: z.int().nullable() })],
    ['unknown fields refused', z.object({ a: z.int() }), z.strictObject({ a: z.int() })],
    ['a limit', z.string().max(40), z.string().max(41)],
    ['a word more', z.enum(['x']), z.enum(['x', 'y'])],
    ['a variant more', z.union([z.literal('x')]), z.union([z.literal('x'), z.literal(1)])],
  ])('L-05: the hash notices %s', (_what, before, after) => {
    expect(hashOf({ frame: after })).not.toBe(hashOf({ frame: before }));
  });

  it('L-05: the hash does not mind in which order fields are written down', () => {
    const [one, two] = [z.object({ a: z.int(), b: z.string() }), z.object({ b: z.string(), a: z.int() })];
    expect(hashOf({ frame: two })).toBe(hashOf({ frame: one }));
  });
});

import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  pushes,
  requests,
  WORKSTATION_VERSION,
  workstationHistory,
} from '../../src/shared/contract/workstation.ts';
import { adviceFor, hashOf } from '../harness/schema-hash.ts';

/** What each version of the window's contract said. Lines of published versions are never changed. */
const published: Readonly<Record<number, string>> = {
  1: '2df3aa440f3b1282176fdaa0979f4a4a610d6c86f40e3f70f30c0519163f10db',
};

const schemas: Readonly<Record<string, z.ZodType>> = Object.fromEntries([
  ...Object.entries(requests).flatMap(([name, { input, output }]) => [
    [`${name} in`, input],
    [`${name} out`, output],
  ]),
  ...Object.entries(pushes).map(([name, payload]) => [`${name} push`, payload]),
]);

describe('the contract between window and workstation', () => {
  it('W-14: its requests and pushes are those of its version', () => {
    const hash = hashOf(schemas);
    const advice = adviceFor({
      file: 'src/shared/contract/workstation.ts',
      version: 'WORKSTATION_VERSION',
      history: 'workstationHistory',
      test: 'tests/contract/workstation-version.test.ts',
      hash,
    });
    expect(hash, advice).toBe(published[WORKSTATION_VERSION]);
  });

  it('W-14: every version up to this one has a line of history and a hash', () => {
    const versions = Array.from({ length: WORKSTATION_VERSION }, (_, index) => String(index + 1));
    expect([Object.keys(workstationHistory), Object.keys(published)]).toEqual([versions, versions]);
    expect(Object.values(workstationHistory).filter((line) => line.trim() === '')).toEqual([]);
  });
});

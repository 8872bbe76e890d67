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
  1: '58760b6078661b9a0349cf5f5f75e1ec8b2892128137b329ab59b3143fcd53b9',
  2: '5b6cba669ba4cd535e8c7663258095961d26cc8bbdadeb77b78371cabfa90935',
  3: '8058550155827299b35efb4588aa60699b8641b5da024d529e7544a963f15d72',
  4: 'c7420a6ec4e2fc5aa4f8a0d8918d6c3dc5fd2ab43313353ef03892a492003759',
  5: '750904b426d0a547201a4c92c3567ad9cdae93bfca7114ba1a0bcaac5a5afea7',
  6: '1a643ab257aeaa644ceab6967114f1dd50cf419868f4606fcf7a928e6e7069f7',
  7: 'a20f72fb730b9ccff0f0b48dfd6b1949d831e7ec05eb8d4605ed16a4c5006c91',
  8: '0fb84cb99b23a8e4770d6be627e66f36799c5eb818f3329ef6614cf22ba363ea',
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

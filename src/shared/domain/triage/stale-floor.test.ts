import { expect, it } from 'vitest';
import { aContact, testStart } from '../../../../tests/harness/builders.ts';
import { triagePolicy } from '../../../../tests/harness/triage-policy.ts';
import type { MarkerOnRecord } from '../record/parts.ts';
import { emptyEntry } from './entry.ts';
import { staleBehindFloor } from './stale-floor.ts';

const marker = (id: string, over: Partial<MarkerOnRecord>): MarkerOnRecord => ({
  id,
  kind: 'treat-as-urgent',
  concerns: 'Penfold Court',
  source: 'Safety planning',
  setAt: '2020-01-02',
  reviewBy: '2020-06-30',
  owner: 'Safeguarding unit',
  note: '',
  matchedBy: ['same-number'],
  ...over,
});
const fresh = { reviewBy: '2099-01-01' };
const behind = (...markers: readonly MarkerOnRecord[]): readonly string[] =>
  staleBehindFloor(triagePolicy, aContact({ markers }), emptyEntry, testStart).map(({ id }) => id);

it('AS-20: a floor that stands only on markers past their review is told apart by them', () => {
  expect(behind(marker('MK-1', {}))).toEqual(['MK-1']);
  expect(behind(marker('MK-1', {}), marker('MK-2', { kind: 'officer-safety' }))).toEqual(['MK-1']);
  expect(behind(marker('MK-1', {}), marker('MK-2', {}))).toEqual(['MK-1', 'MK-2']);
});

it('AS-20: one that holds without them is not, nor where there is none', () => {
  expect(behind(marker('MK-1', {}), marker('MK-2', fresh))).toEqual([]);
  expect(behind(marker('MK-1', fresh), marker('MK-2', { kind: 'officer-safety' }))).toEqual([]);
  expect(behind(marker('MK-1', { matchedBy: ['same-name'] }))).toEqual([]);
  expect(behind()).toEqual([]);
});

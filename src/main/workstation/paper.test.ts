import { describe, expect, it } from 'vitest';
import { asDeskId, asIncarnation } from '../../shared/domain/ids.ts';
import { paperNumbers, type PaperDesk } from './paper.ts';

const desk: PaperDesk = {
  deskNumber: 12,
  deskId: asDeskId('09af3c1e-0000-4000-8000-000000000001'),
  incarnation: asIncarnation('fedcba98-0000-4000-8000-000000000001'),
  storage: 'file',
};

describe('numbers of paper logs', () => {
  it.each<[string, Partial<PaperDesk>, string[]]>([
    ['carry the desk’s number', {}, ['P12-0007', 'P12-0008']],
    [
      'carry letters of its id before it has a number',
      { deskNumber: null },
      ['PAJKPDM-0007', 'PAJKPDM-0008'],
    ],
    [
      'carry letters of this life where nothing outlives the program',
      { storage: 'memory' },
      ['PPONMLK-0007', 'PPONMLK-0008'],
    ],
  ])('P-01: they %s', (_what, over, numbers) => {
    expect(paperNumbers({ ...desk, ...over }, 7, 2)).toEqual(numbers);
  });

  it('P-01: the ten-thousandth has five digits rather than an earlier one’s', () => {
    expect(paperNumbers(desk, 9_999, 2)).toEqual(['P12-9999', 'P12-10000']);
  });
});

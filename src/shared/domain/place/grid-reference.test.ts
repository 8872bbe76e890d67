import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gridReference, readGridReference } from './grid-reference.ts';
import { gridOf, pointOf } from './osgb36.ts';
import { metresBetween } from './point.ts';

const read = (text: string) => {
  const reading = readGridReference(text);
  if (reading.kind === 'refused') throw new Error(reading.reason);
  return reading;
};

describe('the national grid', () => {
  it('PL-02: published points come out within five metres', () => {
    // The water tower of the surveyors' own worked example, and two that anybody can look up.
    const caister = gridOf({ latitude: 52.657978, longitude: 1.716052 });
    expect(Math.hypot(caister.easting - 651_409.9, caister.northing - 313_177.3)).toBeLessThan(5);
    const greenwich = gridOf({ latitude: 51.4778, longitude: -0.0014 });
    expect([Math.round(greenwich.easting / 100), Math.round(greenwich.northing / 100)]).toEqual([5389, 1773]);
    expect(
      metresBetween(read('NN 16667 71284').point, { latitude: 56.79685, longitude: -5.0036 }),
    ).toBeLessThan(30);
  });

  it('PL-02: a reference is read however it is spaced, to the middle of its square', () => {
    const forms = ['TL 234 123', 'tl234123', 'TL 234123', 'T L 234 123'].map((text) => read(text));
    expect(new Set(forms.map(({ reference }) => reference))).toEqual(new Set(['TL 234 123']));
    expect(forms[0]?.squareMetres).toBe(100);
    const middle = gridOf(read('TL 234 123').point);
    expect([Math.round(middle.easting), Math.round(middle.northing)]).toEqual([523_450, 212_350]);
    expect([read('TL 2341').squareMetres, read('TL2340012300').squareMetres]).toEqual([1000, 1]);
  });

  it('PL-02: what cannot be one is refused with the reason', () => {
    const reasons = ['TL 23412', 'TL 2341 234', 'TL 234123456789', 'TI 234 123', 'AA 234 123', 'TL'].map(
      (text) => {
        const reading = readGridReference(text);
        return reading.kind === 'refused' ? reading.reason : reading.reference;
      },
    );
    expect(reasons).toEqual([
      'It has 5 figures: one is missing or too many. Ask for it again.',
      'It has 7 figures: one is missing or too many. Ask for it again.',
      'It has more than ten figures. Ask for it again.',
      'TI is not a square of the national grid.',
      'AA is not a square of the national grid.',
      'A grid reference is two letters and an even number of figures.',
    ]);
    const uneven = readGridReference('TL 23 4123');
    expect(uneven).toMatchObject({
      kind: 'refused',
      reason: 'Its two halves are not equally long. Ask for it again.',
    });
  });

  it('PL-02: a point written and read again is in the same square, and its metres come back', () => {
    const points = fc.record({
      latitude: fc.double({ min: 50.2, max: 58.5, noNaN: true }),
      longitude: fc.double({ min: -5, max: 1.2, noNaN: true }),
    });
    const property = fc.property(
      points,
      fc.constantFrom(6 as const, 8 as const, 10 as const),
      (point, figures) => {
        expect(metresBetween(pointOf(gridOf(point)), point)).toBeLessThan(0.5);
        const reference = gridReference(point, figures);
        if (reference === null) throw new Error('off the grid');
        const { squareMetres, point: middle } = read(reference);
        expect(metresBetween(middle, point)).toBeLessThan(squareMetres * 0.72 + 0.5);
        expect(gridReference(middle, figures)).toBe(reference);
      },
    );
    fc.assert(property, { numRuns: 300 });
  });

  it('PL-02: a point off the grid has no reference', () => {
    expect(gridReference({ latitude: 40, longitude: -74 }, 6)).toBeNull();
    expect(gridReference({ latitude: 51.9031, longitude: -0.1894 }, 6)).toBe('TL 246 242');
  });
});

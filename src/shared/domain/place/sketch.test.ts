import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { buildGazetteer } from './gazetteer.ts';
import { boxesOverlap } from './sketch-frame.ts';
import { drawSketch, type SketchShape } from './sketch.ts';

const gazetteer = buildGazetteer(somePlaces());
const size = { width: 420, height: 300 };
const centre = { latitude: 51.9, longitude: -0.25 };
const of = <Kind extends SketchShape['kind']>(shapes: readonly SketchShape[], kind: Kind) =>
  shapes.filter((shape): shape is Extract<SketchShape, { kind: Kind }> => shape.kind === kind);

describe('the sketch map', () => {
  it('PL-50: it holds roads, boundaries, the place in its middle, and other positions', () => {
    const other = { point: { latitude: 51.91, longitude: -0.25 }, name: 'Mast' };
    const { shapes, sentence, note } = drawSketch(gazetteer, {
      ...size,
      place: centre,
      name: 'The bridge',
      others: [other],
      spanMetres: 15_000,
    });
    expect(new Set(of(shapes, 'line').map(({ look }) => look))).toEqual(
      new Set(['district-border', 'road', 'motorway']),
    );
    expect(of(shapes, 'mark').filter(({ look }) => look === 'place')).toEqual([
      { kind: 'mark', look: 'place', x: 210, y: 150 },
    ]);
    const [mast] = of(shapes, 'mark').filter(({ look }) => look === 'other');
    expect(mast?.x).toBe(210);
    expect(mast?.y).toBeCloseTo(150 - 1112 / 50, 0);
    expect(sentence).toBe(
      'Sketch map of The bridge, West district. Nearest town: Westham. Roads shown: A1(M), A414.',
    );
    expect(note).toBe('Made up for tests.');
  });

  it('PL-51: the circle and the scale bar are true to the drawing', () => {
    const { shapes } = drawSketch(gazetteer, { ...size, place: centre, radiusMetres: 600, spanMetres: 3000 });
    expect(of(shapes, 'circle')).toEqual([{ kind: 'circle', x: 210, y: 150, radius: 60 }]);
    expect(of(shapes, 'scale')).toEqual([{ kind: 'scale', x: 10, y: 290, length: 50, text: '500 m' }]);
  });

  it('PL-51: without a span the whole circle and every other position is in the drawing', () => {
    const other = { point: { latitude: 51.99, longitude: -0.25 }, name: 'Mast' };
    const { shapes } = drawSketch(gazetteer, { ...size, place: centre, radiusMetres: 2800, others: [other] });
    expect(of(shapes, 'circle')[0]?.radius).toBeLessThan(150);
    expect(of(shapes, 'mark').find(({ look }) => look === 'other')?.y).toBeGreaterThan(0);
  });

  it('PL-52: wherever it is drawn, no name covers another or leaves it, and none is below twelve pixels', () => {
    const wishes = fc.record({
      place: fc.record({
        latitude: fc.double({ min: 51.6, max: 52.2, noNaN: true }),
        longitude: fc.double({ min: -0.4, max: 0, noNaN: true }),
      }),
      width: fc.integer({ min: 200, max: 900 }),
      height: fc.integer({ min: 160, max: 700 }),
      spanMetres: fc.integer({ min: 300, max: 70_000 }),
      name: fc.constantFrom('Larkmere Close', 'A', 'The lane behind the old waterworks'),
    });
    const property = fc.property(wishes, (wish) => {
      const { shapes } = drawSketch(gazetteer, wish);
      const labels = of(shapes, 'label');
      for (const [at, { box, size: height }] of labels.entries()) {
        expect(height).toBeGreaterThanOrEqual(12);
        expect(
          Math.min(box.left, box.top, wish.width - box.right, wish.height - box.bottom),
        ).toBeGreaterThanOrEqual(0);
        for (const other of labels.slice(at + 1)) expect(boxesOverlap(box, other.box)).toBe(false);
      }
      for (const { x, y } of of(shapes, 'line').flatMap(({ points }) => points)) {
        expect(x).toBeGreaterThanOrEqual(-0.1);
        expect(x).toBeLessThanOrEqual(wish.width + 0.1);
        expect(y).toBeGreaterThanOrEqual(-0.1);
        expect(y).toBeLessThanOrEqual(wish.height + 0.1);
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('PL-51: another position has a circle of its own, where it stands', () => {
    const { shapes } = drawSketch(gazetteer, {
      ...size,
      place: { latitude: 51.9, longitude: -0.25 },
      radiusMetres: 22,
      others: [{ point: { latitude: 51.9, longitude: -0.26 }, name: 'Mast', radiusMetres: 500 }],
      spanMetres: 6000,
    });
    const [mast, own] = of(shapes, 'circle');
    const perPixel = 6000 / Math.min(size.width, size.height);
    expect(mast?.radius).toBeCloseTo(500 / perPixel, 1);
    expect(mast?.x).toBeLessThan(own?.x ?? 0);
    expect(own).toMatchObject({ x: size.width / 2, y: size.height / 2 });
  });

  it('PL-50: each boundary is drawn once', () => {
    const { shapes } = drawSketch(gazetteer, {
      ...size,
      place: { latitude: 51.9, longitude: -0.2 },
      spanMetres: 5000,
    });
    expect(of(shapes, 'line').filter(({ look }) => look === 'district-border')).toHaveLength(1);
  });

  it('PL-53: beyond the file it still draws, and says that it is beyond', () => {
    const { sentence, shapes } = drawSketch(gazetteer, { ...size, place: { latitude: 55, longitude: -3 } });
    expect(sentence).toContain('beyond the map');
    expect(of(shapes, 'line')).toEqual([]);
  });
});

import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { buildGazetteer } from '../../../shared/domain/place/gazetteer.ts';
import { drawSketch } from '../../../shared/domain/place/sketch.ts';
import { SketchMap } from './sketch-map.tsx';

const sketch = drawSketch(buildGazetteer(somePlaces()), {
  width: 420,
  height: 300,
  place: { latitude: 51.9, longitude: -0.25 },
  name: 'Larkmere Close',
  radiusMetres: 900,
  others: [{ point: { latitude: 51.91, longitude: -0.26 }, name: 'Mast' }],
  spanMetres: 12_000,
});

test('PL-53: the drawing is one picture whose name is the sentence, with what its data is below', () => {
  render(<SketchMap {...sketch} />);
  const picture = screen.getByRole('img', { name: sketch.sentence });
  expect(picture.getAttribute('viewBox')).toBe('0 0 420 300');
  expect(screen.getByText('Made up for tests.')).toBeTruthy();
});

test('PL-50: what the domain draws is painted: each line, mark, circle, name and the scale', () => {
  const { container } = render(<SketchMap {...sketch} />);
  const count = (kind: string): number => sketch.shapes.filter((shape) => shape.kind === kind).length;
  const texts = [...container.querySelectorAll('text')].map(({ textContent }) => textContent);
  expect(texts).toEqual(expect.arrayContaining(['Larkmere Close', 'Mast', 'A1(M)', 'A414', '2 km']));
  expect(texts).toHaveLength(count('label') + 1);
  // A motorway is two lines, one in the other, so that it is told without colour.
  const motorways = sketch.shapes.filter(
    (shape) => shape.kind === 'line' && shape.look === 'motorway',
  ).length;
  expect(motorways).toBeGreaterThan(0);
  expect(container.querySelectorAll('polyline')).toHaveLength(count('line') + motorways);
});

test('PL-52: every name is written at twelve pixels or more', () => {
  const { container } = render(<SketchMap {...sketch} />);
  const sizes = [...container.querySelectorAll('text[font-size]')].map((text) =>
    Number(text.getAttribute('font-size')),
  );
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
});

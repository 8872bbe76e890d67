import { describe, expect, it } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { buildGazetteer } from './gazetteer.ts';
import { nearWords } from './nearest-place.ts';

const gazetteer = buildGazetteer(somePlaces());
const near = (latitude: number, longitude: number, radius: number | null) =>
  nearWords(gazetteer, { latitude, longitude }, radius);

describe('a position without a name', () => {
  it('PL-63: is named by what is nearest, and never by a house', () => {
    expect(near(51.9052, -0.3051, 22)).toBe('near Larkmere Close, Westham');
    expect(near(51.9002, -0.1021, 22)).toBe('near High Street, Eastham');
    expect(near(51.95, -0.2501, 22)).toBe('near A1(M) J4, Westham');
  });

  it('PL-63: nothing smaller than its circle is named, and nothing far away', () => {
    expect(near(51.9052, -0.3051, 2800)).toBe('near Westham');
    expect(near(51.9052, -0.3051, null)).toBe('near Westham');
    expect(near(51.98, -0.35, 22)).toBe('near Westham');
    expect(
      nearWords(buildGazetteer(somePlaces({ towns: [] })), { latitude: 51.98, longitude: -0.35 }, 22),
    ).toBeNull();
  });
});

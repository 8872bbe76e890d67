import { describe, expect, it } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { areasAt, boundaryWarning, buildAreas, ringOf } from './areas.ts';

const map = buildAreas(somePlaces());
const at = (latitude: number, longitude: number, radius = 0) => areasAt(map, { latitude, longitude }, radius);

describe('whose a place is', () => {
  it('PL-20: a point has its district, its nearest neighbourhood within it, and its force', () => {
    expect(at(51.96, -0.21)).toEqual({
      force: { id: 'home', name: 'Home Police', short: 'Home', isHome: true },
      district: { id: 'west', name: 'West', council: 'West Council' },
      neighbourhood: 'West Upper',
      crosses: [],
    });
    // Nearer to the centre of East, but not in East.
    expect(at(51.91, -0.205).neighbourhood).toBe('West Upper');
    expect(at(52.1, -0.2)).toMatchObject({
      force: { name: 'Northfield Police', isHome: false },
      district: null,
      neighbourhood: null,
    });
    expect(at(53, -0.2)).toEqual({ force: null, district: null, neighbourhood: null, crosses: [] });
  });

  it('PL-22: a circle over a boundary names both sides, the nearer boundary first', () => {
    const { crosses } = at(51.999, -0.202, 200);
    expect(crosses).toEqual([
      { kind: 'force', here: 'Home Police', beyond: 'Northfield Police', metres: 111 },
      { kind: 'district', here: 'West', beyond: 'East', metres: 137 },
    ]);
    expect(at(51.999, -0.202, 100).crosses).toEqual([]);
  });

  it('PL-22: a handler is told of another force, and never told to turn the call away', () => {
    expect(boundaryWarning(at(51.9, -0.3, 50))).toBeNull();
    expect(boundaryWarning(at(51.999, -0.3, 200))).toBe(
      'This may be Northfield Police: the circle crosses the boundary. Ask which side.',
    );
    expect(boundaryWarning(at(52.1, -0.3, 50))).toBe(
      'This is Northfield Police. Take the call fully, then pass it on and stay until it is accepted.',
    );
    expect(boundaryWarning(at(52.001, -0.3, 200))).toContain('and may be Home Police. Take the call fully');
    expect(boundaryWarning(at(53, -0.3, 50))).toBe(
      'This is beyond the map. Ask for the county and the nearest town.',
    );
  });

  it('PL-21: borders join whichever way each was drawn, and a ring that stays open is none', () => {
    const { borders } = somePlaces();
    const named = (ids: readonly string[]) =>
      ids.flatMap((id) => borders.filter((border) => border.id === id));
    expect(ringOf(named(['east-north', 'east-edge', 'east-south', 'middle']))).toHaveLength(4);
    expect(ringOf(named(['east-north', 'east-edge', 'east-south']))).toBeNull();
    expect(ringOf(named(['east-north', 'west-south']))).toBeNull();
    expect(ringOf([])).toBeNull();
  });

  it('PL-50: a line is a boundary when something lies on both its sides', () => {
    expect(map.borders.map(({ kind }) => kind).toSorted()).toEqual([
      'district',
      'force',
      'force',
      'force',
      'force',
    ]);
  });
});

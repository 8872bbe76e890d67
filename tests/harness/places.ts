import type { PlacesPolicy, Spot, Street } from '../../src/shared/domain/policy/places.ts';

/**
 * A county in which everything can be worked out by hand: a square of two districts, West and East, with Northfield's force above it and
 * Southfield's below. One road crosses it from west to east.
 */
export function somePlaces(over: Partial<PlacesPolicy> = {}): PlacesPolicy {
  const nw: Spot = [52, -0.4];
  const n: Spot = [52, -0.2];
  const ne: Spot = [52, 0];
  const sw: Spot = [51.8, -0.4];
  const s: Spot = [51.8, -0.2];
  const se: Spot = [51.8, 0];
  return {
    version: 'places-test-1',
    owner: 'Head of Force Communications Room',
    review: '2027-05-31',
    note: 'Made up for tests.',
    borders: [
      { id: 'west-north', line: [nw, n] },
      { id: 'east-north', line: [n, ne] },
      // Drawn from south to north, so that an outline has to turn it.
      { id: 'east-edge', line: [se, ne] },
      { id: 'east-south', line: [s, se] },
      { id: 'west-south', line: [s, sw] },
      { id: 'west-edge', line: [sw, nw] },
      { id: 'middle', line: [s, n] },
      { id: 'north-edge', line: [nw, [52.2, -0.4], [52.2, 0], ne] },
      { id: 'south-edge', line: [sw, [51.6, -0.4], [51.6, 0], se] },
    ],
    forces: [
      {
        id: 'home',
        name: 'Home Police',
        short: 'Home',
        isHome: true,
        outline: ['west-north', 'east-north', 'east-edge', 'east-south', 'west-south', 'west-edge'],
      },
      {
        id: 'northfield',
        name: 'Northfield Police',
        short: 'Northfield',
        isHome: false,
        outline: ['west-north', 'east-north', 'north-edge'],
      },
      {
        id: 'southfield',
        name: 'Southfield Police',
        short: 'Southfield',
        isHome: false,
        outline: ['west-south', 'east-south', 'south-edge'],
      },
    ],
    districts: [
      {
        id: 'west',
        name: 'West',
        council: 'West Council',
        outline: ['west-north', 'middle', 'west-south', 'west-edge'],
      },
      {
        id: 'east',
        name: 'East',
        council: 'East Council',
        outline: ['east-north', 'east-edge', 'east-south', 'middle'],
      },
    ],
    neighbourhoods: [
      { name: 'West Upper', district: 'west', centre: [51.95, -0.3] },
      { name: 'West Lower', district: 'west', centre: [51.85, -0.3] },
      { name: 'East', district: 'east', centre: [51.9, -0.1] },
    ],
    towns: [
      { name: 'Westham', district: 'west', postcodes: ['SG1'], centre: [51.9, -0.3] },
      { name: 'Eastham', district: 'east', postcodes: ['SG2'], centre: [51.9, -0.1] },
      { name: 'St Osyn', district: 'east', postcodes: ['SG3'], centre: [51.85, -0.05] },
      { name: 'Northfield', force: 'northfield', postcodes: ['SG9'], centre: [52.1, -0.2] },
    ],
    roads: [
      {
        number: 'A1(M)',
        directions: ['northbound', 'southbound'],
        firstKilometre: 20,
        junctions: [
          { name: 'J3', place: 'Westham', at: [51.85, -0.25] },
          { name: 'J4', place: 'Westham', at: [51.95, -0.25] },
        ],
        line: [
          [51.8, -0.25],
          [52, -0.25],
        ],
      },
      {
        number: 'A414',
        directions: ['towards Eastham', 'towards Westham'],
        junctions: [{ name: 'with A1(M) J3', place: 'Westham', at: [51.9, -0.25] }],
        line: [
          [51.9, -0.4],
          [51.9, 0],
        ],
      },
    ],
    landmarks: [
      { kind: 'station', name: 'Westham station', town: 'Westham', at: [51.901, -0.301] },
      { kind: 'bridge', name: 'Bridge over the A1(M)', town: 'Westham', at: [51.92, -0.25] },
    ],
    streets: [
      {
        uprn: '999900000001',
        name: 'Larkmere Close',
        town: 'Westham',
        postcode: 'SG1 9VO',
        at: [51.905, -0.305],
      },
      { uprn: '999900000002', name: 'High Street', town: 'Westham', postcode: 'SG1 9KC', at: [51.9, -0.302] },
      { uprn: '999900000003', name: 'High Street', town: 'Eastham', postcode: 'SG2 9KC', at: [51.9, -0.102] },
      {
        uprn: '999900000004',
        name: "Hobbin's Lane",
        town: 'St Osyn',
        postcode: 'SG3 9CV',
        at: [51.852, -0.051],
      },
    ],
    addresses: [
      {
        uprn: '999900000005',
        house: '12',
        street: 'High Street',
        town: 'Eastham',
        postcode: 'SG2 9KC',
        at: [51.9002, -0.1021],
      },
    ],
    ...over,
  };
}

/** The same county with very many more streets: as many to a name, and as many names, as a real county has. */
export function manyPlaces(count: number): PlacesPolicy {
  const few = somePlaces();
  const firsts =
    'Ash Birch Cedar Damson Elder Fern Gorse Hazel Iris Juniper Larch Maple Oak Pine Rowan Sorrel Teasel Willow Yew Alder'.split(
      ' ',
    );
  const seconds =
    'bank brook combe croft dale field ford gate grove hurst leigh mere mill ridge stead thorpe vale wick wood worth'.split(
      ' ',
    );
  const lasts = ['Road', 'Street', 'Close', 'Lane', 'Way', 'Court', 'Avenue', 'Drive', 'Gardens', 'Crescent'];
  const towns = few.towns.map(({ name }) => name);
  const streets = Array.from({ length: count }, (_, n): Street => {
    const first = firsts[n % 20] ?? '';
    const second = seconds[Math.floor(n / 20) % 20] ?? '';
    const last = lasts[Math.floor(n / 400) % 10] ?? '';
    return {
      uprn: String(999_910_000_000 + n),
      // Beyond four thousand names, each again with a number of its own, as estates have.
      name: `${first}${second} ${last}${n < 16_000 ? '' : ` ${n}`}`,
      town: towns[Math.floor(n / 4000) % towns.length] ?? 'Westham',
      postcode: 'SG1 9VO',
      at: [51.81 + (n % 180) / 1000, -0.39 + (Math.floor(n / 180) % 180) / 1000],
    };
  });
  return { ...few, streets: [...few.streets, ...streets] };
}

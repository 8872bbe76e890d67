import { describe, expect, it } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import { findPlaces } from './find-place.ts';
import { buildGazetteer } from './gazetteer.ts';
import { readBack } from './read-back.ts';

const gazetteer = buildGazetteer(somePlaces());
const say = (query: string, spell = false): string => {
  const [place] = findPlaces(gazetteer, query);
  if (place === undefined) throw new Error(`${query} is not found`);
  return readBack(place, { spell });
};

describe('reading a place back', () => {
  it('PL-30: the name, the town and the district are read back, and the force when it is another’s', () => {
    expect(say('Larkmere Close')).toBe(
      'Say back: Larkmere Close, in Westham, West district. Which number, and what is it next to?',
    );
    expect(say('Northfield')).toBe(
      'Say back: Northfield, which is Northfield Police. Which road, and what is it next to?',
    );
    expect(say('Westham station')).toBe(
      'Say back: Westham station, in Westham, West district. Is that right?',
    );
  });

  it('PL-31: the direction is read back when known, and asked when not', () => {
    expect(say('A1(M) J4')).toBe(
      'Say back: A1(M) J4, near Westham, West district. Which way: northbound, or southbound?',
    );
    expect(say('A414')).toBe(
      'Say back: A414. Which way: towards Eastham, or towards Westham? Near which town or junction?',
    );
    expect(say('A1(M) A 30.0')).toBe(
      'Say back: marker post A1(M) A 30.0, northbound, near Westham, West district. Is that right?',
    );
  });

  it('PL-32: other towns with a road of that name are named in the question', () => {
    expect(say('14 High Street, Eastham')).toBe(
      'Say back: 14 High Street, in Eastham, East district. High Street is also in Westham: is it Eastham?',
    );
    expect(say('12 High Street, Eastham')).toContain('That street is also in Westham: is it Eastham?');
  });

  it('PL-33: a name is spelled on demand, and a grid reference always', () => {
    expect(say('Larkmere Close', true)).toContain(
      'That is Lima Alpha Romeo Kilo Mike Echo Romeo Echo, next word, Charlie Lima Oscar Sierra Echo.',
    );
    expect(say("Hobbin's Lane", true)).toContain(
      'That is Hotel Oscar Bravo Bravo India November Sierra, next word',
    );
    expect(say('TL 234 123')).toMatch(/^Say back: grid reference Tango Lima, 2 3 4, 1 2 3, near /);
    expect(say('51.9, -0.3001')).toMatch(
      /^Say back: latitude 51\.9000, longitude minus 0\.3001, near Westham/,
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlaceText } from './place-text.ts';

describe('what is typed for a place', () => {
  it('PL-01: each form is recognised, however it is written', () => {
    const kinds = (texts: readonly string[]) => texts.map((text) => readPlaceText(text).kind);
    expect(kinds(['', '  '])).toEqual(['empty', 'empty']);
    expect(kinds(['SG1 9VO', 'sg19vo', 'SG1', 'HP23', 'AL10'])).toEqual(Array(5).fill('postcode'));
    expect(kinds(['TL 234 123', 'tl2341', 'TL2340012300'])).toEqual(Array(3).fill('grid-reference'));
    expect(
      kinds(['51.9031, -0.1894', '51.9031 -0.1894', '51.9031N 0.1894W', `51°54'11"N 0°11'22"W`]),
    ).toEqual(Array(4).fill('coordinates'));
    expect(kinds(['High Street', '12 Mill Lane, Ware', 'the park', 'M&S', 'Flat 4'])).toEqual(
      Array(5).fill('words'),
    );
    expect(kinds(['A414', 'a41', 'M25', 'A10 northbound', 'B653 by the river'])).toEqual(
      Array(5).fill('road'),
    );
  });

  it('PL-03: a position is read to the same point in each form', () => {
    for (const text of ['51.9031, -0.1894', '51.9031 N, 0.1894 W'])
      expect(readPlaceText(text)).toEqual({
        kind: 'coordinates',
        point: { latitude: 51.9031, longitude: -0.1894 },
      });
  });

  it('PL-03: a position that is not in Britain or the wrong way round is refused, never turned about', () => {
    expect(readPlaceText('-0.1894, 51.9031')).toEqual({
      kind: 'refused',
      reason: 'Latitude and longitude stand the wrong way round. Write the one near 51 first.',
    });
    expect(readPlaceText('40.7128, -74.0060')).toMatchObject({ kind: 'refused' });
  });

  it('PL-04: what3words stay words, with or without their strokes', () => {
    for (const text of [
      '///Filled.Count.Soap',
      'filled.count.soap',
      'https://what3words.com/filled.count.soap',
      'what3words filled.count.soap',
      'w3w: filled count soap',
      'she says ///filled.count.soap',
    ])
      expect(readPlaceText(text)).toEqual({ kind: 'what3words', words: 'filled.count.soap' });
  });

  it('PL-05: a driver location sign and a marker post say road, side and kilometre', () => {
    const sign = { kind: 'marker-post', road: 'M25', carriageway: 'A', kilometre: 123.4 };
    for (const text of ['M25 A 123.4', 'm25a 123.4', 'M25/A/123.4', 'M25 marker post A 123.4'])
      expect([text, readPlaceText(text)]).toEqual([text, sign]);
    const post = { kind: 'marker-post', road: 'M1', carriageway: null, kilometre: 34.5 };
    for (const text of [
      'M1 34/5',
      'M1 P 34/5',
      'M1 marker post 34/5',
      'marker post 34/5 on the M1',
      'M1 at 34.5',
    ])
      expect([text, readPlaceText(text)]).toEqual([text, post]);
    expect(readPlaceText('A1(M) B 37.2')).toEqual({
      kind: 'marker-post',
      road: 'A1(M)',
      carriageway: 'B',
      kilometre: 37.2,
    });
  });

  it('PL-06: a junction is read in every way it is said, and so are two', () => {
    const one = { kind: 'junction', road: 'A1(M)', junction: 'J4', until: null };
    for (const text of ['A1(M) J4', 'A1M J4', 'a1 m junction 4', 'junction 4 of the A1M', 'A1(M) at jct 4'])
      expect([text, readPlaceText(text)]).toMatchObject([text, one]);
    expect(readPlaceText('between J3 and J4')).toMatchObject({ road: null, junction: 'J3', until: 'J4' });
    expect(readPlaceText('M25 between junctions 21A and 22')).toMatchObject({
      road: 'M25',
      junction: 'J21A',
      until: 'J22',
    });
  });

  it('PL-08: easting and northing of six figures each are a position near the county, and a UPRN elsewhere', () => {
    const place = { kind: 'grid-reference', reference: 'TL 23800 13000', squareMetres: 1 };
    for (const text of ['523800 213000', '523800, 213000', '523800/213000', '523800,213000'])
      expect([text, readPlaceText(text)]).toMatchObject([text, place]);
    expect(readPlaceText('323800 213000')).toEqual({ kind: 'uprn', uprn: '323800213000' });
    expect(readPlaceText('523800 713000')).toEqual({ kind: 'uprn', uprn: '523800713000' });
    expect(readPlaceText('523800213000')).toEqual({ kind: 'uprn', uprn: '523800213000' });
  });

  it('PL-08: a telephone number is not a UPRN', () => {
    expect(readPlaceText('999900000001')).toEqual({ kind: 'uprn', uprn: '999900000001' });
    expect(readPlaceText('UPRN 12345')).toEqual({ kind: 'uprn', uprn: '12345' });
    expect(['07700 900114', '01632 960133', '999', '101'].map((text) => readPlaceText(text).kind)).toEqual(
      Array(4).fill('words'),
    );
  });

  it('PL-01: any text at all is read as something', () => {
    const property = fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      expect(readPlaceText(text).kind).not.toBe('');
    });
    fc.assert(property, { numRuns: 500 });
  });
});

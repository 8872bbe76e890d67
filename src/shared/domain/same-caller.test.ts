import { describe, expect, it } from 'vitest';
import { callerKeys, isSameHouse, nationalDigits, plainLetters, sameCaller } from './same-caller.ts';

const nobody = { name: null, number: null, address: null };
const number = (one: string) => callerKeys({ ...nobody, number: one }).number;
const address = (one: string) => callerKeys({ ...nobody, address: one }).address;
const name = (one: string) => callerKeys({ ...nobody, name: one }).name;

describe('the same caller', () => {
  it('W-21: a number is the same however it is written, with the code of the country or without', () => {
    const written = [
      '07700 900114',
      '07700900114',
      '+447700900114',
      '+44 (0)7700 900 114',
      '0044 7700-900114',
      '447700900114',
    ];
    expect(new Set(written.map(number))).toEqual(new Set(['07700900114']));
  });

  it('W-21: a number of another country is the same with + and with 00, and never a British one', () => {
    expect(['+48 601 234 567', '0048 601 234 567', '0601 234 567'].map(number)).toEqual([
      '48601234567',
      '48601234567',
      '0601234567',
    ]);
  });

  it('W-21: what stands behind the number is not part of it', () => {
    expect(['01707 960001 ext 12', '01707 960001'].map(number)).toEqual(['01707960001', '01707960001']);
  });

  it('AS-27: a house is the same with its postcode and without, not under another postcode, number or road', () => {
    const [full, bare] = [
      address('12 Coldharbour Yard, Ware SG12 9MO'),
      address('12 Coldharbour Yard, Ware'),
    ];
    const others = [
      '12 Coldharbour Yard, Ware SG12 9VC',
      '2 Coldharbour Yard, Ware',
      '12 Coldharbour Lane, Ware',
    ];
    const is = (one: string | null, other: string | null) => isSameHouse(one ?? 'none', other ?? 'no other');
    expect([is(full, bare), is(bare, full), is(full, full)]).toEqual([true, true, true]);
    expect(others.map((other) => is(full, address(other)))).toEqual([false, false, false]);
  });

  it('W-21: a withheld number, one that says nothing and a service is nobody’s', () => {
    const none = ['', ' ', 'withheld', 'Anonymous', 'Unknown', '+', '00000000000', '999', '101', '12345'];
    expect(none.map(number)).toEqual(none.map(() => null));
  });

  it('W-21: an address is the same whatever its capitals, accents, stops and spaces', () => {
    const written = [
      '12 Fretherne Road, AL8 6NS',
      '12, fretherne road. al8 6ns',
      '12  FRETHÈRNE ROAD AL8 6NS',
    ];
    expect(new Set(written.map(address))).toEqual(new Set(['12 fretherne road al8 6ns']));
    expect([address('12 A Mill Lane'), address('12a Mill Lane')]).toEqual(['12a mill lane', '12a mill lane']);
  });

  it('W-21: another house number is another address', () => {
    const houses = ['12 Mill Lane', '14 Mill Lane', '1, 2 Mill Lane', '12a Mill Lane', 'Flat 1, 2 Mill Lane'];
    expect(new Set(houses.map(address)).size).toBe(houses.length);
  });

  it('W-21: a road without a house number is no address; a postcode is not a house number', () => {
    const roads = ['', 'Fretherne Road', 'Fretherne Road, AL8 6NS', 'near the station', '12', 'unknown'];
    expect(roads.map(address)).toEqual(roads.map(() => null));
  });

  it('W-21: a name is the same in any order, with a title or without, whatever its capitals and accents', () => {
    const written = ['Łukasz Nowak', 'NOWAK, Lukasz', 'Mr Łukasz Nowak', 'lukasz  nowak'];
    expect(new Set(written.map(name))).toEqual(new Set(['lukasz nowak']));
    expect([name("Siân O'Brien"), name('Sian O’Brien'), name('Sian OBrien')]).toEqual(
      Array.from({ length: 3 }, () => 'obrien sian'),
    );
  });

  it('W-21: one word, an initial, and what is written for a name that is not known is nobody’s', () => {
    const none = [
      '',
      'Robin',
      'Mr Marsh',
      'R Marsh',
      'Unknown',
      'Name not given',
      'Anonymous caller',
      'name withheld',
    ];
    expect(none.map(name)).toEqual(none.map(() => null));
  });

  it('W-21: what is not known is the same as nothing', () => {
    const keys = callerKeys(nobody);
    expect(sameCaller(keys, keys)).toEqual([]);
  });

  it('W-21: all that two share is said', () => {
    const one = callerKeys({ name: 'Robin Marsh', number: '07700 900114', address: '12 Mill Lane' });
    const other = callerKeys({ name: 'Robin Marsh', number: '+447700900114', address: '14 Mill Lane' });
    expect([sameCaller(one, other), sameCaller(one, one)]).toEqual([
      ['same-number', 'same-name'],
      ['same-number', 'same-address', 'same-name'],
    ]);
  });
});

describe('one way of writing', () => {
  it('W-20: accents and capitals make no difference, also where a letter has no accent to take off', () => {
    expect(['ŁÓDŹ', 'Straße', 'STRASSE', 'Æsop', 'Ångström', 'İzmir', 'ＡＢＣ'].map(plainLetters)).toEqual([
      'lodz',
      'strasse',
      'strasse',
      'aesop',
      'angstrom',
      'izmir',
      'abc',
    ]);
  });

  it('W-20: a number typed in part is what was typed', () => {
    expect(['900114', '0770', '4477', '+4477'].map(nationalDigits)).toEqual([
      '900114',
      '0770',
      '4477',
      '077',
    ]);
  });
});

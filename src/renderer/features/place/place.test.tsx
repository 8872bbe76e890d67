import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { somePlaces } from '../../../../tests/harness/places.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, START } from '../../testing/builders.ts';
import { note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const field = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Where is it?' });
const lines = () => screen.getAllByRole('option').map((line) => line.textContent);
const chosen = () => screen.queryByRole('option', { selected: true })?.textContent ?? null;
const sheet = () => screen.getByRole('region', { name: 'Find the place' });
const readBack = () => screen.getByRole('group', { name: 'Read back' });
const facts = () =>
  within(screen.getByRole('article', { name: 'Facts' })).getByRole('region', { name: 'Place' });

const call = aContact({ n: 1, channel: '101-voice', place: null });
const aml = (more: Partial<Location> = {}): Location => ({
  method: 'aml',
  latitude: 51.9032,
  longitude: -0.1895,
  radiusMetres: 22,
  place: null,
  at: asInstant(START - 17_000),
  ...more,
});

/** Opens the only contact, and the sheet over it. */
async function find(over: Partial<typeof call> = {}): Promise<Rendered> {
  rendered = await renderWindow({ contacts: [{ ...call, ...over }] });
  await openFirst(rendered);
  await press('l', rendered);
  await rendered.settle();
  return rendered;
}

async function told(window: Rendered, location: Location): Promise<void> {
  const seen = window.bridge.contact(call.id);
  window.bridge.arrive({
    ...seen,
    rev: seen.rev + 1,
    place: location.place ?? seen.place,
    locations: [...seen.locations, location],
  });
  await window.settle();
}

const spots = ({ bridge }: Rendered) => bridge.contact(call.id).spots;

describe('finding', () => {
  test('PL-10, PL-62: from the open contact, a few letters, Enter and y: the place is agreed', async () => {
    const window = await find();
    expect(document.activeElement).toBe(field());
    await press('larkm', window);
    expect(chosen()).toContain('Larkmere Close, Stevenage');
    expect(chosen()).toContain('street');
    for (const words of ['Stevenage district', 'Hertfordshire Constabulary', 'begins with what was typed'])
      expect(sheet().textContent).toContain(words);
    await press('{Enter}', window);
    expect(document.activeElement).toBe(readBack());
    expect(readBack().textContent).toContain('Say back: Larkmere Close, in Stevenage.');
    await press('y', window);
    expect(spots(window)).toMatchObject([
      { words: 'Larkmere Close, Stevenage', detail: '', readBack: true, point: { latitude: 51.9031 } },
    ]);
    expect(screen.queryByRole('combobox', { name: 'Where is it?' })).toBeNull();
    expect(window.bridge.draft(call.id)?.sheets?.['place']).toBeUndefined();
    expect(facts().textContent).toContain('Agreed: Larkmere Close, Stevenage');
    expect(facts().textContent).toContain('read back 14:05:00 by desk 14');
  });

  test('PL-11: a road that two towns have is listed for each; the arrow chooses the other', async () => {
    const window = await find();
    await press('high street', window);
    const streets = lines().filter((line) => line?.startsWith('High Street, '));
    expect(new Set(streets.map((line) => line?.split(', ')[1]?.split(' ')[0])).size).toBe(streets.length);
    expect(streets.length).toBeGreaterThan(1);
    const first = chosen();
    await press('{ArrowDown}', window);
    expect(chosen()).not.toBe(first);
    expect(field().value).toBe('high street');
    await press('{ArrowUp}', window);
    expect(chosen()).toBe(first);
  });

  test('PL-61: what the source told is offered under the empty field, never in it, and is nobody’s choice yet', async () => {
    const window = await find({ place: 'Larkmere Close, Stevenage' });
    expect(field().value).toBe('');
    expect(sheet().textContent).toContain('Told so far: Larkmere Close, Stevenage');
    expect(chosen()).toBeNull();
    await press('{Enter}', window);
    expect(screen.queryByRole('group', { name: 'Read back' })).toBeNull();
    await press('{ArrowDown}{Enter}', window);
    expect(readBack().textContent).toContain('Larkmere Close');
  });

  test('PL-60: a location that comes late stands in its own line and moves nothing; Alt+1 takes it', async () => {
    const window = await find();
    await press('high st', window);
    await press('{ArrowDown}{ArrowDown}', window);
    field().setSelectionRange(2, 2);
    const before = { lines: lines(), chosen: chosen() };
    expect(sheet().textContent).toContain('No machine has told a location.');
    // It has a name too, and is nearer to another High Street.
    await told(window, aml({ place: 'Larkmere Close, Stevenage' }));
    expect(sheet().textContent).toContain('AML 22 m, 17 s ago: Larkmere Close, Stevenage');
    expect({ lines: lines(), chosen: chosen() }).toEqual(before);
    expect(field().value).toBe('high st');
    expect([field().selectionStart, field().selectionEnd]).toEqual([2, 2]);
    expect(document.activeElement).toBe(field());
    await press('{Alt>}1{/Alt}', window);
    expect(readBack().textContent).toContain('Say back: Larkmere Close, Stevenage. Where exactly are you');
    expect(field().value).toBe('high st');
    await press('{Escape}', window);
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('high st');
  });

  test('PL-63: coordinates get words, in the sheet and beside the contact', async () => {
    const window = await find({ locations: [aml()] });
    expect(sheet().textContent).toContain('near Larkmere Close, Stevenage');
    await press('{Escape}', window);
    expect(facts().textContent).toContain('near Larkmere Close, Stevenage');
  });

  test('PL-04, PL-65: what3words are kept as words, with the advice, and without a position', async () => {
    const window = await find();
    await press('///filled.count.soap', window);
    expect(sheet().textContent).toContain('Only the what3words service can say where');
    await press('{Enter}', window);
    await press('y', window);
    expect(spots(window)).toMatchObject([{ words: '///filled.count.soap', point: null }]);
  });

  test('Y-05: another file of places counts from the moment it is there, and nothing typed is lost', async () => {
    const window = await find();
    await press('larkmere close', window);
    expect(chosen()).toContain('Stevenage');
    act(() => window.bridge.policies.serve('places', somePlaces({ version: 'places-test-2' })));
    await window.settle();
    expect(field().value).toBe('larkmere close');
    expect(chosen()).toContain('Westham');
    await press('{Enter}', window);
    expect(readBack().textContent).toContain('Say back: Larkmere Close, in Westham, West district.');
  });

  test('Y-08: a desk without a file of places says so, and keeps what is typed', async () => {
    const window = await renderWindow({ contacts: [call] });
    rendered = window;
    window.bridge.policies.missing.add('places');
    await openFirst(window);
    await press('l', window);
    expect(sheet().textContent).toContain('This desk has no places yet. Words can be kept');
    await press('14 Behind the weir{Control>}{Enter}{/Control}', window);
    expect(spots(window)).toMatchObject([{ words: 'Behind the weir', detail: '14', readBack: false }]);
  });
});

describe('reading back', () => {
  test('PL-22: a place in Enfield says whose it is, and that the call is taken all the same', async () => {
    const window = await find();
    await press('fallowgate{Enter}', window);
    expect(readBack().textContent).toContain(
      'This is in Enfield: the Met’s. Take the call fully, then Shift+T passes it on.',
    );
    await press('y', window);
    expect(spots(window)).toMatchObject([{ words: 'Fallowgate Parade, Enfield', readBack: true }]);
  });

  test('PL-64: what is exact has a field of its own, and a house goes with it; Enter leads there and back', async () => {
    const window = await find();
    await press('14 larkmere close{Enter}', window);
    await press('{Enter}', window);
    expect(document.activeElement).toBe(within(readBack()).getByRole('textbox'));
    await press('first floor, y not', window);
    await press('{Enter}', window);
    expect(document.activeElement).toBe(readBack());
    await press('y', window);
    expect(spots(window)).toMatchObject([
      { words: 'Larkmere Close, Stevenage', detail: '14, first floor, y not' },
    ]);
    expect(facts().textContent).toContain('14, first floor, y not');
  });

  test('PL-62: n changes it, with the words as they were; Ctrl+Enter keeps without reading back, and it says so', async () => {
    const window = await find();
    await press('larkm{Enter}n', window);
    expect(document.activeElement).toBe(field());
    expect(field().value).toBe('larkm');
    await press('{Control>}{Enter}{/Control}', window);
    expect(spots(window)).toMatchObject([{ words: 'Larkmere Close, Stevenage', readBack: false }]);
    expect(facts().textContent).toContain('not read back, 14:05:00 by desk 14');
  });

  test('PL-31, PL-33: a road asks for its direction, which a digit answers; Alt+S spells', async () => {
    const window = await find();
    await press('A1(M) J7{Enter}', window);
    expect(readBack().textContent).toContain('Which way: northbound, or southbound?');
    await press('2', window);
    expect(readBack().textContent).toContain('southbound, near');
    await press('n', window);
    await press('{Control>}a{/Control}larkmere close{Enter}', window);
    expect(readBack().textContent).not.toContain('Lima Alpha');
    await press('{Alt>}s{/Alt}', window);
    expect(readBack().textContent).toContain('Lima Alpha Romeo Kilo');
  });

  test('X-09, W-06: Esc discards nothing, and the half-found place is there again', async () => {
    const window = await find();
    await press('larkm{Enter}', window);
    await press('{Escape}{Escape}', window);
    expect(screen.queryByRole('combobox', { name: 'Where is it?' })).toBeNull();
    await window.pass(1_000);
    await press('l', window);
    expect(field().value).toBe('larkm');
    expect(document.activeElement).toBe(field());
    await press('{Escape}n', window);
    expect(document.activeElement).toBe(note());
  });

  test('PL-50: the map shows the chosen place with what a machine told beside it; what is far away is told in words', async () => {
    const window = await find({ locations: [aml({ latitude: 51.915 })] });
    await press('larkmere close', window);
    const map = (name: RegExp) => within(sheet()).getByRole('img', { name }).textContent;
    expect(map(/^Sketch map of Larkmere Close, Stevenage/)).toContain('AML 22 m');
    expect(sheet().textContent).not.toContain('from the place chosen');
    await press('{Control>}a{/Control}fallowgate', window);
    const afar = map(/^Sketch map of Fallowgate Parade, Enfield/);
    expect(afar).toContain('Fallowgate Parade, Enfield');
    expect(afar).not.toContain('AML');
    expect(sheet().textContent).toContain('AML 22 m is 29 km from the place chosen: ask which.');
  });
});

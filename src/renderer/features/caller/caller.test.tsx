import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { aContact } from '../../testing/builders.ts';
import { openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = aContact({
  n: 1,
  channel: '999-voice',
  title: '999 call from a mobile',
  caller: { name: null, number: '07700 900114', address: null },
});
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const facts = () =>
  within(screen.getByRole('article', { name: 'Facts' })).getByRole('region', { name: 'Caller' }).textContent;

async function begin(): Promise<Rendered> {
  rendered = await renderWindow({ contacts: [call] });
  await openFirst(rendered);
  await press('i', rendered);
  await rendered.settle();
  return rendered;
}

describe('the sheet of the caller', () => {
  test('R-24: one key, the words, Enter from field to field: row, heading and facts say who it is', async () => {
    const window = await begin();
    expect(document.activeElement).toBe(field('Caller’s name'));
    await press('Imogen Vale{Enter}01632 960333{Enter}4 Orchard Way{Enter}', window);
    await press('{Control>}a{/Control}Neighbour shouts{Enter}{Enter}', window);
    await window.settle();
    const { title, caller } = window.bridge.contact(call.id);
    expect([title, caller]).toEqual([
      'Neighbour shouts',
      { name: 'Imogen Vale', number: '07700 900114', address: '4 Orchard Way' },
    ]);
    expect(screen.queryByRole('region', { name: 'Caller' })?.getAttribute('data-focus')).not.toBe('sheet');
    expect(facts()).toMatch(/Imogen Vale.*07700 900114.*Also.*01632 960333.*4 Orchard Way/);
    expect(screen.getByRole('heading', { name: 'Neighbour shouts' })).toBeTruthy();
  });

  test('R-24: without a few words for the row nothing is kept: the field is gone to and says what is missing', async () => {
    const window = await begin();
    await press(
      'Imogen Vale{Tab}{Tab}{Tab}{Control>}a{/Control}{Backspace}{Control>}{Enter}{/Control}',
      window,
    );
    expect(window.bridge.contact(call.id).caller.name).toBeNull();
    expect(document.activeElement).toBe(field('What it is about'));
    expect(field('What it is about').getAttribute('aria-invalid')).toBe('true');
    expect(field('Caller’s name').value).toBe('Imogen Vale');
  });

  test('W-06: Esc leaves the words for the next time', async () => {
    const window = await begin();
    await press('Imogen{Escape}i', window);
    expect(field('Caller’s name').value).toBe('Imogen');
  });
});

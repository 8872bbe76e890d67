import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { emptyMethane } from '../../../shared/domain/triage/major-incident.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = (over: Partial<Contact> = {}): Contact =>
  aContact({
    n: 1,
    channel: '101-voice',
    title: 'Smoke over the A414',
    receivedAt: asInstant(START - 90_000),
    ...over,
  });
const declared = aContact({
  n: 2,
  channel: '101-voice',
  title: 'Coach on its side',
  major: {
    id: asCommandId(uuid(70)),
    name: 'A414 collision',
    report: { ...emptyMethane, major: 'declared', exact: 'A414 at Hertford', type: 'coach and cars' },
    stoodDown: null,
    by: anActor(22),
    at: START,
  },
});
const { id } = call();
const line = () => screen.queryByRole('region', { name: 'Major incident' });
const said = () => screen.getByLabelText('Last act').textContent ?? '';

async function beside(options: Parameters<typeof renderWindow>[0] = {}): Promise<Window> {
  const window = await open({ contacts: [call(), declared], ...options });
  await openFirst(window);
  return window;
}

describe('declaring', () => {
  test('C-35: where one is declared already, joining it comes first; another one is declared all the same', async () => {
    const window = await beside();
    await press('{Control>}m{/Control}', window);
    expect(screen.getByRole('group', { name: 'One is declared already' }).textContent).toContain(
      'A414 collision',
    );
    await press('{Enter}', window);
    expect(said()).toContain('Alt+J joins it');
    await press('{Alt>}j{/Alt}', window);
    expect(window.bridge.contact(id).links).toMatchObject([
      { kind: 'major-incident', side: 'child', other: { contact: declared.id }, fact: '' },
    ]);
    expect(window.bridge.contact(id).major).toBeNull();
  });

  test('C-35: said to be another one, it is declared as ever', async () => {
    const window = await beside();
    await press('{Control>}m{/Control}', window);
    await press('{Alt>}o{/Alt}', window);
    expect(screen.queryByRole('group', { name: 'One is declared already' })).toBeNull();
    await press('Rail bridge{Tab}declared{Tab}A10{Tab}train{Enter}{Enter}', window);
    expect(window.bridge.contact(id).major?.name).toBe('Rail bridge');
  });

  test('T-20, C-30: says what is needed first, sends nothing before the second Enter, and every desk shows it then', async () => {
    const window = await open({ contacts: [call()] });
    await openFirst(window);
    await press('{Control>}m{/Control}', window);
    await press('A414 collision{Enter}', window);
    expect(said()).toContain('Before it is declared: Major incident, Exact location, Type.');
    await press('{Tab}declared{Tab}A414 at Hertford{Tab}coach and cars{Enter}', window);
    expect(window.bridge.contact(id).major).toBeNull();
    expect(document.body.textContent).toContain('Enter sends it');
    await press('{Escape}', window);
    expect(window.workplace.sheets.of(id).read()).toBe('major');
    await press('{Enter}', window);
    await press('{Enter}', window);
    expect(window.bridge.contact(id).major).toMatchObject({ name: 'A414 collision', stoodDown: null });
    expect(line()?.textContent).toContain('Major incident: A414 collision.');
  });

  test('C-30: only a team leader stands it down, with a reason', async () => {
    const window = await open({ contacts: [declared], who: 'team-leader' });
    await openFirst(window);
    await press('{Control>}m{/Control}', window);
    act(() => screen.getByRole('textbox', { name: /It is over because/ }).focus());
    await press('the last casualty has left{Enter}', window);
    expect(window.bridge.contact(declared.id).major?.stoodDown?.reason).toBe('the last casualty has left');
    expect(line()).toBeNull();
  });

  test('C-30: a handler sees no field to stand it down', async () => {
    const window = await open({ contacts: [declared] });
    await openFirst(window);
    await press('{Control>}m{/Control}', window);
    expect(screen.queryByRole('textbox', { name: /It is over because/ })).toBeNull();
  });
});

describe('a call about it', () => {
  test('T-21: the line asks of an open contact whether it is about it; x 1 links it with nothing new', async () => {
    const window = await beside();
    expect(line()?.textContent).toContain('Is this call about it?');
    await press('x', window);
    await press('1', window);
    expect(window.bridge.contact(id).links).toMatchObject([{ kind: 'major-incident', fact: '' }]);
    expect(line()?.textContent).toContain('Linked: nothing new. Say: “Thank you.');
  });

  test('T-21: x 2 asks for the words first, and they become a line of the incident and a note', async () => {
    const window = await beside();
    await press('x', window);
    await press('2', window);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
    await press('a tanker is leaking', window);
    await press('{Control>}{F8}{/Control}', window);
    await press('2', window);
    const { links, notes } = window.bridge.contact(id);
    expect(links).toMatchObject([{ fact: 'a tanker is leaking' }]);
    expect(notes).toMatchObject([{ text: 'a tanker is leaking' }]);
    expect(window.bridge.draft(id)).toBeNull();
  });

  test('T-21: x 3 makes an emergency of its own, G1, and links it', async () => {
    const window = await beside();
    await press('x', window);
    await press('3', window);
    const { band, grade, links } = window.bridge.contact(id);
    expect({ band, grade }).toEqual({ band: 'A', grade: 'G1' });
    expect(links).toMatchObject([{ kind: 'major-incident', fact: 'Somebody on this call is hurt.' }]);
  });

  test('T-21: on the incident itself nothing is linked', async () => {
    const window = await open({ contacts: [declared] });
    await openFirst(window);
    await press('x', window);
    await press('1', window);
    expect(window.bridge.contact(declared.id).links).toEqual([]);
    expect(said()).toContain('on which the major incident was declared');
  });
});

describe('handing it on', () => {
  const other = aContact({ n: 3, channel: '101-voice', title: 'Second coach' });
  const by = anActor(22);
  const linked: Contact = {
    ...declared,
    links: [
      {
        id: asCommandId(uuid(71)),
        kind: 'major-incident',
        side: 'parent',
        other: { contact: other.id, ref: other.ref },
        fact: '',
        found: [],
        parted: null,
        by,
        at: START,
      },
    ],
  };
  const handed = (window: Window) =>
    window.bridge.requests
      .filter(({ name }) => name === 'command.submit')
      .map(({ input }) => (input as { readonly act: { readonly kind: string } }).act)
      .filter(({ kind }) => kind === 'major');

  test('C-35: nothing leaves before it is written who at the other end has read it back and accepted it; then with that name', async () => {
    const window = await open({ contacts: [linked, other] });
    await openFirst(window);
    await press('{Control>}m{/Control}', window);
    const button = () => screen.getByRole('button', { name: `Hand on to ${other.ref}` });
    act(() => button().click());
    await window.settle();
    expect(said()).toContain('Not handed on: write first who there has accepted it');
    expect(handed(window)).toEqual([]);
    act(() => screen.getByLabelText(/read back and accepted by/).focus());
    await press('Insp. Vale, desk 12', window);
    act(() => button().click());
    await window.settle();
    expect(handed(window)).toMatchObject([{ from: linked.id, acceptedBy: 'Insp. Vale, desk 12' }]);
  });
});

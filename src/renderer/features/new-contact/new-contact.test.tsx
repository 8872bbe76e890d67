import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/workstation.ts';
import type { Act } from '../../../shared/domain/command.ts';
import { asContactId } from '../../../shared/domain/ids.ts';
import { writeForm, readForm } from '../../app/form-words.ts';
import { START, uuid } from '../../testing/builders.ts';
import { aCall, anEmergency, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const form = () => screen.getByRole('group', { name: 'New contact' });
const field = (name: RegExp | string) => within(form()).getByLabelText<HTMLInputElement>(name);
const begin = (window: Rendered) => press('{Control>}n{/Control}', window);
const keep = async (window: Rendered) => {
  await press('{Control>}{Enter}{/Control}', window);
  // What sends it is fetched when it is first wanted.
  await act(async () => import('./send-form.ts'));
  await window.settle();
};
const submits = ({ bridge }: Rendered) =>
  bridge.requests
    .filter(({ name }) => name === 'command.submit')
    .map(({ input }) => input as Input<'command.submit'>);
const logged = (window: Rendered) =>
  submits(window)
    .map((input) => input.act)
    .filter((each): each is Extract<Act, { kind: 'log' }> => each.kind === 'log');
const activeId = ({ workplace }: Rendered) => workplace.active.read() ?? asContactId('none');
const cut = ({ bridge }: Rendered) =>
  act(() => bridge.setDesk({ link: { ...bridge.desk.link, kind: 'down' } }));

/** Tabs through the form as a handler does, in the order in which one asks. */
async function fill(window: Rendered): Promise<void> {
  await press('{Tab}{Tab}Amira Kaya{Tab}01632 960123{Tab}12 Mill Lane{Tab}Mill Lane, Hitchin{Tab}', window);
  await press('Man shouting outside{Tab}He has been there for an hour.', window);
}

test('P-03, P-04: Ctrl+N opens a form; filled with keys alone and kept, the contact is theirs under a provisional reference', async () => {
  const window = await open({ answers: 'when-told' });
  await begin(window);
  expect(document.activeElement).toBe(field('Channel'));
  expect(field('Channel').value).toBe('101-voice');
  expect(field('Reached us at').value).toBe('14:05:00');
  await fill(window);
  const ref = /PROV-[A-Z0-9]{6}/.exec(form().textContent ?? '')?.[0] ?? '';
  expect(ref).toMatch(/^PROV-[3479ACDEFHJKMNPQRTUVWXY]{6}$/);
  await keep(window);
  expect(logged(window)).toEqual([
    {
      kind: 'log',
      channel: '101-voice',
      receivedAt: START,
      title: 'Man shouting outside',
      place: 'Mill Lane, Hitchin',
      language: null,
      caller: { name: 'Amira Kaya', number: '01632 960123', address: '12 Mill Lane' },
      account: 'He has been there for an hour.',
      flags: { vulnerable: false, repeat: false, lookFirst: false },
      paperLog: null,
      provisionalRef: ref,
    },
  ]);
  expect(screen.queryByRole('group', { name: 'New contact' })).toBeNull();
  const contact = screen.getByRole('group', { name: 'Contact' });
  expect(contact.textContent).toContain(ref);
  expect(contact.textContent).toContain('Yours since');
  expect(document.activeElement).toBe(contact);
  expect(window.bridge.draft(activeId(window))).toBeNull();
  act(() => window.bridge.answerNext());
  await window.settle();
  expect(contact.textContent).toContain('CON-20261122-900001');
});

test('P-03: with the link down it is kept all the same, and can be noted before the queue has heard of it', async () => {
  const window = await open({});
  cut(window);
  await begin(window);
  await fill(window);
  await keep(window);
  const id = activeId(window);
  await press('n', window);
  await press('still there{Control>}{Enter}{/Control}', window);
  expect(submits(window).map((input) => input.act.kind)).toEqual(['log', 'note']);
  expect(window.bridge.contact(id)).toMatchObject({ rev: 0, ownership: { kind: 'owned' } });
  act(() => window.bridge.answerNext());
  act(() => window.bridge.answerNext());
  expect(window.bridge.contact(id).notes.map(({ text }) => text)).toEqual(['still there']);
});

test('P-04, O-02: a 999 call that a person writes down is an emergency and theirs at once', async () => {
  const window = await open({});
  await begin(window);
  await userEvent.selectOptions(field('Channel'), '999-voice');
  await window.settle();
  expect(form().textContent).toContain('An emergency: it is yours from the start.');
  act(() => field('What it is about').focus());
  await press('Door being kicked in', window);
  await keep(window);
  expect(window.bridge.contact(activeId(window))).toMatchObject({ band: 'A', ownership: { kind: 'owned' } });
});

test('X-09, W-06: Escape, an emergency and a closed tab leave a half-typed form as it stands', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  await begin(window);
  await fill(window);
  const id = activeId(window);
  await press('{Escape}{Escape}', window);
  expect(document.activeElement).toBe(grid());
  await press('{F2}', window);
  expect(activeId(window)).toBe(anEmergency(50).id);
  await press('{F4}', window);
  expect(activeId(window)).toBe(id);
  expect(field('In their own words').value).toBe('He has been there for an hour.');
  await press('{Control>}w{/Control}', window);
  expect(window.workplace.tabs.read()).not.toContain(id);
  expect(readForm(id, window.bridge.draft(id)?.text ?? '')?.title).toBe('Man shouting outside');
  act(() => window.workplace.open(id));
  await window.settle();
  expect(field('In their own words').value).toBe('He has been there for an hour.');
});

test('W-02, X-09: F4 comes back to the very field that was left', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  await begin(window);
  await press('{Tab}{Tab}Ami', window);
  await press('{F2}', window);
  await press('{F4}', window);
  expect(document.activeElement).toBe(field('Caller’s name'));
});

test('X-09: words typed in a form are kept on the desk within 300 ms, and a program started again shows them', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  const id = activeId(window);
  await window.pass(300);
  expect(readForm(id, window.bridge.draft(id)?.text ?? '')?.account).toBe('He has been there for an hour.');
  const { bridge } = window;
  window.stop();
  rendered = null;
  const again = await open({ bridge });
  act(() => again.workplace.open(id));
  await again.settle();
  expect(field('In their own words').value).toBe('He has been there for an hour.');
  expect(field('Caller’s name').value).toBe('Amira Kaya');
});

test('P-03: what is missing or impossible is said under its field, and nothing is sent or lost', async () => {
  const window = await open({});
  await begin(window);
  await press('{Tab}{Control>}a{/Control}25:61{Tab}Amira', window);
  await keep(window);
  expect(submits(window)).toEqual([]);
  expect(form().textContent).toContain('25:61 is no time of day.');
  expect(form().textContent).toContain('Write a few words for the row');
  expect(field('What it is about').getAttribute('aria-invalid')).toBe('true');
  expect(field('Caller’s name').value).toBe('Amira');
});

test('C-11: a place with a house number is remarked on; it would stand in the row for everybody', async () => {
  const window = await open({});
  await begin(window);
  act(() => field('Place, without house number').focus());
  await press('12 Mill Lane', window);
  expect(form().textContent).toContain('This looks like a house number.');
  await press('{Control>}a{/Control}A414 near Hertford', window);
  expect(form().textContent).not.toContain('This looks like a house number.');
});

test('X-01, X-03: a full disk leaves everything as typed; the next try is the same command', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  window.bridge.diskFull = true;
  await keep(window);
  expect(form().textContent).toContain('Not kept: this desk could not write it down. Your words stay here');
  expect(field('What it is about').value).toBe('Man shouting outside');
  window.bridge.diskFull = false;
  await keep(window);
  const [first, second] = submits(window).map(({ id }) => id);
  expect(second).toBe(first);
  expect(screen.queryByRole('group', { name: 'New contact' })).toBeNull();
});

test('X-03: a form that is sent again after the program ended between keeping and clearing makes no second contact', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  await window.pass(300);
  const id = activeId(window);
  const left = window.bridge.draft(id);
  await keep(window);
  // The program ended before the draft was forgotten, and knows nothing of what was sent.
  await window.bridge.request('draft.save', { contact: id, draft: left });
  const { bridge } = window;
  window.stop();
  rendered = null;
  const again = await open({ bridge });
  act(() => again.workplace.open(id));
  await again.settle();
  act(() => field('What it is about').focus());
  await keep(again);
  expect(screen.queryByRole('group', { name: 'New contact' })).toBeNull();
  expect(new Set(submits(again).map((input) => input.id)).size).toBe(1);
  expect(again.bridge.contact(id).title).toBe('Man shouting outside');
});

test('X-03: a desk that says the contact is written down already, under the id of this very form, ends the form', async () => {
  const window = await open({});
  await begin(window);
  await fill(window);
  await window.pass(300);
  const id = activeId(window);
  const left = window.bridge.draft(id);
  await keep(window);
  await window.bridge.request('draft.save', { contact: id, draft: left });
  const { bridge } = window;
  window.stop();
  rendered = null;
  const real = bridge.request.bind(bridge);
  bridge.request = async (name, input) => {
    if (name !== 'command.submit') return real(name, input);
    const refused = { kind: 'refused', refusal: { code: 'already-logged', ref: 'CON-20261122-900001' } };
    return refused as Awaited<ReturnType<typeof real<typeof name>>>;
  };
  const again = await open({ bridge });
  act(() => again.workplace.open(id));
  await again.settle();
  act(() => field('What it is about').focus());
  await keep(again);
  expect(screen.queryByRole('group', { name: 'New contact' })).toBeNull();
  expect(bridge.draft(id)).toBeNull();
});

test('W-06: a form is thrown away only by its own button, twice; one with nothing typed leaves nothing behind', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await begin(window);
  const first = activeId(window);
  await press('{Control>}w{/Control}', window);
  await window.pass(500);
  expect(window.bridge.draft(first)).toBeNull();
  await begin(window);
  await fill(window);
  const second = activeId(window);
  await act(async () => within(form()).getByRole('button', { name: 'Throw away' }).click());
  expect(form()).toBeTruthy();
  await act(async () => within(form()).getByRole('button', { name: 'Yes, throw it away' }).click());
  await window.settle();
  expect(window.workplace.tabs.read()).not.toContain(second);
  expect(window.bridge.draft(second)).toBeNull();
});

test('L-04: an address that was pasted whole is not cut: it stands there, and below it by how much it is too long', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await begin(window);
  await fill(window);
  const address = field('Address, with house number');
  address.focus();
  address.setSelectionRange(0, address.value.length);
  await act(async () => userEvent.paste('x'.repeat(70_000)));
  await window.settle();
  await keep(window);
  const below = document.getElementById(address.getAttribute('aria-describedby') ?? '');
  expect([address.value.length, logged(window), below?.textContent]).toEqual([
    70_000,
    [],
    'Too long by 69700 characters. Nothing is cut: shorten it, or write the rest as a note.',
  ]);
});

test('W-10: a note that looks like a form of another contact stays a note', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await begin(window);
  await fill(window);
  const hostile = writeForm({
    ...(readForm(activeId(window), window.workplace.drafts.of(activeId(window)).read().draft.text) ??
      never()),
    contact: asContactId(uuid(77)),
    title: aCall(1).id,
  });
  await window.bridge.request('draft.save', {
    contact: aCall(1).id,
    draft: { text: hostile, caret: 0 },
  });
  await press('{Escape}{Escape}', window);
  await window.pass(500);
  await openFirst(window);
  expect(note().value).toBe(hostile);
});

const never = (): never => {
  throw new Error('no form is open');
};

import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { asInstant } from '../../shared/domain/time.ts';
import { aContact, anActor, START } from '../testing/builders.ts';
import { renderWindow } from '../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const emergency = (n: number, more = {}) =>
  aContact({
    n,
    channel: '999-voice',
    title: `Emergency ${n}`,
    receivedAt: asInstant(START - 4_000 + n),
    ...more,
  });
const call = (n: number) =>
  aContact({
    n,
    channel: '101-voice',
    title: `Call ${n}`,
    receivedAt: asInstant(START - 60_000 + n * 1_000),
  });
const calls = (count: number) => Array.from({ length: count }, (_, at) => call(at + 1));

const grid = () => screen.getByRole('grid', { name: 'Inbox' });
const titles = () =>
  [...grid().querySelectorAll('[data-contact-id] [data-column="what"] > :last-child')].map(
    (cell) => cell.textContent,
  );
const strip = () => screen.getByRole('region', { name: 'Emergency strip' });
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note' });
const key = async (keys: string, { settle }: Rendered) => {
  await userEvent.keyboard(keys);
  await settle();
};
async function openFirst(window: Rendered): Promise<void> {
  act(() => grid().focus());
  await key('j', window);
  await key('{Enter}', window);
}

describe('the inbox', () => {
  test('O-04: emergencies stand on top in every view, and no filter hides one', async () => {
    const window = await open({ contacts: [...calls(3), emergency(50), emergency(51)] });
    expect(titles()).toEqual(['Emergency 50', 'Emergency 51', 'Call 1', 'Call 2', 'Call 3']);
    act(() => grid().focus());
    await key('f', window);
    await key('call 2', window);
    expect(titles()).toEqual(['Emergency 50', 'Emergency 51', 'Call 2']);
    await userEvent.clear(screen.getByRole('textbox', { name: 'Filter' }));
    for (const view of ['Chats', 'Online', 'Mine 0']) {
      await userEvent.click(screen.getByRole('button', { name: new RegExp(`^${view.split(' ')[0]}`) }));
      await window.settle();
      expect(titles()).toEqual(['Emergency 50', 'Emergency 51']);
    }
  });

  test('W-03: the selected row keeps its place on screen, and what came above is counted', async () => {
    const window = await open({ contacts: calls(60) });
    act(() => grid().focus());
    await key('jjjj', window);
    const before = window.workplace.list.read();
    const y = (s: typeof before) => s.place.lead + s.selectedIndex * s.measures.rowHeight - s.place.scrollTop;
    await window.pass(2_000);
    const older = [101, 102].map((n) =>
      aContact({ n, channel: '101-voice', receivedAt: asInstant(START - 600_000 + n) }),
    );
    window.bridge.arrive(...older);
    await window.settle();
    const now = window.workplace.list.read();
    expect(now.selectedIndex).toBe(before.selectedIndex + 2);
    expect(y(now)).toBe(y(before));
    expect(screen.getByRole('button', { name: /2 new above/ })).toBeTruthy();
    await key('.', window);
    expect(window.workplace.list.read()).toMatchObject({ newAbove: 0, place: { scrollTop: 0, lead: 0 } });
  });

  test('W-03: the order stands still for a moment after a key, but never for an emergency', async () => {
    const window = await open({ contacts: calls(3) });
    act(() => grid().focus());
    await key('j', window);
    window.bridge.arrive(
      aContact({ n: 90, channel: '101-voice', title: 'Older', receivedAt: asInstant(START - 900_000) }),
    );
    window.bridge.arrive(emergency(50));
    await window.settle();
    expect(window.workplace.list.read().total).toBe(4);
    expect(titles()).toContain('Emergency 50');
    expect(titles()).not.toContain('Older');
    await window.pass(1_600);
    expect(window.workplace.list.read().total).toBe(5);
  });

  test('W-07: a row that a colleague takes says so in its place, fades and leaves; the one stood on stays', async () => {
    const window = await open({ contacts: calls(3) });
    act(() => grid().focus());
    await key('j', window);
    await window.pass(2_000);
    const desk7 = anActor(7);
    for (const { id } of [call(1), call(2)]) window.bridge.elsewhere(desk7, id, { kind: 'claim' });
    await window.settle();
    expect(titles()).toEqual(['Call 1', 'Call 2', 'Call 3']);
    expect(within(grid()).getAllByText('Desk 7')).toHaveLength(2);
    await window.pass(4_000);
    expect(titles()).toEqual(['Call 1', 'Call 3']);
    await key('j', window);
    await window.pass(4_000);
    expect(titles()).toEqual(['Call 3']);
  });

  test('L-06: a window that has missed a patch reads the inbox afresh', async () => {
    const window = await open({ contacts: calls(2) });
    window.bridge.loseOnePatch(call(3));
    window.bridge.arrive(call(4));
    await window.settle();
    expect(titles()).toEqual(['Call 1', 'Call 2', 'Call 3', 'Call 4']);
  });

  test('C-11: rows show no name, no number and none of the words of the public', async () => {
    const caller = { name: 'Amira Kowalska', number: '01632 960117', address: '14 Moors Walk' };
    await open({ contacts: [aContact({ n: 1, channel: '101-voice', caller, account: 'He has a knife' })] });
    expect(document.body.textContent).not.toMatch(/Kowalska|960117|14 Moors|knife/);
  });
});

describe('an emergency', () => {
  test('W-02: arriving while a note is typed it moves neither focus, caret, selection nor the open contact', async () => {
    const window = await open({ contacts: calls(3) });
    await openFirst(window);
    await key('n', window);
    await key('two men', window);
    act(() => note().setSelectionRange(3, 3));
    const active = window.workplace.active.read();
    window.bridge.arrive(emergency(50));
    await window.settle();
    expect(document.activeElement).toBe(note());
    expect(note()).toMatchObject({ value: 'two men', selectionStart: 3, selectionEnd: 3 });
    expect(window.workplace.active.read()).toBe(active);
    expect(within(strip()).getByText('Emergency 50')).toBeTruthy();
    expect(screen.getByText(/Emergency waiting 0:0\d – F2 take, F3 look/)).toBeTruthy();
    expect(screen.getByText('Emergency. 9 9 9 call. Welwyn Garden City. F2 to take.')).toBeTruthy();
    await key('!', window);
    expect(note().value).toBe('two! men');
  });

  test('O-09: F2 takes the one that has waited longest, says Taking at once, and opens it with the note focused', async () => {
    const window = await open({
      contacts: [...calls(1), emergency(51), emergency(50)],
      answers: 'when-told',
    });
    await userEvent.keyboard('{F2}');
    expect(within(strip()).getByText('Taking…')).toBeTruthy();
    expect(window.workplace.active.read()).toBeNull();
    await window.settle();
    act(() => window.bridge.answerNext());
    await window.settle();
    expect(window.workplace.active.read()).toBe(emergency(50).id);
    expect(document.activeElement).toBe(note());
  });

  test('W-02: what F2 took stays in a tab behind when the handler has pressed a key since', async () => {
    const window = await open({ contacts: [...calls(2), emergency(50)], answers: 'when-told' });
    await openFirst(window);
    act(() => window.bridge.answerNext());
    await window.settle();
    await key('n', window);
    const active = window.workplace.active.read();
    await userEvent.keyboard('{F2}x');
    await window.settle();
    act(() => window.bridge.answerNext());
    await window.settle();
    expect(window.workplace.tabs.read()).toContain(emergency(50).id);
    expect(window.workplace.active.read()).toBe(active);
    expect(document.activeElement).toBe(note());
    expect(note().value).toBe('x');
  });

  test('W-07: losing the race says who has it and moves nothing', async () => {
    const window = await open({ contacts: [...calls(1), emergency(50)], answers: 'when-told' });
    act(() => grid().focus());
    await userEvent.keyboard('{F2}');
    await window.settle();
    window.bridge.elsewhere(anActor(7), emergency(50).id, { kind: 'claim' });
    act(() => window.bridge.answerNext());
    await window.settle();
    expect(within(strip()).getByText(/Taken by desk 7 .* you stay here/)).toBeTruthy();
    expect(document.activeElement).toBe(grid());
    expect(window.workplace.tabs.read()).toEqual([]);
  });

  test('X-08: with the link down F2 is refused at once, and nothing is asked', async () => {
    const window = await open({ contacts: [emergency(50)] });
    act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
    await key('{F2}', window);
    expect(within(strip()).getByText(/^Not claimed: the link to the queue is down/)).toBeTruthy();
    expect(window.bridge.requests.filter(({ name }) => name === 'command.submit')).toEqual([]);
  });

  test('W-01: the strip is there when nothing waits, and F3 looks without claiming', async () => {
    const window = await open({ contacts: calls(1) });
    expect(within(strip()).getByText('No emergency waiting')).toBeTruthy();
    window.bridge.arrive(emergency(50));
    await window.settle();
    await key('{F3}', window);
    expect(screen.getByRole('article', { name: 'Look' }).textContent).toContain('Emergency 50');
    expect(window.bridge.contact(emergency(50).id).ownership.kind).toBe('waiting');
    await key('{F3}', window);
    expect(screen.queryByRole('article', { name: 'Look' })).toBeNull();
  });
});

describe('a contact', () => {
  test('X-05: Enter opens and claims; the claim is asked for, and never shown as won before the queue has said so', async () => {
    const window = await open({ contacts: calls(1), answers: 'when-told' });
    await openFirst(window);
    expect(within(grid()).getByText('Claiming…')).toBeTruthy();
    expect(screen.queryByText(/^Yours since/)).toBeNull();
    act(() => window.bridge.answerNext());
    await window.settle();
    expect(within(grid()).getByText('Mine')).toBeTruthy();
    expect(screen.getByText(/Yours since 14:05:00/)).toBeTruthy();
  });

  test('W-10: markup that the public sent is shown as it came', async () => {
    const window = await open({
      contacts: [aContact({ n: 1, channel: 'web-chat', account: '<b>help</b>\n<script>x</script>' })],
    });
    await openFirst(window);
    const account = screen.getByRole('region', { name: 'Account' });
    expect(account.textContent).toContain('<b>help</b>\n<script>x</script>');
    expect(account.querySelector('b, script')).toBeNull();
  });

  test('X-09: half-typed words are kept after 300 ms with the caret, and come back in a new window', async () => {
    const window = await open({ contacts: calls(1) });
    await openFirst(window);
    await key('n', window);
    await key('dark coat', window);
    expect(window.bridge.draft(call(1).id)).toBeNull();
    await window.pass(300);
    expect(window.bridge.draft(call(1).id)).toEqual({ text: 'dark coat', caret: 9 });
    expect(screen.getByText(/^draft saved 14:05:0\d$/)).toBeTruthy();
    const { bridge } = window;
    window.stop();
    rendered = null;
    const again = await open({ contacts: calls(1) });
    await again.bridge.request('draft.save', { contact: call(1).id, draft: bridge.draft(call(1).id) });
    await openFirst(again);
    expect(note()).toMatchObject({ value: 'dark coat', selectionStart: 9 });
  });

  test('X-07: a note is kept here until the queue has received it, and its words leave the field only when kept', async () => {
    const window = await open({ contacts: calls(1), answers: 'when-told' });
    await openFirst(window);
    act(() => window.bridge.answerNext());
    await window.settle();
    await key('n', window);
    await key('two men', window);
    window.bridge.diskFull = true;
    await key('{Control>}{Enter}{/Control}', window);
    expect(note().value).toBe('two men');
    expect(screen.getAllByText(/^Not kept: this desk could not write it down/).length).toBeGreaterThan(0);
    window.bridge.diskFull = false;
    await key('{Control>}{Enter}{/Control}', window);
    expect(note().value).toBe('');
    expect(screen.getByText(/^kept here 14:05:0\d$/)).toBeTruthy();
    act(() => window.bridge.answerNext());
    await window.settle();
    expect(screen.getByText(/^received 14:05:0\d$/)).toBeTruthy();
  });

  test('W-05: p then 2 asks for the reason in place; Enter grades, Escape leaves and changes nothing', async () => {
    const window = await open({ contacts: calls(1) });
    await openFirst(window);
    await key('p', window);
    expect(screen.getByRole('toolbar', { name: 'Keys' }).textContent).toContain('G2 priority');
    await key('2', window);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Reason' }));
    await key('{Escape}', window);
    expect(screen.queryByRole('textbox', { name: 'Reason' })).toBeNull();
    await key('p2', window);
    await key('weapon seen{Enter}', window);
    await window.settle();
    expect(window.bridge.contact(call(1).id).gradings).toMatchObject([
      { grade: 'G2', reason: 'weapon seen' },
    ]);
  });

  test('W-05: the first stroke of a two-step key is forgotten after two seconds', async () => {
    const window = await open({ contacts: calls(1) });
    await openFirst(window);
    await key('p', window);
    await window.pass(2_000);
    await key('2', window);
    expect(screen.queryByRole('textbox', { name: 'Reason' })).toBeNull();
  });

  test('C-13, R-06: closing asks for its record, and nothing is sent before it is whole', async () => {
    const window = await open({ contacts: calls(1) });
    await openFirst(window);
    await key('e3', window);
    await key('{Control>}{Enter}{/Control}', window);
    await window.settle();
    const acts = window.bridge.requests.filter(({ name }) => name === 'command.submit');
    expect(JSON.stringify(acts)).not.toContain('"close"');
    expect(document.body.textContent).toContain('Not closed: what is missing stands beside each field.');
  });

  test('W-06: Escape goes out one level and the draft stays', async () => {
    const window = await open({ contacts: calls(1) });
    await openFirst(window);
    await key('n', window);
    await key('half a sen', window);
    await key('{Escape}', window);
    expect(document.activeElement).toBe(window.workplace.elements.get('work'));
    await window.pass(500);
    await key('{Escape}', window);
    expect(document.activeElement).toBe(grid());
    expect(window.workplace.drafts.of(call(1).id).read().draft.text).toBe('half a sen');
  });
});

describe('keys', () => {
  test('W-04: letters typed into the note are words, and function keys still act', async () => {
    const window = await open({ contacts: [...calls(1), emergency(50)] });
    await openFirst(window);
    await key('n', window);
    await key('cpejkr', window);
    expect(note().value).toBe('cpejkr');
    expect(window.bridge.contact(call(1).id).ownership.kind).toBe('waiting');
  });

  test('W-04: with single letters off a letter does nothing, and the same act is on a function key and in the menu', async () => {
    const window = await open({ contacts: calls(2), settings: { singleLetterKeys: false } });
    act(() => grid().focus());
    await key('j', window);
    expect(window.workplace.list.read().selected).toBeNull();
    await key('{ArrowDown}', window);
    await key('{Shift>}{F3}{/Shift}', window);
    expect(screen.getByRole('form', { name: 'Grade' })).toBeTruthy();
    await key('{Escape}', window);
    await key('{Control>}k{/Control}', window);
    await key('claim the contact{Enter}', window);
    await window.settle();
    expect(window.bridge.contact(call(1).id).ownership.kind).toBe('owned');
  });

  test('W-04: letters that run on after the focus has moved go nowhere', async () => {
    const window = await open({ contacts: calls(2) });
    await openFirst(window);
    await key('n', window);
    await key('words', window);
    await key('{Escape}', window);
    await key('r', window);
    expect(window.bridge.contact(call(1).id).ownership.kind).toBe('owned');
    await window.pass(500);
    await key('r', window);
    await window.settle();
    expect(window.bridge.contact(call(1).id).ownership.kind).toBe('waiting');
  });
});

describe('the link', () => {
  test('W-12: a link in doubt always shows the age of what is on screen', async () => {
    const window = await open({ contacts: calls(1) });
    const line = screen.getByRole('status', { name: 'Status line' });
    expect(line.textContent).toContain('Live 12 ms');
    const { link } = window.bridge.desk;
    act(() => window.bridge.setDesk({ link: { ...link, kind: 'suspect' } }));
    expect(line.textContent).toContain('Not confirmed since 14:05:00');
    act(() => window.bridge.setDesk({ link: { ...link, kind: 'down' } }));
    await window.pass(38_000);
    expect(line.textContent).toContain('Link down – showing 14:05:00, 38 s old');
    expect(line.textContent).toContain('DEMO – not real calls');
  });
});

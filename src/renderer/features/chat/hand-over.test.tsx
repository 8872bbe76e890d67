import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Colleague } from '../../../shared/domain/chat/colleague.ts';
import { newChat, type HandOver } from '../../../shared/domain/chat/chat.ts';
import type { Actor, Contact } from '../../../shared/domain/contact.ts';
import { asCommandId, asFence } from '../../../shared/domain/ids.ts';
import { rowMarksOf } from '../../../shared/domain/record/row-marks.ts';
import { asInstant, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, anActor, people, START, uuid } from '../../testing/builders.ts';
import { openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const me = anActor(14, people.handler.handler);
const osei = anActor(8, '4808');
const lowe = anActor(9, '4809');
const colleague = (actor: Actor, over: Partial<Colleague> = {}): Colleague => ({
  actor,
  ...{ name: 'P. Osei', role: 'handler', status: 'available', chats: 0, hasRisk: false },
  ...over,
});

const owned = (by: Actor, over: Partial<Contact> = {}): Contact => ({
  ...aContact({
    n: 1,
    channel: 'web-chat',
    channelState: 'active',
    title: 'Neighbour shouts at the door',
    receivedAt: asInstant(START - 100_000),
    ownership: { kind: 'owned', by, since: asInstant(START - 50_000) },
  }),
  fence: asFence(1),
  ...over,
});
/** Offered by whoever has it. */
function offered(contact: Contact, to: Actor, over: Partial<HandOver> = {}): Contact {
  const by = 'by' in contact.ownership ? contact.ownership.by : me;
  const handOver: HandOver = {
    id: asCommandId(uuid(77)),
    ...{ to, by, words: 'Alone with two children', fence: contact.fence, ended: null },
    at: asInstant(START),
    until: asInstant(START + MINUTE),
    ...over,
  };
  const next = { ...contact, rev: contact.rev + 1, chat: { ...newChat, handOvers: [handOver] } };
  return { ...next, marks: rowMarksOf(next) };
}

const sent = ({ bridge }: Window) =>
  bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { act: { kind: string } }).act] : [],
  );
const said = ({ workplace }: Window) => workplace.said.read()?.text ?? '';
const sheet = () => document.querySelector('section[data-focus="sheet"]')?.textContent ?? '';
const status = () => screen.queryByRole('status', { name: 'Handing on' })?.textContent ?? '';
const offerLine = () => screen.queryByRole('status', { name: 'Offered chat' })?.textContent ?? '';

async function openMine(contact: Contact = owned(me)): Promise<Window> {
  const window = await renderWindow({ contacts: [contact] });
  rendered = window;
  window.bridge.colleagues = [
    colleague(me),
    colleague(osei),
    colleague(lowe, { name: 'D. Lowe', chats: 2 }),
    colleague(anActor(10, '4810'), { name: 'K. Adeyemi', status: 'break' }),
  ];
  await openFirst(window);
  return window;
}

test('CH-16: one key shows who can take the chat and who cannot and why; the offer names them and carries the line', async () => {
  const window = await openMine();
  await press('{Shift>}h{/Shift}', window);
  await window.settle();
  await window.settle();
  expect(sheet()).toContain('Desk 8, P. Osei, handler: no chat in hand');
  expect(sheet()).toContain('Desk 9, D. Lowe, handler: has 2 chats already, as many as they take at once');
  expect(sheet()).toContain('Desk 10, K. Adeyemi, handler: is not available now');
  expect(sheet()).not.toContain('Desk 14');
  const [first, second, third] = screen.getAllByRole<HTMLInputElement>('radio');
  expect([first?.disabled, second?.disabled, third?.disabled]).toEqual([false, true, true]);
  await press('Alone with two children{Tab} {Control>}{Enter}{/Control}', window);
  expect(sent(window).at(-1)).toEqual({ kind: 'offer-chat', to: osei, words: 'Alone with two children' });
  await window.settle();
  expect(status()).toMatch(/^Offered to desk 8 until .* It is yours until they say yes/);
});

test('CH-16: with the link down nobody can be asked: it says so and the chat stays', async () => {
  const window = await openMine();
  act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
  await window.settle();
  await press('{Shift>}h{/Shift}', window);
  await window.settle();
  await window.settle();
  expect(sheet()).toContain('Not possible now: the link to the queue is down');
  await press('Alone{Control>}{Enter}{/Control}', window);
  expect(said(window)).toMatch(/Not possible now/);
  expect(sent(window).some(({ kind }) => kind === 'offer-chat')).toBe(false);
});

test('CH-16: an offer that nobody answers ends with a sentence, and a no with the reason', async () => {
  const contact = offered(owned(me), osei);
  const window = await openMine(contact);
  expect(status()).toMatch(/^Offered to desk 8/);
  await window.pass(MINUTE + 2_000);
  expect(status()).toMatch(/^Desk 8 has not answered. The chat is still yours/);
  expect(said(window)).toContain(`Desk 8 has not answered: ${contact.ref} is still yours.`);
  const declined = offered(contact, osei, {
    ended: { how: 'declined', words: 'I have a 999', by: osei, at: asInstant(START + 5_000) },
  });
  window.bridge.arrive(declined);
  await window.settle();
  expect(status()).toMatch(/^Desk 8 said no at .*: “I have a 999”. The chat is still yours/);
});

test('CH-16: what is offered to this handler is told with the line, and one key takes it: it opens when the queue has said yes', async () => {
  const contact = offered(owned(osei), me);
  const window = await renderWindow({ contacts: [contact] });
  rendered = window;
  await window.settle();
  expect(offerLine()).toContain('Desk 8 offers you a chat until');
  expect(offerLine()).toContain('“Alone with two children”');
  await press('{Control>}{Shift>}y{/Shift}{/Control}', window);
  await window.settle();
  expect(sent(window).at(-1)).toEqual({
    kind: 'answer-offer',
    offer: uuid(77),
    accepted: true,
    words: '',
  });
  expect(offerLine()).toBe('');
  expect(window.workplace.active.read()).toBe(contact.id);
  expect(status()).toContain('Handed over by desk 8 to desk 14');
});

test('CH-16: one key says no; an offer that is taken back, or has run out, or is for another desk is not shown', async () => {
  const contact = offered(owned(osei), me);
  const window = await renderWindow({ contacts: [contact] });
  rendered = window;
  await window.settle();
  await press('{Control>}{Shift>}k{/Shift}{/Control}', window);
  expect(sent(window).at(-1)).toMatchObject({ kind: 'answer-offer', accepted: false });
  await window.settle();
  expect(offerLine()).toBe('');
  window.stop();
  const forOther = await renderWindow({ contacts: [offered(owned(osei), lowe)] });
  rendered = forOther;
  await forOther.settle();
  expect(offerLine()).toBe('');
  forOther.bridge.arrive({ ...offered(owned(osei), me), rev: 9 });
  await forOther.settle();
  expect(offerLine()).toContain('Desk 8 offers you a chat');
  await forOther.pass(2 * MINUTE);
  expect(offerLine()).toBe('');
});

test('CH-17: back to everybody with a word, which stands on the record', async () => {
  const window = await openMine();
  await press('{Shift>}h{/Shift}', window);
  await window.settle();
  await window.settle();
  await press('Needs somebody with Polish', window);
  const everybody = screen.getAllByRole<HTMLInputElement>('radio').at(-1);
  act(() => everybody?.focus());
  await press(' ', window);
  await press('{Control>}{Enter}{/Control}', window);
  await window.settle();
  const last = sent(window).at(-1);
  expect(last).toMatchObject({ reason: 'Needs somebody with Polish', kind: 'release' });
});

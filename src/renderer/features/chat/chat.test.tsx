import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { newChat, type Chat } from '../../../shared/domain/chat/chat.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId, asContactId } from '../../../shared/domain/ids.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, people, START, uuid, type ContactOptions } from '../../testing/builders.ts';
import { anEmergency, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const aChat = (n: number, over: Partial<ContactOptions> = {}): Contact =>
  aContact({
    n,
    channel: 'web-chat',
    channelState: 'active',
    title: `Chat ${n}`,
    account: 'Somebody follows me.',
    receivedAt: asInstant(START - 100_000 + n),
    ...over,
  });
const message = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Line to the public' });
const region = (name: string) => screen.getByRole('region', { name });
const record = () => screen.getByRole('region', { name: 'Notes' });
const sent = ({ bridge }: NonNullable<typeof rendered>) =>
  bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { act: { kind: string; text?: string } }).act] : [],
  );
const said = ({ workplace }: NonNullable<typeof rendered>) => workplace.said.read()?.text ?? '';
async function becomes(window: NonNullable<typeof rendered>, contact: Contact): Promise<void> {
  window.bridge.arrive({ ...contact, rev: contact.rev + 1 });
  await window.settle();
}

test('CH-01: Enter sends from the line to the public alone; in the note it is a new line, and Ctrl+Enter there keeps a note', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  await press('t', window);
  expect(document.activeElement).toBe(message());
  await press('Where are you?{Shift>}{Enter}{/Shift}Stay there.', window);
  expect(message().value).toBe('Where are you?\nStay there.');
  await press('{Enter}', window);
  expect(sent(window).at(-1)).toEqual({ kind: 'reply', text: 'Where are you?\nStay there.', canned: null });
  expect(message().value).toBe('');
  expect(record().textContent).toContain('To the public, desk 14');
  await press('{Control>}j{/Control}', window);
  expect(document.activeElement).toBe(note());
  await press('she whispers{Enter}{Control>}{Enter}{/Control}', window);
  expect(sent(window).at(-1)).toMatchObject({ kind: 'note' });
  expect(sent(window).filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  expect(record().textContent).toContain('Internal note, desk 14');
  await press('{Control>}j{/Control}', window);
  expect(document.activeElement).toBe(message());
});

test('CH-01: two lines sent faster than the first is written down both go out, in order and once', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  await press('t', window);
  const { bridge } = window;
  const real = bridge.request.bind(bridge);
  const disk: (() => void)[] = [];
  vi.spyOn(bridge, 'request').mockImplementation(async (name, input) => {
    if (name === 'command.submit') await new Promise<void>((resolve) => disk.push(resolve));
    return real(name, input);
  });
  await press('Two{Enter}Three{Enter}{Enter}Half a wo', window);
  expect(message().value).toBe('TwoThreeHalf a wo');
  for (let line = 0; line < 2; line += 1) {
    disk.shift()?.();
    await window.settle();
  }
  expect(sent(window).filter(({ kind }) => kind === 'reply')).toEqual([
    { kind: 'reply', text: 'Two', canned: null },
    { kind: 'reply', text: 'Three', canned: null },
  ]);
  expect(message().value).toBe('Half a wo');
  expect(disk).toEqual([]);
});

test('CH-04: the tab of a chat that is not on screen says that its person has written since', async () => {
  const window = await open({ contacts: [aChat(1), aChat(2)] });
  await openFirst(window);
  await press('t', window);
  await press('Where are you?{Enter}', window);
  const first = () => screen.getAllByRole('tab')[0]?.textContent;
  window.workplace.open(aChat(2).id);
  await window.settle();
  expect(first()).not.toContain('wrote');
  const contact = window.bridge.contact(aChat(1).id);
  const theirs = {
    key: 'm1',
    from: 'public' as const,
    text: 'Behind the shed.',
    language: null,
    at: asInstant(window.workplace.clock.now() + 1),
  };
  const marks = { ...contact.marks, turnSince: theirs.at };
  await becomes(window, { ...contact, messages: [...contact.messages, theirs], marks });
  await window.pass(300);
  expect(first()).toContain('wrote');
});

test('CH-03: a line says how far it has come: kept here, received, in their browser, seen', async () => {
  const window = await open({ contacts: [aChat(1)], answers: 'when-told' });
  await openFirst(window);
  window.bridge.answerNext();
  await window.settle();
  // Reading is an act as well.
  await press('t', window);
  await press('Are you safe?{Enter}', window);
  expect(record().textContent).toMatch(/kept here .*Are you safe\?/u);
  window.bridge.answerNext();
  await window.settle();
  expect(record().textContent).toMatch(/received .*Are you safe\?/u);
  const contact = window.bridge.contact(aChat(1).id);
  const chat = contact.chat ?? newChat;
  const reached = { n: 1, at: START };
  await becomes(window, { ...contact, chat: { ...chat, delivered: reached } });
  expect(record().textContent).toMatch(/in their browser.*Are you safe\?/u);
  const later = window.bridge.contact(contact.id);
  await becomes(window, { ...later, chat: { ...(later.chat ?? chat), delivered: reached, seen: reached } });
  expect(record().textContent).toMatch(/seen, sent.*Are you safe\?/u);
});

test('CH-07: after the safety exit Enter sends nothing and says why; the banner says when, and Ctrl+F4 how it was checked', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  await press('t', window);
  await press('Are you there', window);
  const contact = window.bridge.contact(aChat(1).id);
  const chat: Chat = {
    ...newChat,
    end: { reason: 'quick-exit', at: START },
    exit: { at: START, checked: null },
  };
  window.bridge.push('chat.public-typing', { contact: contact.id });
  await becomes(window, { ...contact, channelState: 'left-by-exit', chat });
  expect(region('Line to the public').textContent).not.toContain('typing');
  expect([document.activeElement, message().value]).toEqual([message(), 'Are you there']);
  const before = sent(window).length;
  await press('{Enter}', window);
  expect(sent(window)).toHaveLength(before);
  expect(said(window)).toContain('left by the safety exit');
  expect(message().value).toBe('Are you there');
  expect(region('Line to the public').textContent).toContain(
    'Nothing goes out until somebody has checked: Ctrl+F4 says how.',
  );
  const [banner] = screen.getAllByRole('note', { name: 'Safety exit' });
  expect(banner?.textContent).toContain('Left by the safety exit 14:05:00: do not message');
  await press('{Control>}{F4}{/Control}', window);
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'How (they see none of it)' }));
  await press('Crew has seen her{Enter}', window);
  expect(sent(window).at(-1)).toEqual({ kind: 'check-exit', words: 'Crew has seen her' });
  expect(screen.getAllByRole('note', { name: 'Safety exit' })[0]?.textContent).toContain(
    'by desk 14: Crew has seen her',
  );
});

test('CH-11: a ready reply is found by typing, goes into the line with what is known, and never out by itself', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  await press('{Control>};{/Control}', window);
  const list = within(screen.getByRole('group', { name: 'Ready replies' }));
  expect(document.activeElement).toBe(list.getByRole('combobox'));
  await press('give reference', window);
  expect(list.getAllByRole('option')).toHaveLength(1);
  await press('{Enter}', window);
  expect(document.activeElement).toBe(message());
  expect(message().value).toContain('Your reference is CON-20261122-000001.');
  expect(sent(window).map(({ kind }) => kind)).not.toContain('reply');
  await press('{Enter}', window);
  expect(sent(window).at(-1)).toMatchObject({ kind: 'reply', canned: 'reference' });
  await press('{Control>};{/Control}', window);
  await press('incident number{Enter}', window);
  expect(message().value).toContain('{incident}');
  await press('{Enter}', window);
  expect(sent(window).filter(({ kind }) => kind === 'reply')).toHaveLength(1);
  expect(said(window)).toContain('{incident} is not filled in');
  await press('{Control>};{/Control}', window);
  await press('{Escape}', window);
  expect(document.activeElement).toBe(message());
});

test('CH-06, W-02: F2 puts the chats aside and back again the caret stands where it stood; the first letter takes the chat up', async () => {
  const window = await open({ contacts: [aChat(1), aChat(2)] });
  await openFirst(window);
  await press('t', window);
  await press('Half a word', window);
  message().setSelectionRange(4, 4);
  await userEvent.keyboard('{ArrowRight}');
  await window.settle();
  const caret = message().selectionStart;
  window.bridge.arrive(anEmergency(9));
  await window.settle();
  expect(document.activeElement).toBe(message());
  await press('{F2}', window);
  expect(sent(window).filter(({ kind }) => kind === 'park')).toHaveLength(1);
  expect(window.bridge.contact(aChat(1).id).work).toBe('parked');
  await press('{F4}', window);
  expect([document.activeElement, message().value, message().selectionStart]).toEqual([
    message(),
    'Half a word',
    caret,
  ]);
  expect(window.bridge.contact(aChat(1).id).work).toBe('parked');
  await press('x', window);
  expect(window.bridge.contact(aChat(1).id).work).toBe('open');
});

test('CH-14: beyond one’s number a chat is claimed at the second key alone; where risk is flagged one is the number', async () => {
  const mine = (n: number, over: Partial<ContactOptions> = {}) =>
    aChat(n, {
      ownership: { kind: 'owned', by: anActor(14, people.handler.handler), since: START },
      ...over,
    });
  const window = await open({ contacts: [mine(2), mine(3), aChat(1)] });
  await press('{Control>}{Home}{/Control}', window);
  grid().focus();
  await press('gg', window);
  const chosen = () => window.workplace.list.read().selected;
  while (chosen() !== aChat(1).id) await press('j', window);
  await press('c', window);
  expect(said(window)).toContain('you have 2 chats. 2 at once is your limit');
  expect(sent(window).map(({ kind }) => kind)).not.toContain('claim');
  await press('c', window);
  expect(sent(window).at(-1)).toEqual({ kind: 'claim' });
});

test('CH-05, CH-04: who is typing stands in a line of its own, and whose turn it is when nobody is; a late answer says so in words', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  const turn = () => region('Line to the public').textContent;
  expect(turn()).toContain('They wait: 1:');
  await window.pass(60_000);
  expect(turn()).toContain('They have waited too long: 2:');
  window.bridge.push('chat.public-typing', { contact: aChat(1).id });
  await window.settle();
  expect(turn()).toContain('They are typing…');
  await window.pass(6_000);
  expect(turn()).not.toContain('typing');
  await press('t', window);
  await press('H', window);
  expect(window.bridge.requests.filter(({ name }) => name === 'chat.typing')).toHaveLength(1);
  await press('ello', window);
  expect(window.bridge.requests.filter(({ name }) => name === 'chat.typing')).toHaveLength(1);
});

test('CH-10: what is agreed about reaching them stands above the line, and stays half-written until it is kept', async () => {
  const window = await open({ contacts: [aChat(1)] });
  await openFirst(window);
  expect(region('Line to the public').textContent).toContain('not agreed yet');
  await press('{Shift>}s{/Shift}', window);
  await press('Text at work{Tab}9 to 3{Tab}bluebell{Tab} ', window);
  await press('{Escape}', window);
  // The letters of a sentence that was being typed are no commands.
  await window.pass(500);
  await press('{Shift>}s{/Shift}', window);
  expect(screen.getByLabelText<HTMLInputElement>('Code word').value).toBe('bluebell');
  await press('{Control>}{Enter}{/Control}', window);
  expect(sent(window).at(-1)).toMatchObject({
    kind: 'safe-contact',
    safe: { doNotRing: true, way: 'Text at work' },
  });
  expect(region('Line to the public').textContent).toContain(
    'do not ring · Text at work · 9 to 3 · code word “bluebell”',
  );
});

test('CH-12: who may be back is said with the earlier chat, and marked in the list of whoever had it', async () => {
  const owner = anActor(14, people.handler.handler);
  const earlier = { contact: asContactId(uuid(7)), ref: 'CON-20261122-000007', owner };
  const back = aChat(1, { chat: { ...newChat, earlier } });
  const window = await open({ contacts: [{ ...back, marks: { ...back.marks, backTo: owner.handler } }] });
  expect(grid().textContent).toContain('Back?');
  await openFirst(window);
  expect(screen.getByRole('group', { name: 'Contact' }).textContent).toContain(
    'Possibly the same person as CON-20261122-000007, whom desk 14 (1001) had',
  );
  // The head is rolled away where a chat is open at its last line: it is said beside it too.
  expect(region('To know').textContent).toContain(
    'Possibly the same person as CON-20261122-000007, perhaps another hand: ask for the code word.',
  );
});

test('CH-13: a form stands as fields, with its risk words marked, also in the look from the list', async () => {
  const form = {
    kind: 'crime',
    answers: [{ id: 'what', question: 'What happened?', answer: 'He has a knife outside.' }],
  };
  const window = await open({ contacts: [aChat(1, { channel: 'online-report', form })] });
  await press('gg', window);
  grid().focus();
  await press('j', window);
  await press(' ', window);
  const look = screen.getByRole('article', { name: 'Look' });
  expect(look.textContent).toContain('Risk words:');
  expect(within(look).getByText('knife').tagName).toBe('MARK');
  expect(look.textContent).toContain('What happened?');
});

test('CH-04: the transcript keeps the order of the queue, whatever the clocks say; words that turn others are shown as signs', async () => {
  const by = anActor(14, people.handler.handler);
  const at = asInstant(START);
  const says = (key: string, text: string, offset: number) => ({
    key,
    from: 'public' as const,
    text,
    language: null,
    at: asInstant(START + offset),
  });
  const reply = { id: asCommandId(uuid(50)), n: 1, after: 1, text: 'between', canned: null, by, at };
  const chat: Chat = { ...newChat, replies: [reply] };
  const contact = aChat(1, {
    chat,
    // Their clock is an hour ahead for the first, and behind for the second.
    messages: [says('a', 'first', 3_600_000), says('b', '\u202Esecond', -3_600_000)],
    ownership: { kind: 'owned', by, since: START },
  });
  const window = await open({ contacts: [contact] });
  await openFirst(window);
  const items = within(record()).getAllByRole('listitem');
  expect(items.map(({ textContent }) => /first|between|second/u.exec(textContent ?? '')?.[0])).toEqual([
    'first',
    'between',
    'second',
  ]);
  expect(record().textContent).toContain('\u2370second');
});

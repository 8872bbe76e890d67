import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Colleague } from '../../../shared/domain/chat/colleague.ts';
import { asInstant, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, anActor, START } from '../../testing/builders.ts';
import { press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

/** The policy's fifteen minutes for a look are over in one. */
const report = (n: number, title: string) => {
  const receivedAt = asInstant(START - 14 * MINUTE + n);
  const contact = aContact({ n, channel: 'online-report', title, receivedAt });
  return { ...contact, due: { ...contact.due, at: asInstant(receivedAt + 15 * MINUTE), allowances: [] } };
};
const aLeader: Colleague = {
  actor: anActor(9, '4809'),
  name: 'Sgt. Imelda Voss',
  role: 'team-leader',
  status: 'break',
  chats: 0,
  hasRisk: false,
};
const line = () => screen.queryByRole('region', { name: 'Not looked at in time' })?.textContent ?? '';
const open = async (role: 'team-leader' | 'handler'): Promise<Window> => {
  rendered = await renderWindow({ who: role, contacts: [report(1, 'Keyed car'), report(2, 'Lost cat')] });
  await rendered.settle();
  return rendered;
};

test('K-09: a team leader’s desk tells what nobody has looked at in time, oldest first, from its own copy, until somebody has', async () => {
  const window = await open('team-leader');
  expect(line()).toBe('');
  await window.pass(2 * MINUTE);
  expect(line()).toMatch(
    /Nobody has looked at 2 of these in time: .*here for 1[56].* Keyed car · and 1 more/s,
  );
  act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
  await window.settle();
  expect(line()).toContain('Keyed car');
  const taken = report(1, 'Keyed car');
  window.bridge.arrive({ ...taken, rev: taken.rev + 1, grade: 'G3' });
  await window.settle();
  expect(line()).toContain('Lost cat');
  expect(line()).not.toContain('more');
});

const look = (window: Window) => press('{Control>}{Shift>}u{/Shift}{/Control}', window);

test('K-09: what the person here has looked at is told no more at this desk, and stays unread for everybody else; the key goes on to the next', async () => {
  const window = await open('team-leader');
  await window.pass(2 * MINUTE);
  await look(window);
  expect(window.workplace.looking.read()).toBe(report(1, '').id);
  expect(line()).toContain('this in time');
  expect(line()).toContain('Lost cat');
  await look(window);
  expect([window.workplace.looking.read(), line()]).toEqual([report(2, '').id, '']);
  expect(screen.getAllByText('Unread')).toHaveLength(2);
});

test('K-09: while no team leader is signed in every desk is told, with the reason, until one is there', async () => {
  const window = await open('handler');
  await window.pass(2 * MINUTE);
  expect(line()).toMatch(/^No team leader is signed in. Nobody has looked at 2 of these in time: /);
  act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
  await window.pass(2 * MINUTE);
  expect(line()).toContain('No team leader');
  act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'live' } }));
  window.bridge.colleagues = [aLeader];
  await window.pass(2 * MINUTE);
  expect(line()).toBe('');
});

test('K-09: with a team leader there, whoever does not answer for the room is not told, but every row of it says that it was not read', async () => {
  const window = await open('handler');
  window.bridge.colleagues = [aLeader];
  await window.pass(2 * MINUTE);
  expect(line()).toBe('');
  expect(screen.getAllByText('Unread')).toHaveLength(2);
});

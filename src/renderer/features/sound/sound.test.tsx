import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { asInstant, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, anActor, START } from '../../testing/builders.ts';
import { anEmergency, press } from '../../testing/hands.ts';
import { renderWindow, type RenderOptions } from '../../testing/render-window.tsx';
import { attendTo } from './attend.ts';
import { listenTo } from './listen.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops) stop();
  stops = [];
});

/** The window with an ear instead of a loudspeaker. */
async function open(options: RenderOptions = {}) {
  const window = await renderWindow(options);
  const heard: string[] = [];
  const speaker = { play: (name: string) => void heard.push(name), stop: () => void heard.push('-') };
  const stop = listenTo(window.workplace, speaker, window.workplace.monotonic);
  stops = [stop, () => window.stop()];
  await window.pass(0);
  return { ...window, heard };
}

test('SO-01, SO-04: an emergency is heard until it is silenced, and the next one again', async () => {
  const window = await open();
  act(() => window.bridge.arrive(anEmergency(1)));
  await window.pass(1);
  expect(window.heard).toEqual(['emergency']);
  await press('{F7}', window);
  expect(window.heard).toEqual(['emergency', '-']);
  expect(screen.getAllByText('Silent until the next emergency.').length).toBeGreaterThan(0);
  await window.pass(20_000);
  expect(window.heard).toEqual(['emergency', '-']);
  act(() => window.bridge.arrive(anEmergency(2)));
  await window.pass(1);
  expect(window.heard).toEqual(['emergency', '-', 'emergency']);
});

test('SO-01: it is heard no more once it is taken', async () => {
  const window = await open({ contacts: [anEmergency(1)] });
  await press('{F2}', window);
  await window.pass(1);
  const before = window.heard.length;
  await window.pass(30_000);
  expect(window.heard).toHaveLength(before);
});

test('SO-02: what is to be looked at first is heard when it comes, and what waits already is not', async () => {
  const first = {
    channel: 'online-report' as const,
    receivedAt: asInstant(START - 1_000),
    flags: { vulnerable: false, repeat: false, lookFirst: true },
  };
  const window = await open({ contacts: [aContact({ n: 1, ...first })] });
  expect(window.heard).toEqual([]);
  act(() => window.bridge.arrive(aContact({ n: 2, ...first }), aContact({ n: 3, channel: 'online-report' })));
  await window.pass(300);
  expect(window.heard).toEqual(['high']);
});

test('SO-02, K-09: while no team leader is signed in, what nobody has looked at in time is heard at every desk, once', async () => {
  const receivedAt = asInstant(START - 14 * MINUTE);
  const late = aContact({ n: 1, channel: 'online-report', receivedAt });
  const due = { ...late.due, at: asInstant(receivedAt + 15 * MINUTE), allowances: [] };
  const window = await open({ who: 'handler', contacts: [{ ...late, due }] });
  window.bridge.colleagues = [
    {
      ...{ actor: anActor(9, '4809'), name: 'I. Voss', role: 'team-leader', status: 'break' },
      ...{ chats: 0, hasRisk: false },
    },
  ];
  await window.pass(2 * MINUTE);
  await window.pass(1_000);
  expect(window.heard).toEqual([]);
  window.bridge.colleagues = [];
  await window.pass(2 * MINUTE);
  for (let n = 0; n < 3; n += 1) await window.pass(1_000);
  expect(window.heard).toEqual(['high']);
});

test('SO-02: a link that is lost and comes back is heard once each', async () => {
  const window = await open();
  const is = (kind: 'down' | 'live') =>
    act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind } }));
  is('down');
  await window.pass(1_000);
  is('live');
  await window.pass(10_000);
  expect(window.heard).toEqual(['link-lost', 'link-back']);
});

test('SO-02: a desk that starts says nothing of its link', async () => {
  const window = await open();
  for (const stop of stops.splice(0, 1)) stop();
  const { link } = window.bridge.desk;
  act(() => window.bridge.setDesk({ link: { ...link, kind: 'connecting', confirmedAt: null } }));
  const heard: string[] = [];
  const speaker = { play: (name: string) => void heard.push(name), stop: () => undefined };
  stops.unshift(listenTo(window.workplace, speaker, window.workplace.monotonic));
  act(() => window.bridge.setDesk({ link: { ...link, kind: 'live' } }));
  await window.pass(1);
  expect(heard).toEqual([]);
});

test('SO-06: louder and quieter are kept, and never leave an emergency below 30 per cent', async () => {
  const window = await open();
  const { workplace } = window;
  for (let n = 0; n < 12; n += 1) act(() => window.keyboard.runById('quieter'));
  expect(workplace.store.settings.read().volume).toBe(0);
  expect(workplace.said.read()?.text).toBe('Sounds at 0%. Emergencies stay at 30%.');
  act(() => window.keyboard.runById('louder'));
  expect(workplace.store.settings.read().volume).toBe(10);
});

test('SO-07, SO-05: the status line says when nothing can be heard, and how much was not sounded', async () => {
  const { workplace } = await open();
  act(() => workplace.sound.isHeard.set(false));
  expect(screen.getByText('No sound')).toBeDefined();
  act(() => workplace.sound.quietened.set(4));
  expect(screen.getByText('4').parentElement?.textContent).toBe('Not sounded: 4');
});

test('W-34: the shell is told how many emergencies wait, behind the lock too', async () => {
  const window = await open({ contacts: [anEmergency(1)] });
  stops.push(attendTo(window.workplace));
  await window.pass(1);
  expect(window.bridge.attended).toBe(1);
  act(() => void window.bridge.request('session.lock', {}));
  await window.pass(1);
  act(() => window.bridge.arrive(anEmergency(2)));
  await window.pass(1);
  expect(window.bridge.attended).toBe(2);
});

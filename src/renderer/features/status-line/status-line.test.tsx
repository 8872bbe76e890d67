import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { DeskState } from '../../../shared/contract/workstation.ts';
import { aCall, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Rendered = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Rendered | null = null;
const open = async (...args: Parameters<typeof renderWindow>): Promise<Rendered> =>
  (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const line = () => screen.getByRole('status', { name: 'Status line' });
const link = () => line().querySelector('[data-tone]');
const tell = ({ bridge }: Rendered, change: Partial<DeskState>) => act(() => bridge.setDesk(change));
const linkIs = (window: Rendered, kind: DeskState['link']['kind']) =>
  tell(window, { link: { ...window.bridge.desk.link, kind } });

test('A-10: the status line says which desk this is, who sits there and what they are doing', async () => {
  await open();
  expect(line().textContent).toMatch(/Desk 14Sam OkaforAvailable F8/);
});

test('A-03: a role that is not the usual one stands beside the name', async () => {
  await open({ who: 'trainee' });
  expect(line().textContent).toContain('Leo Hartley, trainee');
});

test('W-12: a red link says since when the data is, how old that is, and what still works', async () => {
  const window = await open();
  await window.pass(180_000);
  linkIs(window, 'down');
  expect(link()?.getAttribute('data-tone')).toBe('down');
  expect(link()?.textContent).toContain('Link down – showing 14:05:00, 3 min old');
  expect(link()?.textContent).toContain('Go on with what is yours. Claiming needs the link.');
});

test('W-12: amber and plain say nothing of what still works, because everything does', async () => {
  const window = await open();
  expect(link()?.textContent).toBe(' Live 12 ms');
  linkIs(window, 'suspect');
  expect(link()?.textContent).toBe(' Not confirmed since 14:05:00');
});

test('S-14: a disk that is nearly full or full says so, and the fuller one more loudly', async () => {
  const window = await open();
  tell(window, { disk: 'nearly-full', storage: 'memory' });
  expect(line().textContent).toContain('Disk nearly full');
  tell(window, { disk: 'full' });
  expect(line().textContent).toContain('Disk full: nothing is kept here');
  tell(window, { disk: 'enough' });
  expect(line().textContent).toContain('Memory only: nothing is kept if this desk stops');
});

test('W-16: behind the lock the line shows desk, person, link and clock, and nothing of the work', async () => {
  const window = await open({ contacts: [aCall(1)] });
  expect(line().textContent).toContain('Kept here: 0');
  await press('{Control>}l{/Control}', window);
  expect(line().textContent).toBe('DEMO – not real callsDesk 14Sam Okafor Live 12 ms14:05:00');
});

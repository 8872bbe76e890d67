import { screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { Call } from '../../../shared/domain/call.ts';
import type { MarkerOnRecord } from '../../../shared/domain/record/parts.ts';
import { asInstant, MINUTE } from '../../../shared/domain/time.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { aContact, anActor, START, type ContactOptions } from '../../testing/builders.ts';
import { note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const aCallOf = (over: Partial<Call> = {}): Call => ({
  id: 'bt-1',
  handOver: 'caller-dropped',
  line: 'mobile',
  subscriber: null,
  network: 'Three',
  cell: null,
  marks: [],
  operatorHeard: 'A small child babbling, keys being pressed.',
  waited: null,
  recording: null,
  otherAgency: null,
  offeredAt: asInstant(START - 60_000),
  answeredAt: null,
  endedAt: asInstant(START - 30_000),
  asOf: asInstant(START - 30_000),
  claimedAt: null,
  ...over,
});

const highRisk: MarkerOnRecord = {
  id: 'MK-0101',
  kind: 'high-risk-domestic-abuse',
  concerns: 'Mara Quested',
  source: 'MARAC, meeting of July',
  setAt: '2026-07-14',
  reviewBy: '2027-07-13',
  owner: 'Domestic Abuse Investigation and Safeguarding Unit',
  note: 'Her partner reads her telephone. Never ring back.',
  matchedBy: ['same-number'],
};

const dropped = (over: Partial<ContactOptions> = {}) =>
  aContact({
    n: 3,
    channel: '999-dropped',
    title: 'Call dropped, small child babbling',
    caller: { name: null, number: '07700 900318', address: null },
    call: aCallOf(),
    ...over,
  });
const silent = (over: Partial<ContactOptions> = {}) =>
  aContact({
    n: 4,
    channel: '999-silent',
    title: 'Nobody speaks',
    caller: { name: null, number: '07700 900227', address: null },
    call: aCallOf({ handOver: 'connected', endedAt: null }),
    ...over,
  });

async function openWith(contact: ReturnType<typeof aContact>, keys: string) {
  const window = await renderWindow({ contacts: [contact] });
  rendered = window;
  await openFirst(window);
  await press(keys, window);
  return window;
}

const sheet = (name: string) => screen.getByRole('region', { name });
const chosen = () =>
  within(sheet('Ring back'))
    .queryAllByRole('radio', { checked: true })
    .map((each) => each.textContent);

test('C-20: the first question is whether it is safe, with what is on record beside it (E03)', async () => {
  const window = await openWith(dropped({ markers: [highRisk] }), '{Shift>}C{/Shift}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Is it safe to ring?');
  const facts = screen.getByRole('region', { name: 'On record about ringing' }).textContent;
  expect(facts).toContain('A small child babbling');
  expect(facts).toContain('High-risk domestic abuse');
  expect(facts).toContain('Do not ring back before it is known to be safe');
  await press('1', window);
  expect(chosen()).toEqual([]);
});

test('C-20: ringing back takes y, a digit for how, a digit for what came of it, and the words (E03)', async () => {
  const window = await openWith(dropped(), '{Shift>}C{/Shift}');
  await press('y', window);
  await press('1', window);
  await press('1', window);
  expect(sheet('Ring back').textContent).toContain('Can you talk freely');
  await press('{Control>}{Enter}{/Control}', window);
  expect(window.bridge.contact(dropped().id).attempts).toEqual([]);
  await press('Mother, talks freely, child heard', window);
  await press('{Control>}{Enter}{/Control}', window);
  const contact = window.bridge.contact(dropped().id);
  expect(contact.attempts).toMatchObject([
    { safe: 'yes', way: 'voice', result: 'answered', words: 'Mother, talks freely, child heard' },
  ]);
  expect(contact.callBackDue).toBe(false);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Is it safe to ring?');
  expect(chosen()).toEqual([]);
});

test('C-20: how often it was tried, and when last, stands below; the duty stays while nobody answers', async () => {
  const window = await openWith(dropped(), '{Shift>}C{/Shift}');
  await press('y12', window);
  await press('{Control>}{Enter}{/Control}', window);
  await window.pass(4 * MINUTE);
  const log = screen.getByRole('region', { name: 'Attempts' });
  expect(log.textContent).toContain('1 attempt, the last 4 minutes ago.');
  expect(log.textContent).toContain('Tried to reach by voice, no answer');
  expect(window.bridge.contact(dropped().id).callBackDue).toBe(true);
});

test('C-20: “no” rings nobody, says what to do instead, and asks why', async () => {
  const window = await openWith(dropped({ markers: [highRisk] }), '{Shift>}C{/Shift}');
  await press('n', window);
  expect(chosen()).toEqual(['n No', '4 None', '3 Not rung']);
  expect(sheet('Ring back').textContent).toContain('Do not ring. Send somebody');
  await press('Marker: her partner answers', window);
  await press('{Control>}{Enter}{/Control}', window);
  expect(window.bridge.contact(dropped().id).attempts).toMatchObject([
    { safe: 'no', way: 'none', result: 'not-rung', words: 'Marker: her partner answers' },
  ]);
});

test('C-20: a relay user is rung by 18002 and never by a plain call (E21)', async () => {
  const window = await openWith(dropped({ call: aCallOf({ marks: ['relay-user'] }) }), '{Shift>}C{/Shift}');
  expect(sheet('Ring back').textContent).toContain('18002 07700 900318');
  await press('y', window);
  expect(chosen()).toEqual(['y Yes', '2 Relay, 18002 first']);
  expect(screen.getByRole('radio', { name: /Voice/ })).toHaveProperty('disabled', true);
});

test('TE-05: as soon as an emergency has dropped, how long the provider can be asked is counted down', async () => {
  const call = aCallOf({ endedAt: asInstant(START - 59 * MINUTE) });
  const window = await openWith(dropped({ call }), '{Shift>}C{/Shift}');
  expect(sheet('Ring back').textContent).toContain('Provider can be asked about the caller for 1:00');
  expect(screen.getByRole('region', { name: 'Line' }).textContent).toContain('Provider can be asked');
  await window.pass(MINUTE);
  expect(sheet('Ring back').textContent).toContain('The hour for asking the provider ended');
});

test('X-09: what was filled in of an attempt is there again after the sheet was left', async () => {
  const window = await openWith(dropped(), '{Shift>}C{/Shift}');
  await press('u12', window);
  await press('Nobody else known', window);
  await press('{Escape}', window);
  expect(screen.queryByRole('region', { name: 'Ring back' })).toBeNull();
  await press('{Shift>}C{/Shift}', window);
  expect(chosen()).toEqual(['u Not known', '1 Voice', '2 No answer']);
  expect(screen.getByDisplayValue('Nobody else known')).toBeTruthy();
});

test('C-21: every tap is one act at once, in order, with the prompt it answers (E02)', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  await press('1210', window);
  const { heard } = window.bridge.contact(silent().id);
  expect(heard.map(({ what, means }) => [what, means])).toEqual([
    ['tap', 'yes'],
    ['tap', 'no'],
    ['tap', 'yes'],
    ['noise', null],
  ]);
  expect(heard[0]?.words).toMatch(/^If you can hear me/);
  expect(heard[1]?.words).toMatch(/^Are you in danger/);
  expect(new Set(heard.map(({ words }) => words)).size).toBe(4);
});

test('C-21, T-05: one tap answers the question that was put: the grade follows, Alt+G gives it, and nobody asks again', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  const recommended = () => within(sheet('Listen')).getByRole('group', { name: 'Recommended grade' });
  expect(recommended().textContent).toContain('No grade recommended yet');
  await press('1', window);
  await press('1', window);
  expect(recommended().textContent).toContain('Recommended G1');
  expect(recommended().textContent).not.toContain('[tapped-danger]');
  const { triage } = window.bridge.contact(silent().id);
  expect(triage.at(-1)?.entry.answers).toEqual({ 'can-hear': { kind: 'yes' }, 'in-danger': { kind: 'yes' } });
  await press('2', window);
  expect(window.bridge.contact(silent().id).triage.at(-1)?.entry.answers).toMatchObject({
    weapons: { kind: 'no' },
  });
  await press('{Alt>}g{/Alt}', window);
  expect(window.bridge.contact(silent().id)).toMatchObject({ grade: 'G1' });
  await press('{Escape}', window);
  await press('q', window);
  expect(screen.getByRole('list', { name: 'Answered' }).textContent).toContain('In danger yes');
  await press('{Tab}', window);
  expect(screen.getByTestId('question-now').textContent).not.toContain('Are you in danger');
});

test('T-18: where nobody would be sent, Alt+G asks first whether police are the ones to go', async () => {
  const no = { kind: 'no' } as const;
  const ids = ['real-risk', 'doing-now', 'means-now', 'taken-something', 'goodbye', 'crime-too', 'child-too'];
  const answered = Object.fromEntries(ids.map((id) => [id, no]));
  const entry = { ...emptyEntry, callType: 'concern', answers: answered };
  const look = { id: 't' as never, entry, by: anActor(1), at: START };
  const quiet = aContact({ n: 4, channel: '101-voice', triage: [look] });
  const window = await openWith(quiet, '{Shift>}L{/Shift}');
  await press('{Alt>}g{/Alt}', window);
  expect(window.bridge.contact(quiet.id).grade).toBeNull();
  const care = screen.getByRole('region', { name: 'Right Care Right Person' });
  expect(care.textContent).toContain('not finished');
  await press('by a word only', window);
  expect(screen.getByRole('textbox', { name: 'Reason' }).closest('form')?.contains(care)).toBe(true);
});

test('C-21: silence is no answer', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  await press('00', window);
  expect(window.bridge.contact(silent().id).triage).toEqual([]);
});

test('C-21: taps that come faster than they are kept are all kept, in their order', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  const real = window.bridge.request.bind(window.bridge);
  const held: (() => void)[] = [];
  window.bridge.request = async (name, input) => {
    // What a tap answers is kept beside it.
    if (name === 'command.submit' && 'act' in input && input.act.kind === 'hear')
      await new Promise<void>((resolve) => held.push(resolve));
    return real(name, input);
  };
  await press('121', window);
  expect(held).toHaveLength(1);
  for (let turn = 0; turn < 3; turn += 1) {
    held.shift()?.();
    await window.settle();
  }
  expect(window.bridge.contact(silent().id).heard.map(({ means }) => means)).toEqual(['yes', 'no', 'yes']);
});

test('C-21: a noise is written in words, a voice by one key, and both stand in the one record', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  await press('t', window);
  await press('a door, then blows', window);
  await press('{Enter}', window);
  await press('v', window);
  expect(window.bridge.contact(silent().id).heard).toMatchObject([
    { what: 'noise', words: 'a door, then blows' },
    { what: 'voice' },
  ]);
  await press('{Escape}', window);
  const record = screen.getByRole('region', { name: 'Notes' }).textContent;
  expect(record).toContain('Noise: a door, then blows');
});

test('C-21: a tap that the disk refuses stays on screen until it is kept', async () => {
  const window = await openWith(silent(), '{Shift>}L{/Shift}');
  window.bridge.diskFull = true;
  await press('1', window);
  expect(window.bridge.contact(silent().id).heard).toEqual([]);
  expect(sheet('Listen').textContent).toContain('Not kept yet: 1');
  window.bridge.diskFull = false;
  await window.pass(20_000);
  await press('r', window);
  const { heard } = window.bridge.contact(silent().id);
  expect(heard).toMatchObject([{ what: 'tap', means: 'yes' }]);
  expect(heard[0]?.words).toMatch(/\(heard \d\d:\d\d:\d\d\)$/);
  expect(sheet('Listen').textContent).not.toContain('Not kept yet');
});

test('T-13: a silent call from a number at high risk says that no grade below G1 can be given (A4)', async () => {
  await openWith(silent({ markers: [highRisk] }), '{Shift>}L{/Shift}');
  expect(sheet('Listen').textContent).toContain('No lower than G1.');
  expect(sheet('Listen').textContent).toContain('Never close as an accident');
  expect(sheet('Listen').textContent).toContain('55 that was pressed gives no place');
});

test('W-02: a location that comes while the sheet is open moves neither focus nor what is typed', async () => {
  const window = await openWith(dropped(), '{Shift>}C{/Shift}');
  await press('y11', window);
  await press('Mother ans', window);
  const focus = document.activeElement;
  window.bridge.arrive({ ...window.bridge.contact(dropped().id), rev: 9, account: 'later words' });
  await window.settle();
  expect(document.activeElement).toBe(focus);
  expect(screen.getByDisplayValue('Mother ans')).toBeTruthy();
  expect(note().value).toBe('');
});

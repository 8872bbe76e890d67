import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { asInstant, HOUR, MINUTE } from '../../../shared/domain/time.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { aCall, grid, note, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const region = (name: string) => screen.getByRole('region', { name });
const at = (ms: number) => asInstant(START + ms);
const located = (more: Partial<Location>): Location => ({
  method: 'cell',
  latitude: 51.8,
  longitude: -0.2,
  radiusMetres: 2_800,
  place: null,
  at: at(-60_000),
  ...more,
});

/** A later revision of a contact reaches the window, as the log would bring it. */
async function becomes(window: Awaited<ReturnType<typeof renderWindow>>, contact: Contact): Promise<void> {
  window.bridge.arrive({ ...contact, rev: contact.rev + 1 });
  await window.settle();
}

describe('where', () => {
  const call = aContact({
    n: 1,
    channel: '101-voice',
    place: 'Hatfield',
    locations: [located({ at: at(-60_000) })],
  });

  test('C-16: a location says its method, radius, time against the call, age and coordinates in words', async () => {
    const aml = located({ method: 'aml', radiusMetres: 22, at: at(-43_000), latitude: 51.80212 });
    const window = await open({ contacts: [{ ...call, locations: [...call.locations, aml] }] });
    await openFirst(window);
    const place = region('Place');
    for (const words of [
      'From the handset (AML)',
      'within 22 m',
      '14:04:17, 17 s after the call',
      '0:43 old',
      '51.80212, -0.20000',
      '1 older',
    ])
      expect(place.textContent).toContain(words);
    expect(within(place).getByText('within 2.8 km')).toBeTruthy();
  });

  test('C-16: a location that comes late takes the lines of the one before, says so for a minute, and moves no focus', async () => {
    const window = await open({ contacts: [call] });
    await openFirst(window);
    await press('n', window);
    await press('two men', window);
    expect(region('Place').textContent).not.toContain('Location came');
    await window.pass(22_000);
    const seen = window.bridge.contact(call.id);
    const aml = located({
      method: 'aml',
      radiusMetres: 22,
      at: at(20_000),
      place: 'Hatfield, Cavendish Way',
    });
    await becomes(window, { ...seen, place: 'Hatfield, Cavendish Way', locations: [...seen.locations, aml] });
    expect(region('Place').textContent).toContain('Location came 14:05:22');
    expect(region('Place').textContent).toContain('Hatfield, Cavendish Way');
    expect(document.activeElement).toBe(note());
    expect(note().value).toBe('two men');
    expect(screen.getByText(/Location came: Hatfield, Cavendish Way\./)).toBeTruthy();
    await window.pass(61_000);
    expect(region('Place').textContent).not.toContain('Location came');
  });
});

describe('the record', () => {
  test('P-02: a note that was typed in later says when it was done and when it was written', async () => {
    const late = aContact({
      n: 1,
      channel: '101-voice',
      notes: [
        {
          id: asCommandId(uuid(1)),
          text: 'Sister rang back',
          by: anActor(14),
          at: at(-5 * MINUTE),
          happenedAt: at(-5 * HOUR),
          late: false,
        },
      ],
    });
    await openFirst(await open({ contacts: [late] }));
    expect(region('Notes').textContent).toContain('done 09:05:00, written 14:00:00');
  });

  test('Y-07: beside a grade and an incident stands by which versions of the policies they were decided, and nothing beside what none decided', async () => {
    const under = (versions: Readonly<Record<string, string>>) => ({
      ...{ id: asCommandId(uuid(60)), by: anActor(14), at: START, policies: versions },
    });
    const decided = aContact({
      n: 1,
      channel: '101-voice',
      gradings: [{ ...under({ triage: 'triage-2026-11-6' }), grade: 'G2', reason: 'told', rationale: null }],
      incident: {
        ...under({ categories: 'categories-2026-11-2' }),
        ...{ ref: '2026-11-18/0001', provisionalRef: 'PROV-2026-AAAA', category: 'PS-DOM' },
      },
      notes: [
        {
          ...{ id: asCommandId(uuid(61)), text: 'Rang back', by: anActor(14), at: START },
          ...{ happenedAt: null, late: false },
        },
      ],
    });
    await openFirst(await open({ contacts: [decided] }));
    const entries = within(region('Notes'))
      .getAllByRole('listitem')
      .map(({ textContent }) => /by (\S+-2026-\S+?)(?=[A-Z])/.exec(textContent)?.[1] ?? null);
    expect(entries).toEqual([null, 'triage-2026-11-6', 'categories-2026-11-2']);
  });

  test('C-17: what the public writes later stands between the notes by its time, with its language, as plain text', async () => {
    const say = (key: string, text: string, ms: number, language: string | null) =>
      ({ key, from: 'public', text, language, at: at(ms) }) as const;
    const noted = (n: number, text: string, ms: number) =>
      ({
        id: asCommandId(uuid(n)),
        text,
        by: anActor(14),
        at: at(ms),
        happenedAt: null,
        late: false,
      }) as const;
    const chat = aContact({
      n: 1,
      channel: 'web-chat',
      messages: [say('a', 'On <b>wraca</b>', -3 * MINUTE, 'pl'), say('b', 'Please', -MINUTE, null)],
      notes: [noted(1, 'first', -4 * MINUTE), noted(2, 'second', -2 * MINUTE)],
    });
    const window = await open({ contacts: [chat] });
    await openFirst(window);
    const entries = within(region('Notes')).getAllByRole('listitem');
    expect(entries.map((entry) => entry.querySelector('p:last-child')?.textContent)).toEqual([
      'first',
      'On <b>wraca</b>',
      'second',
      'Please',
    ]);
    expect(entries[1]?.textContent).toContain('The public, in Polish');
    await becomes(window, {
      ...window.bridge.contact(chat.id),
      messages: [...chat.messages, say('c', 'He is here', 0, null)],
    });
    expect(within(region('Notes')).getAllByRole('listitem').at(-1)?.textContent).toContain('He is here');
  });

  test('P-03: the provisional reference and the paper log stand on the contact that began so', async () => {
    const begun = aContact({
      n: 1,
      channel: '101-voice',
      provisionalRef: 'PROV-7K4MRA',
      paperLog: 'P14-0007',
    });
    await openFirst(await open({ contacts: [begun] }));
    const head = screen.getByRole('group', { name: 'Contact' });
    expect(head.textContent).toContain('paper log P14-0007');
    expect(head.textContent).toContain('began as PROV-7K4MRA');
    expect(region('Times and names').textContent).toContain('PROV-7K4MRA');
  });
});

test('C-04: who left by the safety exit is told in the work and beside it, until that is over, and the row is marked', async () => {
  const chat = aContact({ n: 1, channel: 'web-chat', channelState: 'active' });
  const window = await open({ contacts: [chat] });
  await openFirst(window);
  const warned = () => screen.queryAllByRole('note', { name: 'Safety exit' });
  expect(warned()).toHaveLength(0);
  await press('n', window);
  await press('two', window);
  await becomes(window, { ...window.bridge.contact(chat.id), channelState: 'left-by-exit' });
  expect(warned().map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('do not message, ring or e-mail until checked'),
    expect.stringContaining('do not message, ring or e-mail until checked'),
  ]);
  expect(grid().querySelector('[title^="Left by the safety exit"]')?.textContent).toBe('X');
  expect(document.activeElement).toBe(note());
});

test('W-21: earlier contacts say date, channel, title, grade and by what they were found; Enter looks and claims nothing', async () => {
  const caller = { name: 'Amira Kowalska', number: '01632 960117', address: null };
  const before = aContact({
    n: 2,
    channel: '999-voice',
    title: 'Shouting heard',
    grade: 'G2',
    receivedAt: at(-26 * HOUR),
    ownership: { kind: 'closed', by: anActor(7), since: at(-25 * HOUR) },
    caller,
  });
  const now = aContact({ n: 1, channel: '101-voice', title: 'Call 1', caller });
  const window = await open({ contacts: [before, now, aCall(3)] });
  await openFirst(window);
  const earlier = region('Earlier contacts');
  expect(
    within(earlier)
      .getAllByRole('button')
      .map(({ textContent }) => textContent),
  ).toEqual(['21 Nov 2026 · 999 · Closed, G2Shouting heardSame number, name']);
  await press('h', window);
  expect(document.activeElement?.textContent).toContain('Shouting heard');
  await press('{Enter}', window);
  expect(screen.getByRole('article', { name: 'Look' }).textContent).toContain('Shouting heard');
  expect(window.workplace.active.read()).toBe(now.id);
  expect(window.workplace.tabs.read()).toEqual([now.id]);
  await press('{Escape}', window);
  expect(screen.queryByRole('article', { name: 'Look' })).toBeNull();
});

test('W-21: a contact without earlier ones says how far that is known', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  expect(region('Earlier contacts').textContent).toContain('within the 72 hours that this desk holds');
});

test('X-09: words that wait to be finished are found again when no contact is open', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  await window.pass(500);
  await press('{Control>}w{/Control}', window);
  const drafts = region('Your drafts');
  expect(drafts.textContent).toContain('Call 1');
  expect(drafts.textContent).toContain('7 letters');
  await userEvent.click(within(drafts).getByRole('button'));
  await window.settle();
  expect(note().value).toBe('two men');
  expect(document.activeElement).toBe(note());
});

test('A-04: a mentor may free what another desk holds, with a reason; a handler is told who may', async () => {
  const window = await open({ contacts: [aCall(1)], who: 'mentor' });
  await openFirst(window);
  window.bridge.elsewhere(window.bridge.me, aCall(1).id, { kind: 'release' });
  window.bridge.elsewhere(anActor(7), aCall(1).id, { kind: 'claim' });
  await window.settle();
  await press('{Shift>}r{/Shift}', window);
  await press('desk is dark{Enter}', window);
  expect(window.bridge.contact(aCall(1).id).ownership.kind).toBe('waiting');
});

test('A-04: a handler’s key to free asks for nothing and says who may', async () => {
  const window = await open({ contacts: [aCall(1)] });
  await openFirst(window);
  await press('{Shift>}r{/Shift}', window);
  expect(screen.queryByRole('textbox', { name: 'Reason' })).toBeNull();
  expect(screen.getAllByText(/^Only a mentor or a team leader may free/).length).toBeGreaterThan(0);
});

test('X-07, C-06: what is done with the link red is told on the contact itself as not sent, and that it may be with another desk by now', async () => {
  const window = await open({ contacts: [aCall(1)], answers: 'when-told' });
  await openFirst(window);
  act(() => window.bridge.answerNext());
  await window.settle();
  const head = () => window.workplace.elements.get('work')?.textContent;
  const { link } = window.bridge.desk;
  await press('{Shift>}E{/Shift}weapon{Enter}', window);
  expect(head()).toContain('kept here');
  expect(head()).not.toContain('NOT SENT');
  act(() => window.bridge.setDesk({ link: { ...link, kind: 'down' } }));
  await window.settle();
  expect(head()).toContain('NOT SENT: it may already be with another desk.');
  act(() => window.bridge.setDesk({ link }));
  act(() => window.bridge.answerNext());
  await window.settle();
  expect(head()).not.toMatch(/kept here|NOT SENT/);
});

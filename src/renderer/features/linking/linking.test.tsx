import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Duty } from '../../../shared/domain/record/parts.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { slotted } from '../../app/related.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { grid, note, press, reason } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const region = (name: string) => screen.getByRole('region', { name });
const at = (ms: number) => asInstant(START + ms);
const crash = (n: number, account: string, ms: number) =>
  aContact({
    n,
    channel: '101-voice',
    title: `Crash ${n}`,
    place: 'A414, Hatfield',
    account,
    receivedAt: at(ms),
    ownership: { kind: 'owned', by: anActor(14, '1001'), since: at(ms) },
  });
const first = crash(1, 'A crash on the A414, a car is on its roof.', -120_000);
const second = crash(2, 'Two cars have crashed on the A414.', -60_000);
const elsewhere = aContact({
  n: 7,
  channel: 'online-report',
  title: 'Shed broken into',
  place: 'Royston',
  account: 'My shed was opened last week.',
  receivedAt: at(-90_000),
});

type Window = Awaited<ReturnType<typeof renderWindow>>;
async function work(window: Window, contact: { readonly id: ContactId }): Promise<void> {
  window.workplace.open(contact.id);
  await window.settle();
  act(() => screen.getByRole('group', { name: 'Contact' }).focus());
  await window.settle();
}
const acts = (window: Window) =>
  window.bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { readonly act: { readonly kind: string } }).act] : [],
  );
const links = (window: Window) => acts(window).filter(({ kind }) => kind === 'link' || kind === 'part');

describe('what may belong together', () => {
  test('AS-10, AS-11, A9: it stands beside the contact with its number and its reasons, and nothing is linked by it', async () => {
    const window = await open({ contacts: [first, second, elsewhere] });
    await work(window, second);
    const suggested = within(region('May belong together'));
    expect(suggested.getAllByRole('listitem')).toHaveLength(1);
    const [one] = suggested.getAllByRole('button');
    for (const words of ['Ctrl+Shift+1', 'Crash 1', 'Both name A414.', 'Received within'])
      expect(one?.textContent).toContain(words);
    expect(links(window)).toEqual([]);
  });

  test('AS-10, C-22, A9: one key and its digit link it as the kind that fits, and both keep their words', async () => {
    const window = await open({ contacts: [first, second] });
    await work(window, second);
    await press('m1', window);
    expect(links(window)).toEqual([{ kind: 'link', to: first.id, as: 'same-incident', fact: '' }]);
    const linked = within(region('Linked'));
    expect(linked.getByRole('listitem').textContent).toContain(first.ref);
    expect(region('May belong together').textContent).toContain('Nothing found');
    expect([window.bridge.contact(first.id).account, window.bridge.contact(second.id).account]).toEqual([
      first.account,
      second.account,
    ]);
    expect(window.bridge.contact(second.id).ownership.kind).toBe('owned');
  });

  test('AS-10, R-15: where only the place is the same the key asks how they belong together, and nothing is linked before somebody has said', async () => {
    const circle = (ms: number) => [
      {
        method: 'aml',
        latitude: 51.66,
        longitude: -0.39,
        radiusMetres: 30,
        place: null,
        at: at(ms),
      } as const,
    ];
    const stolen = { ...elsewhere, receivedAt: at(-6 * 3_600_000), locations: circle(-6 * 3_600_000) };
    const lies = {
      ...aContact({
        n: 8,
        channel: '999-voice',
        title: 'A man lies on the floor',
        account: 'He does not wake up.',
      }),
    };
    const fallen = {
      ...lies,
      receivedAt: at(-60_000),
      locations: circle(-60_000),
      ownership: second.ownership,
    };
    const window = await open({ contacts: [stolen, fallen] });
    await work(window, fallen);
    expect(region('May belong together').textContent).toContain('Ctrl+Shift+1');
    await press('m1', window);
    expect(screen.getByRole<HTMLInputElement>('combobox').value).toBe(stolen.ref);
    await window.settle();
    await press('{Control>}{Enter}{/Control}', window);
    expect([links(window), screen.getAllByText(/choose how they belong together/).length > 0]).toEqual([
      [],
      true,
    ]);
    await press(' ', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(links(window)).toMatchObject([{ kind: 'link', to: stolen.id }]);
  });

  test.each([
    ['the note', 'n'],
    ['a sheet', 'q'],
  ])(
    'AS-10, X-10, C-23: in %s too one key links, and within ten seconds one takes it back',
    async (_where, key) => {
      const window = await open({ contacts: [first, second] });
      await work(window, second);
      await press(key, window);
      const before = document.activeElement;
      await press('{Control>}{Shift>}[Digit1]{/Shift}{/Control}', window);
      expect(links(window)).toEqual([{ kind: 'link', to: first.id, as: 'same-incident', fact: '' }]);
      expect(document.activeElement).toBe(before);
      expect(window.workplace.acts.undo.offer.read()).toMatchObject({ kind: 'link' });
      await press('{Control>}z{/Control}', window);
      expect(links(window).at(-1)).toMatchObject({ kind: 'part', reason: 'Taken back by the handler' });
      expect(window.bridge.contact(second.id).links.filter(({ parted }) => parted === null)).toEqual([]);
    },
  );

  test('AS-10: a digit under which nothing is suggested links nothing and says so', async () => {
    const window = await open({ contacts: [first, second] });
    await work(window, second);
    await press('m3', window);
    expect([links(window), screen.getAllByText(/Nothing is suggested under 3/).length > 0]).toEqual([
      [],
      true,
    ]);
  });

  test('AS-10: whoever is suggested keeps its number while others come and go, because the next key may be meant for it', () => {
    const one = (n: number) =>
      ({
        summary: aContact({ n, channel: '101-voice' }),
        kinds: ['same-incident'],
        because: ['x'],
        strength: 'likely',
      }) as never;
    const ids = (slots: ReturnType<typeof slotted>) => slots.map((slot) => slot?.summary.seq ?? null);
    const before = slotted([], [one(1), one(2), one(3)]);
    const after = slotted(before, [one(5), one(3), one(1), one(6), one(7)]);
    expect([ids(before), ids(after)]).toEqual([
      [1, 2, 3, null],
      [1, 5, 3, 6],
    ]);
  });

  test('AS-11: a call that comes while the contact is open is suggested a moment later', async () => {
    const window = await open({ contacts: [second] });
    await work(window, second);
    expect(region('May belong together').textContent).toContain('Nothing found');
    window.bridge.arrive(first);
    await window.settle();
    await window.pass(1_100);
    expect(region('May belong together').textContent).toContain('Crash 1');
  });

  test('AS-10: Space on a suggestion looks at it without opening, Enter opens it', async () => {
    const window = await open({ contacts: [first, second] });
    await work(window, second);
    const [one] = within(region('May belong together')).getAllByRole('button');
    act(() => one?.focus());
    await press(' ', window);
    expect(window.workplace.looking.read()).toBe(first.id);
    window.workplace.look(null);
    await window.settle();
    act(() => within(region('May belong together')).getAllByRole('button')[0]?.focus());
    await press('{Enter}', window);
    expect(window.workplace.active.read()).toBe(first.id);
  });
});

describe('parting', () => {
  test('C-23: m 0 asks for a reason and parts; both ends stay on the record', async () => {
    const window = await open({ contacts: [first, second] });
    await work(window, second);
    await press('m1', window);
    await press('m0', window);
    expect(screen.getByRole('form', { name: `Part from ${first.ref}` })).toBeTruthy();
    expect(document.activeElement).toBe(reason());
    await press('Another roundabout', window);
    await press('{Enter}', window);
    expect(links(window).at(-1)).toMatchObject({ kind: 'part', reason: 'Another roundabout' });
    expect(region('Linked').textContent).toContain('Another roundabout');
    expect(region('Notes').textContent).toContain(`Parted from ${first.ref}: Another roundabout`);
  });

  test('C-23: with nothing linked m 0 says so', async () => {
    const window = await open({ contacts: [second] });
    await work(window, second);
    await press('m0', window);
    expect(screen.getAllByText('Nothing is linked to this contact.').length).toBeGreaterThan(0);
  });
});

describe('what a child adds', () => {
  const link = {
    id: uuid(700) as never,
    kind: 'same-incident',
    side: 'parent',
    other: { contact: second.id, ref: second.ref },
    fact: 'red Fiesta',
    found: ['injury', 'direction-conflict'],
    parted: null,
    by: anActor(3),
    at: at(-30_000),
  } as const;
  const duty = {
    id: 're-thrive@4',
    kind: 're-thrive',
    because: 'linked-adds-facts',
    since: at(-30_000),
    done: null,
  } as const;

  test('C-24, AS-14, AS-15, A9: the parent shows the dated line, the new facts as badges, and that its risk must be looked at again', async () => {
    const window = await open({ contacts: [{ ...first, links: [link], duties: [duty] }, second] });
    await work(window, first);
    const linked = region('Linked');
    for (const words of [
      second.ref,
      'Adds: red Fiesta',
      'injury',
      'direction conflict',
      'Look at the risk again',
    ])
      expect(linked.textContent).toContain(words);
    const [line] = within(region('Notes')).getAllByRole('listitem');
    expect(line?.textContent).toContain(`${second.ref} adds at 14:04: red Fiesta`);
    expect(line?.textContent).toContain('injury');
  });
});

describe('a caller who rings back', () => {
  const again = { ...second, title: 'Rings again' };
  const link = {
    id: uuid(702) as never,
    kind: 'same-caller',
    side: 'parent',
    other: { contact: again.id, ref: again.ref },
    fact: '',
    found: [],
    parted: null,
    by: anActor(3),
    at: at(-30_000),
  } as const;
  const duty: Duty = {
    id: 're-thrive@4',
    kind: 're-thrive',
    because: 'caller-rang-back',
    since: at(-30_000),
    done: null,
  };
  const rung = (over: Partial<Duty>): typeof first => ({
    ...first,
    links: [link],
    duties: [{ ...duty, ...over }],
  });

  test('T-17, W-29: it is said beside the links with the time, and its key goes to that call', async () => {
    const window = await open({ contacts: [rung({ because: 'caller-rang-back' }), again] });
    await work(window, first);
    expect(region('Linked').textContent).toContain('Look at the risk again: the caller rang back at 14:04');
    expect(region('Linked').textContent).toContain('Ctrl+Shift+9');
    await press('m9', window);
    expect(window.workplace.active.read()).toBe(again.id);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Contact');
  });

  test('T-17, W-29: it is said too where another look was due already, for another reason', async () => {
    const window = await open({
      contacts: [rung({ because: 'line-dropped', since: at(-90_000) }), again],
    });
    await work(window, first);
    expect(region('Linked').textContent).toContain('the caller rang back at 14:04');
  });

  test('T-17, W-29: it is said of a link as the same incident too when the call came from the same number, and of none other', async () => {
    const bare = { ...link, kind: 'same-incident' } as const;
    const duties = [{ ...duty, because: 'line-dropped' }];
    const window = await open({
      contacts: [
        { ...first, links: [{ ...bare, rangAgain: true }], duties },
        { ...again, links: [] },
      ],
    });
    await work(window, first);
    expect(region('Linked').textContent).toContain('the caller rang back at 14:04');
    window.stop();
    const without = await open({ contacts: [{ ...first, links: [bare], duties }, again] });
    await work(without, first);
    expect(region('Linked').textContent).not.toContain('rang back');
  });

  test('T-17, W-29: once the risk was looked at nothing is said, and the key says so', async () => {
    const done = { by: anActor(3), at: at(-10_000), words: '' };
    const window = await open({ contacts: [rung({ because: 'caller-rang-back', done }), again] });
    await work(window, first);
    expect(region('Linked').textContent).not.toContain('Look at the risk again');
    await press('m9', window);
    expect(window.workplace.active.read()).toBe(first.id);
    expect(screen.getAllByText('No linked contact asks for another look here.').length).toBeGreaterThan(0);
  });
});

describe('linking by reference', () => {
  const incident = {
    id: uuid(701) as never,
    ref: '2026-11-22/0412',
    provisionalRef: 'PROV-7KQ2MX',
    category: 'TR-INJ',
    by: anActor(3),
    at: at(-60_000),
  };
  const crime = {
    id: uuid(702) as never,
    decision: { kind: 'recorded', offence: 'Burglary of a shed', offenceClass: 'CR-BOT' },
    ref: '41/895/26',
    provisionalRef: 'PROV-K7M3QX',
    by: anActor(3),
    at: at(-50_000),
  } as const;
  const log = { ...elsewhere, incident, crime, marks: { ...elsewhere.marks, isr: incident.ref } };
  const field = () => screen.getByRole('combobox', { name: /ISR, crime number/ });
  const fact = () => screen.getByRole('textbox', { name: /What is new/ });

  test.each([
    ['an ISR', '412 of 22 November'],
    ['a crime number', '41 895 26'],
  ])(
    'C-22, R-05: by %s a repeat contact is added to its log with three keys beside the number, and lies there as a repeat',
    async (_, number) => {
      const window = await open({ contacts: [second, log] });
      await work(window, second);
      await press('mm', window);
      expect(document.activeElement).toBe(field());
      await userEvent.keyboard(number);
      await press('{Control>}{Enter}{/Control}', window);
      expect(links(window)).toEqual([{ kind: 'link', to: log.id, as: 'repeat', fact: '' }]);
      expect(screen.queryByRole('combobox', { name: /ISR, crime number/ })).toBeNull();
      expect(region('Linked').textContent).toContain('repeat of it');
    },
  );

  test('C-22: words find it too; arrows choose, Enter goes to what is new, and that goes with the link', async () => {
    const window = await open({ contacts: [first, second, log] });
    await work(window, second);
    await press('{Shift>}m{/Shift}', window);
    await press('shed', window);
    expect(
      within(screen.getByRole('listbox', { name: 'Contacts found' })).getAllByRole('option'),
    ).toHaveLength(1);
    await press('{Enter}', window);
    expect(document.activeElement).toBe(fact());
    await userEvent.keyboard('A bicycle went as well');
    await press('{Control>}{Enter}{/Control}', window);
    expect(links(window)).toEqual([
      { kind: 'link', to: log.id, as: 'same-incident', fact: 'A bicycle went as well' },
    ]);
  });

  const older = {
    ...log,
    id: uuid(990) as ContactId,
    ref: 'CON-20261101-000007',
    title: 'Shed on Mill Road',
    incident: { ...incident, ref: '2026-11-01/0413' },
  };
  const asks = (window: Window) => window.bridge.requests.filter(({ name }) => name === 'contact.ask');
  const toTheLog = async (window: Window, typed = '413 of 1 November'): Promise<void> => {
    await work(window, second);
    await press('mm', window);
    await userEvent.keyboard(typed);
    await window.settle();
  };

  test('C-22, L-24: a log that ended long ago is reached with the same three keys: nothing is asked while the number is typed', async () => {
    const window = await open({ contacts: [second, log] });
    window.bridge.keepAtQueue(older);
    await toTheLog(window);
    expect(screen.getByText('ISR 2026-11-01/0413: not on this desk. Enter asks the queue.')).toBeTruthy();
    expect(asks(window)).toEqual([]);
    await press('{Control>}{Enter}{/Control}', window);
    expect([asks(window).length, links(window)]).toEqual([
      1,
      [{ kind: 'link', to: older.id, as: 'repeat', fact: '' }],
    ]);
  });

  test('C-22, L-24: Enter asks, shows what the queue found, and goes on to what is new', async () => {
    const window = await open({ contacts: [second, log] });
    window.bridge.keepAtQueue(older);
    await toTheLog(window);
    await press('{Enter}', window);
    expect(document.activeElement).toBe(fact());
    expect(screen.getByText('ISR 2026-11-01/0413: found at the queue.')).toBeTruthy();
    expect(screen.getByRole('option').textContent).toContain('Shed on Mill Road');
    await userEvent.keyboard('A bicycle went as well');
    await press('{Control>}{Enter}{/Control}', window);
    expect([asks(window).length, links(window)]).toEqual([
      1,
      [{ kind: 'link', to: older.id, as: 'repeat', fact: 'A bicycle went as well' }],
    ]);
  });

  test('C-22, L-24: a number that nobody goes by is shown first, and kept as a note by the same keys again', async () => {
    const window = await open({ contacts: [second, log] });
    await toTheLog(window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(
      screen.getAllByText(/nothing goes by it, here or at the queue. Check the number/).length,
    ).toBeGreaterThan(0);
    expect([(field() as HTMLInputElement).value, window.bridge.contact(second.id).notes]).toEqual([
      '413 of 1 November',
      [],
    ]);
    await press('{Control>}{Enter}{/Control}', window);
    expect(window.bridge.contact(second.id).notes.at(-1)?.text).toBe(
      'Belongs to ISR 2026-11-01/0413, as named by the caller. Not linked: nothing goes by it. Dispatch must be told.',
    );
  });

  test('C-22, A-13: what this role does not look up is said, and nothing is linked', async () => {
    const window = await open({ contacts: [second, log] });
    window.bridge.queueSays = 'not-yours';
    await toTheLog(window);
    await press('{Enter}', window);
    expect(screen.getByText(/which your role does not look up: ask your mentor/)).toBeTruthy();
    expect(links(window)).toEqual([]);
  });

  test('C-22, L-24: with the link red the number is kept as a note with what is new, and who must be told is said', async () => {
    const window = await open({ contacts: [second, log] });
    window.bridge.keepAtQueue(older);
    const { link } = window.bridge.desk;
    window.bridge.setDesk({ link: { ...link, kind: 'down' } });
    await toTheLog(window);
    await press('{Enter}', window);
    expect(screen.getByText(/not on this desk, and the queue cannot be asked now/)).toBeTruthy();
    await userEvent.keyboard('A bicycle went as well');
    await press('{Control>}{Enter}{/Control}', window);
    expect(links(window)).toEqual([]);
    const kept = window.bridge.requests.flatMap(({ name, input }) =>
      name === 'command.submit' ? [(input as { readonly act: { readonly text?: string } }).act.text] : [],
    );
    expect(kept.at(-1)).toBe(
      'Belongs to ISR 2026-11-01/0413, as named by the caller. Not linked: it is not on this desk, and the queue could not be asked. Dispatch must be told. What is new: A bicycle went as well',
    );
    expect(screen.queryByRole('combobox', { name: /ISR, crime number/ })).toBeNull();
  });

  test('L-24: a contact that this desk does not hold is asked for when it is opened, and read; otherwise it is said why not', async () => {
    const window = await open({ contacts: [second] });
    window.bridge.keepAtQueue(older);
    window.workplace.open(older.id);
    await window.settle();
    expect(screen.getByRole('heading', { name: 'Shed on Mill Road' })).toBeTruthy();
    window.workplace.open(uuid(991) as ContactId);
    await window.settle();
    expect(screen.getByText('Neither this desk nor the queue has this contact.')).toBeTruthy();
  });

  test('C-22: words that find nothing are kept by nobody', async () => {
    const window = await open({ contacts: [second, log] });
    await work(window, second);
    await press('mm', window);
    await press('zzzz', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect([links(window), window.bridge.contact(second.id).notes]).toEqual([[], second.notes]);
    expect(document.activeElement).toBe(field());
  });

  test('W-06, X-09: Esc leaves the sheet and loses nothing; the note stays in reach', async () => {
    const window = await open({ contacts: [second, log] });
    await work(window, second);
    await press('mm', window);
    await press('412 of', window);
    await press('{Escape}', window);
    expect(screen.queryByRole('combobox', { name: /ISR, crime number/ })).toBeNull();
    expect(note()).toBeTruthy();
    await press('mm', window);
    expect((field() as HTMLInputElement).value).toBe('412 of');
  });
});

test('the list keeps its own m: nothing is linked from the inbox', async () => {
  const window = await open({ contacts: [first, second] });
  act(() => grid().focus());
  await press('jm1', window);
  expect(links(window)).toEqual([]);
});

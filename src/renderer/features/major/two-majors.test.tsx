import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { summaryOf, type Contact } from '../../../shared/domain/contact.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { emptyMethane } from '../../../shared/domain/triage/major-incident.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';
import { majorFor } from './major-now.ts';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = (over: Partial<Contact> = {}): Contact =>
  aContact({
    n: 1,
    channel: '101-voice',
    title: 'Smoke over the A414',
    receivedAt: asInstant(START - 90_000),
    ...over,
  });
const declared = aContact({
  n: 2,
  channel: '101-voice',
  title: 'Coach on its side',
  major: {
    id: asCommandId(uuid(70)),
    name: 'A414 collision',
    report: { ...emptyMethane, major: 'declared', exact: 'A414 at Hertford', type: 'coach and cars' },
    stoodDown: null,
    by: anActor(22),
    at: START,
  },
});
const { id } = call();
const line = () => screen.queryByRole('region', { name: 'Major incident' });

async function beside(options: Parameters<typeof renderWindow>[0] = {}): Promise<Window> {
  const window = await open({ contacts: [call(), declared], ...options });
  await openFirst(window);
  return window;
}

describe('two major incidents at once', () => {
  const second = aContact({
    n: 3,
    channel: '101-voice',
    title: 'Train off the rails',
    receivedAt: asInstant(START - 60_000),
    ...(declared.major && { major: { ...declared.major, id: asCommandId(uuid(71)), name: 'Rail bridge' } }),
  });
  const both = (over: Partial<Contact> = {}) => ({ contacts: [call(over), declared, second] });
  const links = (window: Window) => window.bridge.contact(id).links;
  const linkTo = (other: Contact): Contact['links'][number] => ({
    id: asCommandId(uuid(80)),
    kind: 'same-incident',
    side: 'child',
    other: { contact: other.id, ref: other.ref },
    fact: '',
    found: [],
    by: anActor(22),
    at: START,
    parted: null,
  });

  const which = () => screen.queryByRole('group', { name: 'Which major incident' });

  test('T-21: nothing says which: x 1 links to neither, and one more key does; each is named with its place and time', async () => {
    const window = await beside(both());
    expect(line()?.textContent).toContain('Major incidents: A414 collision and Rail bridge.');
    await press('x', window);
    await press('1', window);
    const asked = which()?.textContent ?? '';
    for (const words of [
      'A414 collision',
      'Rail bridge',
      declared.place ?? 'Place not known',
      second.ref,
      'since ',
    ])
      expect(asked).toContain(words);
    // Neither Enter nor a digit of none chooses one.
    await press('{Enter}', window);
    await press('3', window);
    expect(links(window)).toEqual([]);
    await press('2', window);
    expect(links(window)).toMatchObject([{ kind: 'major-incident', other: { contact: second.id } }]);
    expect(which()).toBeNull();
  });

  test('T-21: x 2 keeps what is new in the note until it is said which; Esc leaves it there', async () => {
    const window = await beside(both());
    act(() => screen.getByRole('textbox', { name: 'Note' }).focus());
    await press('a tanker is leaking{Control>}{F8}{/Control}2', window);
    expect(which()).not.toBeNull();
    await press('{Escape}', window);
    expect([which(), links(window), window.bridge.contact(id).notes]).toEqual([null, [], []]);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
    await press('{Control>}{F8}{/Control}2', window);
    await press('1', window);
    expect(links(window)).toMatchObject([{ fact: 'a tanker is leaking', other: { contact: declared.id } }]);
    expect(window.bridge.contact(id).notes).toMatchObject([{ text: 'a tanker is leaking' }]);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Note' }));
  });

  test('T-21: x 3 makes the emergency before it is said which', async () => {
    const window = await beside(both());
    await press('x', window);
    await press('3', window);
    const { band, grade } = window.bridge.contact(id);
    expect([band, grade, links(window)]).toEqual(['A', 'G1', []]);
    await press('1', window);
    expect(links(window)).toMatchObject([
      { other: { contact: declared.id }, fact: 'Somebody on this call is hurt.' },
    ]);
  });

  test('T-21: a third one declared while it is asked takes no digit from another, and one stood down leaves its own empty', async () => {
    const window = await beside(both());
    await press('x', window);
    await press('1', window);
    const third = aContact({
      n: 4,
      channel: '101-voice',
      title: 'Fire at the depot',
      receivedAt: asInstant(START - 1_000),
      ...(declared.major && { major: { ...declared.major, id: asCommandId(uuid(72)), name: 'Depot fire' } }),
    });
    window.bridge.arrive(third);
    await window.settle();
    expect(which()?.textContent).toMatch(/1A414 collision.*2Rail bridge.*3Depot fire/);
    const reason = 'the last casualty has left';
    const about = declared.major?.id ?? asCommandId(uuid(70));
    window.bridge.elsewhere(anActor(22), declared.id, { kind: 'stand-down', reason, major: about });
    await window.settle();
    expect(which()?.textContent).toMatch(/1: stood down.*2Rail bridge.*3Depot fire/);
    await press('1', window);
    expect(links(window)).toEqual([]);
    await press('3', window);
    expect(links(window)).toMatchObject([{ other: { contact: third.id } }]);
  });

  test('T-21: palette and sheet name both, and what is joined', async () => {
    const window = await beside(both());
    await press('{Control>}k{/Control}', window);
    await press('rail bridge', window);
    expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toContainEqual(
      expect.stringContaining('nothing new (A414 collision and Rail bridge: one more key says which)'),
    );
    await press('{Escape}', window);
    await press('{Control>}m{/Control}', window);
    expect(screen.getByRole('group', { name: 'One is declared already' }).textContent).toContain(
      'A414 collision and Rail bridge are declared already. Is this call about one?Join one',
    );
    await press('{Alt>}j{/Alt}', window);
    await press('1', window);
    expect(links(window)).toMatchObject([{ other: { contact: declared.id } }]);
  });

  test('T-21: with no call open, and on one of the two, the line names both and shows each', async () => {
    const window = await open(both());
    expect(line()?.textContent).toContain('Major incidents: A414 collision and Rail bridge.');
    expect(screen.getByRole('button', { name: 'Look: Rail bridge' })).toBeDefined();
    await act(async () => window.workplace.open(declared.id));
    await window.settle();
    expect(line()?.textContent).not.toContain('Is this call');
  });

  test.each([
    ['the older', declared],
    ['the newer', second],
  ])(
    'T-21: linked to %s one, the line names that one, and x 1 links it to no other',
    async (_which, major) => {
      const window = await beside(both({ links: [linkTo(major)] }));
      expect(line()?.textContent).toContain(`Major incident: ${major.major?.name}.`);
      const another = major === declared ? second : declared;
      expect(line()?.textContent).toContain(`Also on: ${another.major?.name}.`);
      await press('x', window);
      await press('1', window);
      expect(links(window).map(({ other }) => other.contact)).toEqual([major.id]);
      expect(which()).toBeNull();
    },
  );

  test('T-21, AS-10: suggested to one as the same incident, x 1 sorts it there; suggested to both, it asks', () => {
    const row = (contact: Contact) => ({ summary: summaryOf(contact), pending: [] });
    const facts = { majors: [row(second), row(declared)] };
    const to = (...contacts: readonly Contact[]) => ({
      slots: contacts.map((contact) => ({
        summary: summaryOf(contact),
        kinds: ['same-incident' as const],
        because: ['Both name the A414.'],
        strength: 'likely' as const,
      })),
      repeats: [],
      year: [],
      older: [],
      trouble: null,
    });
    expect(majorFor(facts, id, call(), to(declared))).toMatchObject({
      kind: 'one',
      major: { contact: declared.id },
    });
    expect(majorFor(facts, id, call(), to(declared, second)).kind).toBe('which');
    const linked = call({ links: [linkTo(declared), linkTo(second)] });
    expect(majorFor(facts, id, linked, to(declared)).kind).toBe('which');
  });
});

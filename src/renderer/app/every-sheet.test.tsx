import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aLook } from '../../../tests/harness/record-acts.ts';
import { aContact, anActor, people, uuid } from '../testing/builders.ts';
import { press } from '../testing/hands.ts';
import { renderWindow } from '../testing/render-window.tsx';
import { sheetKinds, type SheetKind } from './sheets.ts';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
afterEach(() => {
  vi.restoreAllMocks();
  rendered?.stop();
  rendered = null;
});

/** How each sheet is used. A new kind does not compile before it stands here, and is then held to the same rules. */
interface SheetCase {
  /** Opens it, also from another sheet. */
  readonly key: string;
  /** What a screen reader calls it. */
  readonly name: RegExp;
  /** What has the focus when it comes: its name. */
  readonly first: string;
  /** From there to a field of text, with the caret in its words. */
  readonly type: string;
  /** From there until its act can be done. */
  readonly rest: string;
  /** The act that Ctrl+Enter submits then. */
  readonly submits: string;
  /** What is said when Ctrl+Enter comes too early; `null` where an empty sheet may be left by it. */
  readonly early: RegExp | null;
}

const ctrl = (key: string): string => `{Control>}{${key}}{/Control}`;
const shift = (key: string): string => `{Shift>}{${key}}{/Shift}`;

const cases: Readonly<Record<SheetKind, SheetCase>> = {
  triage: {
    key: ctrl('F2'),
    name: /^Questions and THRIVE$/,
    first: 'Call type',
    type: '{Alt>}r{/Alt}{Enter}two men',
    rest: '',
    submits: 'triage',
    early: null,
  },
  caller: {
    key: ctrl('F10'),
    name: /^Caller$/,
    first: 'Caller’s name',
    type: '{Control>}a{/Control}Imogen Vale',
    rest: '',
    submits: 'describe',
    early: null,
  },
  place: {
    key: ctrl('F12'),
    name: /^Find the place$/,
    first: 'Where is it?',
    type: 'behind the weir',
    rest: '',
    submits: 'place',
    early: /No place yet/,
  },
  'call-back': {
    key: shift('F9'),
    name: /^Ring back$/,
    first: 'Is it safe to ring?',
    type: 'y11her sister',
    rest: '',
    submits: 'attempt',
    early: /is it safe to ring/,
  },
  listen: {
    key: ctrl('F9'),
    name: /^Listen$/,
    first: 'Say aloud, and listen',
    type: 'ta door',
    rest: '',
    submits: 'hear',
    early: null,
  },
  link: {
    key: ctrl('F11'),
    name: /^Link to another contact$/,
    first: 'ISR, crime number, contact reference, or words',
    type: 'CON-20261122-000002',
    rest: '',
    submits: 'link',
    early: /Nothing to link to yet/,
  },
  incident: {
    key: ctrl('F6'),
    name: /^Incident$/,
    first: 'Opening category',
    type: 'dom',
    rest: '{Enter}',
    submits: 'incident',
    early: /choose the category/,
  },
  grade: {
    key: shift('F3'),
    name: /^Grade/,
    first: 'Grade',
    type: '3seen by nobody',
    rest: '',
    submits: 'grade',
    early: /Choose the grade first/,
  },
  close: {
    key: shift('F4'),
    name: /^Close/,
    first: 'Outcome',
    type: '5abn{Enter}No reply to three',
    rest: '',
    submits: 'close',
    early: /what is missing stands beside each field/,
  },
  pass: {
    key: ctrl('F3'),
    name: /^Pass on$/,
    first: 'Pass on to',
    type: 'Council of Nowhere',
    rest: '',
    submits: 'pass',
    early: /Say first who it goes to/,
  },
  major: {
    key: '{Control>}m{/Control}',
    name: /^Declare a major incident$/,
    first: 'Its name',
    type: 'A414 collision',
    rest: `{Tab}declared{Tab}A414 at Hertford{Tab}coach and cars${ctrl('Enter')}`,
    submits: 'major',
    early: /Before it is declared/,
  },
  'safe-contact': {
    key: ctrl('F1'),
    name: /^Safe contact$/,
    first: 'Safest way to reach them',
    type: 'text at work',
    rest: '',
    submits: 'safe-contact',
    early: /Nothing has been changed/,
  },
  'hand-over': {
    key: '{Control>}{Shift>}h{/Shift}{/Control}',
    name: /^Hand the chat on$/,
    first: 'What they should know, in a line',
    type: 'alone with two children',
    rest: '{Tab}{Tab} ',
    submits: 'release',
    early: /Write a line first/,
  },
  language: {
    key: '{Control>}{Shift>}l{/Shift}{/Control}',
    name: /^Language of the conversation$/,
    first: 'Language',
    type: 'polsk',
    rest: '',
    submits: 'choose-language',
    early: /Type the name of a language/,
  },
};

const mine = aContact({
  n: 1,
  channel: '101-voice',
  title: 'Shouting next door',
  caller: { name: 'Ann Marsh', number: '01632 960123', address: null },
  account: 'They are shouting again.',
  ownership: {
    kind: 'owned',
    by: anActor(14, people.handler.handler),
    since: aContact({ n: 1, channel: '101-voice' }).receivedAt,
  },
});
/** What nobody has assessed is not closed. */
const assessed = {
  ...mine,
  triage: [{ id: uuid(3) as never, entry: aLook, by: anActor(14), at: mine.receivedAt }],
};
const other = aContact({ n: 2, channel: '101-voice', title: 'Shed broken into' });
const { id } = mine;

async function open(kind: SheetKind, has: 'nothing' | 'all' = 'nothing'): Promise<Window> {
  const before = kind === 'close' && has === 'all' ? assessed : mine;
  // Only a chat is handed on.
  const first = kind === 'hand-over' ? { ...before, channel: 'web-chat' as const } : before;
  const window = await renderWindow({ contacts: [first, other] });
  rendered = window;
  window.workplace.open(id);
  await window.settle();
  act(() => screen.getByRole('group', { name: 'Contact' }).focus());
  return window;
}

const sheet = (): HTMLElement | null => document.querySelector('section[data-focus="sheet"]');
const lying = ({ workplace }: Window): SheetKind | null => workplace.sheets.of(id).read();
const words = ({ workplace }: Window): string =>
  JSON.stringify(workplace.drafts.of(id).read().draft.sheets ?? {});
const submitted = ({ bridge }: Window): readonly string[] =>
  bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { readonly act: { readonly kind: string } }).act.kind] : [],
  );

/** As a screen reader names it, for what sheets are made of. */
function nameOf(element: Element | null): string {
  const { labels } = element as HTMLInputElement;
  const legend = element?.closest('fieldset')?.querySelector('legend')?.textContent;
  const isRadio = element instanceof HTMLInputElement && element.type === 'radio';
  return (
    (isRadio ? legend : null) ??
    element?.getAttribute('aria-label') ??
    (labels instanceof NodeList && labels.length > 0 ? labels[0]?.textContent : null) ??
    element?.textContent ??
    ''
  ).trim();
}
const reached = (within: Element): readonly HTMLElement[] =>
  [...within.querySelectorAll<HTMLElement>('input, textarea, select, button, summary, [tabindex]')].filter(
    (element) => element.tabIndex >= 0 && !element.hasAttribute('disabled'),
  );

describe.each(sheetKinds)('the sheet %s', (kind) => {
  const { key, name, first, type, rest, submits } = cases[kind];

  test('W-25, W-27: it has a name, its first field has the focus, Tab goes from there to the act at its foot, and everything on the way has a name', async () => {
    const window = await open(kind);
    await press(key, window);
    expect([lying(window), sheet()?.getAttribute('aria-label')]).toEqual([kind, expect.stringMatching(name)]);
    expect(nameOf(document.activeElement)).toContain(first);
    const all = sheet() === null ? [] : reached(sheet() as HTMLElement);
    expect(all.filter((element) => element.tabIndex > 0 || nameOf(element) === '')).toEqual([]);
    const button = sheet()?.querySelector('footer [data-sheet-act]') ?? null;
    expect(button?.textContent).toMatch(/^\S.* Ctrl\+Enter$/);
    expect(all.indexOf(button as HTMLElement)).toBeGreaterThan(
      all.indexOf(document.activeElement as HTMLElement),
    );
    expect(button?.closest('[data-sheet-body]')).toBeNull();
  });

  test('W-28: the lock gives back the field, the words and the caret', async () => {
    const window = await open(kind);
    await press(key, window);
    await press(type, window);
    const field = document.activeElement as HTMLInputElement | HTMLTextAreaElement;
    const before = { name: nameOf(field), value: field.value, words: words(window) };
    act(() => field.setSelectionRange(1, 3));
    await press('{Control>}l{/Control}', window);
    expect(sheet()).toBeNull();
    await press(`${people.handler.pin}{Enter}`, window);
    const after = document.activeElement as HTMLInputElement | HTMLTextAreaElement;
    expect(lying(window)).toBe(kind);
    expect({ name: nameOf(after), value: after.value, words: words(window) }).toEqual(before);
    expect([after.selectionStart, after.selectionEnd]).toEqual([1, 3]);
  });

  test('W-26: the key of the next sheet goes straight there and leaves the words; Esc goes back to the record', async () => {
    const next = sheetKinds[(sheetKinds.indexOf(kind) + 1) % sheetKinds.length] ?? kind;
    const window = await open(next === 'hand-over' ? next : kind);
    await press(key, window);
    await press(type, window);
    const before = words(window);
    await press(cases[next].key, window);
    expect([lying(window), words(window)]).toEqual([next, before]);
    expect(nameOf(document.activeElement)).toContain(cases[next].first);
    await press('{Escape}', window);
    expect([lying(window), document.activeElement?.getAttribute('aria-label')]).toEqual([null, 'Contact']);
  });

  test('W-27: Ctrl+Enter does what it is for; what the disk refuses is said once, and the words stay', async () => {
    const window = await open(kind, 'all');
    await press(key, window);
    await press(type + rest, window);
    const before = words(window);
    window.bridge.diskFull = true;
    const say = vi.spyOn(window.workplace, 'say');
    const count = submitted(window).length;
    await press(ctrl('Enter'), window);
    expect(submitted(window).slice(count)).toEqual([submits]);
    expect(say).toHaveBeenCalledTimes(1);
    if (kind !== 'listen') expect([lying(window), words(window)]).toEqual([kind, before]);
    expect(words(window)).toContain(kind);
  });
});

/** Questions and listening may be left with nothing in them: there is nothing to be too early for. */
const neverEmpty = sheetKinds.filter((kind) => cases[kind].early !== null);

test.each(neverEmpty)(
  'W-27: in the sheet %s Ctrl+Enter too early says once what is missing, and sends nothing',
  async (kind) => {
    const { key, early } = cases[kind];
    const window = await open(kind);
    await press(key, window);
    const say = vi.spyOn(window.workplace, 'say');
    const count = submitted(window).length;
    await press(ctrl('Enter'), window);
    expect(say.mock.calls.map(([text]) => text)).toEqual([expect.stringMatching(early ?? /^$/)]);
    expect([lying(window), submitted(window).slice(count)]).toEqual([kind, []]);
    expect(sheet()?.contains(document.activeElement)).toBe(true);
  },
);

import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { MINUTE } from '../../../shared/domain/time.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { aContact, anActor, START } from '../../testing/builders.ts';
import { openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = (over: Partial<Contact> = {}): Contact => ({
  ...aContact({ n: 1, channel: '101-voice', title: 'Shouting next door', place: null, ...over }),
});
const question = () => screen.getByTestId('question-now').textContent;
const recommended = () => screen.getByRole('group', { name: 'Recommended grade' }).textContent ?? '';
const line = (letter: string) => document.querySelector(`[data-letter="${letter}"]`);
const versions = ({ bridge }: Window, id: ContactId) => bridge.contact(id).triage;

/** A call that is mine, with its questions open. */
async function asking(
  contact: Contact = call(),
  options: Parameters<typeof renderWindow>[0] = {},
): Promise<Window> {
  const window = await open({ contacts: [contact], ...options });
  await openFirst(window);
  await press('q', window);
  return window;
}

describe('questions', () => {
  test('T-05: q opens them, the call type takes two letters and Enter, and the next best question stands large with why it comes', async () => {
    const window = await asking();
    expect(document.activeElement).toBe(screen.getByRole('combobox', { name: 'Call type' }));
    await press('do{Enter}', window);
    expect(screen.getByText('Domestic abuse')).toBeTruthy();
    expect(question()).toBe('Where exactly are you?');
    expect(screen.getByText(/Help cannot start without a place/)).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Then' })).getAllByRole('listitem')).toHaveLength(2);
  });

  test('T-05: what is typed for the call type before the questions are there stands in its field when they are', async () => {
    const window = await open({ contacts: [call()] });
    await openFirst(window);
    const questions = window.workplace.policies.of('questions');
    const there = questions.read();
    act(() => questions.set({ kind: 'loading' }));
    await press('q', window);
    await press('do', window);
    act(() => questions.set(there));
    await window.settle();
    const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Call type' });
    expect([field.value, document.activeElement === field]).toEqual(['do', true]);
    await press('{Enter}', window);
    expect(screen.getByText('Domestic abuse')).toBeTruthy();
  });

  test('T-06: y, n and u answer, a digit chooses, typed words and Enter; the answered stand in a list and can be changed', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('12 Larkmere Close{Enter}', window);
    expect(question()).toBe('I have 12 Larkmere Close. Is that exactly right?');
    await press('y', window);
    await press('1', window);
    const answered = screen.getByRole('list', { name: 'Answered' });
    expect(answered.textContent).toContain('Where 12 Larkmere Close, read back');
    const before = within(answered).getAllByRole('listitem').length;
    await press('u', window);
    expect(answered.textContent).toContain('not known');
    expect(within(answered).getAllByRole('listitem')).toHaveLength(before + 1);
    await userEvent.click(within(answered).getByRole('button', { name: /not known/ }));
    await press('n', window);
    expect(answered.textContent).not.toContain('not known');
    expect(within(answered).getAllByRole('listitem')).toHaveLength(before + 1);
  });

  test('T-05: Tab passes a question over and Shift+Tab brings it back; it does not come again by itself', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    const first = question();
    await press('{Tab}', window);
    const second = question();
    expect(second).not.toBe(first);
    await press('2', window);
    expect(question()).not.toBe(first);
    await press('{Shift>}{Tab}{/Shift}', window);
    expect(question()).toBe(first);
  });

  test('W-02: what a machine tells meanwhile never swaps the question that is being read out', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('{Tab}', window);
    const before = question();
    const seen = window.bridge.contact(call().id);
    window.bridge.arrive({ ...seen, rev: seen.rev + 1, place: 'Hatfield', channelState: 'dropped' });
    await window.settle();
    expect(question()).toBe(before);
  });
});

describe('the place', () => {
  test('T-07: a place read back in the questions is agreed from that key on, without its house in the row', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('12 Larkmere Close{Enter}', window);
    expect(window.bridge.contact(call().id).spots).toEqual([]);
    await press('y', window);
    expect(window.bridge.contact(call().id)).toMatchObject({
      place: 'Larkmere Close',
      spots: [{ words: 'Larkmere Close', detail: '12', readBack: true }],
    });
    await press('{Escape}', window);
    expect(window.bridge.contact(call().id).spots).toHaveLength(1);
  });

  test('T-07: what a machine told and the caller agrees keeps the point of that location', async () => {
    const at = START;
    const told = {
      method: 'caller',
      latitude: 51.76,
      longitude: -0.22,
      radiusMetres: 30,
      place: 'Larkmere Close',
      at,
    } as const;
    const window = await asking(call({ place: 'Larkmere Close', locations: [told] }));
    await press('do{Enter}', window);
    expect(question()).toBe('I have Larkmere Close. Is that exactly right?');
    await press('y', window);
    expect(window.bridge.contact(call().id).spots).toMatchObject([
      { words: 'Larkmere Close', point: { latitude: 51.76, longitude: -0.22 }, readBack: true },
    ]);
  });
});

describe('THRIVE', () => {
  test('T-02: a letter is not asked, none identified by 0, or has words; each by Alt and its letter', async () => {
    const window = await asking();
    expect(line('harm')?.textContent).toContain('not asked');
    await press('{Alt>}h{/Alt}', window);
    await press('0', window);
    expect(line('harm')?.textContent).toContain('none identified');
    await press('{Alt>}t{/Alt}', window);
    await press('1', window);
    await press('he is outside', window);
    expect(line('threat')?.textContent).toContain('he is outside · now');
    await press('{Alt>}v{/Alt}', window);
    await press('1', window);
    expect(line('vulnerability')?.textContent).toContain('domestic abuse');
  });

  test('T-06: an answer proposes, and is shown as proposed; a contradiction to “none identified” is shown and settled by nobody', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('{Tab}', window);
    await press('1', window);
    await press('y', window);
    expect(line('harm')?.getAttribute('data-proposed')).toBe('true');
    await press('{Alt>}h{/Alt}', window);
    await press('0', window);
    expect(line('harm')?.textContent).toContain('none identified, but an answer says');
  });
});

describe('looking again', () => {
  test('T-17: “don’t come” is one key, asks whether they talk freely, and is due until the next look', async () => {
    const window = await asking(call({ grade: 'G1' }));
    await press('do{Enter}{Alt>}n{/Alt}', window);
    await window.pass(4_000);
    const { duties } = window.bridge.contact(call().id);
    expect(duties.at(-1)).toMatchObject({ kind: 're-thrive', because: 'do-not-come', done: null });
    expect(screen.getByRole('list', { name: 'Answered' }).textContent).toContain('Says not to come yes');
  });

  test('T-17: the target stands in the record with how long there is left, says when it is near, and a look settles that', async () => {
    const by = anActor(1);
    const graded = { id: 'g' as never, grade: 'G1', reason: 'x', rationale: null, by, at: START } as const;
    const window = await open({ contacts: [call({ grade: 'G1', gradings: [graded] })] });
    await openFirst(window);
    const record = () => screen.getByRole('region', { name: 'Record' }).textContent ?? '';
    expect(record()).toContain('G1 by 14:20, in ');
    expect(record()).not.toContain('Look again');
    await window.pass(11 * MINUTE);
    expect(record()).toContain('Look again');
    await press('q', window);
    expect(screen.getByLabelText('Look again').textContent).toContain(
      'Nobody has attended and the target is near',
    );
    await press('{Control>}{Enter}{/Control}', window);
    expect(versions(window, call().id)).toHaveLength(1);
    expect(record()).not.toContain('Look again');
    await window.pass(2 * 60 * MINUTE);
    expect(record()).toContain('ago');
  });
});

describe('the recommended grade', () => {
  test('T-09: stands with its reason from the answers, in a sentence without the id of its rule, all reasons by Alt+Y, and Alt+G gives it with them', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    expect(recommended()).toContain('Recommended G2');
    expect(screen.getByText(/^Ask before a low grade: /)).toBeTruthy();
    await press('{Tab}', window);
    await press('1', window);
    expect(recommended()).toContain('Recommended G1, immediate');
    expect(recommended()).toContain('The person they fear is there or nearby.');
    expect(recommended()).not.toContain('[');
    await press('{Alt>}y{/Alt}', window);
    expect(
      within(screen.getByRole('list', { name: 'Reasons' })).getAllByRole('listitem').length,
    ).toBeGreaterThan(1);
    await press('{Alt>}g{/Alt}', window);
    const { grade, gradings, triage } = window.bridge.contact(call().id);
    expect(grade).toBe('G1');
    expect(gradings.at(-1)?.reason).toContain('[feared-one-near]');
    expect(triage.at(-1)?.entry.recommended).toMatchObject({ grade: 'G1' });
    expect(triage.at(-1)?.entry.policies).toMatchObject({ triage: expect.stringContaining('triage-') });
  });

  test('T-11: while nothing is known no grade is recommended, and Alt+G says what to ask', async () => {
    const window = await asking();
    expect(recommended()).toContain('No grade recommended yet');
    await press('{Alt>}g{/Alt}', window);
    expect(window.bridge.contact(call().id).grade).toBeNull();
    expect(screen.getByLabelText('Last act').textContent).toContain('Nothing to recommend yet');
  });

  test('A2: from the questions to a graded contact in at most ten keys', async () => {
    const window = await asking();
    const before = window.bridge.requests.length;
    const keys = ['d', 'o', '{Enter}', '{Tab}', '1', '{Alt>}g{/Alt}'];
    for (const key of keys) await press(key, window);
    expect(window.bridge.contact(call().id).grade).toBe('G1');
    expect(keys.length).toBeLessThanOrEqual(10);
    expect(window.bridge.requests.length).toBeGreaterThan(before);
  });
});

describe('versions', () => {
  test('T-03: three seconds without a key make one, leaving makes one, and none says the same as the last', async () => {
    const window = await asking();
    const { id } = call();
    await press('do{Enter}', window);
    expect(versions(window, id)).toHaveLength(0);
    await window.pass(3_000);
    expect(versions(window, id)).toHaveLength(1);
    await window.pass(10_000);
    expect(versions(window, id)).toHaveLength(1);
    await press('{Tab}', window);
    await press('2', window);
    await press('{Escape}', window);
    expect(versions(window, id)).toHaveLength(2);
    await press('q', window);
    await window.pass(5_000);
    await press('{Escape}', window);
    expect(versions(window, id)).toHaveLength(2);
    expect(window.bridge.draft(id)?.sheets ?? {}).toEqual({});
  });

  test('X-10, T-03: a version that nobody asked for leaves the last act one key away', async () => {
    const window = await asking();
    const offer = () => screen.getByRole('group', { name: 'Last act can be taken back' }).textContent;
    await press('do{Enter}', window);
    await press('{Shift>}{F7}{/Shift}', window);
    await press('weapon{Enter}', window);
    expect(offer()).toContain('Promoted');
    await window.pass(3_000);
    expect(versions(window, call().id)).toHaveLength(1);
    expect(offer()).toContain('Promoted');
  });

  test('T-03, X-09: what was answered is on the disk before it is a version, and there again when the sheet opens', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('12 Lark', window);
    await window.pass(400);
    expect(window.bridge.draft(call().id)?.sheets?.['triage']).toContain('12 Lark');
    await press('{Escape}', window);
    await press('q', window);
    expect(screen.getByDisplayValue('12 Lark')).toBeTruthy();
  });

  test('T-03: each version says who, when and what changed', async () => {
    const window = await asking();
    await press('{Alt>}h{/Alt}', window);
    await press('0', window);
    await window.pass(3_000);
    await press('{Alt>}t{/Alt}', window);
    await press('shouting', window);
    await window.pass(3_000);
    expect(screen.getByText('THRIVE, 2 versions')).toBeTruthy();
    expect(document.body.textContent).toContain('Threat: shouting');
    await press('{Escape}{Escape}', window);
    expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain('THRIVE, version 2');
  });

  test('C-06: on somebody else’s contact what is answered waits on this desk and is not asked for', async () => {
    const window = await asking();
    const seen = window.bridge.contact(call().id);
    const theirs = { kind: 'owned', by: anActor(22), since: START } as const;
    window.bridge.arrive({ ...seen, rev: seen.rev + 1, ownership: theirs });
    await window.settle();
    await press('do{Enter}', window);
    await window.pass(5_000);
    expect(versions(window, seen.id)).toHaveLength(0);
    expect(screen.getByLabelText('Last act').textContent).not.toContain('not yours');
    expect(window.bridge.draft(seen.id)?.sheets?.['triage']).toContain('domestic');
  });
});

describe('looking again', () => {
  const due = (because: string): Contact =>
    call({
      grade: 'G2',
      duties: [{ id: 're-thrive@2', kind: 're-thrive', because, since: START, done: null }],
    });

  test('A12, T-17: the duty stands on top with its sentence, and a look that finds nothing settles it', async () => {
    const window = await asking(due('line-dropped'));
    expect(screen.getByLabelText('Look again').textContent).toContain(
      'The line has gone; look at the risk again',
    );
    await press('{Alt>}t{/Alt}0', window);
    await press('{Control>}{Enter}{/Control}', window);
    const { duties, triage } = window.bridge.contact(call().id);
    expect(triage).toHaveLength(1);
    expect(duties.every(({ done }) => done !== null)).toBe(true);
  });

  test('R-12: a look in which nothing is answered settles nothing', async () => {
    const window = await asking(due('line-dropped'));
    await press('{Control>}{Enter}{/Control}', window);
    const { duties } = window.bridge.contact(call().id);
    expect(duties.some(({ done }) => done === null)).toBe(true);
  });

  test('T-17: the target and the next look stand there from the grade on, and warn when the time has come', async () => {
    const window = await asking();
    await press('do{Enter}', window);
    await press('{Alt>}g{/Alt}', window);
    const words = () => screen.getByText(/^G2 since/);
    expect(words().textContent).toBe('G2 since 14:05: target 15:05; look again by 14:50.');
    expect(words().parentElement?.getAttribute('data-due')).toBe('false');
    await window.pass(46 * MINUTE);
    const again = screen.getByRole('status', { name: 'Look again' });
    expect(again.getAttribute('data-due')).toBe('true');
    expect(again.textContent).toMatch(/^Look again\. .*target 15:05; look again by 14:50\./);
  });
});

describe('Right Care Right Person', () => {
  test('T-18: is asked before a recommended G5 of a concern for safety is given (E19)', async () => {
    const no = { kind: 'no' } as const;
    const ids = [
      'real-risk',
      'doing-now',
      'means-now',
      'taken-something',
      'goodbye',
      'crime-too',
      'child-too',
    ];
    const entry = {
      ...emptyEntry,
      callType: 'concern',
      answers: Object.fromEntries(ids.map((id) => [id, no])),
    };
    const look = { id: 't' as never, entry, by: anActor(1), at: START };
    const window = await asking(call({ triage: [look] }));
    expect(recommended()).toContain('Recommended G5');
    expect(screen.getByText(/^Right Care Right Person first \(Alt\+W\)\./)).toBeTruthy();
    await press('{Alt>}g{/Alt}', window);
    expect(window.bridge.contact(call().id).grade).toBeNull();
    const care = screen.getByRole('region', { name: 'Right Care Right Person' });
    expect(care.contains(document.activeElement)).toBe(true);
  });

  test('T-18: the path opens by Alt+W; one yes means that police attend, and what is missing is said', async () => {
    const window = await asking();
    await press('concern{Enter}', window);
    const care = screen.getByRole('region', { name: 'Right Care Right Person' });
    await press('{Alt>}w{/Alt}', window);
    await press('n', window);
    expect(care.textContent).toContain('not finished: child, real and immediate risk');
    await press('{Tab}{Tab}y', window);
    expect(care.textContent).toContain('police attend (child)');
    await window.pass(3_000);
    expect(versions(window, call().id).at(-1)?.entry.rightCare).toMatchObject([
      { step: 'crime', answer: 'no' },
      { step: 'child', answer: 'yes' },
    ]);
  });
});

test('AS-18: what is different today is kept as it is by a new version', async () => {
  const window = await asking();
  await press('do{Enter}', window);
  await window.pass(3_000);
  const seen = window.bridge.contact(call().id);
  const [first] = seen.triage;
  if (first === undefined) throw new Error('no version');
  window.bridge.arrive({
    ...seen,
    rev: seen.rev + 1,
    triage: [{ ...first, entry: { ...first.entry, different: 'She has a knife today' } }],
  });
  await window.settle();
  await press('{Tab}', window);
  await press('1', window);
  await window.pass(3_000);
  expect(versions(window, call().id).at(-1)?.entry.different).toBe('She has a knife today');
});

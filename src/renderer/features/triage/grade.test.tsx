import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { MarkerOnRecord, PlanOnRecord } from '../../../shared/domain/record/parts.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { emptyRationale } from '../../../shared/domain/triage/rationale.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { openFirst, press, reason } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const call = (over: Partial<Contact> = {}): Contact => ({
  ...aContact({ n: 1, channel: '101-voice', title: 'Shouting next door', ...over }),
});
const { id } = call();
const urgent: MarkerOnRecord = {
  id: 'MK-0103',
  kind: 'treat-as-urgent',
  concerns: 'the number',
  source: 'intelligence',
  setAt: '2026-01-01',
  reviewBy: '2026-12-01',
  owner: 'Duty inspector',
  note: '',
  matchedBy: ['same-number'],
};
const graded = (over: Partial<Contact> = {}): Contact =>
  call({
    grade: 'G1',
    gradings: [
      {
        id: asCommandId(uuid(50)),
        grade: 'G1',
        reason: 'told',
        rationale: null,
        by: anActor(14, '1001'),
        at: START,
      },
    ],
    ...over,
  });
const said = () => screen.getByLabelText('Last act').textContent ?? '';
const sheet = () => document.querySelector('[data-focus="sheet"]')?.textContent ?? '';

/** Fills the parts of the rationale that are asked. */
async function writeWhy(window: Window): Promise<void> {
  for (const part of ['Information', 'Risk', 'Options', 'Decision']) {
    act(() => screen.getByRole('textbox', { name: part }).focus());
    await press(`${part} written`, window);
  }
}

async function opened(contact: Contact, options: Parameters<typeof renderWindow>[0] = {}): Promise<Window> {
  const window = await open({ contacts: [contact], ...options });
  await openFirst(window);
  return window;
}

describe('a grade', () => {
  test('T-09: p and the digit of the recommended grade, then Enter: its reasons are the reason', async () => {
    const window = await opened(call());
    await press('q', window);
    await press('do{Enter}', window);
    await press('{Tab}', window);
    await press('1', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('1', window);
    expect(document.activeElement).toBe(reason());
    expect(reason().value).toBe('The person they fear is there or nearby.');
    await press('{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G1' });
    expect(window.bridge.contact(id).gradings.at(-1)?.reason).toContain('[feared-one-near]');
    expect(window.workplace.sheets.of(id).read()).toBeNull();
  });

  test('T-14: another than the recommended one says what was recommended and why, and asks for a reason of its own', async () => {
    const window = await opened(call());
    await press('q', window);
    await press('weapon{Enter}{Escape}', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('3', window);
    expect(sheet()).toContain('Recommended G2, priority because A weapon was spoken of.');
    expect(reason().value).toBe('');
    await press('{Enter}', window);
    expect(window.bridge.contact(id).grade).toBeNull();
    await press('a toy, seen by both neighbours{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G3' });
  });

  test('T-15: the first one below the recommended, of somebody vulnerable, asks why in five parts and waits for a second person', async () => {
    const window = await opened(call());
    await press('q', window);
    await press('do{Enter}{Escape}', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('3', window);
    expect(sheet()).toContain('G3 is lower than the recommended G2: say why in the parts below.');
    expect(sheet()).toContain('A mentor or team leader must agree; until then it stays ungraded.');
    await press('spoken to both, he has left{Enter}', window);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Information' }));
    expect(window.bridge.contact(id)).toMatchObject({ grade: null, asked: null });
    await writeWhy(window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: null, asked: { grade: 'G3' } });
    // What was asked is not what was given: the record says both.
    expect(screen.getByRole('region', { name: 'Record' }).textContent).toContain(
      'not graded yet. G3 asked for: a mentor or team leader must agree',
    );
  });

  test('T-19: another than the recommended one may say why in five parts behind one key; nobody has to, and a line is enough upward', async () => {
    const window = await opened(call());
    await press('q', window);
    await press('do{Enter}{Escape}', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('1', window);
    expect(screen.queryByRole('textbox', { name: 'Information' })).toBeNull();
    await press('he has said he will come back{Alt>}d{/Alt}', window);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Information' }));
    await press('two earlier calls{Control>}{Enter}{/Control}', window);
    const written = { ...emptyRationale, information: 'two earlier calls' };
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G1', duties: [] });
    expect(window.bridge.contact(id).gradings.at(-1)?.rationale).toEqual(written);
    const record = screen.getByRole('region', { name: 'Notes' });
    expect(within(record).getByText('two earlier calls')).toBeTruthy();
  });

  test('T-18: G5 by its key asks first whether police are the ones to go, in the same field as the questions, and once', async () => {
    const window = await opened(call());
    await press('q', window);
    await press('concern{Enter}{Escape}', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('5', window);
    const care = () => screen.getByRole('region', { name: 'Right Care Right Person' });
    expect(care().textContent).toContain('not finished');
    await press('the daughter is there{Enter}', window);
    expect(window.bridge.contact(id).grade).toBeNull();
    expect(care().contains(document.activeElement)).toBe(true);
    await press('y', window);
    expect(care().textContent).toContain('police attend (crime)');
    act(() => reason().focus());
    await press('{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G5' });
    expect(window.bridge.contact(id).triage.at(-1)?.entry.rightCare).toMatchObject([
      { step: 'crime', answer: 'yes' },
    ]);
    await press('q', window);
    expect(care().textContent).toContain('police attend (crime)');
  });

  test('T-09: with nothing recommended it takes a reason as before, by digits or by the key', async () => {
    const window = await opened(call());
    await press('{Shift>}{F3}{/Shift}', window);
    await press('4', window);
    await press('can wait{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G4' });
    expect(said()).toContain('Grade');
  });

  test('T-26: a low grade of somebody with an agreed plan leads to its question, and what was written stays', async () => {
    const plan: PlanOnRecord = {
      ref: 'PL-0417',
      concerns: 'Graham Tolhurst',
      wording: 'I have heard you.',
      allowedActions: [],
      limits: [],
      owner: 'Team leader',
      setAt: '2026-10-02',
      reviewBy: '2027-01-02',
      whatIsDifferent: 'What is different today?',
      matchedBy: ['same-number'],
    };
    const window = await opened(call({ plan }));
    await press('p', window);
    await press('5', window);
    await press('The eviction again{Enter}', window);
    expect(said()).toContain('say first what is different today');
    expect(window.bridge.contact(id).grade).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'What is different today?' }));
    expect(reason().value).toBe('The eviction again');
    await press('Nothing, he is sober{Enter}', window);
    expect(window.bridge.contact(id).triage.at(-1)?.entry.different).toBe('Nothing, he is sober');
    act(() => reason().focus());
    await press('{Enter}', window);
    expect(window.bridge.contact(id).grade).toBe('G5');
  });

  test('W-06: a half-written reason stays when the sheet is left, and is there again', async () => {
    const window = await opened(call());
    await press('p', window);
    await press('2', window);
    await press('she says', window);
    await press('{Escape}', window);
    await press('p', window);
    await press('2', window);
    expect(reason().value).toBe('she says');
  });
});

describe('a lower grade', () => {
  test('A11, T-15: asks why in five parts, says which are needed, and sends nothing without them', async () => {
    const window = await opened(graded());
    await press('p', window);
    await press('4', window);
    expect(sheet()).toContain('G4 is lower than G1');
    await press('he has left{Enter}', window);
    expect(window.bridge.contact(id).grade).toBe('G1');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Information' }));
    await writeWhy(window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(window.bridge.contact(id)).toMatchObject({
      grade: 'G4',
      marks: { duties: ['tell-caller', 're-thrive'] },
    });
    expect(window.bridge.contact(id).gradings.at(-1)?.rationale).toMatchObject({
      risk: 'Risk written',
      policy: '',
    });
  });

  test('A11, T-15: for whoever is vulnerable says who must agree, and the earlier grade stands until then', async () => {
    const window = await opened(graded({ flags: { vulnerable: true, repeat: false, lookFirst: false } }));
    await press('p', window);
    await press('4', window);
    expect(sheet()).toContain('A mentor or team leader must agree; until then G1 stands.');
    await press('he has left', window);
    await writeWhy(window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G1', asked: { grade: 'G4' } });
    expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain(
      'G4 asked for, waits for a second person',
    );
  });

  test('T-13: below a floor is said before it is sent, with why, and that only a team leader can agree', async () => {
    const window = await opened(call({ markers: [urgent] }));
    await press('p', window);
    await press('3', window);
    expect(sheet()).toContain(
      'G1 is the lowest grade here: This number or address is marked to be treated as urgent.',
    );
    expect(sheet()).toContain('Only a team leader can agree to less than G1; until then it stays ungraded.');
    await press('a wrong number{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: null, asked: null });
  });
});

describe('a second person', () => {
  const asked = (over: Partial<Contact> = {}): Contact =>
    graded({
      asked: {
        id: asCommandId(uuid(60)),
        grade: 'G4',
        reason: 'he has left',
        rationale: { ...emptyRationale, risk: 'He may come back tonight' },
        by: anActor(22, '1002'),
        at: START,
      },
      duties: [{ id: 'agree@2', kind: 'agree', because: 'downgrade', since: START, done: null }],
      ...over,
    });

  test('C-29: Shift+A shows who asked, for what and why; 1, a reason and Enter agree', async () => {
    const window = await opened(asked(), { who: 'mentor' });
    await press('{Shift>}a{/Shift}', window);
    expect(sheet()).toContain('desk 22, 1002, asked');
    expect(sheet()).toContain('He may come back tonight');
    await press('1', window);
    await press('read it all{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G4', asked: null });
  });

  test('C-29: what waits for a word stands in the list of whoever may give it, and of nobody else', async () => {
    const theirs = asked({ ownership: { kind: 'owned', by: anActor(22, '1002'), since: START } });
    await open({ contacts: [theirs], who: 'mentor' });
    expect(document.querySelector(`[data-contact-id="${id}"]`)).not.toBeNull();
    rendered?.stop();
    await open({ contacts: [theirs] });
    expect(document.querySelector(`[data-contact-id="${id}"]`)).toBeNull();
  });

  test('C-29: 2 keeps the earlier grade, with a reason', async () => {
    const window = await opened(asked(), { who: 'mentor' });
    await press('{Shift>}a{/Shift}', window);
    await press('2', window);
    await press('not before she is seen{Enter}', window);
    expect(window.bridge.contact(id)).toMatchObject({ grade: 'G1', asked: null });
  });

  test('T-13: a mentor cannot agree to less than a floor, and is told so', async () => {
    const window = await opened(asked({ markers: [urgent] }), { who: 'mentor' });
    await press('{Shift>}a{/Shift}', window);
    await press('1', window);
    expect(sheet()).toContain('only a team leader can agree to a lower one');
    expect(within(screen.getByRole('radiogroup')).getByRole('radio', { name: /Agree/ })).toHaveProperty(
      'disabled',
      true,
    );
  });

  test('C-29: a handler is told that it is not theirs to agree', async () => {
    const window = await opened(asked());
    await press('{Shift>}a{/Shift}', window);
    expect(said()).toContain('Only a mentor or a team leader may agree');
  });
});

test('T-16: Shift+U says how the caller was told of the lower grade, which settles the duty', async () => {
  const window = await opened(
    graded({
      duties: [{ id: 'tell@2', kind: 'tell-caller', because: 'downgrade', since: START, done: null }],
    }),
  );
  await press('{Shift>}u{/Shift}', window);
  await press('by telephone: a visit on Tuesday{Enter}', window);
  expect(window.bridge.contact(id).duties[0]?.done?.words).toBe('by telephone: a visit on Tuesday');
  expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain('Caller told: by telephone');
});

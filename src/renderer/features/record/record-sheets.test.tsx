import { act, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/workstation.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { asInstant, HOUR } from '../../../shared/domain/time.ts';
import { provisionalRefOf } from '../../../shared/domain/record/references.ts';
import type { Duty } from '../../../shared/domain/record/parts.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { emptyThrive } from '../../../shared/domain/triage/thrive.ts';
import { aCall, anEmergency, openFirst, press, slowReading } from '../../testing/hands.ts';
import { anActor, START, uuid } from '../../testing/builders.ts';
import { renderWindow } from '../../testing/render-window.tsx';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
type Rendered = Awaited<ReturnType<typeof renderWindow>>;
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

/** A call whose risk somebody has assessed. */
const assessed = (n: number): Contact => ({
  ...aCall(n),
  triage: [
    {
      id: asCommandId(uuid(0xc4)),
      entry: { ...emptyEntry, thrive: { ...emptyThrive, threat: { kind: 'none' } } },
      by: anActor(14),
      at: START,
    },
  ],
});
const opening = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Opening category' });
const form = () => screen.getByRole('group', { name: 'Closing record' });
const closingRecord = () => screen.queryByRole('group', { name: 'Closing record' });
const sheet = (name: string) => screen.queryByRole('region', { name });
const facts = () => screen.getByRole('region', { name: 'Record' });
const submits = ({ bridge }: Rendered) =>
  bridge.requests
    .filter(({ name }) => name === 'command.submit')
    .map(({ input }) => (input as Input<'command.submit'>).act)
    .filter(({ kind }) => kind !== 'consult' && kind !== 'claim');
/** Nobody's fingers go on for this long: letters are commands again. */
const rest = (window: Rendered) => window.pass(1_000);

async function becomes(window: Rendered, contact: Contact): Promise<void> {
  window.bridge.arrive({ ...contact, rev: contact.rev + 1 });
  await window.settle();
}

describe('opening an incident', () => {
  test('C-26: from a ringing 999 in a few strokes: the first Enter chooses and says what leaves, the second sends it', async () => {
    const window = await open({ contacts: [anEmergency(1)] });
    await press('{F2}', window);
    // The note has the focus then: the function key does the same from there as d on the contact.
    await press('{Control>}{F6}{/Control}', window);
    expect(document.activeElement).toBe(opening());
    await press('dom', window);
    await press('{Enter}', window);
    expect(submits(window)).toEqual([]);
    expect(sheet('Incident')?.textContent).toContain(
      'Open an incident: PS-DOM Domestic incident, not graded yet, Welwyn Garden City: Enter sends it to dispatch, Esc stays.',
    );
    await press('{Enter}', window);
    expect(submits(window)).toMatchObject([
      { kind: 'incident', category: 'PS-DOM', provisionalRef: expect.stringMatching(/^PROV-[3-9A-Y]{6}$/) },
    ]);
    expect(sheet('Incident')).toBeNull();
    expect(document.activeElement).toBe(window.workplace.elements.get('work'));
    // The next letter is a command: the grade.
    await press('p', window);
    expect(window.keyboard.pending.read()?.prefix).toBe('p');
  });

  test('C-26: digits and arrows choose from the list; an arrow after the choice chooses anew, and nothing is sent by it', async () => {
    const window = await open({ contacts: [anEmergency(1)] });
    await press('{F2}', window);
    await press('{Escape}d', window);
    await press('rtc', window);
    await press('2', window);
    const second = screen.getAllByRole('option')[1]?.textContent ?? '';
    expect(sheet('Incident')?.textContent).toContain('Open an incident:');
    expect(second).toContain('TR-');
    expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
    await press('{ArrowUp}', window);
    expect(sheet('Incident')?.textContent).not.toContain('Open an incident:');
    await press('{Enter}', window);
    expect(submits(window)).toEqual([]);
    await press('{Enter}', window);
    expect(submits(window)).toHaveLength(1);
  });

  test('W-06, X-09: Esc takes the choice back and stays; Esc again leaves, and the letters are there when it opens again', async () => {
    const window = await open({ contacts: [anEmergency(1)] });
    await press('{F2}', window);
    await press('{Escape}d', window);
    await press('dom{Enter}', window);
    await press('{Escape}', window);
    expect(opening().value).toBe('dom');
    expect(sheet('Incident')?.textContent).not.toContain('Open an incident:');
    await press('{Escape}', window);
    expect(sheet('Incident')).toBeNull();
    await rest(window);
    await press('d', window);
    expect(opening().value).toBe('dom');
    expect(submits(window)).toEqual([]);
  });

  test('C-26: Enter held down sends nothing that was only chosen', async () => {
    const window = await open({ contacts: [anEmergency(1)] });
    await press('{F2}', window);
    await press('{Escape}d', window);
    await press('dom', window);
    for (const repeat of [false, true, true])
      act(
        () =>
          void document.activeElement?.dispatchEvent(
            new KeyboardEvent('keydown', {
              key: 'Enter',
              code: 'Enter',
              bubbles: true,
              cancelable: true,
              repeat,
            }),
          ),
      );
    await window.settle();
    expect(submits(window)).toEqual([]);
  });

  test('R-01, R-07: with the link down the provisional reference stands; the queue’s number takes its place and is said', async () => {
    const window = await open({ contacts: [anEmergency(1)], answers: 'when-told' });
    await press('{F2}', window);
    act(() => window.bridge.answerNext());
    await window.settle();
    act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
    await press('{Escape}d', window);
    await press('dom{Enter}{Enter}', window);
    expect(screen.getByText(/Incident kept here: say PROV-\w{6} until the link is back\./)).toBeTruthy();
    expect(facts().textContent).toMatch(/PROV-\w{6} until the queue has given its number/);
    expect(screen.getByRole('region', { name: 'Notes' }).textContent).toMatch(/Incident opened: PROV-/);
    act(() => window.bridge.answerNext());
    await window.settle();
    const now = window.bridge.contact(anEmergency(1).id);
    expect(now.incident).not.toBeNull();
    if (now.incident === null) return;
    await becomes(window, { ...now, incident: { ...now.incident, ref: '2026-11-22/0412' } });
    expect(facts().textContent).toContain('ISR 412 of 22 November');
    expect(facts().textContent).toContain('PS-DOM Domestic incident');
    expect(screen.getByText('Incident number: ISR 412 of 22 November.')).toBeTruthy();
    await rest(window);
    await press('d', window);
    expect(sheet('Incident')?.textContent).toContain(
      'An incident is open for this contact: ISR 412 of 22 November.',
    );
  });

  test('Y-05: without the list it says so, and what was typed waits for it', async () => {
    const window = await open({ contacts: [anEmergency(1)] });
    window.bridge.policies.missing.add('categories');
    await press('{F2}', window);
    await press('{Escape}d', window);
    await press('dom', window);
    expect(sheet('Incident')?.textContent).toContain('This desk has no categories yet.');
    await press('{Enter}{Enter}', window);
    expect([submits(window), opening().value]).toEqual([[], 'dom']);
  });
});

describe('closing', () => {
  test('R-06: a hang-up is closed in few strokes: e 5, the category, a line, Ctrl+Enter', async () => {
    const window = await open({ contacts: [assessed(1)] });
    await openFirst(window);
    await press('e5', window);
    expect(document.activeElement).toBe(within(form()).getByRole('combobox', { name: 'Closing category' }));
    await press('abn{Enter}', window);
    expect(document.activeElement).toBe(
      within(form()).getByRole('textbox', { name: 'How it ended, in a line' }),
    );
    expect(screen.getByText('1 thing is still missing.')).toBeTruthy();
    await press('No reply to three call-backs', window);
    expect(screen.getByText('The record is whole.')).toBeTruthy();
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([
      {
        kind: 'close',
        outcome: 'no-reply',
        reason: 'No reply to three call-backs',
        record: {
          category: 'PS-ABN',
          qualifiers: [],
          result: 'No reply to three call-backs',
          crime: { kind: 'not-yet' },
          callerTold: null,
          parent: null,
          withoutIncident: '',
        },
      },
    ]);
    expect(window.workplace.drafts.sheet(aCall(1).id, 'close')).toBe('');
    expect(screen.queryByRole('group', { name: 'Closing record' })).toBeNull();
  });

  test('R-06: what is missing stands beside each field from the start; Ctrl+Enter sends nothing and goes to the first of them', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('{Shift>}{F4}{/Shift}', window);
    expect(document.activeElement).toBe(within(form()).getAllByRole('radio')[0]);
    for (const words of [
      'Choose how it ended.',
      'Choose a closing category: what it was, not what was reported.',
      'Write in a line how it ended.',
      'Assess the risk (THRIVE) first.',
      'Decide about a crime: recorded, not a crime and why, or another force’s.',
      'Say whether the caller knows what happens next.',
    ])
      expect(form().textContent).toContain(words);
    await press('3', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
    expect(document.activeElement).toBe(within(form()).getByRole('combobox', { name: 'Closing category' }));
  });

  test('W-27: Ctrl+Enter that came before the contact had been read closes it when it has been', async () => {
    const window = await open({ contacts: [assessed(1)] });
    const letGo = slowReading(window.bridge);
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('No reply to three call-backs', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
    expect(screen.getByText('It is being read once more.')).toBeTruthy();
    act(letGo);
    await window.settle();
    expect(submits(window)).toMatchObject([{ kind: 'close', outcome: 'no-reply' }]);
    expect(closingRecord()).toBeNull();
  });

  test('W-27: Ctrl+Enter is judged by what the key before it has settled, and by nothing older', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('No reply to three call-backs', window);
    expect(screen.getByText('1 thing is still missing.')).toBeTruthy();
    // The risk has been looked at, and this window has not read so yet.
    const letGo = slowReading(window.bridge);
    window.bridge.arrive({ ...assessed(1), rev: aCall(1).rev + 1 });
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
    act(letGo);
    await window.settle();
    expect(submits(window)).toMatchObject([{ kind: 'close', outcome: 'no-reply' }]);
  });

  test('W-27: what somebody has gone on writing, and what was left by Escape, is not closed by an older key', async () => {
    const window = await open({ contacts: [assessed(1)] });
    const letGo = slowReading(window.bridge);
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('No reply', window);
    await press('{Control>}{Enter}{/Control}', window);
    await press(' to three call-backs', window);
    act(letGo);
    await window.settle();
    expect(submits(window)).toEqual([]);
    expect(screen.getByText('Not closed: you have gone on writing. Ctrl+Enter closes it.')).toBeTruthy();
  });

  test('W-06, W-27: a sheet left by Escape is not closed by the key before it', async () => {
    const window = await open({ contacts: [assessed(1)] });
    const letGo = slowReading(window.bridge);
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('No reply', window);
    await press('{Control>}{Enter}{/Control}{Escape}', window);
    act(letGo);
    await window.settle();
    expect([submits(window), closingRecord()]).toEqual([[], null]);
  });

  test('R-04, R-06: crime and caller are asked with digits, and Enter goes on to what is missing', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('e1', window);
    await press('shop{Enter}', window);
    await press('Shop theft recorded{Enter}', window);
    expect((document.activeElement as HTMLInputElement).name).toBe('Crime decision');
    await press('1', window);
    await press('Theft from a shop{Tab}', window);
    await press('shop', window);
    await press('1', window);
    expect((document.activeElement as HTMLInputElement).name).toBe('Caller told');
    await press('1', window);
    await press('Number given, no visit today', window);
    await press('{Control>}s{/Control}', window);
    await window.pass(2_000);
    // Half-filled, and back after the window has gone: nothing is lost.
    expect(JSON.parse(window.bridge.draft(aCall(1).id)?.sheets?.['close'] ?? '{}')).toMatchObject({
      outcome: 'resolved',
      category: 'CR-SHP',
      result: 'Shop theft recorded',
      crime: 'recorded',
      offence: 'Theft from a shop',
      offenceClass: 'CR-SHP',
      told: 'yes',
      toldWords: 'Number given, no visit today',
    });
    // What only another sheet settles is named; nothing is sent.
    expect(within(form()).getByRole('list', { name: 'To be done first' }).textContent).toContain(
      'Assess the risk (THRIVE) first.',
    );
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
  });

  test('R-04: where the category is no crime itself, Enter asks for the class of the crime before it goes on', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('e1', window);
    await press('dom{Enter}', window);
    await press('Recorded, he was arrested{Enter}', window);
    await press('1', window);
    await press('Common assault{Enter}', window);
    expect((document.activeElement as HTMLInputElement).getAttribute('aria-label')).toContain(
      'Class of crime',
    );
    expect(form().textContent).toContain('Choose the class of the crime from the list.');
    await press('viol{Enter}', window);
    expect((document.activeElement as HTMLInputElement).name).toBe('Caller told');
    expect(form().textContent).not.toContain('Choose the class of the crime');
  });

  test('R-26: closed without the queue, a recorded crime says by which reference the caller may ask for it', async () => {
    const window = await open({ contacts: [assessed(1)] });
    await openFirst(window);
    act(() => window.bridge.setDesk({ link: { ...window.bridge.desk.link, kind: 'down' } }));
    await press('e1', window);
    await press('shop{Enter}', window);
    await press('Shop theft recorded{Enter}', window);
    await press('1', window);
    await press('Theft from a shop{Tab}', window);
    await press('shop', window);
    await press('1', window);
    await press('1', window);
    await press('Number given, no visit today', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toHaveLength(1);
    const sent = window.bridge.requests.findLast(({ name }) => name === 'command.submit');
    const prov = provisionalRefOf((sent?.input as Input<'command.submit'> | undefined)?.id ?? '');
    const said = `Close, resolved: kept here. For the crime say ${prov} until the link is back.`;
    expect(screen.queryAllByText(said).length).toBeGreaterThan(0);
  });

  test('C-25: a changed risk that nobody has looked at keeps it open, and is named', async () => {
    const duty: Duty = {
      id: 're-thrive 2',
      kind: 're-thrive',
      because: 'line-dropped',
      since: START,
      done: null,
    };
    const window = await open({ contacts: [{ ...aCall(1), duties: [duty] }] });
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('Nobody there', window);
    expect(form().textContent).toContain('Something has changed since the risk was looked at');
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
    expect(screen.getByText('Not closed: what is missing stands beside each field.')).toBeTruthy();
  });

  test('R-06, C-28: “passed on” with nobody given it says above the form what to do, and how', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('e2', window);
    expect(within(form()).getByRole('list', { name: 'To be done first' }).textContent).toContain(
      'Pass it on first, until somebody there has taken it (Shift+T).',
    );
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
  });

  test('R-06, C-20: who is to be rung back is not closed before an attempt, and the outcome says so', async () => {
    const window = await open({ contacts: [{ ...aCall(1), callBackDue: true }] });
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('Nobody there', window);
    expect(form().querySelector('[data-field="outcome"]')?.textContent).toContain(
      'Write down an attempt first, also if it was not safe to ring (Shift+C).',
    );
    await press('{Control>}{Enter}{/Control}', window);
    expect(submits(window)).toEqual([]);
  });

  test('R-06: a refusal for want of the record marks its fields, and the words stay', async () => {
    const window = await open({ contacts: [assessed(1)] });
    const real = window.bridge.request.bind(window.bridge);
    window.bridge.request = async (name, input) => {
      const { act: asked } = input as Partial<Input<'command.submit'>>;
      if (name === 'command.submit' && asked?.kind === 'close')
        return { kind: 'refused', refusal: { code: 'record-incomplete', missing: ['caller-told'] } } as never;
      return real(name, input);
    };
    await openFirst(window);
    await press('e5', window);
    await press('abn{Enter}', window);
    await press('Nobody there', window);
    await press('{Control>}{Enter}{/Control}', window);
    expect(form().textContent).toContain('It was refused without this.');
    expect(
      within(form()).getByRole<HTMLInputElement>('textbox', { name: 'How it ended, in a line' }).value,
    ).toBe('Nobody there');
  });

  test('R-14: what was graded urgent asks why no incident was opened, in a line below all others', async () => {
    const window = await open({ contacts: [{ ...assessed(1), grade: 'G1' }] });
    await openFirst(window);
    await press('e3', window);
    const line = within(form()).getByRole('textbox', { name: 'Why no incident was needed' });
    expect(form().textContent).toContain('Urgent, and no incident was opened.');
    act(() => line.focus());
    await press('The fire service has it', window);
    expect(form().textContent).not.toContain('Urgent, and no incident was opened.');
    expect(JSON.parse(window.workplace.drafts.sheet(aCall(1).id, 'close'))).toMatchObject({
      withoutIncident: 'The fire service has it',
    });
  });

  test('R-06: a caller who need not be told asks why, and Enter goes to those words', async () => {
    const window = await open({ contacts: [assessed(1)] });
    await openFirst(window);
    await press('e6', window);
    expect(form().querySelector('[data-field="caller-told"]')?.textContent).toContain(
      'Say whether the caller knows what happens next.',
    );
    act(() =>
      within(form())
        .getByRole('radio', { name: /not needed/ })
        .focus(),
    );
    await press('3', window);
    expect(document.activeElement).toBe(
      within(form()).getByRole('textbox', { name: 'Why the caller need not be told' }),
    );
    expect(form().textContent).toContain('Write why the caller need not be told.');
  });

  test('R-06: a duplicate that is linked to nothing says what to do first', async () => {
    const window = await open({ contacts: [aCall(1)] });
    await openFirst(window);
    await press('e4', window);
    expect(form().textContent).toContain('Link it to that contact first');
    expect(within(form()).getByRole('combobox', { name: 'Closing category: AD-DUP Duplicate' })).toBeTruthy();
  });
});

describe('the record in one line of time', () => {
  test('R-06, C-26 to C-28: incident, grade with its rationale, crime, passing on and closing stand by their times', async () => {
    const by = anActor(14);
    const rationale = {
      information: 'Caller safe at home',
      risk: 'Low',
      policy: '',
      options: 'Visit',
      decision: 'Appointment',
    };
    const call: Contact = {
      ...aCall(1),
      incident: {
        id: asCommandId(uuid(1)),
        ref: '2026-11-22/0007',
        provisionalRef: 'PROV-7K4MRA',
        category: 'PS-DOM',
        by,
        at: START,
      },
      gradings: [{ id: asCommandId(uuid(2)), grade: 'G4', reason: 'safe now', rationale, by, at: START }],
      crime: {
        id: asCommandId(uuid(3)),
        decision: { kind: 'recorded', offence: 'Common assault', offenceClass: 'CR-VIO' },
        ref: '41/895/26',
        provisionalRef: 'PROV-K7M3QX',
        by,
        at: START,
      },
      passedOn: [
        {
          id: asCommandId(uuid(4)),
          to: 'Ambulance control',
          takenBy: 'Desk 3',
          theirRef: null,
          stayedOn: true,
          pack: 'Man, 40, chest pain',
          by,
          at: START,
        },
      ],
    };
    const window = await open({ contacts: [call] });
    await openFirst(window);
    const entries = within(screen.getByRole('region', { name: 'Notes' })).getAllByRole('listitem');
    const words = entries.map((entry) => entry.textContent ?? '').join('\n');
    expect(words).toContain(
      'Incident opened: ISR 7 of 22 November, was PROV-7K4MRA, PS-DOM Domestic incident',
    );
    expect(words).toContain('Crime: recorded as 41/895/26, was PROV-K7M3QX: Common assault');
    expect(words).toContain('Passed on to Ambulance control, taken by Desk 3, stayed on the line');
    expect(words).toContain('Grade G4, scheduled: safe now');
    expect(screen.getByText('Rationale').closest('details')?.textContent).toContain('Caller safe at home');
    expect(facts().textContent).toContain('recorded, 41/895/26');
    expect(facts().textContent).toContain('Decided within 24 hours');
  });

  test('R-26: a crime without its number goes by its provisional reference; the number is said when it comes, with what it was', async () => {
    const crime = {
      id: asCommandId(uuid(3)),
      decision: { kind: 'recorded', offence: 'Common assault', offenceClass: 'CR-VIO' },
      ref: null,
      provisionalRef: 'PROV-K7M3QX',
      by: anActor(14),
      at: START,
    } as const;
    const call: Contact = { ...aCall(1), crime };
    const window = await open({ contacts: [call] });
    await openFirst(window);
    expect(facts().textContent).toContain('recorded, PROV-K7M3QX until the queue has given its number');
    await becomes(window, { ...window.bridge.contact(call.id), crime: { ...crime, ref: '41/895/26' } });
    expect(facts().textContent).toContain('recorded, 41/895/26');
    expect(screen.getByText('41/895/26').title).toBe('was PROV-K7M3QX');
    expect(screen.getAllByText('Crime number: 41/895/26.').length).toBeGreaterThan(0);
    await press('{Shift>}{F4}{/Shift}', window);
    expect(form().textContent).toContain('Recorded as 41/895/26.');
  });

  test.each([
    [1, 'quiet', /^Crime decision due 23 Nov 13:05, 23 h 00 left$/],
    [22, 'near', /^Crime decision due 16:05, 2 h 00 left$/],
    [25, 'late', /^Crime decision late: due 13:05, 1 h 00 over$/],
  ] as const)(
    'R-08: %d hours after receipt the crime clock says how it stands',
    async (hours, state, words) => {
      const receivedAt = asInstant(START - hours * HOUR);
      const window = await open({ contacts: [{ ...aCall(1), receivedAt }] });
      await openFirst(window);
      expect(facts().querySelector(`[data-state="${state}"]`)?.textContent).toMatch(words);
    },
  );
});

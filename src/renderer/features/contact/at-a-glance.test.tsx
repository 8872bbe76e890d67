import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { MarkerOnRecord, PlanOnRecord } from '../../../shared/domain/record/parts.ts';
import { asInstant, HOUR } from '../../../shared/domain/time.ts';
import { asCommandId, asContactId } from '../../../shared/domain/ids.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { must } from '../../../shared/lib/assert.ts';
import { aContact, anActor, START, uuid } from '../../testing/builders.ts';
import { press, reason } from '../../testing/hands.ts';
import { MemoryBridge } from '../../testing/memory-bridge.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const region = (name: string) => screen.getByRole('region', { name });
const at = (ms: number) => asInstant(START + ms);
const mine = { ownership: { kind: 'owned', by: anActor(14, '1001'), since: START } } as const;

async function work(window: Window, { id }: Contact): Promise<void> {
  window.workplace.open(id);
  await window.settle();
  // The words are made ready when nothing else is to be done.
  await act(async () => void (await new Promise((resolve) => setTimeout(resolve, 300))));
  await window.settle();
  act(() => screen.getByRole('group', { name: 'Contact' }).focus());
}
const submitted = (window: Window, kind: string) =>
  window.bridge.requests.flatMap(({ name, input }) => {
    const { act: asked } = input as { readonly act?: { readonly kind: string } };
    return name === 'command.submit' && asked?.kind === kind ? [asked] : [];
  });

describe('twelve months', () => {
  const caller = { name: null, number: '07700 900114', address: null };
  const again = aContact({ n: 1, channel: '101-voice', caller, ...mine });
  const old = aContact({ n: 9, channel: '101-voice', caller, title: 'Rang in May', ...mine });
  const told = {
    year: [
      { because: 'same-number', count: 11, vulnerable: 4, last: at(-19 * 24 * HOUR) },
      { because: 'same-name', count: 11, vulnerable: 4, last: at(-19 * 24 * HOUR) },
    ],
    older: [
      {
        contact: old.id,
        ref: old.ref,
        receivedAt: at(-19 * 24 * HOUR),
        channel: '101-voice',
        grade: 'G2',
        category: 'AS-NUI',
        vulnerable: true,
        markers: ['weapon'],
        isr: '2026-11-03/0412',
        crime: null,
        because: ['same-number', 'same-name'],
      },
    ],
  } as const;

  test('AS-23: how often this number was in touch, with the reason it matched and the last day, stands at one glance', async () => {
    const window = await open({ contacts: [again] });
    window.bridge.year = JSON.parse(JSON.stringify(told)) as typeof window.bridge.year;
    await work(window, again);
    expect(screen.getByRole('group', { name: 'At a glance' }).textContent).toContain(
      'Same number, name, 11 contacts in 12 months, 4 of somebody vulnerable, last 3 Nov',
    );
  });

  test('AS-23, L-24: an older one stands beside the contact, and choosing it brings its details; offline it is said when they come', async () => {
    const window = await open({ contacts: [again] });
    window.bridge.year = JSON.parse(JSON.stringify(told)) as typeof window.bridge.year;
    window.bridge.keepAtQueue(old);
    await work(window, again);
    const choose = async () => {
      act(() =>
        within(region('Earlier contacts'))
          .getByRole('button', { name: /2026-11-03\/0412/ })
          .focus(),
      );
      await press('{Enter}', window);
      await window.settle();
    };
    expect(region('Earlier contacts').textContent).toContain('closed AS-NUI, G2');
    const { link } = window.bridge.desk;
    window.bridge.setDesk({ link: { ...link, kind: 'down' } });
    await choose();
    expect(screen.getByText(/Its details come when the link is back/)).toBeTruthy();
    window.bridge.setDesk({ link });
    await press('{Escape}', window);
    await choose();
    expect(screen.getByRole('article', { name: 'Look' }).textContent).toContain('Rang in May');
  });
});

describe('risk words', () => {
  const account = 'Hello. <b>He</b> has a KNIFE, please  hurry.\nHe is outside.';
  const chat = aContact({ n: 1, channel: 'web-chat', account, ...mine });
  const marksIn = (element: HTMLElement) =>
    Array.from(element.querySelectorAll('mark'), (mark) => [mark.textContent, mark.title]);

  test('AS-01, W-10: they are marked in the words as they were written, with group and phrase; nothing of the text is left out or changed', async () => {
    const window = await open({ contacts: [chat] });
    await work(window, chat);
    const words = region('Account');
    expect(words.textContent).toContain(account);
    expect(words.querySelector('b')).toBeNull();
    const marks = marksIn(words);
    expect(marks.map(([text]) => text)).toContain('KNIFE');
    expect(marks.find(([text]) => text === 'KNIFE')?.[1]).toMatch(/^Weapon: /);
    expect(within(words).getByRole('group', { name: 'Risk words' }).textContent).toContain('weapon');
  });

  test('AS-02, AS-05: those of messages are marked in their own language, and what the assistant asked is not', async () => {
    const messages = [
      { key: 'a', from: 'assistant', text: 'Does he have a knife?', language: null, at: at(-50_000) },
      { key: 'b', from: 'public', text: 'Muszę kończyć, ktoś idzie.', language: 'pl', at: at(-40_000) },
      { key: 'c', from: 'public', text: 'I can’t', language: null, at: at(-30_000) },
      { key: 'd', from: 'public', text: 'breathe', language: null, at: at(-20_000) },
    ] as const;
    const contact = { ...chat, account: 'Dzień dobry.', messages };
    const window = await open({ contacts: [contact] });
    await work(window, contact);
    const entries = within(region('Notes')).getAllByRole('listitem');
    const marked = entries.map((entry) => marksIn(entry).map(([text]) => text));
    expect(marked).toEqual([[], expect.arrayContaining(['ktoś idzie']), ['can’t'], ['breathe']]);
  });

  test('AS-04: words of danger offer promotion in one key with themselves as the reason; Enter sends it, and only then', async () => {
    const window = await open({ contacts: [chat] });
    await work(window, chat);
    expect(submitted(window, 'promote')).toEqual([]);
    await press('{Shift>}e{/Shift}', window);
    expect(reason().value).toContain('knife');
    await press('{Enter}', window);
    expect(submitted(window, 'promote')).toEqual([
      { kind: 'promote', reason: expect.stringMatching(/^Risk words: “.*knife/) },
    ]);
  });

  test('AS-04, W-06: the first letter takes the place of the offered reason, and a reason typed before stays', async () => {
    const window = await open({ contacts: [chat] });
    await work(window, chat);
    await press('{Shift>}e{/Shift}', window);
    await userEvent.keyboard('He is at the door');
    expect(reason().value).toBe('He is at the door');
    await press('{Escape}', window);
    await press('{Shift>}e{/Shift}', window);
    expect(reason().value).toBe('He is at the door');
  });

  test('AS-03, AS-04: where nothing is found, or a colleague has it, nothing is offered; the line keeps its place', async () => {
    const calm = aContact({ n: 2, channel: 'web-chat', account: 'My bicycle was taken.', ...mine });
    const other = { ...chat, ownership: { kind: 'owned', by: anActor(3), since: START } } as const;
    const window = await open({ contacts: [calm, other] });
    for (const contact of [calm, other]) {
      await work(window, contact);
      const line = within(region('Account')).getByRole('group', { name: 'Risk words' });
      expect(within(line).queryByRole('button')).toBeNull();
    }
  });

  test('AS-03: on a desk without risk words the account stands there whole and nothing is said about it', async () => {
    const bridge = new MemoryBridge({ now: () => START });
    bridge.policies.missing.add('risk-words');
    const window = await open({ bridge, contacts: [chat] });
    await work(window, chat);
    expect([region('Account').textContent?.includes(account), marksIn(region('Account'))]).toEqual([
      true,
      [],
    ]);
  });
});

const marker = (over: Partial<MarkerOnRecord>): MarkerOnRecord => ({
  id: 'MK-1',
  kind: 'repeat-victim',
  concerns: 'A shop at Swan Parade',
  source: 'Two crimes since the summer',
  setAt: '2026-08-30',
  reviewBy: '2027-08-29',
  owner: 'Hate crime officer',
  note: 'Staff are afraid to open.',
  matchedBy: ['same-number'],
  ...over,
});

describe('markers', () => {
  const danger = marker({
    id: 'MK-2',
    kind: 'high-risk-domestic-abuse',
    concerns: 'Mara Quested',
    reviewBy: '2026-11-01',
    matchedBy: ['same-name'],
  });
  const contact = aContact({ n: 3, channel: '999-silent', markers: [marker({}), danger], ...mine });

  test('AS-16, A8: each says whom it concerns, what to do, its source, dates and owner, and what it matched by; the gravest first', async () => {
    const window = await open({ contacts: [contact] });
    await work(window, contact);
    const shown = within(screen.getByRole('group', { name: 'Markers' })).getAllByRole('listitem');
    expect(shown.map((each) => each.querySelector('strong')?.textContent)).toEqual([
      'High-risk domestic abuse',
      'Repeat victim',
    ]);
    for (const words of [
      'A shop at Swan Parade',
      'Consider a higher grade',
      'Staff are afraid',
      'Two crimes since',
      '30 August',
      'Hate crime officer',
      'Matched by number',
      'Review by 29 August 2027',
    ])
      expect(shown[1]?.textContent).toContain(words);
    expect(shown[0]?.textContent).toContain('matched by name only'.slice(1));
  });

  test('AS-17: one past its review is shown all the same, and said to be past it', async () => {
    const window = await open({ contacts: [contact] });
    await work(window, contact);
    expect(screen.getByText(/Past its review since 1 November/)).toBeTruthy();
  });

  test('AS-16: where ringing may do harm it says so before everything else; also when the kinds are not on this desk', async () => {
    const window = await open();
    window.bridge.arrive(contact);
    await window.settle();
    await work(window, contact);
    expect(screen.getByText(/^Do not ring back/)).toBeTruthy();
    window.stop();
    const without = await open();
    without.bridge.policies.missing.add('markers');
    without.bridge.arrive(contact);
    await without.settle();
    await work(without, contact);
    expect(screen.getByRole('group', { name: 'Markers' }).textContent).toContain('Mara Quested');
  });
});

describe('the agreed plan', () => {
  const plan: PlanOnRecord = {
    ref: 'PL-0417',
    concerns: 'Graham Tolhurst, about an eviction',
    wording: 'I have heard you.',
    allowedActions: ['Warn once that abuse may end the call'],
    limits: ['Two minutes for the complaint'],
    owner: 'Team leader',
    setAt: '2026-10-02',
    reviewBy: '2027-01-02',
    whatIsDifferent: 'What is different today? Listen for his voice.',
    matchedBy: ['same-number'],
  };
  const call = aContact({ n: 4, channel: '999-voice', plan, ...mine });

  test('AS-18: nothing of the plan stands there before the question is answered; the answer is kept with the risk assessment', async () => {
    const window = await open({ contacts: [call] });
    await work(window, call);
    const section = region('Agreed plan');
    expect([
      section.textContent?.includes('What is different today?'),
      section.textContent?.includes('I have heard'),
    ]).toEqual([true, false]);
    await press('w', window);
    expect(document.activeElement).toBe(within(section).getByRole('textbox'));
    await press('{Enter}', window);
    expect(submitted(window, 'triage')).toEqual([]);
    await press('Slow voice, tablets named', window);
    await press('{Enter}', window);
    expect(submitted(window, 'triage')).toMatchObject([
      { entry: { different: 'Slow voice, tablets named' } },
    ]);
    for (const words of [
      'I have heard you.',
      'Warn once',
      'Two minutes',
      'Team leader',
      'Slow voice, tablets named',
      'Review by 2 January 2027',
    ])
      expect(region('Agreed plan').textContent).toContain(words);
    expect(window.bridge.contact(call.id).ownership.kind).toBe('owned');
  });
});

describe('before', () => {
  const caller = { name: null, number: '07700 900956', address: null };
  const call = (n: number) =>
    aContact({
      n: 10 + n,
      channel: '101-voice',
      caller,
      receivedAt: at((n - 4) * HOUR),
      title: `Complaint ${n}`,
    });

  test('AS-19, A8: how often this number has been in touch stands there without searching, and why it is taken for the same', async () => {
    const last = { ...call(3), ...mine };
    const window = await open({ contacts: [call(1), call(2), last] });
    await work(window, last);
    const known = region('To know').textContent;
    for (const words of ['3 contacts in 24 hours from the same number.', '3rd contact in 24 h (same number)'])
      expect(known).toContain(words);
  });
});

describe('what belongs together, and where', () => {
  const duty = {
    id: asCommandId(uuid(901)),
    kind: 're-thrive',
    because: 'linked-adds-facts',
    since: START,
    done: null,
  } as const;
  const link = {
    id: asCommandId(uuid(902)),
    kind: 'same-incident',
    side: 'parent',
    other: { contact: asContactId(uuid(903)), ref: 'CON-2' },
    fact: '',
    found: ['injury', 'direction-conflict'],
    parted: null,
    by: anActor(14, '1001'),
    at: START,
  } as const;

  test('AS-14, AS-15, C-24: what linked contacts add stands at a glance, with the duty to look again', async () => {
    const crash = aContact({ n: 5, channel: '999-voice', links: [link], duties: [duty], ...mine });
    const window = await open({ contacts: [crash] });
    await work(window, crash);
    const glance = screen.getByRole('group', { name: 'At a glance' });
    expect(glance.textContent).toContain('Look again');
    expect(glance.textContent).toContain('1 linked: injury, direction conflict');
    expect(glance.textContent).not.toContain('No other contact is suggested');
  });

  test('T-06, PL-60: a place that was read back with the questions is not said to be unread', async () => {
    const entry = {
      ...emptyEntry,
      answers: { where: { kind: 'place', text: 'Larkmere Close', readBack: true } },
    } as const;
    const version = { id: asCommandId(uuid(904)), entry, by: anActor(14, '1001'), at: START };
    const call = aContact({ n: 6, channel: '999-voice', place: 'Larkmere Close', ...mine });
    const asked = { ...call, triage: [version] };
    const window = await open({ contacts: [call, { ...asked, ...{ id: asContactId(uuid(7)) } }] });
    await work(window, call);
    expect(region('Place').textContent).toContain('Not agreed with the caller yet');
    await work(window, { ...asked, ...{ id: asContactId(uuid(7)) } });
    expect(region('Place').textContent).toContain('with the questions');
    expect(region('Place').textContent).not.toContain('Not agreed');
  });
});

describe('a call from the number of somebody who is to be rung back', () => {
  const caller = { name: null, number: '07700 900114', address: null };
  const gone = aContact({ n: 1, channel: '999-dropped', caller, ...mine });
  const rings = aContact({ n: 2, channel: '999-voice', caller, receivedAt: at(60_000) });
  const row = ({ id }: Contact) =>
    must(document.querySelector(`[role="row"][data-contact-id="${id}"]`), 'a row');

  test('TE-10: both rows and both records say so, to the ear as well, and nothing is linked', async () => {
    const window = await open({ contacts: [gone, rings] });
    expect(row(gone).textContent).toContain('Number rings');
    expect(row(gone).getAttribute('aria-label')).toContain(`The same number is ringing now: ${rings.ref}`);
    expect(row(rings).getAttribute('aria-label')).toContain(
      `From the number of ${gone.ref}, due a call-back`,
    );
    await work(window, gone);
    const glance = () => screen.getByRole('group', { name: 'At a glance' }).textContent;
    expect(glance()).toContain(`The same number is ringing now: ${rings.ref}`);
    await work(window, rings);
    expect(glance()).toContain(`From the number of ${gone.ref}, due a call-back`);
    expect(submitted(window, 'link')).toEqual([]);
  });

  test('TE-10: it rings while the record is open: the record says so, and the list keeps its order', async () => {
    const others = [3, 4].map((n) => aContact({ n, channel: '101-voice' }));
    const window = await open({ contacts: [gone, ...others] });
    await work(window, gone);
    const order = () =>
      [...document.querySelectorAll<HTMLElement>('[role="row"][data-contact-id]')]
        .map(({ dataset }) => dataset['contactId'])
        .filter((id) => id !== rings.id);
    const before = order();
    act(() => window.bridge.arrive(rings));
    await window.settle();
    expect(screen.getByRole('group', { name: 'At a glance' }).textContent).toContain('is ringing now');
    expect(order()).toEqual(before);
  });
});

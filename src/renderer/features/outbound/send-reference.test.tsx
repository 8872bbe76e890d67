import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { newChat } from '../../../shared/domain/chat/chat.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asCommandId, asContactId } from '../../../shared/domain/ids.ts';
import type { SafeReach } from '../../../shared/domain/outbound/reach.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { aContact, anActor, people, START, uuid, type ContactOptions } from '../../testing/builders.ts';
import { press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';
// There before the first key, as in a window that has been open for a moment.
import './send-reference.ts';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const me = anActor(14, people.handler.handler);
const aReport = (reach: SafeReach | null, over: Partial<ContactOptions> = {}): Contact =>
  aContact({
    n: 1,
    channel: 'online-report',
    title: 'Shop window broken',
    ownership: { kind: 'owned', by: me, since: START },
    form: { kind: 'crime', answers: [], ...(reach !== null && { reach }) },
    crime: {
      id: asCommandId(uuid(7)),
      decision: { kind: 'recorded', offence: 'Criminal damage', offenceClass: null },
      ref: '41/895/26',
      provisionalRef: '',
      by: me,
      at: START,
    },
    ...over,
  });
const byEmail: SafeReach = { way: 'e-mail', to: 'ann@example.com', neutral: false };
const byText: SafeReach = { way: 'text', to: '07700 900123', neutral: true };
const sent = ({ bridge }: NonNullable<typeof rendered>) =>
  bridge.requests.flatMap(({ name, input }) =>
    name === 'command.submit' ? [(input as { readonly act: { readonly kind: string } }).act] : [],
  );
const said = ({ workplace }: NonNullable<typeof rendered>) => workplace.said.read()?.text ?? '';
async function openIt(window: NonNullable<typeof rendered>): Promise<void> {
  window.workplace.open(asContactId(uuid(1)));
  await window.settle();
  act(() => screen.getByRole('group', { name: 'Contact' }).focus());
}
const KEY = '{Control>}{Shift>}n{/Shift}{/Control}';

test('MX-01: the key says where it would go and in which words; the same again sends it, and it is on its way', async () => {
  const window = await open({ contacts: [aReport(byText)] });
  await openIt(window);
  await press(KEY, window);
  expect(said(window)).toMatch(
    /^Press it again to send by text to \+447700900123, in neutral words: “Reference: .*”$/,
  );
  expect(sent(window).filter(({ kind }) => kind === 'send-reference')).toEqual([]);
  await press(KEY, window);
  const ordered = { kind: 'send-reference', way: 'text', to: '+447700900123', neutral: true };
  expect(sent(window).at(-1)).toEqual(ordered);
  expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain('the text is on its way');
});

test('MX-01: what has changed between the two is shown anew, and not sent', async () => {
  const window = await open({ contacts: [aReport(byEmail)] });
  await openIt(window);
  await press(KEY, window);
  window.bridge.arrive({ ...aReport({ ...byEmail, to: 'work@example.com' }), rev: 9 });
  await window.settle();
  await press(KEY, window);
  expect(said(window)).toContain('Press it again to send by e-mail to work@example.com');
  expect(sent(window).filter(({ kind }) => kind === 'send-reference')).toEqual([]);
});

test.each<[string, Contact, RegExp]>([
  ['no safe way was chosen', aReport(null), /^Not sent: they have chosen no safe way yet\. .*Ctrl\+F1/],
  [
    'nothing is recorded yet',
    aReport(byEmail, { crime: null }),
    /^Not sent: nothing is recorded yet that a reference would stand for\./,
  ],
  ['they want a call', aReport({ way: 'call', to: '', neutral: false }), /they want to be rung/],
  [
    'they asked not to be contacted',
    aReport({ way: 'nobody', to: '', neutral: false }),
    /^Not sent: they asked not to be contacted\.$/,
  ],
  [
    'they left by the safety exit',
    aReport(byEmail, {
      channel: 'web-chat',
      channelState: 'left-by-exit',
      chat: { ...newChat, exit: { at: asInstant(START), checked: null } },
    }),
    /^Not sent: they left by the safety exit\./,
  ],
])('MX-02, MX-03: nothing is sent where %s, and a sentence says so', async (_when, contact, sentence) => {
  const window = await open({ contacts: [contact] });
  await openIt(window);
  await press(KEY, window);
  await press(KEY, window);
  expect(said(window)).toMatch(sentence);
  expect(sent(window).filter(({ kind }) => kind === 'send-reference')).toEqual([]);
});

test('MX-07: what could not be delivered is said when it becomes known, and stands on the record', async () => {
  const sending = {
    id: asCommandId(uuid(8)),
    way: 'e-mail',
    to: 'ann@example.com',
    neutral: false,
    by: me,
    at: START,
  } as const;
  const window = await open({ contacts: [aReport(byEmail, { sendings: [{ ...sending, carried: null }] })] });
  await openIt(window);
  expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain('the e-mail is on its way');
  const carried = { fault: 'refused', detail: '550 5.1.1', at: START } as const;
  window.bridge.arrive({ ...aReport(byEmail, { sendings: [{ ...sending, carried }] }), rev: 9 });
  await window.settle();
  const words = 'the e-mail could not be delivered: the address or number was refused (550 5.1.1)';
  expect(said(window)).toContain(words);
  expect(screen.getByRole('region', { name: 'Notes' }).textContent).toContain(words);
});

test('MX-02: a handler agrees by which way something may be sent, and the way stands above the line', async () => {
  const window = await open({ contacts: [aReport(null)] });
  await openIt(window);
  await press('{Control>}{F1}{/Control}', window);
  await userEvent.selectOptions(screen.getByLabelText('What may be sent to them'), 'e-mail');
  await userEvent.type(screen.getByLabelText('Safe e-mail address'), 'ann@example.com');
  await press('{Control>}{Enter}{/Control}', window);
  expect(sent(window).at(-1)).toEqual({
    kind: 'safe-contact',
    safe: { way: '', times: '', codeWord: '', doNotRing: false, sharedDevice: false, reach: byEmail },
  });
});

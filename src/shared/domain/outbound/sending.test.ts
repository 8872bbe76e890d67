import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { newChat } from '../chat/chat.ts';
import type { Act } from '../command.ts';
import type { Contact } from '../contact.ts';
import type { Happening } from '../event.ts';
import { asCommandId, asFence } from '../ids.ts';
import { apply } from '../lifecycle.ts';
import { later, MINUTE } from '../time.ts';
import { referenceMessage } from './reference-message.ts';
import { sendable, wayOutOf, type SafeReach, type WayOut } from './reach.ts';

const mine = anActor();
const at = later(testStart, MINUTE);
const byEmail: SafeReach = { way: 'e-mail', to: 'ann@example.com', neutral: false };
const toEmail: WayOut = { way: 'e-mail', to: 'ann@example.com', neutral: false };
const send = (over: Partial<WayOut> = {}): Act => ({ kind: 'send-reference', ...toEmail, ...over });

/** A report whose crime is recorded, and whose sender has chosen this way. */
const aReport = (reach: SafeReach | undefined, over: Partial<Contact> = {}): Contact =>
  aContact({
    channel: 'online-report',
    fence: asFence(1),
    ownership: { kind: 'owned', by: mine, since: testStart },
    form: { kind: 'crime', answers: [], ...(reach !== undefined && { reach }) },
    crime: {
      id: asCommandId(anId(0xd1)),
      decision: { kind: 'recorded', offence: 'Burglary', offenceClass: null },
      ref: '41/895/26',
      provisionalRef: '',
      by: mine,
      at: testStart,
    },
    ...over,
  });
let commands = 0;
const done = (contact: Contact, act: Act) => {
  commands += 1;
  const command = aCommand({ on: contact, act, id: asCommandId(anId(0xd2000 + commands)) });
  return carryOut(contact, command, { by: mine, at });
};
const refusalOf = (contact: Contact, act: Act) => {
  const { decision } = done(contact, act);
  return decision.kind === 'refused' ? decision.refusal : null;
};
const told = (contact: Contact, what: Happening): Contact =>
  apply(contact, { contact: contact.id, rev: contact.rev + 1, at, by: null, what });
const agree = (reach: SafeReach | undefined, sharedDevice = false): Act => ({
  kind: 'safe-contact',
  safe: { way: 'as agreed', times: '', codeWord: '', doNotRing: true, sharedDevice, ...(reach && { reach }) },
});

describe('the one way to a person', () => {
  it('MX-02: is what they chose in their report, until a handler has agreed another with them', () => {
    const report = aReport(byEmail);
    expect(wayOutOf(report)).toEqual({ kind: 'open', out: toEmail });
    const text = done(report, agree({ way: 'text', to: '07700 900123', neutral: true })).contact;
    expect(wayOutOf(text)).toEqual({
      kind: 'open',
      out: { way: 'text', to: '+447700900123', neutral: true },
    });
  });

  it('MX-02: an agreement that names no way shuts the one they had chosen before', () => {
    const agreed = done(aReport(byEmail), agree(undefined)).contact;
    expect(wayOutOf(agreed)).toEqual({ kind: 'shut', because: 'none-chosen' });
  });

  it.each([
    ['nobody asked them', undefined, 'none-chosen'],
    ['they want a call', { way: 'call', to: '', neutral: false }, 'not-in-writing'],
    ['they want it through somebody', { way: 'person', to: '', neutral: false }, 'not-in-writing'],
    ['they asked for nothing', { way: 'nobody', to: '', neutral: false }, 'nobody'],
    ['the address is none', { way: 'e-mail', to: 'ann at home', neutral: false }, 'not-an-address'],
  ] as const)('MX-02: there is none when %s', (_when, reach, because) => {
    expect(refusalOf(aReport(reach), send())).toEqual({ code: 'no-safe-way', because });
  });

  it('MX-04: somebody else reads the device: the words are neutral, also where nobody asked for it', () => {
    const shared = done(aReport(byEmail), agree(byEmail, true)).contact;
    expect(wayOutOf(shared)).toEqual({ kind: 'open', out: { ...toEmail, neutral: true } });
    expect(refusalOf(shared, send())).toEqual({ code: 'not-that-way', way: 'e-mail' });
    expect(refusalOf(shared, send({ neutral: true }))).toBeNull();
  });

  it('MX-02: no address is more than one, begins a header, or has a line end in it', () => {
    always(
      fc.property(fc.string(), fc.constantFrom('\n', '\r', ',', ';', '<', ' ', '"'), (words, sign) => {
        expect(sendable('e-mail', `ann${sign}${words}@example.com`)).toBeNull();
        expect(sendable('e-mail', `ann@example.com${sign}x${words}`)).toBeNull();
      }),
    );
    expect(sendable('text', '00 44 7700 900123')).toBeNull();
    expect(sendable('text', '(07700) 900-123')).toBe('+447700900123');
  });
});

describe('sending somebody their reference', () => {
  it('MX-01: is the owner’s act, under its own id, on its way until it is known how it ended', () => {
    const { contact } = done(aReport(byEmail), send());
    expect(contact.sendings).toMatchObject([{ ...toEmail, by: mine, at, carried: null }]);
  });

  it('MX-01: goes where it stood on the handler’s screen, or not at all', () => {
    expect(refusalOf(aReport(byEmail), send({ to: 'other@example.com' }))).toEqual({
      code: 'not-that-way',
      way: 'e-mail',
    });
    expect(refusalOf(aReport(byEmail), send({ way: 'text', to: '+447700900123' }))).toEqual({
      code: 'not-that-way',
      way: 'e-mail',
    });
  });

  it('MX-03: nothing goes out after the safety exit until somebody has checked', () => {
    const left = aReport(byEmail, {
      channel: 'web-chat',
      channelState: 'left-by-exit',
      chat: { ...newChat, exit: { at: testStart, checked: null } },
    });
    expect(refusalOf(left, send())).toEqual({ code: 'left-by-exit' });
    const checked = done(left, { kind: 'check-exit', words: 'a crew has seen her alone' }).contact;
    expect(refusalOf(checked, send())).toBeNull();
  });

  it('MX-01: stands for something on the record', () => {
    expect(refusalOf(aReport(byEmail, { crime: null }), send())).toEqual({ code: 'not-recorded' });
  });

  it('MX-01: goes there once, and again where it could not be delivered', () => {
    const { contact } = done(aReport(byEmail), send());
    expect(refusalOf(contact, send())).toEqual({ code: 'sent-already', at });
    const sending = contact.sendings[0]?.id ?? asCommandId(anId(1));
    const failed = told(contact, { kind: 'carried', sending, fault: 'gave-up', detail: '451' });
    expect(refusalOf(failed, send())).toBeNull();
  });

  it('MX-07: what could not be delivered is on the record with its reason, and telling them is a duty', () => {
    const { contact } = done(aReport(byEmail), send());
    const sending = contact.sendings[0]?.id ?? asCommandId(anId(1));
    const failed = told(contact, { kind: 'carried', sending, fault: 'refused', detail: '550 5.1.1' });
    expect(failed.sendings[0]?.carried).toEqual({ fault: 'refused', detail: '550 5.1.1', at });
    expect(failed.marks.duties).toEqual(['tell-caller']);
    const taken = told(contact, { kind: 'carried', sending, fault: null, detail: '250' });
    expect([taken.sendings[0]?.carried?.fault, taken.marks.duties]).toEqual([null, []]);
  });
});

describe('the words of it', () => {
  const closed = { ref: 'CON-20261123-000412', ownership: { kind: 'closed', by: mine, since: at } } as const;
  const open = { ...closed, ownership: { kind: 'owned', by: mine, since: at } } as const;

  it.each([
    ['e-mail', open],
    ['e-mail', closed],
    ['text', open],
    ['text', closed],
  ] as const)(
    'MX-04: neutral words by %s tell neither who it is from nor what it is about',
    (way, contact) => {
      const { subject, text } = referenceMessage(contact, { way, neutral: true });
      expect(text).toContain(contact.ref);
      expect(`${subject} ${text}`).not.toMatch(
        /police|constabulary|hertfordshire|crime|report|officer|\b101\b|\b999\b/i,
      );
    },
  );

  it('MX-04: a text is short, and says what happens next and where to turn', () => {
    for (const contact of [open, closed]) {
      const { text } = referenceMessage(contact, { way: 'text', neutral: false });
      expect(text.length).toBeLessThanOrEqual(306);
      expect(text).toMatch(/101 .*999/);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import {
  aClosing,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import type { Act } from '../command.ts';
import type { ChannelState, Contact, Message } from '../contact.ts';
import type { Happening } from '../event.ts';
import { asCommandId, asContactId, asFence } from '../ids.ts';
import { apply } from '../lifecycle.ts';
import { later, MINUTE } from '../time.ts';
import { view } from '../view.ts';
import { chatAfterReaching, reachesFurther } from './chat-change.ts';
import { chatOf, chatTurn, isExitUnchecked, newChat, replyReached, REPLY_LIMIT, type Chat } from './chat.ts';

const mine = anActor();
const at = later(testStart, MINUTE);
const aChat = (over: Partial<Contact> = {}): Contact =>
  aContact({
    channel: 'web-chat',
    channelState: 'active',
    ownership: { kind: 'owned', by: mine, since: testStart },
    ...over,
  });
const reply = (text = 'Where are you?'): Act => ({ kind: 'reply', text, canned: null });
let commands = 0;
const done = (contact: Contact, act: Act, by = mine) => {
  commands += 1;
  const command = aCommand({ on: contact, act, id: asCommandId(anId(0xc2000 + commands)) });
  return carryOut(contact, command, { by, at });
};
const after = (contact: Contact, ...acts: readonly Act[]): Contact =>
  acts.reduce((before, act) => done(before, act).contact, contact);
const refusalOf = (contact: Contact, act: Act, by = mine) => {
  const { decision } = done(contact, act, by);
  return decision.kind === 'refused' ? decision.refusal : null;
};
const told = (contact: Contact, what: Happening): Contact =>
  apply(contact, { contact: contact.id, rev: contact.rev + 1, at, by: null, what });
const line = (contact: Contact, state: ChannelState): Contact => told(contact, { kind: 'line', state });
const says = (contact: Contact, text: string): Contact => {
  const message: Message = { key: `m${contact.rev}`, from: 'public', text, language: null, at };
  return told(contact, { kind: 'said', message });
};

describe('a line to the public', () => {
  it('CH-01, CH-02: is numbered in its chat from one, and says how much of theirs stood before it', () => {
    const chat = chatOf(after(says(after(aChat(), reply('one')), 'hello?'), reply('two'), reply('three')));
    expect(chat.replies.map(({ n, text, after: before, by }) => [n, text, before, by])).toEqual([
      [1, 'one', 0, mine],
      [2, 'two', 1, mine],
      [3, 'three', 1, mine],
    ]);
  });

  it('CH-01, C-06: is the owner’s alone, under their fence; what was kept for a chat that is another’s now is never sent', () => {
    expect(refusalOf(aChat(), reply(), anActor({ deskNumber: 2 }))).toEqual({ code: 'not-yours' });
    const waiting = aChat({ ownership: { kind: 'waiting', since: testStart } });
    expect(refusalOf(waiting, reply())).toEqual({ code: 'not-yours' });
    const other = anActor({ deskNumber: 2 });
    const taken = aChat({ ownership: { kind: 'owned', by: other, since: at }, fence: asFence(2) });
    const { decision } = carryOut(taken, { ...aCommand({ on: taken, act: reply() }), fence: asFence(1) });
    expect(decision).toEqual({ kind: 'refused', refusal: { code: 'fenced', by: other } });
  });

  it('CH-01: needs words, fits a screen, and goes into a chat alone', () => {
    expect(refusalOf(aChat(), reply('  '))).toEqual({ code: 'text-missing' });
    expect(refusalOf(aChat(), reply('x'.repeat(REPLY_LIMIT + 1)))).toMatchObject({ code: 'text-too-long' });
    expect(refusalOf(aChat({ channel: 'e-mail' }), reply())).toEqual({ code: 'not-a-chat' });
  });

  it('CH-07: is refused after the safety exit until somebody has checked, and nothing goes before', () => {
    const left = line(aChat(), 'left-by-exit');
    expect(chatOf(left)).toMatchObject({ end: { reason: 'quick-exit', at }, exit: { at, checked: null } });
    expect(refusalOf(left, reply())).toEqual({ code: 'left-by-exit' });
    expect(refusalOf(left, { kind: 'check-exit', words: ' ' })).toEqual({ code: 'text-missing' });
    // They are back on the line, and still nobody has checked who sits there.
    const back = line(left, 'active');
    expect(refusalOf(back, reply())).toEqual({ code: 'left-by-exit' });
    const checked = after(back, { kind: 'check-exit', words: 'Her sister rang: she is with her' });
    expect(refusalOf(checked, reply())).toBeNull();
    expect(refusalOf(checked, { kind: 'check-exit', words: 'again' })).toEqual({ code: 'nothing-to-check' });
    // The exit once more is once more to be checked.
    expect(isExitUnchecked(line(checked, 'left-by-exit'))).toBe(true);
  });

  it('CH-07: is refused too in what was stored before exits were kept', () => {
    expect(refusalOf(aChat({ channelState: 'left-by-exit' }), reply())).toEqual({ code: 'left-by-exit' });
  });

  it('CH-08: is refused where nobody is there any more to read it; a line that was lost may come back', () => {
    expect(refusalOf(line(aChat(), 'ended'), reply())).toEqual({ code: 'chat-over', end: 'ended-by-public' });
    const checked = after(line(aChat(), 'left-by-exit'), { kind: 'check-exit', words: 'Seen by a crew' });
    expect(refusalOf(checked, reply())).toEqual({ code: 'chat-over', end: 'quick-exit' });
    const lost = line(aChat(), 'dropped');
    expect(chatOf(lost).end?.reason).toBe('connection-lost');
    expect(refusalOf(lost, reply())).toBeNull();
    expect(chatOf(line(lost, 'active')).end).toBeNull();
  });

  it('CH-03: is delivered and seen as far as was told, never back, and what is seen was delivered', () => {
    const three = after(aChat(), reply('1'), reply('2'), reply('3'));
    const seen = told(three, { kind: 'reached', upTo: 2, how: 'seen' });
    const late = told(seen, { kind: 'reached', upTo: 1, how: 'delivered' });
    const chat = chatOf(late);
    expect(chat.replies.map((each) => replyReached(chat, each))).toEqual(['seen', 'seen', 'received']);
    expect(reachesFurther(chat, { upTo: 2, how: 'delivered' })).toBe(false);
    expect(reachesFurther(chat, { upTo: 9, how: 'seen' })).toBe(true);
    expect(chatOf({ chat: chatAfterReaching(late, { upTo: 9, how: 'seen', at }).chat }).seen.n).toBe(3);
  });

  it('CH-03, X-05: is on screen at once as kept here, with the number it will have, and stands there once', () => {
    const base = after(aChat(), reply('one'));
    const command = aCommand({ on: base, act: reply('two'), id: asCommandId(anId(77)) });
    const shown = view(base, [{ command, keptAt: at }], mine, aPolicy());
    expect(chatOf(shown.contact).replies.map(({ n, text }) => [n, text])).toEqual([
      [1, 'one'],
      [2, 'two'],
    ]);
    expect([...shown.keptHere]).toEqual([command.id]);
    const received = carryOut(base, command, { by: mine, at }).contact;
    const again = view(received, [{ command, keptAt: at }], mine, aPolicy());
    expect([chatOf(again.contact).replies.length, again.keptHere.size]).toEqual([2, 0]);
  });
});

describe('how a chat stands', () => {
  it('CH-04: whose turn it is follows from who wrote last; how long they have waited, from their first line that nobody answered', () => {
    const waiting = aChat({ ownership: { kind: 'waiting', since: testStart } });
    expect(chatTurn(waiting)).toEqual({ kind: 'waiting', since: testStart });
    expect(chatTurn(aChat())).toEqual({ kind: 'our-turn', since: testStart });
    const answered = after(aChat(), reply());
    expect(chatTurn(answered)).toEqual({ kind: 'their-turn', since: at });
    const asked = {
      ...answered,
      messages: [...says(answered, 'a').messages, ...says(answered, 'b').messages],
    };
    expect(chatTurn(asked)).toEqual({ kind: 'our-turn', since: at });
    expect(chatTurn(line(asked, 'dropped')).kind).toBe('dropped');
    expect(chatTurn(line(asked, 'left-by-exit'))).toEqual({ kind: 'left-by-exit', since: at });
    expect(chatTurn(line(asked, 'ended')).kind).toBe('ended');
  });

  it('CH-04: an assistant’s line before the handler is nobody’s turn taken', () => {
    const message: Message = { key: 'b', from: 'assistant', text: 'Hello', language: null, at };
    const told1 = told(after(aChat(), reply()), { kind: 'said', message });
    expect(chatTurn(told1).kind).toBe('their-turn');
  });

  it('CH-06: put aside and in hand again, by the handler alone; a line to the public takes it up', () => {
    const parked = after(aChat(), { kind: 'park', because: 'emergency' });
    expect(parked.work).toBe('parked');
    expect(done(parked, { kind: 'park', because: 'emergency' }).event).toBeNull();
    expect(after(parked, { kind: 'resume' }).work).toBe('open');
    expect(done(aChat(), { kind: 'resume' }).event).toBeNull();
    expect(after(parked, reply()).work).toBe('open');
    expect(after(parked, { kind: 'release' }).work).toBe('open');
  });

  it('CH-09: a handler ends it, or closing does; what the person has ended keeps their reason', () => {
    const ended = after(aChat(), { kind: 'end-chat', reason: 'moved-to-999' });
    expect([ended.channelState, ended.work, chatOf(ended).end?.reason]).toEqual([
      'ended',
      'wrap-up',
      'moved-to-999',
    ]);
    expect(refusalOf(ended, { kind: 'end-chat', reason: 'ended-by-handler' })).toMatchObject({
      code: 'chat-over',
    });
    const closed = after(aChat(), aClosing());
    expect([closed.channelState, chatOf(closed).end?.reason]).toEqual(['ended', 'ended-by-handler']);
    const gone = after(line(aChat(), 'left-by-exit'), aClosing());
    expect([gone.channelState, chatOf(gone).end?.reason]).toEqual(['left-by-exit', 'quick-exit']);
    expect(isExitUnchecked(gone)).toBe(true);
  });

  it('CH-09, X-10: a closing that is taken back takes the good-bye back, unless they have gone meanwhile', () => {
    const closed = after(aChat(), aClosing());
    const back = after(closed, { kind: 'reopen', reason: 'slip' });
    expect([back.channelState, chatOf(back).end]).toEqual(['active', null]);
    const left = after(line(closed, 'left-by-exit'), { kind: 'reopen', reason: 'slip' });
    expect([left.channelState, chatOf(left).end?.reason]).toEqual(['left-by-exit', 'quick-exit']);
  });

  it('CH-10: what was agreed about reaching them stands in versions; nothing at all is no agreement', () => {
    const safe = { way: 'Text', times: '9 to 3', codeWord: 'bluebell', doNotRing: true, sharedDevice: false };
    const agreed = after(
      aChat(),
      { kind: 'safe-contact', safe },
      { kind: 'safe-contact', safe: { ...safe, times: 'never' } },
    );
    expect(agreed.safeContacts.map(({ times }) => times)).toEqual(['9 to 3', 'never']);
    const nothing = { way: '', times: ' ', codeWord: '', doNotRing: false, sharedDevice: false };
    expect(refusalOf(aChat(), { kind: 'safe-contact', safe: nothing })).toEqual({ code: 'text-missing' });
  });

  it('CH-12, C-05: a chat says whose earlier person it may be, whoever has it: a claim changes no mark, because it is one statement', () => {
    const earlier = { contact: asContactId(anId(9)), ref: 'CON-1', owner: mine };
    const chat: Chat = { ...newChat, earlier };
    const waiting = told(aChat({ chat, ownership: { kind: 'waiting', since: testStart } }), {
      kind: 'reached',
      upTo: 1,
      how: 'seen',
    });
    expect(waiting.marks.backTo).toBe(mine.handler);
    expect(after(waiting, { kind: 'claim' }).marks).toEqual(waiting.marks);
  });

  it('CH-02, CH-03: however lines, news of them and the line itself come, numbers have no gap and nothing goes back', () => {
    const step = fc.oneof(
      fc.constant<Happening | Act>(reply()),
      fc.record({
        kind: fc.constant('reached' as const),
        upTo: fc.integer({ min: 1, max: 9 }),
        how: fc.constantFrom('delivered' as const, 'seen' as const),
      }),
      fc.record({
        kind: fc.constant('line' as const),
        state: fc.constantFrom(
          'active' as const,
          'dropped' as const,
          'left-by-exit' as const,
          'ended' as const,
        ),
      }),
      fc.constant<Act>({ kind: 'check-exit', words: 'seen' }),
    );
    always(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let contact = aChat();
        for (const each of steps) {
          const before = chatOf(contact);
          const isTold = each.kind === 'reached' || each.kind === 'line';
          const wasSilent = isExitUnchecked(contact);
          contact = isTold ? told(contact, each) : after(contact, each as Act);
          const chat = chatOf(contact);
          expect(chat.replies.map(({ n }) => n)).toEqual(chat.replies.map((_, index) => index + 1));
          if (wasSilent) expect(chat.replies).toHaveLength(before.replies.length);
          expect(chat.seen.n).toBeGreaterThanOrEqual(before.seen.n);
          expect(chat.delivered.n).toBeGreaterThanOrEqual(chat.seen.n);
          expect(chat.delivered.n).toBeLessThanOrEqual(chat.replies.length);
        }
      }),
    );
  });
});

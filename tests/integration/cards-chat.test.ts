import { describe, expect, it } from 'vitest';
import type { ChatAnswer } from '../../src/queue/intake/chat-answer.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { attempt, claim, close, crime, grade, incident, note, recorded } from '../harness/card-acts.ts';
import { minutes, playCard, seconds, type PlayedCard } from '../harness/card.ts';
import { getIntake } from '../harness/public-page.ts';

const reply = (text: string): Act => ({ kind: 'reply', text, canned: null });
/** What the card's page is told. */
const page = async ({ queue }: PlayedCard, name: string): Promise<ChatAnswer> =>
  (await getIntake(queue, `/chats/played-${name}-1?after=0`)).body as ChatAnswer;

describe('E08: a question about an order that becomes an emergency, and a quick exit', () => {
  it('CH-10, C-26, CH-07: how to reach her is agreed early, the log is open within seconds of “outside”; after the exit nothing goes out', async () => {
    await using card = await playCard('E08', { upTo: minutes(3) });
    const { handler } = card;
    expect(await card.contact()).toMatchObject({ flags: { lookFirst: true } });
    const safe = {
      way: 'Letter to her sister',
      times: '',
      codeWord: 'bluebell',
      doNotRing: true,
      sharedDevice: true,
    };
    await handler.does(claim, reply('Is it safe to write?'), { kind: 'safe-contact', safe });
    expect((await page(card, 'E08')).lines.map(({ text }) => text)).toEqual(['Is it safe to write?']);
    await card.goOn(minutes(10));
    const outside = (await card.contact()).messages.at(-1);
    expect(outside?.text).toContain('outside banging');
    await handler.does(incident('PS-DOM'), grade('G1', 'He is at the door'));
    const opened = (await card.contact()).incident;
    expect([opened?.ref, (opened?.at ?? 0) - (outside?.at ?? 0)]).toEqual([
      expect.stringMatching(/\/0001$/u),
      expect.any(Number),
    ]);
    expect((opened?.at ?? 0) - (outside?.at ?? 0)).toBeLessThanOrEqual(seconds(20));
    await card.goOn();

    const left = await card.contact();
    expect(left).toMatchObject({
      channelState: 'left-by-exit',
      ownership: { kind: 'owned' },
      chat: { exit: { checked: null } },
    });
    expect(await handler.refused(reply('Are you all right?'))).toEqual({ code: 'left-by-exit' });
    // Nobody rings without a word of why.
    expect(await handler.refused(attempt('no', 'voice', 'no-answer', 'tried'))).toMatchObject({
      code: 'not-whole',
    });
    expect(await page(card, 'E08')).toMatchObject({
      state: 'left-by-exit',
      lines: [],
      ended: { reason: 'quick-exit' },
    });
    // Hours later it is still somebody's, and still to be ended by a person.
    card.wait(minutes(240));
    expect((await card.contact()).ownership.kind).toBe('owned');
    await handler.does({ kind: 'check-exit', words: 'Unit with her, he is arrested' });
    expect(await handler.refused(reply('We are glad you are safe'))).toEqual({
      code: 'chat-over',
      end: 'quick-exit',
    });
    expect(await handler.refused(close('resolved', 'PS-DOM', 'Arrested'))).toMatchObject({
      code: 'record-incomplete',
    });
  });
});

describe('E09: a worker whose passport is kept, writing in Polish', () => {
  it('CH-04, AS-02: every line stands in the words as written and in the order of the queue, and danger in it is looked at first', async () => {
    await using card = await playCard('E09', { upTo: minutes(2) });
    const { handler } = card;
    await handler.does(claim, reply('How many are you, and are you locked in now?'));
    await card.goOn(minutes(5));
    await handler.does(reply('We will not ring this number.'), note('Zamek: lock or castle? Asked again.'));
    await card.goOn();
    const contact = await card.contact();
    expect(contact.flags.lookFirst).toBe(true);
    expect(contact.messages.map(({ language }) => language)).toEqual(['pl', 'pl', 'pl']);
    expect(contact.messages[0]?.text).toContain('zamek');
    // Ours came after one and after two of theirs.
    expect(contact.chat?.replies.map(({ after }) => after)).toEqual([1, 2]);
    expect(contact).toMatchObject({ channelState: 'ended', chat: { end: { reason: 'ended-by-public' } } });
    expect(await handler.refused(reply('Are you there?'))).toEqual({
      code: 'chat-over',
      end: 'ended-by-public',
    });
    // It is no abandoned chat: it stays with its handler until it is written up.
    expect(contact.ownership.kind).toBe('owned');
  });
});

describe('E10: a scratched car that hides stalking', () => {
  it('CH-13, R-06: is looked at first, is not closed with a crime number alone, and is recorded as what it is', async () => {
    await using card = await playCard('E10');
    const { handler } = card;
    expect(await card.contact()).toMatchObject({ flags: { lookFirst: true, repeat: true } });
    await handler.does(claim);
    expect(await handler.refused(close('advice', 'CR-DMG', 'Crime number given'))).toMatchObject({
      code: 'record-incomplete',
      missing: expect.arrayContaining(['triage', 'crime']) as string[],
    });
    const safe = {
      way: 'Work number',
      times: 'Nine to five',
      codeWord: '',
      doNotRing: false,
      sharedDevice: true,
    };
    await handler.does(
      { kind: 'safe-contact', safe },
      grade('G2', 'Third time, always knows where she is'),
      incident('CR-STK'),
      crime(recorded('Stalking', 'CR-STK')),
    );
    expect((await card.contact()).crime?.ref).toBe('41/1/26');
    expect(await handler.refused(reply('hello'))).toEqual({ code: 'not-a-chat' });
  });
});

describe('E11: a parked car hit, the other driver gone', () => {
  it('R-01, C-27: has its crime or incident reference to send, at the lowest grade', async () => {
    await using card = await playCard('E11');
    const { handler } = card;
    await handler.does(
      claim,
      incident('TR-DMG'),
      grade('G5', 'No injury then or since, nobody to be met'),
      crime(recorded('Failing to stop', 'TR-DMG')),
    );
    const { incident: opened, crime: decided, grade: given } = await card.contact();
    expect([opened?.ref, decided?.ref, given]).toEqual([expect.stringMatching(/\/0001$/u), '41/1/26', 'G5']);
  });
});

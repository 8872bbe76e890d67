import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { ownerOf } from '../../src/shared/domain/contact.ts';
import { isUnreadTooLong, lookedAtBy } from '../../src/shared/domain/unread.ts';
import { HOUR, later, MINUTE } from '../../src/shared/domain/time.ts';
import {
  attempt,
  claim,
  close,
  crime,
  grade,
  incident,
  note,
  notACrime,
  pass,
  recorded,
} from '../harness/card-acts.ts';
import { minutes, playCard, seconds } from '../harness/card.ts';

const reply = (text: string): Act => ({ kind: 'reply', text, canned: null });
const told = { kind: 'not-needed', words: 'Nobody can be answered' } as const;

describe('E12: nineteen contacts in one night, and the last one is different', () => {
  it('R-20, T-26, AS-19: eighteen times what is different is asked and the plan ends it; the nineteenth waits for nothing and is G1', async () => {
    await using card = await playCard('E12', { upTo: minutes(400) });
    const { handler } = card;
    const before = [...(await card.all())].sort((a, b) => a.receivedAt - b.receivedAt);
    expect(before).toHaveLength(18);
    // None of them is lifted by its words: abuse is no danger.
    expect(before.map(({ flags }) => flags.lookFirst)).toEqual(before.map(() => false));
    for (const [index] of before.entries()) {
      const hand = handler.on({ n: index + 1 });
      const contact = await hand.sees();
      expect([index, contact.plan?.ref]).toEqual([index, 'PL-0417']);
      await hand.does(claim);
      if (contact.callBackDue)
        await hand.does(attempt('yes', 'voice', 'answered', 'Cut it himself, nothing new'));
      const low = grade('G5', 'The eviction again');
      expect(await hand.refused(low)).toEqual({ code: 'plan-unasked', plan: 'PL-0417' });
      await hand.does(
        await hand.look('concern', { hurt: 'no' }, { different: 'Nothing: the eviction, as before' }),
        low,
        close('advice', 'PS-CFS', 'By the plan, neighbourhood team told', {
          crime: notACrime('Abuse, no threat'),
          withoutIncident: 'By the plan',
        }),
      );
    }
    await card.goOn();
    const last = handler.on({ n: 19 });
    const contact = await last.sees();
    expect(contact).toMatchObject({ band: 'A', channel: '999-voice', flags: { vulnerable: true } });
    expect(contact.locations.at(-1)?.method).toBe('aml');
    expect((await last.related()).repeats[0]).toMatchObject({ kind: 'repeat-caller', count: 19 });
    await last.does(claim);
    expect(await last.refused(grade('G5', 'Him again'))).toMatchObject({ code: 'plan-unasked' });
    // What saves a life is asked nothing first.
    await last.does(
      grade('G1', 'Slow voice, has taken tablets'),
      incident('PS-CFS'),
      pass('Ambulance', 'St Albans: man has taken his mother’s tablets, slow and low voice'),
    );
    expect(await card.contact({ n: 19 })).toMatchObject({ grade: 'G1', passedOn: [{ to: 'Ambulance' }] });
  });
});

describe('E14: a scam by text message, led by the assistant', () => {
  it('C-33, CH-04, R-04: the handler has the assistant’s talk, asks about him, and no crime is recorded here', async () => {
    await using card = await playCard('E14', { upTo: minutes(3) });
    const { handler } = card;
    const contact = await handler.sees();
    expect(contact.messages.map(({ from }) => from)).toEqual(['assistant', 'public', 'assistant', 'public']);
    // It was answered by a machine only: a person is still waited for.
    expect(contact).toMatchObject({
      ownership: { kind: 'waiting' },
      marks: { turnSince: contact.receivedAt },
    });
    await handler.does(
      claim,
      reply('I am a call handler. Does anybody press you now, and do you live with somebody?'),
      reply('Ring your bank on 159, then tell Report Fraud: reportfraud.police.uk'),
      await handler.look('theft', { hurt: 'no' }),
      grade('G5', 'Two days ago, card stopped, lives with his parents'),
    );
    await card.goOn();
    expect(await card.contact()).toMatchObject({ chat: { end: { reason: 'ended-by-public' } } });
    await handler.does(
      close('advice', 'CR-FRD', 'Bank and Report Fraud, nothing local', {
        crime: { kind: 'not-a-crime', because: 'report-fraud', words: 'No reason for a local response' },
      }),
    );
    const closed = await card.contact();
    expect([closed.ownership.kind, closed.crime?.ref ?? null, closed.incident]).toEqual([
      'closed',
      null,
      null,
    ]);
  });
});

describe('E16: dealing from a lock-up, told without a name', () => {
  it('C-11, R-06: nobody is answered, no incident is opened that shows who told it, and children are named in the record', async () => {
    await using card = await playCard('E16');
    const { handler } = card;
    const contact = await handler.sees();
    expect(contact.caller).toEqual({ name: null, number: null, address: null });
    expect(contact.flags.lookFirst).toBe(true);
    await handler.does(
      claim,
      await handler.look('suspicious', { hurt: 'no' }),
      note('Children of about twelve on electric bikes: exploitation'),
      grade('G5', 'Intelligence, nothing now'),
    );
    expect(await handler.refused(reply('Thank you'))).toEqual({ code: 'not-a-chat' });
    await handler.does(
      pass(
        'Intelligence desk',
        'Lock-ups behind Saltmarsh Row, van EK20 IQD, nine to eleven; source not named',
      ),
      close('passed-on', 'AD-INT', 'To the intelligence desk', {
        qualifiers: ['drugs', 'child-exploitation'],
        crime: notACrime('Information, no offence seen'),
        callerTold: told,
      }),
    );
    expect(await card.contact()).toMatchObject({
      incident: null,
      closing: { record: { category: 'AD-INT', qualifiers: ['drugs', 'child-exploitation'] } },
    });
  });
});

describe('E22: a shop attacked out of hatred, told by e-mail', () => {
  it('R-08, K-03: the twenty-four hours run from when it was sent, and eleven of them are gone when it is read', async () => {
    await using card = await playCard('E22');
    const { handler } = card;
    card.wait(11 * HOUR + 22 * MINUTE);
    const contact = await handler.sees();
    expect(contact).toMatchObject({ channel: 'e-mail', flags: { lookFirst: true, repeat: true } });
    const { crimeDueAt } = contact.marks;
    expect(crimeDueAt).toBe(later(contact.receivedAt, 24 * HOUR));
    expect((crimeDueAt ?? 0) - card.now()).toBe(12 * HOUR + 38 * MINUTE);
    // It stood at the top of the list all the time, and its due instant is not moved by the reading.
    expect(contact.due.at).toBeLessThan(contact.receivedAt);
    await handler.does(
      claim,
      grade('G4', 'Today: staff afraid to open'),
      incident('CR-HAT'),
      crime(recorded('Racially aggravated criminal damage', 'CR-HAT')),
    );
    const done = await card.contact();
    expect([done.crime?.ref, done.marks.crimeDueAt, done.marks.isr]).toEqual([
      '41/1/26',
      null,
      expect.stringMatching(/\/0001$/u),
    ]);
  });
});

describe('E25: a goodbye by direct message, only a handle known', () => {
  it('K-09, O-07: is first in the list, counts as unread when nobody has looked in time, and is G1 with nobody to ring', async () => {
    await using card = await playCard('E25', { upTo: minutes(19) });
    const { handler } = card;
    const contact = await handler.sees();
    expect(contact).toMatchObject({
      flags: { lookFirst: true, vulnerable: true },
      place: null,
      caller: { name: null, number: null },
    });
    expect(contact.due.at).toBeLessThan(contact.receivedAt);
    expect(contact.messages).toHaveLength(2);
    card.wait(23 * MINUTE);
    const by = lookedAtBy(contact);
    expect([by, isUnreadTooLong(contact, later(by ?? card.now(), seconds(1)))]).toEqual([
      later(contact.receivedAt, contact.due.targetMs),
      true,
    ]);
    await handler.does(
      claim,
      { kind: 'promote', reason: 'Goodbye, a bridge, now' },
      grade('G1', 'Means to die now, place not known'),
      incident('PS-CFS'),
      pass('British Transport Police', 'Goodbye message, photograph of a footbridge with a green sign'),
    );
    const now = await card.contact();
    expect([now.band, now.grade, ownerOf(now)?.handler, lookedAtBy(now)]).toEqual(['A', 'G1', '4711', null]);
    expect(await handler.refused(close('resolved', 'PS-CFS', 'Account closed'))).toMatchObject({
      code: 'record-incomplete',
    });
  });
});

describe('E10: a report that hides stalking, and a safe call first', () => {
  it('C-37, C-20: the promised call-back is due on every desk until she is reached, and keeps the report from being closed before somebody rang', async () => {
    await using card = await playCard('E10');
    const { handler } = card;
    await handler.does(
      claim,
      await handler.look('domestic', { hurt: 'no' }),
      grade('G2', 'Third time, always knows where she is'),
      incident('CR-STK'),
      crime(recorded('Stalking', 'CR-STK')),
      { kind: 'promise-call-back', words: 'Work number 01632 960277, nine to five; not her mobile' },
    );
    const leader = await card.teamLeader();
    expect(await leader.sees()).toMatchObject({
      callBackDue: true,
      promised: [{ words: expect.stringContaining('Work number') as string }],
    });
    const ended = close('resolved', 'CR-STK', 'Crime number given');
    expect(await handler.refused(ended)).toMatchObject({
      code: 'record-incomplete',
      missing: expect.arrayContaining(['outcome']) as string[],
    });
    await handler.does(attempt('yes', 'voice', 'answered', 'At work, alone; tracker advice given'));
    expect(await card.contact()).toMatchObject({ callBackDue: false, attempts: [{ endedDuty: true }] });
  });
});

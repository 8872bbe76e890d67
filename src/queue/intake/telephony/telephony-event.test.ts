import { describe, expect, it } from 'vitest';
import { nothingTold } from '../../../shared/domain/call-events.ts';
import { Extensions } from './extensions.ts';
import { parseTelephonyEvent } from './telephony-event.ts';
import { asInstant } from '../../../shared/domain/time.ts';

const at = Date.UTC(2026, 10, 22, 14, 0);
const ring = (over: Readonly<Record<string, unknown>> = {}) => ({
  event: 'ring',
  callId: 'c-1',
  n: 1,
  at,
  channel: '999-voice',
  ...over,
});
const later = (event: string, over: Readonly<Record<string, unknown>> = {}) => ({
  event,
  callId: 'c-1',
  n: 2,
  at,
  ...over,
});
const parsed = (json: unknown) => {
  const result = parseTelephonyEvent(json);
  if (!result.ok) throw new Error(`${result.refusal.field} ${result.refusal.problem}`);
  return result;
};
const flags = { vulnerable: false, repeat: false, lookFirst: false };

describe('TE-01: an event as an exchange sends it', () => {
  it('is a call offered, with what an exchange alone knows: no words, and a row that says so', () => {
    expect(
      parsed(
        ring({
          number: '07700 900114',
          line: 'mobile',
          zone: 'Stevenage',
          network: 'EE',
          cell: 'Mast at Bedwell, 2 km',
        }),
      ),
    ).toEqual({
      ok: true,
      warnings: [],
      event: {
        kind: 'offer',
        callId: 'c-1',
        offer: {
          channel: '999-voice',
          title: '999 call from a mobile',
          place: 'Stevenage',
          language: null,
          caller: { name: null, number: '07700 900114', address: null },
          account: '',
          flags,
        },
        ring: {
          kind: 'ring',
          at,
          takenFor: null,
          told: { ...nothingTold, line: 'mobile', network: 'EE', cell: 'Mast at Bedwell, 2 km' },
        },
      },
    });
  });

  it('takes what somebody who listens has written down', () => {
    const said = {
      title: 'Man at the door',
      place: 'Mill Lane, Ware',
      language: 'PL',
      name: 'Nettie',
      address: '4 Mill Lane',
      account: 'He is here.',
      flags: { vulnerable: true },
    };
    expect(parsed(ring({ zone: 'Ware', said })).event).toMatchObject({
      offer: {
        title: 'Man at the door',
        place: 'Mill Lane, Ware',
        language: 'pl',
        caller: { name: 'Nettie', number: null, address: '4 Mill Lane' },
        account: 'He is here.',
        flags: { ...flags, vulnerable: true },
      },
    });
  });

  it.each([
    [later('ring'), { kind: 'ring', takenFor: null }],
    [later('queued'), { kind: 'queued' }],
    [
      later('operator', { operatorHeard: 'A cough.' }),
      { kind: 'operator-on-line', told: { operatorHeard: 'A cough.' } },
    ],
    [later('operator', { state: 'left' }), { kind: 'operator-left' }],
    [later('answer', { recording: 'R-1' }), { kind: 'answer', told: { recording: 'R-1' } }],
    [later('hold'), { kind: 'hold' }],
    [later('resume'), { kind: 'resume' }],
    [later('transfer', { to: 'Essex Police' }), { kind: 'transfer', to: 'Essex Police' }],
    [later('end', { waited: { queue: 41 } }), { kind: 'end', told: { waited: { menu: 0, queue: 41 } } }],
    [later('drop'), { kind: 'drop' }],
    [
      later('particulars', { marks: ['limited-service'] }),
      { kind: 'particulars', told: { marks: ['limited-service'] } },
    ],
  ])('%o is known', (body, event) => {
    expect(parsed(body).event).toMatchObject({ kind: 'call', callId: 'c-1', n: 2, event: { at, ...event } });
  });

  it('tells of a telephone without a call', () => {
    expect(
      parsed({ event: 'agent', extension: '4711', state: 'wrap-up', at: '2026-11-22T14:00:00Z' }).event,
    ).toEqual({
      kind: 'agent',
      extension: '4711',
      state: 'wrap-up',
      at,
    });
  });

  it('reads a subscriber of whom nothing is known as none', () => {
    const { event } = parsed(later('particulars', { subscriber: { name: '', address: '  ' } }));
    expect(event).toMatchObject({ event: { told: { subscriber: null } } });
  });

  it('says that a field it does not know was not kept, and keeps the rest', () => {
    expect(parsed(later('hold', { agent: 7, mood: 'calm' })).warnings).toEqual([
      '2 fields of the body are not known here and were not kept',
    ]);
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'body', 'is not an object'],
    ['no event', { callId: 'c-1', n: 1, at }, 'event', 'is missing'],
    ['an event nobody knows', later('sneeze'), 'event', 'is none of: ring, queued, operator, '],
    ['no id', later('hold', { callId: undefined }), 'callId', 'is missing'],
    ['an id with a space', later('hold', { callId: 'a b' }), 'callId', 'is not 1 to 150 printable'],
    ['no number', later('hold', { n: undefined }), 'n', 'is missing'],
    ['the number of the ring', later('hold', { n: 1 }), 'n', 'is less than 2'],
    ['no time', later('hold', { at: undefined }), 'at', 'is missing'],
    ['a time of no year that is kept', later('hold', { at: -1 }), 'at', 'is not a time that can be kept'],
    ['a first ring without a channel', ring({ channel: undefined }), 'channel', 'is missing'],
    ['a channel that does not ring', ring({ channel: 'web-chat' }), 'channel', 'is none of: 999-voice, '],
    ['a line nobody knows', later('particulars', { line: 'string and tins' }), 'line', 'is none of: fixed, '],
    ['a mark nobody knows', later('particulars', { marks: ['odd'] }), 'marks.0', 'is none of: '],
    ['a wait before it began', later('end', { waited: { queue: -1 } }), 'waited.queue', 'is less than 0'],
    ['a transfer to nobody', later('transfer'), 'to', 'is missing'],
    [
      'half a character',
      later('operator', { operatorHeard: '\ud800' }),
      'operatorHeard',
      'holds a control character',
    ],
    [
      'a telephone in no state',
      { event: 'agent', extension: '1', state: 'asleep', at },
      'state',
      'is none of: ready, ',
    ],
  ])('with %s is refused by field and reason, and says what to do', (_, json, field, problem) => {
    const result = parseTelephonyEvent(json);
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.refusal.field).toBe(field);
    expect(result.refusal.problem.startsWith(problem), result.refusal.problem).toBe(true);
    expect(result.refusal.whatToDo).toMatch(/^(?:Correct|Send) .+\.$/);
  });
});

describe('TE-08: what the telephones are doing', () => {
  const second = (n: number) => asInstant(at + n * 1_000);

  it('is the newest that was told of each, and those of two exchanges are two', () => {
    const extensions = new Extensions();
    extensions.tell('east', '4711', 'talking', second(5));
    extensions.tell('east', '4711', 'ringing', second(1));
    extensions.tell('west', '4711', 'ready', second(1));
    extensions.tell('west', '4712', 'ready', second(1));
    extensions.tell('west', '4712', 'logged-off', second(1));
    expect(extensions.counts()).toMatchObject({ talking: 1, ready: 1, 'logged-off': 1, ringing: 0 });
  });

  it('never fills the memory: of more than two thousand, those told of longest ago are forgotten', () => {
    const extensions = new Extensions();
    for (let n = 0; n < 2_500; n += 1) extensions.tell('east', `${n}`, n < 500 ? 'hold' : 'ready', second(n));
    expect(extensions.counts()).toMatchObject({ hold: 0, ready: 2_000 });
  });
});

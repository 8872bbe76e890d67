import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  always,
  anyAct,
  anyContact,
  anyHistory,
  anyWords,
  turnsOf,
} from '../../../tests/harness/arbitraries.ts';
import { aContact, anActor, anId, aPolicy, aSummary, testStart } from '../../../tests/harness/builders.ts';
import { NOTE_LIMIT } from '../domain/command.ts';
import { summaryOf, type ContactSummary } from '../domain/contact.ts';
import {
  asCommandId,
  asContactId,
  asDeskId,
  asFence,
  asHandlerId,
  asIncarnation,
  asLsn,
  asStoreEpoch,
} from '../domain/ids.ts';
import { asInstant, HOUR, later } from '../domain/time.ts';
import {
  LINK_VERSION,
  closeCodes,
  DOWN_FRAME_LIMIT,
  downFrameSchema,
  finalCloseCodes,
  IN_FLIGHT_LIMIT,
  parseFrame,
  UP_FRAME_LIMIT,
  upFrameSchema,
  WELCOME_EMERGENCIES,
  type Cmd,
  type DownFrame,
  type UpFrame,
  type Welcome,
} from './queue-link.ts';

const desk = asDeskId(anId(0xd0001));
const contact = asContactId(anId(1));
const cmdId = asCommandId(anId(0xc0001));
const cursor = { storeEpoch: asStoreEpoch(anId(0xe0001)), lsn: asLsn(41) };
const entry = { lsn: asLsn(42), contact, rev: 2, at: testStart, by: anActor() };

/** One frame of each kind, whole and valid. */
const upFrames: { readonly [T in UpFrame['t']]: Extract<UpFrame, { t: T }> } = {
  HELLO: {
    t: 'HELLO',
    v: LINK_VERSION,
    deskId: desk,
    incarnation: asIncarnation(anId(0xf0001)),
    appVersion: '0.1.0',
    realm: 'demo',
    signIn: { handler: asHandlerId('handler-1'), token: 'a-token-of-this-desk' },
    resume: { cursor, lastCmdAcked: 7 },
    owns: [{ contact, fence: asFence(2), rev: 9, state: 'owned' }],
  },
  ACK: { t: 'ACK', cursor },
  CREDIT: { t: 'CREDIT', bytes: 65_536 },
  CMD: {
    t: 'CMD',
    cmdSeq: 8,
    cmdId,
    contact,
    fence: asFence(2),
    baseRev: 9,
    by: asHandlerId('handler-1'),
    body: { kind: 'note', text: 'He has a knife', happenedAt: null },
    at: { mono: 120.5, wall: testStart, offset: -12.25, err: 4 },
  },
  HB: { t: 'HB', n: 3, cursor: null, cmdSeq: 8 },
  DESK: { t: 'DESK', status: { kind: 'away', reason: 'other', since: testStart } },
  TYPING: { t: 'TYPING', contact },
  ASK: { t: 'ASK', n: 1, asked: { kind: 'reference', references: ['2026-03-14/0412'] } },
  BYE: { t: 'BYE', code: 'sign-off', resumable: true },
};
const downFrames: { readonly [T in DownFrame['t']]: Extract<DownFrame, { t: T }> } = {
  WELCOME: {
    t: 'WELCOME',
    session: anId(0xa0001),
    storeEpoch: cursor.storeEpoch,
    head: asLsn(42),
    resumed: true,
    lastCmdSeq: 7,
    serverTime: testStart,
    hbMs: 5_000,
    leaseMs: 15_000,
    credits: 262_144,
    retryCapMs: 2_000,
    limits: { frame: UP_FRAME_LIMIT, inFlight: IN_FLIGHT_LIMIT },
    deskNumber: 1,
    signedIn: {
      person: { handler: asHandlerId('handler-1'), name: 'Sam Okafor', role: 'handler' },
      until: later(testStart, 12 * HOUR),
    },
    policy: aPolicy(),
    policies: [{ name: 'triage', version: 'triage-2026-11-1', digest: 'ab'.repeat(32) }],
    emergencies: [aSummary({ channel: '999-voice' })],
    emergencyCount: 1,
    owned: [{ contact, fence: asFence(2), rev: 9 }],
  },
  POLICY: { t: 'POLICY', policy: aPolicy(), policies: [] },
  TRANSLATION: {
    t: 'TRANSLATION',
    state: {
      engine: 'azure',
      version: '3.0',
      trouble: { kind: 'slow', afterMs: 4_000 },
      againAt: testStart,
      languages: { intoEnglish: ['es'], fromEnglish: ['es', 'pl'] },
    },
  },
  FLASH: { t: 'FLASH', lsn: asLsn(42), summary: aSummary({ channel: '999-text' }) },
  EVT: { t: 'EVT', prev: cursor.lsn, ...entry, what: { kind: 'claimed', fence: asFence(3) } },
  SNAP: { t: 'SNAP', id: 's1', part: 1, of: 2, asOf: asLsn(42), data: JSON.stringify(aContact()) },
  SNAPEND: { t: 'SNAPEND', id: 's1', asOf: asLsn(42), count: 1, sha256: 'ab'.repeat(32) },
  FOUND: { t: 'FOUND', n: 1, part: 1, data: JSON.stringify(aContact()) },
  ANSWER: { t: 'ANSWER', n: 1, outcome: 'found', count: 1, sha256: 'ab'.repeat(32) },
  RES: {
    t: 'RES',
    cmdSeq: 8,
    cmdId,
    status: 'refused',
    refusal: { code: 'taken', by: anActor(), since: testStart },
    lsn: null,
    rev: null,
  },
  FENCED: {
    t: 'FENCED',
    contact,
    fence: asFence(3),
    owner: { deskNumber: 2, handler: asHandlerId('h2') },
    why: 'lease',
  },
  HBACK: { t: 'HBACK', n: 3, serverTime: testStart, head: asLsn(42) },
  RECONNECT: { t: 'RECONNECT', notBeforeMs: 0, windowMs: 500, to: null },
  WRITING: { t: 'WRITING', contact },
  BYE: { t: 'BYE', code: 'drain', resumable: true },
};

const anyCmd = fc
  .tuple(anyAct, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }))
  .map(([body, mono]): Cmd => ({ ...upFrames.CMD, body, at: { ...upFrames.CMD.at, mono: mono + 0 } }));
const anyEvt = anyHistory.chain((history) => {
  const events = turnsOf(history).flatMap(({ event }) => (event === null ? [] : [event]));
  const frames = events.map((event): DownFrame => ({
    t: 'EVT',
    prev: asLsn(event.rev),
    lsn: asLsn(event.rev + 1),
    ...event,
  }));
  return fc.constantFrom(...frames, downFrames.EVT);
});
const anyFlash = anyContact.map((arrived): DownFrame => ({
  t: 'FLASH',
  lsn: asLsn(arrived.rev),
  summary: summaryOf(arrived),
}));
const anyUp: fc.Arbitrary<UpFrame> = fc.oneof(fc.constantFrom(...Object.values(upFrames)), anyCmd);
const anyDown: fc.Arbitrary<DownFrame> = fc.oneof(
  fc.constantFrom(...Object.values(downFrames)),
  anyEvt,
  anyFlash,
);

const bytes = (frame: unknown): number => new TextEncoder().encode(JSON.stringify(frame)).length;
const parsers = [upFrameSchema, downFrameSchema] as const;

describe('reading a frame', () => {
  it('L-05: every frame a program of this version writes is read back word for word', () => {
    const read = (frame: UpFrame | DownFrame, schema: (typeof parsers)[number]) =>
      expect(parseFrame<unknown>(schema, JSON.stringify(frame))).toEqual({ ok: true, frame });
    for (const frame of Object.values(upFrames)) read(frame, upFrameSchema);
    for (const frame of Object.values(downFrames)) read(frame, downFrameSchema);
    always(fc.property(anyUp, (frame) => void read(frame, upFrameSchema)));
    always(fc.property(anyDown, (frame) => void read(frame, downFrameSchema)));
  });

  it('L-04: a text of any kind is a frame or is not one, and never stops the reader', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      anyWords,
      fc.constantFrom(
        '',
        'null',
        '[]',
        '{}',
        '{"t":"constructor"}',
        '{"t":["HELLO"]}',
        '{"__proto__":{"t":"ACK"}}',
        '1e999',
      ),
      fc.constantFrom(1, 10, 100_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
    );
    always(
      fc.property(anyText, fc.constantFrom(...parsers), (text, schema) => {
        expect(parseFrame<unknown>(schema, text)).toEqual({
          ok: false,
          why: expect.stringMatching(/^[\w.: -]+$/),
        });
      }),
      { runs: 1_000 },
    );
  });

  it('L-04: a desk’s frame is not read as the queue’s, nor the queue’s as a desk’s', () => {
    const both = new Set(['BYE']);
    const crossed = [
      ...Object.values(upFrames).map((frame) => [
        frame.t,
        parseFrame<unknown>(downFrameSchema, JSON.stringify(frame)).ok,
      ]),
      ...Object.values(downFrames).map((frame) => [
        frame.t,
        parseFrame<unknown>(upFrameSchema, JSON.stringify(frame)).ok,
      ]),
    ];
    expect(crossed.filter(([t, ok]) => ok !== both.has(String(t)))).toEqual([]);
  });

  /** What must never come back in a reason: it stands for a name, a number or somebody's words. */
  const secret = 'Robin Marsh 07700 900123';
  const spoilt = (value: unknown): fc.Arbitrary<unknown> => {
    if (typeof value !== 'object' || value === null)
      return fc.constantFrom<unknown>(secret, [secret], { [secret]: secret });
    const keys = Object.keys(value);
    const withExtra = fc.constant(
      Array.isArray(value) ? [...(value as unknown[]), secret] : { ...value, [secret]: secret },
    );
    if (keys.length === 0) return withExtra;
    const inner = fc.constantFrom(...keys).chain((key) => {
      const old = (value as Record<string, unknown>)[key];
      return spoilt(old).map((spoiltInner) =>
        Array.isArray(value)
          ? (value as unknown[]).map((item, index) => (String(index) === key ? spoiltInner : item))
          : { ...value, [key]: spoiltInner },
      );
    });
    return fc.oneof({ weight: 5, arbitrary: inner }, { weight: 1, arbitrary: withExtra });
  };

  it('L-04: the reason for refusing a frame names the field and never what stood in it', () => {
    const anySpoilt = fc
      .constantFrom(...Object.values(upFrames), ...Object.values(downFrames))
      .chain((frame) => spoilt(JSON.parse(JSON.stringify(frame))));
    always(
      fc.property(anySpoilt, (frame) => {
        for (const schema of parsers) {
          const read = parseFrame<unknown>(schema, JSON.stringify(frame));
          if (read.ok) continue;
          for (const word of secret.split(' ')) expect(read.why).not.toContain(word);
        }
      }),
      { runs: 1_000 },
    );
  });

  it.each<[string, string, (typeof parsers)[number], string]>([
    ['a text that is no JSON', '{"t":"HB"', upFrameSchema, 'not JSON'],
    ['a frame type nobody knows', '{"t":"PING"}', upFrameSchema, 't: invalid_union'],
    ['something that is no object', '7', downFrameSchema, 'frame: invalid_type'],
    [
      'a broken field',
      JSON.stringify({ ...upFrames.ACK, cursor: { ...cursor, lsn: -1 } }),
      upFrameSchema,
      'cursor.lsn: too_small',
    ],
  ])('L-04: %s is refused in words that help', (_what, text, schema, why) => {
    expect(parseFrame<unknown>(schema, text)).toEqual({ ok: false, why });
  });

  it('L-05: unknown fields are passed over in every frame but a command, where they are refused', () => {
    const answers = (frames: Readonly<Record<string, object>>, schema: (typeof parsers)[number]) =>
      Object.entries(frames)
        .filter(([, frame]) => !parseFrame<unknown>(schema, JSON.stringify({ ...frame, addedLater: 1 })).ok)
        .map(([t]) => t);
    expect([answers(upFrames, upFrameSchema), answers(downFrames, downFrameSchema)]).toEqual([['CMD'], []]);
  });

  it.each<[string, object]>([
    ['the act', { body: { kind: 'claim', force: true } }],
    ['the times', { at: { ...upFrames.CMD.at, zone: 'Europe/London' } }],
  ])('L-05: in a command an unknown field is refused inside %s too', (_where, over) => {
    expect(parseFrame<unknown>(upFrameSchema, JSON.stringify({ ...upFrames.CMD, ...over })).ok).toBe(false);
  });

  it('L-16: commands are counted from 1: none has the number 0', () => {
    expect(parseFrame<unknown>(upFrameSchema, JSON.stringify({ ...upFrames.CMD, cmdSeq: 0 })).ok).toBe(false);
  });
});

describe('the sizes of frames', () => {
  /** What intake lets through at most. Characters. */
  const TITLE_LIMIT = 160;
  const PLACE_LIMIT = 160;
  const far = asInstant(Date.UTC(2286, 10, 20));
  const many = Number.MAX_SAFE_INTEGER;
  const by = { desk, deskNumber: many, handler: asHandlerId('中'.repeat(32)) };
  /** Every field as long as it can be; `letter` is what title and place consist of. */
  const largest = (letter: string): ContactSummary => ({
    ...aSummary({ channel: 'social-message', receivedAt: far, seq: many, rev: many, fence: asFence(many) }),
    id: contact,
    ref: 'PROV-20261122-000041-000041',
    band: 'A',
    bandSince: far,
    due: {
      at: far,
      targetMs: many,
      allowances: [
        { because: 'vulnerable', ms: many },
        { because: 'repeat', ms: many },
      ],
      policy: '2026-11-22.100',
    },
    ownership: { kind: 'verify', lastOwner: by, since: far },
    channelState: 'delivered',
    work: 'wrap-up',
    title: letter.repeat(TITLE_LIMIT),
    place: letter.repeat(PLACE_LIMIT),
    language: 'zh-Hant-TW-x-abcdefgh-abcdefgh-abcd',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
  });
  const welcome = (emergencies: ContactSummary[]): Welcome => ({
    ...downFrames.WELCOME,
    emergencies,
    emergencyCount: 9_999,
  });

  it.each([
    ['ordinary letters', 'W'],
    ['quotation marks, which JSON doubles', '"'],
    ['letters of three bytes', '中'],
  ])('L-08: a WELCOME with 400 of the largest summaries, in %s, fits a frame', (_what, letter) => {
    const full = welcome(Array.from({ length: WELCOME_EMERGENCIES }, () => largest(letter)));
    expect(parseFrame<unknown>(downFrameSchema, JSON.stringify(full)).ok).toBe(true);
    expect(bytes(full)).toBeLessThanOrEqual(DOWN_FRAME_LIMIT);
  });

  it('L-08: twice as many would not fit, so the limit of 400 is needed', () => {
    const full = welcome(Array.from({ length: 2 * WELCOME_EMERGENCIES }, () => largest('中')));
    expect(bytes(full)).toBeGreaterThan(DOWN_FRAME_LIMIT);
  });

  it.each([
    ['ordinary letters', 'W'],
    ['letters of three bytes', '中'],
    ['control characters, which JSON writes with six', '\u0001'],
  ])('L-04: the longest note, in %s, fits a frame of a desk', (_what, letter) => {
    const frame: Cmd = {
      ...upFrames.CMD,
      body: { kind: 'note', text: letter.repeat(NOTE_LIMIT), happenedAt: null },
    };
    expect(bytes(frame)).toBeLessThanOrEqual(UP_FRAME_LIMIT);
  });
});

describe('close codes', () => {
  it('L-14: only not authorised, revoked, no sign-in and displaced end the automatic retry', () => {
    expect(finalCloseCodes).toEqual(new Set([4003, 4004, 4005, 4009]));
  });

  it('L-01, L-03, L-04, L-15: the codes are the ones the rules name, each with one meaning', () => {
    const { noHello, notAuthorised, badFrame, displaced } = closeCodes;
    expect([noHello, notAuthorised, badFrame, displaced]).toEqual([4001, 4003, 4002, 4009]);
    expect(new Set(Object.values(closeCodes)).size).toBe(Object.values(closeCodes).length);
  });
});

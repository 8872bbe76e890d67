import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendEvent, UnreadableByDesks } from '../../src/queue/append-event.ts';
import { parseContactBody } from '../../src/queue/intake/contact-body.ts';
import { createTelephonyAdapter } from '../../src/queue/intake/telephony/telephony-adapter.ts';
import { callChannels, parseTelephonyEvent } from '../../src/queue/intake/telephony/telephony-event.ts';
import { parseUpdateBody } from '../../src/queue/intake/update-body.ts';
import { QueueService } from '../../src/queue/service.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import { downFrameSchema } from '../../src/shared/contract/queue-link.ts';
import { contactSchema } from '../../src/shared/contract/schemas.ts';
import { callMarks, CALL_ID_LIMIT, lineTypes } from '../../src/shared/domain/call.ts';
import { channels } from '../../src/shared/domain/channel.ts';
import { channelStates } from '../../src/shared/domain/contact.ts';
import { asCommandId, asFence, asIncarnation, asLsn } from '../../src/shared/domain/ids.ts';
import { locationMethods } from '../../src/shared/domain/location.ts';
import type { Instant } from '../../src/shared/domain/time.ts';
import { anAccount } from '../harness/accounts.ts';
import { aBody } from '../harness/arrivals.ts';
import { aContact, anActor, anId, testStart } from '../harness/builders.ts';
import { fixedPolicies } from '../harness/fixed-policies.ts';

const clock = { now: () => testStart, monotonic: () => 0 };

/** Texts at, around and beyond every limit, of characters that are long in JSON or in UTF-8. */
const text = (limit: number) =>
  fc.oneof(
    fc.string({ maxLength: 20 }),
    fc
      .tuple(fc.constantFrom('a', '"', 'é', '刀', '👮'), fc.constantFrom(limit - 1, limit, limit + 1))
      .map(([one, length]) => one.repeat(length).slice(0, length)),
  );
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 4, nil: undefined });
const time = fc.oneof(
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
  fc.constantFrom(0, -1, testStart, testStart + 1, Date.UTC(2199, 1, 1), 8.64e15, -8.64e15),
  fc.constantFrom('2026-11-22T14:00:00Z', '2026-11-22T15:00:00.123+01:00', '0000-01-01T00:00:00Z'),
);
const place = {
  method: fc.constantFrom(...locationMethods),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  radiusMetres: maybe(fc.double({ min: 0, max: 40_000_000, noNaN: true })),
  place: maybe(text(160)),
};
const flags = maybe(fc.record({ vulnerable: fc.boolean(), repeat: fc.boolean(), lookFirst: fc.boolean() }));
const language = maybe(fc.constantFrom('en', 'pl', 'zh-Hant', 'x-' + 'a'.repeat(8)));

const contactBody = fc.record({
  channel: fc.constantFrom(...channels),
  receivedAt: maybe(time),
  title: text(160),
  place: maybe(text(160)),
  language,
  caller: maybe(fc.record({ name: maybe(text(160)), number: maybe(text(40)), address: maybe(text(300)) })),
  account: text(13_000),
  flags,
  channelState: maybe(fc.constantFrom(...channelStates)),
  location: maybe(fc.record({ ...place, at: time })),
});
const updateBody = fc.oneof(
  fc.record({ kind: fc.constant('location'), at: time, location: fc.record(place) }),
  fc.record({
    kind: fc.constant('message'),
    at: time,
    text: text(5_000),
    language,
    from: fc.constantFrom('public', 'assistant'),
  }),
  fc.record({ kind: fc.constant('line'), at: time, state: fc.constantFrom(...channelStates) }),
);
const callId = fc
  .constantFrom(1, 119, 120, 121, 130, CALL_ID_LIMIT, CALL_ID_LIMIT + 1)
  .map((n) => 'c'.repeat(n));
const particulars = {
  line: maybe(fc.constantFrom(...lineTypes)),
  subscriber: maybe(fc.record({ name: maybe(text(160)), address: maybe(text(300)) })),
  network: maybe(text(80)),
  cell: maybe(text(160)),
  marks: maybe(fc.subarray([...callMarks])),
  operatorHeard: maybe(text(1_000)),
  waited: maybe(fc.record({ menu: fc.nat(86_400), queue: fc.nat(86_400) })),
  recording: maybe(text(200)),
};
const ringBody = fc.record({
  event: fc.constant('ring'),
  n: fc.constant(1),
  at: time,
  ...particulars,
  channel: fc.constantFrom(...callChannels),
  number: maybe(text(40)),
  zone: maybe(text(160)),
  takenFor: maybe(text(120)),
  said: maybe(
    fc.record({
      title: maybe(text(160)),
      place: maybe(text(160)),
      language,
      name: maybe(text(160)),
      address: maybe(text(300)),
      account: maybe(text(13_000)),
      flags,
    }),
  ),
});
const laterBody = fc.record({
  event: fc.constantFrom(
    'ring',
    'queued',
    'operator',
    'answer',
    'hold',
    'resume',
    'transfer',
    'end',
    'drop',
    'particulars',
  ),
  at: time,
  ...particulars,
  to: fc.constantFrom('Essex Police', 'x'.repeat(120), 'x'.repeat(121)),
  takenFor: maybe(text(120)),
  extension: maybe(text(40)),
});
type Body = Record<string, unknown>;

async function aQueue() {
  const store = createMemoryStore({ realm: 'demo', newId: randomUUID });
  const service = new QueueService({ store, policies: fixedPolicies(), clock, newId: randomUUID });
  return { store, service };
}

/** Reads the whole log, every flash and every contact as they go over the wire; says what could not be read. */
async function unread(service: QueueService): Promise<readonly string[]> {
  const wire = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  const entries = await service.entriesAfter(asLsn(0), 100);
  const frames = entries.flatMap(({ flash, ...entry }) => [
    { t: 'EVT', prev: entry.lsn - 1, ...entry },
    ...(flash === null ? [] : [{ t: 'FLASH', lsn: entry.lsn, summary: flash }]),
  ]);
  const { contacts } = await service.snapshot();
  const results = [
    ...frames.map((frame) => downFrameSchema.safeParse(wire(frame))),
    ...contacts.map((contact) => contactSchema.safeParse(wire(contact))),
  ];
  return results.flatMap(({ error }) => error?.issues.map(({ path }) => path.join('.')) ?? []);
}

describe('L-22: what a door takes, a desk reads', () => {
  it('whatever a source hands over and tells later', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(contactBody, fc.array(updateBody, { maxLength: 3 }), async (body, updates) => {
        const { service } = await aQueue();
        const parsed = parseContactBody(JSON.parse(JSON.stringify(body)));
        if (!parsed.ok) return;
        kept += 1;
        await service.accept({ source: 's', key: 'k', arrival: parsed.arrival });
        for (const [n, update] of updates.entries()) {
          const told = parseUpdateBody(JSON.parse(JSON.stringify(update)));
          if (told.ok && told.tiding.kind !== 'typing')
            await service.update({ source: 's', contactKey: 'k', key: `u${n}`, tiding: told.tiding });
        }
        expect(await unread(service)).toEqual([]);
      }),
      { numRuns: 400 },
    );
    expect(kept).toBeGreaterThan(40);
  });

  it('whatever an exchange tells of a call', async () => {
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(callId, ringBody, fc.array(laterBody, { maxLength: 4 }), async (id, ring, events) => {
        const { service } = await aQueue();
        const adapter = createTelephonyAdapter({ service });
        const tell = async (body: Body): Promise<void> => {
          const parsed = parseTelephonyEvent(JSON.parse(JSON.stringify({ ...body, callId: id })));
          if (!parsed.ok) return;
          kept += 1;
          await adapter.tell('exchange', parsed.event);
        };
        await tell(ring);
        for (const [n, event] of events.entries()) await tell({ ...event, n: n + 2 });
        expect(await unread(service)).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  it('and an act of which desks could not read the event is refused by its field, once, and the next is done', async () => {
    const { service, store } = await aQueue();
    const by = anActor();
    await store.transact((tx) => tx.putAccount(anAccount({ handler: by.handler })));
    const parsed = parseContactBody(aBody());
    if (!parsed.ok) throw new Error(parsed.refusal.problem);
    const accepted = await service.accept({ source: 's', key: 'k', arrival: parsed.arrival });
    if (accepted.kind === 'key-reused') throw new Error(accepted.kind);
    const { contact } = accepted.receipt;
    const incarnation = asIncarnation(randomUUID());
    const note = (cmdSeq: number, happenedAt: unknown) => ({
      incarnation,
      cmdSeq,
      deskTime: { mono: 0, wall: testStart, offset: 0, err: 0 },
      command: {
        id: asCommandId(anId(cmdSeq)),
        contact,
        fence: asFence(0),
        baseRev: 1,
        by: by.handler,
        act: { kind: 'note', text: 'x', happenedAt: happenedAt as Instant | null },
      } as const,
    });
    const refused = { status: 'refused', refusal: { code: 'not-whole', field: 'what.happenedAt' } };
    expect((await service.execute(by, note(1, 'noon'))) as unknown).toMatchObject({
      kind: 'decided',
      result: refused,
    });
    expect((await service.execute(by, note(1, 'noon'))) as unknown).toMatchObject({
      kind: 'repeated',
      result: refused,
    });
    expect((await service.execute(by, note(2, null))) as unknown).toMatchObject({
      result: { status: 'applied', rev: 2 },
    });
    expect(await unread(service)).toEqual([]);
  });

  it('and what it could not is not written, whoever asks for it, and named by its field', async () => {
    const { service, store } = await aQueue();
    const contact = { ...aContact(), title: 7 as unknown as string };
    const event = {
      contact: contact.id,
      rev: 1,
      at: testStart,
      by: null,
      what: { kind: 'arrived', contact },
    } as const;
    const fact = {
      at: testStart,
      contact: contact.id,
      desk: null,
      deskNumber: null,
      handler: null,
      source: 's',
      act: 'arrive',
      outcome: 'applied',
      command: null,
      actDigest: 'd',
    } as const;
    const written = store.transact((tx) => appendEvent(tx, event, null, fact));
    await expect(written).rejects.toThrow(new UnreadableByDesks('what.contact.title'));
    const large = {
      ...event,
      what: { kind: 'arrived', contact: aContact({ account: 'x'.repeat(1024 * 1024) }) },
    } as const;
    await expect(store.transact((tx) => appendEvent(tx, large, null, fact))).rejects.toThrow(
      UnreadableByDesks,
    );
    expect(await service.head()).toBe(0);
  });
});

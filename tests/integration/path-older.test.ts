import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOOK_UPS_A_MINUTE } from '../../src/queue/look-up-limits.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import { asContactId, type ContactId } from '../../src/shared/domain/ids.ts';
import { HOUR, later } from '../../src/shared/domain/time.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosingRecord, aContact, anActor, anId } from '../harness/builders.ts';
import { startCutProxy, type CutProxy } from '../harness/cut-proxy.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { signIn, startTestQueue, type TestQueue } from '../harness/queue.ts';

/** When the old ones ended: long before what desks hold. */
const ended = later(systemClock.now(), -9 * 24 * HOUR);

/** A log of nine days ago: the queue has it and no desk. */
function ofOld(n: number, over: Partial<Contact> = {}): Contact {
  const by = anActor({ deskNumber: 7 });
  return aContact({
    id: asContactId(anId(0x9000 + n)),
    seq: 9_000 + n,
    ref: `CON-20251101-${String(n).padStart(6, '0')}`,
    receivedAt: later(ended, -HOUR),
    bandSince: later(ended, -HOUR),
    ownership: { kind: 'closed', by, since: ended },
    incident: {
      id: anId(0xc1) as never,
      ref: `2025-11-01/${String(400 + n).padStart(4, '0')}`,
      provisionalRef: `PROV-7KQ4T${n}`,
      category: 'AS-NUI',
      by,
      at: ended,
    },
    crime: {
      id: anId(0xc2) as never,
      decision: { kind: 'recorded', offence: 'Burglary', offenceClass: 'CR-BDW' },
      ref: `41/${800 + n}/25`,
      provisionalRef: `PROV-K7M3Q${n + 2}`,
      by,
      at: ended,
    },
    closing: { outcome: 'resolved', reason: 'done', record: aClosingRecord(), by, at: ended },
    ...over,
  });
}

const kinds = ['memory', 'postgres'] as const;

describe.each(kinds)('a log that no desk holds any more (queue on %s)', (store) => {
  let queue: TestQueue;
  let wire: CutProxy;
  let one: Desk;
  let two: Desk;
  const [log, emergency] = [ofOld(1), ofOld(2, { band: 'A', channel: '999-voice' })];

  beforeEach(async () => {
    queue = await startTestQueue({ store });
    await queue.store.transact(async (tx) => {
      for (const contact of [log, emergency]) await tx.insertContact(contact);
    });
    wire = await startCutProxy(queue.deskUrl);
    one = startDesk({ queueUrl: queue.deskUrl, handler: '4711' });
    two = startDesk({ queueUrl: wire.deskUrl, handler: '4712' });
    await Promise.all([one, two].map((desk) => desk.untilLink('live')));
  });
  afterEach(async () => {
    one.stop();
    two.stop();
    await wire[Symbol.asyncDispose]();
    await queue.stop();
  });

  const ask = (desk: Desk, typed: string) => desk.request('contact.ask', { kind: 'reference', typed });
  const idsOf = ({ kind, contacts }: Awaited<ReturnType<typeof ask>>) => [
    kind,
    ...contacts.map(({ id }) => id),
  ];
  const audited = async () =>
    (await queue.store.auditAfter(0, 1_000))
      .filter(({ act }) => act === 'look-up')
      .map(({ contact, handler, outcome, command }) => [contact, handler, outcome, command]);
  async function taken(desk: Desk): Promise<ContactId> {
    const { body } = await post(queue, aBody({}));
    const { id } = body as { id: ContactId };
    await desk.until(
      () => desk.request('contact.read', { contact: id }),
      ({ kind }) => kind === 'here',
    );
    await desk.submit(id, { kind: 'claim' });
    await desk.untilReceived();
    return id;
  }

  it('R-22, L-24, A-13: is found by each of its references, and each look-up is an entry of the audit', async () => {
    const typed = ['401 of 1/11/25', '41/801/25', 'con-20251101-1', 'prov-7KQ4T1', 'prov-K7M3Q3'];
    const found = [];
    for (const each of typed) found.push(idsOf(await ask(one, each)));
    expect(found).toEqual(typed.map(() => ['found', log.id]));
    expect(await audited()).toEqual(typed.map(() => [log.id, '4711', 'applied', null]));
    const local = await one.request('contact.by-reference', { typed: '41/801/25' });
    expect(local.contacts.map(({ id }) => id)).toEqual([log.id]);
  });

  it('L-24, A-13: a number that nobody goes by is told as such, and leaves its trace', async () => {
    expect([idsOf(await ask(one, '41/999/25')), await audited()]).toEqual([
      ['not-there'],
      [[null, '4711', 'not-there', null]],
    ]);
  });

  it('A-13, A-03: a trainee is told of what was no emergency, and sent to their mentor for what was', async () => {
    await signIn(queue, { desk: anId(0xd77), handler: '2001', role: 'trainee' });
    const trainee = startDesk({ queueUrl: queue.deskUrl, handler: '2001' });
    await trainee.untilLink('live');
    const answers = [idsOf(await ask(trainee, '41/801/25')), idsOf(await ask(trainee, '41/802/25'))];
    const reading = await trainee.request('contact.read', { contact: emergency.id });
    trainee.stop();
    expect([answers, reading.kind, await audited()]).toEqual([
      [['found', log.id], ['not-yours']],
      'unknown',
      [
        [log.id, '2001', 'applied', null],
        [emergency.id, '2001', 'role', null],
      ],
    ]);
  });

  it('C-22, C-24, T-17: a repeat contact is added to it, and it asks for another look at the risk', async () => {
    const child = await taken(one);
    await ask(one, '401 of 1/11/25');
    await one.submit(child, { kind: 'link', to: log.id, as: 'repeat', fact: 'He has a knife now' });
    await one.untilReceived();
    const [parent] = await queue.service.contacts([log.id]);
    expect({
      links: parent?.links.map(({ other, kind, side }) => [other.contact, kind, side]),
      duties: parent?.duties.map(({ kind }) => kind),
      state: parent?.ownership.kind,
    }).toMatchObject({ links: [[child, 'repeat', 'parent']], duties: ['re-thrive'], state: 'closed' });
    const here = await one.until(
      () => one.request('contact.read', { contact: log.id }),
      (reading) => reading.kind === 'here' && reading.contact.rev === parent?.rev,
    );
    expect(here.kind === 'here' && here.contact).toEqual(parent);
  });

  it('L-24, S-12: taken up again, it is on every desk, and nobody has read the whole copy anew', async () => {
    await ask(one, '41/801/25');
    await one.submit(log.id, { kind: 'reopen', reason: 'the caller is back' });
    await one.untilReceived();
    const row = await two.until(
      async () => (await two.inbox()).find(({ summary }) => summary.id === log.id),
      (found) => found !== undefined,
    );
    const passed = (t: string): number =>
      wire.passed.filter(
        ({ frame }) => frame.t === t && !(frame.t === 'ASK' && frame.asked.kind === 'history'),
      ).length;
    const [truth] = await queue.service.contacts([log.id]);
    const reading = await two.request('contact.read', { contact: log.id });
    expect({
      owner: row?.summary.ownership.kind,
      contact: reading.kind === 'here' && reading.contact,
      copies: passed('SNAPEND'),
      hellos: passed('HELLO'),
      asked: passed('ASK'),
      // What every desk is told anyway is no look-up of anybody's.
      audited: (await audited()).length,
    }).toEqual({ owner: 'owned', contact: truth, copies: 1, hellos: 1, asked: 1, audited: 1 });
  });

  it('L-24: after so many look-ups within a minute the desk is told to wait, and its link goes on', async () => {
    const kindsOf = [];
    for (let n = 0; n <= LOOK_UPS_A_MINUTE; n += 1) kindsOf.push((await ask(one, '41/999/25')).kind);
    expect([
      new Set(kindsOf.slice(0, -1)),
      kindsOf.at(-1),
      (await one.request('desk.read', {})).link.kind,
    ]).toEqual([new Set(['not-there']), 'too-many', 'live']);
    // Another desk has a share of its own.
    expect((await ask(two, '41/999/25')).kind).toBe('not-there');
  });

  it('L-24, X-08: with the link red it is told that the queue cannot be asked, and what is here stays findable', async () => {
    await ask(two, '41/801/25');
    await wire[Symbol.asyncDispose]();
    const answer = await two.until(
      () => ask(two, '41/802/25'),
      ({ kind }) => kind === 'away',
    );
    const local = await two.request('contact.by-reference', { typed: '41/801/25' });
    expect([answer.contacts, local.contacts.map(({ id }) => id)]).toEqual([[], [log.id]]);
  });

  it('AS-23, L-24: a desk knows from its own file that this number was in touch within twelve months, and opens it when the link is back', async () => {
    const number = '07700 900123';
    const rang = ofOld(5, {
      caller: { name: null, number: '+44 7700 900123', address: null },
      flags: { vulnerable: true, repeat: false, lookFirst: false },
      closing: {
        outcome: 'resolved',
        reason: 'done',
        record: { ...aClosingRecord(), category: 'AS-NUI' },
        by: anActor(),
        at: ended,
      },
    });
    await queue.store.transact((tx) => tx.insertContact(rang));
    const three = startDesk({ queueUrl: wire.deskUrl, handler: '4713' });
    await three.untilLink('live');
    const { body } = await post(queue, aBody({ caller: { name: null, number, address: null } }));
    const { id } = body as { id: ContactId };
    await three.until(
      () => three.request('contact.read', { contact: id }),
      ({ kind }) => kind === 'here',
    );
    const { year, older } = await poll(() => three.request('contact.related', { contact: id }));
    wire.cut();
    await three.until(
      () => three.request('contact.ask', { kind: 'contact', contact: rang.id }),
      ({ kind }) => kind === 'away',
    );
    const offline = await three.request('contact.related', { contact: id });
    wire.mend();
    const opened = await poll(
      () => three.request('contact.ask', { kind: 'contact', contact: rang.id }),
      ({ kind }) => kind === 'found',
    );
    const reading = await three.request('contact.read', { contact: rang.id });
    three.stop();
    expect({ year, older, offline: offline.year, opened: opened.kind }).toEqual({
      year: [{ because: 'same-number', count: 2, vulnerable: 1, last: rang.receivedAt }],
      older: [
        {
          contact: rang.id,
          ref: rang.ref,
          receivedAt: rang.receivedAt,
          channel: rang.channel,
          grade: rang.grade,
          category: 'AS-NUI',
          vulnerable: true,
          markers: [],
          isr: rang.incident?.ref,
          crime: rang.crime?.ref,
          because: ['same-number'],
        },
      ],
      offline: year,
      opened: 'found',
    });
    expect(reading.kind).toBe('here');
    expect(await audited()).toEqual([[rang.id, '4713', 'applied', null]]);
  });
});

/** Asks until the answer fits: for what nobody pushes. */
async function poll<T>(
  ask: () => Promise<T>,
  fits: (value: T) => boolean = (value) =>
    typeof value === 'object' && value !== null && 'year' in value && (value.year as unknown[]).length > 0,
): Promise<T> {
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

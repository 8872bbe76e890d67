import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { aBody, post } from '../harness/arrivals.ts';
import { aClosing } from '../harness/builders.ts';
import { startDesk, type Desk } from '../harness/desk.ts';
import { startTestQueue, type TestQueue } from '../harness/queue.ts';

const kinds = ['memory', 'postgres'] as const;

describe.each(kinds)('the one data path (queue on %s)', (store) => {
  let queue: TestQueue;
  let one: Desk;
  let two: Desk;

  beforeEach(async () => {
    queue = await startTestQueue({ store });
    one = startDesk({ queueUrl: queue.deskUrl, handler: '4711' });
    two = startDesk({ queueUrl: queue.deskUrl, handler: '4712' });
    await Promise.all([one, two].map((desk) => desk.untilLink('live')));
  });

  afterEach(async () => {
    one.stop();
    two.stop();
    await queue.stop();
  });

  async function arrive(over: Readonly<Record<string, unknown>> = {}): Promise<ContactId> {
    const { body } = await post(queue, aBody(over));
    return (body as { id: ContactId }).id;
  }

  const shown = (desk: Desk, id: ContactId) =>
    desk.until(
      async () => (await desk.inbox()).find(({ summary }) => summary.id === id),
      (row) => row !== undefined,
    );
  const untilRev = (desk: Desk, id: ContactId, rev: number) =>
    desk.until(
      () => desk.request('contact.read', { contact: id }),
      (reading) => reading.kind === 'here' && reading.contact.rev >= rev,
    );
  const record = async (id: ContactId): Promise<Contact | undefined> =>
    (await queue.service.contacts([id]))[0];

  it('C-01: a contact handed in over HTTP is a row on every desk', async () => {
    const id = await arrive({ title: 'Bicycle gone from the station' });
    const rows = await Promise.all([one, two].map((desk) => shown(desk, id)));
    expect(rows.map((row) => [row?.summary.title, row?.summary.ownership.kind, row?.pending])).toEqual([
      ['Bicycle gone from the station', 'waiting', []],
      ['Bicycle gone from the station', 'waiting', []],
    ]);
  });

  it('L-09, O-04: an emergency stands above everything on every desk', async () => {
    await arrive();
    const emergency = await arrive({ channel: '999-voice' });
    await Promise.all([one, two].map((desk) => shown(desk, emergency)));
    const tops = await Promise.all([one, two].map(async (desk) => (await desk.inbox())[0]?.summary.id));
    expect(tops).toEqual([emergency, emergency]);
  });

  it('C-05, C-06, C-13, X-06: claim, note, grade and close reach the queue’s record and the other desk, each once', async () => {
    const id = await arrive();
    await shown(one, id);
    const acts = [
      { kind: 'claim' },
      { kind: 'note', text: 'He is back', happenedAt: null },
      { kind: 'grade', grade: 'G2', reason: 'risk' },
      aClosing(),
    ] as const;
    const kept: string[] = [];
    for (const act of acts) kept.push((await one.submit(id, act)).kind);
    await one.untilReceived();
    await untilRev(two, id, 5);
    const contact = await record(id);
    const other = await two.request('contact.read', { contact: id });
    const answers = one.pushes.flatMap((push) =>
      push.name === 'command.answered' ? [[push.payload.kind, push.payload.status]] : [],
    );
    expect({
      kept,
      answers,
      rev: contact?.rev,
      notes: contact?.notes.map(({ text }) => text),
      grade: contact?.grade,
      ownership: contact?.ownership.kind,
      other: other.kind === 'here' ? other.contact : other.kind,
      left: await two.inbox(),
    }).toEqual({
      kept: ['kept', 'kept', 'kept', 'kept'],
      answers: acts.map(({ kind }) => [kind, 'applied']),
      rev: 5,
      notes: ['He is back'],
      grade: 'G2',
      ownership: 'closed',
      other: contact,
      left: [],
    });
  });

  it('C-05: of two desks that claim at once exactly one wins, and the other is told who has it', async () => {
    const ids: ContactId[] = [];
    for (let count = 0; count < 8; count += 1)
      ids.push(await arrive({ channel: count % 2 === 0 ? '999-voice' : 'web-chat' }));
    await Promise.all([one, two].flatMap((desk) => ids.map((id) => shown(desk, id))));
    await Promise.all(
      ids.flatMap((id) => [one.submit(id, { kind: 'claim' }), two.submit(id, { kind: 'claim' })]),
    );
    await Promise.all([one.untilReceived(), two.untilReceived()]);
    const outcomes = await Promise.all(
      ids.map(async (id) => {
        const answers = [one, two].map((desk) =>
          desk.pushes.flatMap((push) =>
            push.name === 'command.answered' && push.payload.contact === id ? [push.payload] : [],
          ),
        );
        const contact = await record(id);
        const winner = answers.findIndex((told) => told.some(({ status }) => status === 'applied'));
        const loser = answers[1 - winner];
        const { ownership } = contact ?? {};
        const owner = ownership?.kind === 'owned' ? ownership.by : null;
        const won = (await [one, two][winner]?.request('desk.read', {}))?.me;
        return {
          told: answers.map((told) => told.length),
          ownsIt: owner !== null && owner.desk === won?.desk,
          fence: contact?.fence,
          loserHeard: loser?.map(({ status, refusal }) => [
            status,
            refusal?.code === 'taken' ? refusal.by.desk === owner?.desk : refusal,
          ]),
        };
      }),
    );
    expect(outcomes).toEqual(
      ids.map(() => ({ told: [1, 1], ownsIt: true, fence: 1, loserHeard: [['refused', true]] })),
    );
  });

  it('C-12: reading a contact is one entry of the audit', async () => {
    const id = await arrive();
    await shown(one, id);
    await one.until(
      () => one.request('contact.read', { contact: id }),
      (reading) => reading.kind === 'here',
    );
    await one.request('contact.read', { contact: id });
    await one.submit(id, { kind: 'note', text: 'seen', happenedAt: null });
    await one.untilReceived();
    const entries = await queue.store.auditAfter(0, 100);
    expect(
      entries.filter(({ act }) => act === 'consult').map(({ contact, handler }) => [contact, handler]),
    ).toEqual([[id, '4711']]);
  });
});

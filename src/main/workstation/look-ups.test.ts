import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { asFrame } from '../../../tests/harness/log-script.ts';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import type { AnswerEnd } from '../../shared/contract/queue-link.ts';
import type { Output } from '../../shared/contract/workstation.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asContactId, asLsn, type ContactId } from '../../shared/domain/ids.ts';
import { MINUTE, SECOND } from '../../shared/domain/time.ts';

let desk: SteppedDesk;
beforeEach(async () => {
  desk = new SteppedDesk();
  await desk.live();
});
afterEach(() => desk.end());

const old = aContact({
  id: asContactId(anId(0x9001)),
  seq: 901,
  ref: 'CON-20261101-000007',
  ownership: { kind: 'closed', by: anActor(), since: testStart },
});
const ask = (typed: string): Promise<Output<'contact.ask'>> =>
  desk.request('contact.ask', { kind: 'reference', typed });
const questions = () => desk.network.last.sentOf('ASK');

/** The queue's answer to a question, in two slices. */
function answers(n: number, contacts: readonly Contact[], outcome: AnswerEnd['outcome'] = 'found'): void {
  const data = contacts.map((contact) => `${JSON.stringify(contact)}\n`).join('');
  const sha256 = createHash('sha256').update(data).digest('hex');
  if (data !== '') {
    desk.network.last.says({ t: 'FOUND', n, part: 1, data: data.slice(0, 100) });
    desk.network.last.says({ t: 'FOUND', n, part: 2, data: data.slice(100) });
  }
  desk.network.last.says({ t: 'ANSWER', n, outcome, count: contacts.length, sha256 });
}

describe('a contact that this desk does not hold', () => {
  it('L-24, R-22: is asked for by its reference, is here when the answer comes, and gives the queue its credit back', async () => {
    const asked = ask('con-20261101-7');
    expect(questions()).toEqual([
      { t: 'ASK', n: 1, asked: { kind: 'reference', references: ['CON-20261101-000007'] } },
    ]);
    const before = desk.network.last.sentOf('CREDIT').length;
    answers(1, [old]);
    expect(await asked).toMatchObject({ kind: 'found', contacts: [{ id: old.id }] });
    expect([desk.store.held(old.id)?.contact, desk.network.last.sentOf('CREDIT').length - before]).toEqual([
      old,
      3,
    ]);
  });

  it('R-05, L-24: what may be a crime’s or an incident’s is asked for as both; what is none of ours is not asked for', async () => {
    void ask('41/14/03');
    expect(questions()[0]?.asked).toEqual({ kind: 'reference', references: ['41/14/03', '2026-03-14/0041'] });
    expect([await ask('a red car'), questions().length]).toEqual([{ kind: 'not-there', contacts: [] }, 1]);
  });

  it.each(['not-there', 'not-yours', 'too-many'] as const)(
    'L-24: %s is told as the queue says it',
    async (kind) => {
      const asked = ask('con-20261101-7');
      answers(1, [], kind);
      expect(await asked).toEqual({ kind, contacts: [] });
    },
  );

  it('L-24: with the link gone, or no answer in ten seconds, the handler is told that the queue cannot be asked', async () => {
    const [late, cut] = [ask('con-20261101-7'), ask('con-20261101-8')];
    desk.clock.advance(9 * SECOND);
    desk.network.last.closes(1006);
    const after = ask('con-20261101-9');
    expect(await Promise.all([late, cut, after])).toEqual(
      [1, 2, 3].map(() => ({ kind: 'away', contacts: [] })),
    );
    desk.connect();
    const silent = ask('con-20261101-7');
    for (let beat = 1; beat <= 2; beat += 1) {
      desk.network.last.says({ t: 'HBACK', n: beat, serverTime: desk.clock.now(), head: asLsn(1) });
      desk.clock.advance(5 * SECOND);
    }
    expect(await silent).toEqual({ kind: 'away', contacts: [] });
  });

  it('L-24: what the disk does not take is told, and the link goes on', async () => {
    desk.refuse = { kind: 'io', calls: new Set(['takeInAsked']) };
    const asked = ask('con-20261101-7');
    answers(1, [old]);
    expect([await asked, await desk.linkKind()]).toEqual([{ kind: 'not-kept', contacts: [] }, 'live']);
  });

  it('L-24: room is left for what the copy lacks and for the history: more questions at once are not sent', async () => {
    const asked = [1, 2, 3, 4, 5].map((n) => ask(`con-20261101-${n}`));
    expect([questions().length, await asked[4]]).toEqual([4, { kind: 'too-many', contacts: [] }]);
  });

  it('L-24: an answer that the log has overtaken meanwhile is asked for again, and the copy has what happened', async () => {
    const { contact } = desk.log.arrives();
    const early = desk.log.contact(contact);
    // The copy does not have it: its arrival was before anything this desk remembers.
    desk.store.installSnapshot([], desk.log.cursor());
    const asked = ask('con-20261101-7');
    desk.log.happens(contact, { kind: 'note', text: 'He is back', happenedAt: null });
    await desk.tell(2);
    answers(1, [early]);
    expect([questions().length, desk.store.held(contact)]).toEqual([2, null]);
    answers(2, [desk.log.contact(contact)]);
    expect(await asked).toMatchObject({ kind: 'found' });
    expect(desk.store.held(contact)?.contact).toEqual(desk.log.contact(contact));
  });
});

describe('an event of a contact that should be here and is not', () => {
  /** Somebody takes up what this desk has long forgotten. */
  async function reopened(): Promise<ContactId> {
    const { contact } = desk.log.arrives();
    desk.store.installSnapshot(
      desk.log.contacts.filter(({ id }) => id !== contact),
      desk.log.cursor(),
    );
    desk.log.happens(contact, { kind: 'claim' });
    await desk.tell(2);
    return contact;
  }

  it('L-24: asks for that one contact, and no link is dropped and no copy read anew', async () => {
    const contact = await reopened();
    expect([questions().map(({ asked }) => asked), desk.network.sockets.length]).toEqual([
      [{ kind: 'contacts', contacts: [contact] }],
      1,
    ]);
    answers(1, [desk.log.contact(contact)]);
    await turn();
    expect([
      desk.store.held(contact)?.contact,
      desk.store.wanted(9),
      desk.store.cursor(),
      (await desk.rows()).some(({ summary }) => summary.id === contact),
    ]).toEqual([desk.log.contact(contact), [], desk.log.cursor(), true]);
  });

  it('L-24: a program that ends before the answer asks again when it is back', async () => {
    const contact = await reopened();
    desk.beginAgain();
    desk.connect();
    expect(questions().map(({ asked }) => asked)).toEqual([{ kind: 'contacts', contacts: [contact] }]);
  });

  it('L-24: what the queue will not tell yet is asked for again, what it never tells is wanted no more', async () => {
    const contact = await reopened();
    answers(1, [], 'too-many');
    await turn();
    expect([desk.store.wanted(9), questions().length]).toEqual([[contact], 1]);
    desk.clock.advance(10 * SECOND);
    answers(2, [], 'not-there');
    await turn();
    desk.clock.advance(MINUTE / 10);
    expect([desk.store.wanted(9), questions().length]).toEqual([[], 2]);
  });

  it('L-24: what goes on about it while it is on its way is in it', async () => {
    const contact = await reopened();
    desk.log.happens(contact, { kind: 'note', text: 'He is back', happenedAt: null });
    desk.network.last.says(asFrame(desk.log.entries[3] as never));
    answers(1, [desk.log.contact(contact)]);
    desk.clock.advance(SECOND);
    await turn();
    expect([desk.store.held(contact)?.contact, desk.store.cursor()]).toEqual([
      desk.log.contact(contact),
      desk.log.cursor(),
    ]);
  });
});

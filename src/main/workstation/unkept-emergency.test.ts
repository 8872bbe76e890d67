import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anId, aPerson } from '../../../tests/harness/builders.ts';
import { knownPin } from '../../../tests/harness/kept-sign-in.ts';
import { everyWrite, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { asContactId, type ContactId } from '../../shared/domain/ids.ts';

let desk: SteppedDesk;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

const shown = async (): Promise<ContactId[]> => (await desk.rows()).map(({ summary }) => summary.id);
const lastPainted = () =>
  desk
    .payloads('inbox.changed')
    .at(-1)
    ?.upserts.map(({ summary }) => summary.id);

/** An emergency arrives, and the queue tells it ahead of the log. */
function flashed(): ContactId {
  const { contact, lsn } = desk.log.arrives({ channel: '999-voice' });
  desk.network.last.says({ t: 'FLASH', lsn, summary: desk.log.summary(contact) });
  return contact;
}

describe('an emergency that the disk refuses', () => {
  it('O-04, S-09: is on every screen, behind the lock and after it, above everything else', async () => {
    const ordinary = await desk.live();
    const older = flashed();
    desk.refuse = { kind: 'io', calls: new Set(['commitFlash']) };
    const newer = flashed();
    const before = await shown();
    await desk.request('session.lock', {});
    const locked = await shown();
    await desk.request('session.unlock', { pin: knownPin });
    expect([before, locked, await shown()]).toEqual([
      [older, newer, ordinary],
      [older, newer],
      [older, newer, ordinary],
    ]);
  });

  it('O-04: stands on the first page and on no other, also when the copy has an older state of it', async () => {
    const contacts = [await desk.live(), flashed()];
    const [ordinary, emergency] = contacts;
    desk.refuse = { kind: 'io', calls: everyWrite };
    if (ordinary === undefined) return;
    desk.log.happens(ordinary, { kind: 'promote', reason: 'he has a knife' });
    desk.network.last.says({ t: 'FLASH', lsn: desk.log.head, summary: desk.log.summary(ordinary) });
    const pages: ContactId[][] = [];
    for (let after: Awaited<ReturnType<typeof first>>['next'] = null; pages.length < 4;) {
      const page = await first(after);
      pages.push(page.rows.map(({ summary }) => summary.id));
      after = page.next;
      if (after === null) break;
    }
    expect(pages.flat().toSorted()).toEqual([...contacts].toSorted());
    expect(pages[0]).toContain(ordinary);
    expect(pages.flat()).toContain(emergency);
  });

  const first = (after: Parameters<typeof desk.request<'inbox.read'>>[1]['after']) =>
    desk.request('inbox.read', { after, limit: 1 });

  it('O-04, L-08: is painted again by the next greeting, and kept as soon as the disk takes it', async () => {
    await desk.live();
    desk.refuse = { kind: 'io', calls: everyWrite };
    const emergency = flashed();
    desk.network.last.closes(1006);
    const said = desk.said.length;
    const emergencies = [desk.log.summary(emergency)];
    desk.connect({ emergencies });
    const again = desk.said.slice(said).some(({ name }) => name === 'inbox.changed');
    const whileRefused = [desk.store.held(emergency), lastPainted()];
    desk.refuse = null;
    desk.network.last.closes(1006);
    desk.connect({ emergencies });
    expect([again, whileRefused, desk.store.held(emergency)?.summary.id, await shown()]).toEqual([
      true,
      [null, [emergency]],
      emergency,
      expect.arrayContaining([emergency]),
    ]);
  });

  it('S-14: uses the reserve of a full disk', async () => {
    const disk = {
      freeBytes: () => 0,
      makeReserve: () => undefined,
      giveUpReserve: () => {
        desk.refuse = null;
        return true;
      },
    };
    desk.beginAgain({ disk });
    await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['commitFlash']), isFull: true };
    const emergency = flashed();
    expect([desk.store.held(emergency)?.summary.id, await desk.faults()]).toEqual([emergency, []]);
  });

  it('S-13: is not left on the screen of whoever comes after a sign-off', async () => {
    await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['commitFlash']) };
    flashed();
    desk.clock.advance(13_000);
    await desk.request('session.sign-off', {});
    await desk.request('session.sign-in', { handler: aPerson().handler, pin: knownPin });
    expect(await shown()).toEqual([]);
  });

  it('S-09: half a sentence of a form that nobody knows yet uses the reserve of a full disk', async () => {
    const disk = {
      freeBytes: () => 0,
      makeReserve: () => undefined,
      giveUpReserve: () => {
        desk.refuse = null;
        return true;
      },
    };
    desk.beginAgain({ disk });
    await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['saveDraft']), isFull: true };
    const contact = asContactId(anId(0xbeef));
    const answer = await desk.request('draft.save', {
      contact,
      draft: { text: 'He is at the door', caret: 3 },
    });
    expect(answer.kind).toBe('kept');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aClosing, anActor, testStart } from '../../../tests/harness/builders.ts';
import { resTo, SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import type { Missed } from '../../shared/contract/workstation.ts';
import type { Act } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { later } from '../../shared/domain/time.ts';

const me = anActor();
const other = anActor({ deskNumber: 2 });
const mine = { ownership: { kind: 'owned', by: me, since: testStart } } as const;
const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };
const close: Act = aClosing();

let desk: SteppedDesk;
/** The position up to which the desk has everything. */
let from: number;

beforeEach(() => {
  desk = new SteppedDesk();
});

afterEach(() => desk.end());

const report = async (): Promise<Missed | null> => (await desk.state()).missed;
const ids = (contacts: readonly { readonly id: ContactId }[] | undefined) => contacts?.map(({ id }) => id);

/** The desk has these contacts, and the link is red. */
async function cutOff<T extends readonly Partial<Contact>[]>(
  ...overs: T
): Promise<{ readonly [I in keyof T]: ContactId }> {
  const contacts = overs.map((over) => desk.log.arrives(over).contact);
  desk.connect({ resumed: false });
  desk.snapshot();
  from = desk.log.head;
  desk.network.last.closes(1006);
  desk.clock.advance(12_000);
  return contacts as { readonly [I in keyof T]: ContactId };
}

/** How the desk comes back: by the events that it missed, or by a whole new copy. */
const ways = {
  async events(over = {}) {
    desk.connect(over);
    await desk.tell(from);
  },
  async snapshot(over = {}) {
    desk.connect({ resumed: false, ...over });
    desk.snapshot();
  },
} satisfies Record<string, (over?: object) => Promise<void>>;

describe.each(Object.entries(ways))('what was missed, brought by %s', (_name, comeBack) => {
  it('X-11: is told once, when the copy is whole: new emergencies, taken, closed, regraded, how many arrived', async () => {
    const [taken, closed, graded, still] = await cutOff({}, {}, { grade: 'G4' }, {});
    desk.log.happens(taken, { kind: 'claim' }, { by: other });
    desk.log.happens(closed, { kind: 'claim' }, { by: other });
    desk.log.happens(closed, close, { by: other });
    desk.log.happens(graded, { kind: 'claim' }, { by: other });
    desk.log.happens(graded, { kind: 'grade', grade: 'G1', reason: 'risk' }, { by: other });
    desk.log.happens(graded, { kind: 'release' }, { by: other });
    desk.log.happens(still, note, { by: other });
    const emergency = desk.log.arrives({ channel: '999-voice' }).contact;
    desk.log.arrives();
    desk.log.arrives();
    const before = await report();
    await comeBack();
    const told = await report();
    expect(before).toBeNull();
    expect({
      ...told,
      newEmergencies: ids(told?.newEmergencies),
      takenByOthers: ids(told?.takenByOthers),
      closed: ids(told?.closed),
      regraded: told?.regraded.map((one) => [one.before, one.contact.id, one.contact.grade]),
      to: told !== null && told.to > told.from,
      from: null,
    }).toEqual({
      from: null,
      to: true,
      conflicts: [],
      newEmergencies: [emergency],
      takenByOthers: [taken],
      closed: [closed],
      regraded: [['G4', graded, 'G1']],
      arrived: 2,
      sent: 0,
      totals: { newEmergencies: 1, takenByOthers: 1, closed: 1, regraded: 1 },
    });
  });

  it('X-12: a contact that fits several lists stands in the first', async () => {
    const [contact] = await cutOff({});
    desk.log.happens(contact, { kind: 'claim' }, { by: other });
    desk.log.happens(contact, { kind: 'grade', grade: 'G1', reason: 'risk' }, { by: other });
    await comeBack();
    const told = await report();
    expect([ids(told?.takenByOthers), told?.regraded]).toEqual([[contact], []]);
  });

  it('X-11: what was freed from this desk and waits is told, and what it gave back itself is not', async () => {
    const [freed, given] = await cutOff(mine, mine);
    await desk.submit(given, { kind: 'release' });
    desk.log.happens(freed, { kind: 'free', reason: 'dead' }, { by: other });
    const release = desk.log.happens(given, { kind: 'release' }, { by: me });
    await comeBack();
    desk.network.last.says(resTo(desk.commands()[0], { lsn: release.lsn }));
    const told = await report();
    expect([ids(told?.takenByOthers), told?.sent]).toEqual([[freed], 1]);
  });

  it('X-11: the window is told the newest hundred of a list, and how many there are', async () => {
    await cutOff({});
    const came = [];
    for (let count = 0; count < 105; count += 1) {
      came.push(desk.log.arrives({ channel: '999-voice', receivedAt: later(testStart, count) }).contact);
    }
    await comeBack();
    const told = await report();
    expect([ids(told?.newEmergencies), told?.totals]).toEqual([
      came.toReversed().slice(0, 100),
      { newEmergencies: 105, takenByOthers: 0, closed: 0, regraded: 0 },
    ]);
  });

  it('X-11: nothing missed, nothing told', async () => {
    await cutOff({});
    await comeBack();
    expect(await report()).toBeNull();
  });

  it('X-11: an emergency that came and was taken meanwhile is none to tell of; what others did to their own neither', async () => {
    await cutOff({ ownership: { kind: 'owned', by: other, since: testStart } });
    const { contact } = desk.log.arrives({ channel: '999-voice' });
    desk.log.happens(contact, { kind: 'claim' }, { by: other });
    await comeBack();
    expect(await report()).toBeNull();
  });

  it('X-11, X-12: own acts that were refused or came late come first; what was received is counted', async () => {
    const [contact, second] = await cutOff(mine, mine);
    await desk.submit(contact, note);
    await desk.submit(contact, { kind: 'promote', reason: 'danger' });
    await desk.submit(second, note);
    desk.log.happens(contact, { kind: 'release' }, { by: me });
    desk.log.happens(contact, { kind: 'claim' }, { by: other });
    await comeBack();
    const [first, promotion, last] = desk.commands();
    const early = await report();
    const refusal = { code: 'fenced', by: other } as const;
    desk.network.last.says(resTo(first, { status: 'late' }));
    desk.network.last.says(resTo(promotion, { status: 'refused', refusal }));
    desk.network.last.says(resTo(last));
    const told = await report();
    expect([early, told?.conflicts, told?.takenByOthers, told?.sent]).toMatchObject([
      null,
      [
        { contact, ref: 'CON-1', act: 'note', outcome: 'late', refusal: null },
        { contact, ref: 'CON-1', act: 'promote', outcome: 'refused', refusal },
      ],
      [],
      1,
    ]);
  });
});

describe('the report', () => {
  it('X-11: what this desk did itself is no news to it', async () => {
    const [contact] = await cutOff(mine);
    await desk.submit(contact, close);
    desk.connect();
    const [command] = desk.commands();
    const closing = desk.log.happens(contact, close, {
      by: me,
      ...(command && { id: command.cmdId }),
    });
    desk.network.last.says(resTo(command, { lsn: closing.lsn }));
    await desk.tell(from);
    expect(await report()).toMatchObject({ closed: [], sent: 1 });
  });

  it('X-11: a link that was lost for a moment and never red tells what became of contacts, and not what only came', async () => {
    const freed = desk.log.arrives(mine).contact;
    const taken = desk.log.arrives().contact;
    desk.connect({ resumed: false });
    desk.snapshot();
    from = desk.log.head;
    const heard = desk.clock.now();
    desk.network.last.closes(1006);
    desk.clock.advance(3_000);
    desk.log.arrives();
    await ways.events();
    const quiet = await report();
    from = desk.log.head;
    const again = desk.clock.now();
    desk.network.last.closes(1006);
    desk.clock.advance(3_000);
    desk.log.happens(freed, { kind: 'free', reason: 'dead' }, { by: other });
    desk.log.happens(taken, { kind: 'claim' }, { by: other });
    const { contact: emergency } = desk.log.arrives({ channel: '999-voice' });
    desk.log.arrives();
    await ways.events();
    const told = await report();
    expect(quiet).toBeNull();
    expect(told).toMatchObject({ from: again, arrived: 1 });
    expect(told?.from).toBeGreaterThan(heard);
    expect([ids(told?.newEmergencies), ids(told?.takenByOthers)]).toEqual([[emergency], [taken, freed]]);
  });

  it('X-11: words that came late over a link lost for a moment are told as what needs the handler', async () => {
    const contact = desk.log.arrives(mine).contact;
    desk.connect({ resumed: false });
    desk.snapshot();
    from = desk.log.head;
    desk.network.last.closes(1006);
    await desk.submit(contact, note);
    desk.log.happens(contact, { kind: 'free', reason: 'dead' }, { by: other });
    desk.clock.advance(3_000);
    await ways.events();
    const [command] = desk.commands();
    desk.network.last.says(resTo(command, { status: 'late' }));
    expect((await report())?.conflicts).toMatchObject([{ contact, act: 'note', outcome: 'late' }]);
  });

  it('X-11: a silence that ends by itself on the same connection has lost nothing', async () => {
    await desk.live();
    desk.clock.advance(8_000);
    desk.log.arrives({ channel: '999-voice' });
    await desk.tell(1);
    expect(await report()).toBeNull();
  });

  it('X-11: waits until it is put away, also over a restart, and then is gone', async () => {
    await cutOff({});
    desk.log.arrives({ channel: '999-voice' });
    await ways.events();
    desk.beginAgain();
    const again = await report();
    await desk.request('missed.dismiss', {});
    const after = await report();
    desk.beginAgain();
    expect([again?.newEmergencies.length, after, await report()]).toEqual([1, null, null]);
  });

  it('X-11: a program that was closed has missed what came since, too', async () => {
    await desk.live();
    const heard = desk.clock.now();
    desk.stop();
    desk.clock.advance(60_000);
    desk.log.arrives();
    desk.begin();
    desk.connect();
    await desk.tell(1);
    expect(await report()).toMatchObject({ from: heard, arrived: 1 });
  });

  it('X-11: a second cut before the first was seen makes one report; the later word on a contact counts', async () => {
    const [contact] = await cutOff({ grade: 'G4' });
    desk.log.happens(contact, { kind: 'claim' }, { by: other });
    await ways.events();
    const first = await report();
    from = desk.log.head;
    desk.network.last.closes(1006);
    desk.clock.advance(12_000);
    desk.log.happens(contact, close, { by: other });
    desk.log.arrives();
    await ways.events();
    const both = await report();
    expect([ids(first?.takenByOthers), ids(both?.takenByOthers), ids(both?.closed), both?.arrived]).toEqual([
      [contact],
      [],
      [contact],
      1,
    ]);
    expect([both?.from, (both?.to ?? 0) > (first?.to ?? 0)]).toEqual([first?.from, true]);
  });

  it('W-16: is not in the page behind the lock', async () => {
    await cutOff({});
    desk.log.arrives({ channel: '999-voice' });
    await ways.events();
    await desk.request('session.lock', {});
    expect(await report()).toBeNull();
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { suggestLinks } from '../../src/shared/domain/assist/duplicates.ts';
import type { Act, Command } from '../../src/shared/domain/command.ts';
import { isOpenEmergency, type Contact } from '../../src/shared/domain/contact.ts';
import type { ContactId } from '../../src/shared/domain/ids.ts';
import { compareContacts } from '../../src/shared/domain/ordering.ts';
import { linkKinds } from '../../src/shared/domain/record/parts.ts';
import { later } from '../../src/shared/domain/time.ts';
import { counterActOf } from '../../src/shared/domain/undo.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { alwaysEventually } from '../harness/arbitraries.ts';
import { aClosing, aClosingRecord, testStart } from '../harness/builders.ts';
import { linking, LinkingRoom } from '../harness/linking-room.ts';
import { aLook } from '../harness/record-acts.ts';

const injuries = ['He is bleeding.', 'He has a knife.', 'Nothing new.'] as const;

const anyStep = fc.record({
  does: fc.oneof(
    { weight: 6, arbitrary: fc.constant('link' as const) },
    { weight: 6, arbitrary: fc.constantFrom('part', 'undo', 'duplicate') },
    { weight: 2, arbitrary: fc.constantFrom('hint', 'close', 'reopen', 'claim', 'release', 'note') },
    { weight: 1, arbitrary: fc.constantFrom('promote', 'demote', 'grade', 'look') },
  ),
  desk: fc.nat({ max: 2 }),
  /** By the desk that has it, as that desk knows; or by any. */
  byOwner: fc.integer({ min: 0, max: 4 }).map((n) => n < 4),
  on: fc.nat({ max: 4 }),
  other: fc.nat({ max: 4 }),
  as: fc.constantFrom(...linkKinds),
  nth: fc.nat({ max: 3 }),
  /** The desk that acts sends at once, or with what it does next. */
  sends: fc.boolean(),
  /** Who hears of it now. */
  hear: fc.subarray([0, 1, 2]),
});
const anySteps = fc.array(anyStep, { minLength: 5, maxLength: 30, size: 'max' });
type Step = Omit<typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never, 'byOwner'>;

/** What links, duties and the raise of a parent may change; all else of a contact is its own. */
function own(contact: Contact) {
  const flags = { ...contact.flags, lookFirst: false };
  return { ...contact, flags, rev: 0, links: [], duties: [], due: null, marks: null };
}

/** What nobody's act changes here. */
const arrived = ({
  id,
  ref,
  channel,
  receivedAt,
  seq,
  title,
  account,
  caller,
  messages,
  place,
}: Contact) => ({
  ...{ id, ref, channel, receivedAt, seq, title, account, caller, messages, place },
});

const inForce = ({ links }: Contact) => links.filter(({ parted }) => parted === null);
const isDuplicate = ({ ownership, closing }: Contact): boolean =>
  ownership.kind === 'closed' && closing?.outcome === 'duplicate';

function duplicateOf(parent: ContactId): Act {
  const record = aClosingRecord({ category: 'AD-DUP', parent });
  return { kind: 'close', outcome: 'duplicate', reason: 'in the other', record };
}

/** What a handler at the desk would ask for, by what the desk shows; `null` where there is nothing to do it to. */
function actOf(
  room: LinkingRoom,
  { does, desk, on, other, as, nth }: Step,
): readonly [ContactId, Act] | null {
  const contact = must(room.ids[on], `contact ${on}`);
  const to = must(room.ids[other], `contact ${other}`);
  const reason = 'said by the caller';
  const { assumed } = room.seen(desk, contact);
  switch (does) {
    case 'link':
      return [contact, { kind: 'link', to, as, fact: nth === 0 ? 'One more is hurt' : '' }];
    case 'hint': {
      const others = room.ids.map((id) => room.seen(desk, id).shown);
      const suggested = suggestLinks(assumed, others, later(testStart, 60_000), linking)[0];
      return suggested === undefined
        ? null
        : [contact, { kind: 'link', to: suggested.contact, as: 'same-incident', fact: '' }];
    }
    case 'part': {
      const link = assumed.links.at(-1 - nth);
      return link === undefined ? null : [contact, { kind: 'part', link: link.id, reason }];
    }
    case 'undo': {
      const last = must(room.desks[desk], `desk ${desk}`).done.at(-1);
      const act = last === undefined ? null : counterActOf(last.before, last.act, last.id);
      return last === undefined || act === null ? null : [last.contact, act];
    }
    case 'duplicate':
      return [
        contact,
        duplicateOf(inForce(assumed).findLast(({ side }) => side === 'child')?.other.contact ?? to),
      ];
    case 'close':
      return [contact, aClosing()];
    case 'note':
      return [contact, { kind: 'note', text: injuries[nth] ?? injuries[0], happenedAt: null }];
    case 'grade':
      return [contact, { kind: 'grade', grade: nth === 0 ? 'G1' : 'G2', reason }];
    case 'look':
      return [contact, { kind: 'triage', entry: aLook }];
    case 'claim':
    case 'release':
      return [contact, { kind: does }];
    default:
      return [contact, { kind: does, reason }];
  }
}

/** What one decided command may have changed, and what not (rules AS-10, C-22 to C-24). */
function checkStep(before: readonly Contact[], after: readonly Contact[], { contact, act }: Command): void {
  const isOfLinks = act.kind === 'link' || act.kind === 'part';
  const suggestions = (contacts: readonly Contact[]) =>
    contacts.map((one) => suggestLinks(one, contacts, later(testStart, 60_000), linking));
  if (isOfLinks) expect(suggestions(after)).toEqual(suggestions(before));
  for (const [n, now] of after.entries()) {
    const was = must(before[n], `contact ${n}`);
    if (isOfLinks || now.id !== contact) {
      expect(own(now)).toEqual(own(was));
      // Raised, if at all: a person looks sooner, and no duty goes.
      expect(now.due.at).toBeLessThanOrEqual(was.due.at);
      expect(now.flags.lookFirst || !was.flags.lookFirst).toBe(true);
      expect(now.duties.slice(0, was.duties.length)).toEqual(was.duties);
    }
    // Of what was linked everything stays told; a link that is gone says by whom and why.
    expect(now.links.map(({ id }) => id).slice(0, was.links.length)).toEqual(was.links.map(({ id }) => id));
  }
}

/** What holds at every moment. */
function checkAll(room: LinkingRoom, first: readonly Contact[], contacts: readonly Contact[]): void {
  expect(contacts.map(arrived)).toEqual(first.map(arrived));
  const byId = new Map(contacts.map((one) => [one.id, one]));
  for (const one of contacts) {
    const pairs = Array.from(room.linked, ([id, two]) => ({ id, two })).filter(({ two }) =>
      two.includes(one.id),
    );
    expect(
      inForce(one)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(pairs.map(({ id }) => id).toSorted());
    for (const link of one.links) {
      const end = must(byId.get(link.other.contact), `contact ${link.other.contact}`).links.find(
        ({ id }) => id === link.id,
      );
      const side = link.side === 'child' ? 'parent' : 'child';
      expect(end).toMatchObject({
        ...{ id: link.id, kind: link.kind, fact: link.fact, parted: link.parted, side },
        other: { contact: one.id, ref: one.ref },
      });
      expect(link.other.contact).not.toBe(one.id);
    }
    // A duplicate is of something: along a link in force, and in the end of one that is none itself.
    const way = new Set<ContactId>();
    for (let at: Contact | undefined = one; at !== undefined && isDuplicate(at);) {
      expect(way.has(at.id)).toBe(false);
      way.add(at.id);
      const parent: ContactId = must(at.closing?.record?.parent, 'the contact it is a duplicate of');
      expect(inForce(at).map(({ other }) => other.contact)).toContain(parent);
      at = byId.get(parent);
    }
  }
}

/** What a desk shows: every contact, the emergencies first, in each its own words, whatever it has not sent yet (rules W-20, O-04). */
function checkDesk(room: LinkingRoom, desk: number, first: readonly Contact[]): void {
  const { store, me } = must(room.desks[desk], `desk ${desk}`);
  const held = room.ids.map((id) => room.seen(desk, id));
  const open = held.map(({ base }) => base).filter(({ ownership }) => ownership.kind !== 'closed');
  const emergencies = open.filter(isOpenEmergency).toSorted(compareContacts);
  const listed = [...store.openEmergencies(), ...store.page(null, 100).summaries].map(({ id }) => id);
  expect(new Set(listed)).toEqual(new Set(open.map(({ id }) => id)));
  expect(listed.slice(0, emergencies.length)).toEqual(emergencies.map(({ id }) => id));
  expect(store.tabs(me.handler)?.tabs).toEqual(room.ids);
  for (const [n, { base, shown }] of held.entries()) {
    expect(arrived(shown)).toEqual(arrived(must(first[n], `contact ${n}`)));
    expect([shown.links, shown.band, shown.ownership]).toEqual([base.links, base.band, base.ownership]);
    expect(shown.notes.slice(0, base.notes.length)).toEqual(base.notes);
    const [word = ''] = base.title.split(' ');
    for (const typed of [word, base.ref])
      expect(store.search(typed, 5).hits.map(({ summary }) => summary.id)).toEqual([base.id]);
  }
}

it('C-22 to C-24, R-15, R-16, AS-10: whatever several desks link, part, take back, close and tell, nothing is hidden by it, and both ends say the same (100 histories)', async () => {
  const outcomes = new Map<string, number>();
  await alwaysEventually(
    fc.asyncProperty(anySteps, fc.boolean(), async (steps, hasDuplicate) => {
      const room = new LinkingRoom();
      await room.open();
      const first = await room.contacts();
      let contacts = first;
      const send = async (desk: number): Promise<void> => {
        for (let sent = await room.sendsOne(desk); sent !== null; sent = await room.sendsOne(desk)) {
          const { command, outcome } = sent;
          const now = await room.contacts();
          outcomes.set(
            `${command.act.kind} ${outcome}`,
            (outcomes.get(`${command.act.kind} ${outcome}`) ?? 0) + 1,
          );
          if (outcome === 'applied') checkStep(contacts, now, command);
          else if (outcome !== 'late') expect(now).toEqual(contacts);
          checkAll(room, first, now);
          contacts = now;
        }
      };
      // As on a night: each contact is somebody's, and the first desk has two.
      for (const [n, id] of room.ids.entries()) room.keep(n % 3, id, { kind: 'claim' });
      if (hasDuplicate) {
        const [child, parent] = [must(room.ids[1], 'a second contact'), must(room.ids[2], 'a third')];
        room.keep(1, child, { kind: 'link', to: parent, as: 'same-incident', fact: '' });
        room.keep(1, child, duplicateOf(parent));
      }
      for (const desk of [0, 1, 2]) await send(desk);
      for (const desk of [0, 1, 2]) await room.hears(desk);
      for (const { byOwner, ...drawn } of steps) {
        const { ownership } = room.seen(drawn.desk, must(room.ids[drawn.on], `contact ${drawn.on}`)).base;
        const hasIt = byOwner && ownership.kind === 'owned' ? ownership.by.deskNumber - 1 : drawn.desk;
        const step = { ...drawn, desk: hasIt };
        const asked = actOf(room, step);
        if (asked !== null) room.keep(step.desk, ...asked);
        if (step.sends) await send(step.desk);
        for (const desk of step.hear) await room.hears(desk);
        for (const desk of [0, 1, 2]) checkDesk(room, desk, first);
      }
      for (const desk of [0, 1, 2]) await send(desk);
      for (const desk of [0, 1, 2]) {
        await room.hears(desk);
        expect(room.ids.map((id) => room.seen(desk, id).shown)).toEqual(contacts);
        checkDesk(room, desk, first);
      }
      // Every link that stands can be taken back, and then none does: reopened first where it ends a duplicate (rule R-16).
      for (const [id, [contact]] of [...room.linked]) {
        const { ownership } = room.seen(0, contact).base;
        const by = ownership.kind === 'owned' ? ownership.by.deskNumber - 1 : 0;
        if (ownership.kind === 'closed') room.keep(by, contact, { kind: 'reopen', reason: 'taken up again' });
        if (ownership.kind !== 'owned') {
          await send(by);
          await room.hears(by);
          room.keep(by, contact, { kind: 'claim' });
          await send(by);
          await room.hears(by);
        }
        room.keep(by, contact, { kind: 'part', link: id, reason: 'another street' });
        await send(by);
        for (const desk of [0, 1, 2]) await room.hears(desk);
      }
      expect([room.linked.size, contacts.flatMap(inForce)]).toEqual([0, []]);
    }),
    { runs: 100 },
  );
  // A history in which nothing was ever accepted would prove nothing.
  const seldom = [
    'link applied',
    'link linked-already',
    'part applied',
    'part closed-as-duplicate',
    'close applied',
  ];
  expect(seldom.filter((each) => !outcomes.has(each))).toEqual([]);
}, 120_000);

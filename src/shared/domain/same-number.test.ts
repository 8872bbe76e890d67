import { describe, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import type { Contact } from './contact.ts';
import { asCommandId } from './ids.ts';
import type { Link } from './record/parts.ts';
import { SAME_NUMBER_TOLD, sameNumberOf } from './same-number.ts';
import { later } from './time.ts';

const contact = (seq: number, over: Partial<Contact> = {}): Contact =>
  aContact({ seq, channel: '999-voice', receivedAt: later(testStart, seq * 60_000), ...over });
const gone = contact(2, { channelState: 'dropped', callBackDue: true });
const closed = { ownership: { kind: 'closed', by: anActor(), since: testStart } } as const;
const linkTo = (other: Contact, parted: Link['parted'] = null): Link => ({
  id: asCommandId(anId(9)),
  kind: 'same-caller',
  side: 'child',
  other: { contact: other.id, ref: other.ref },
  fact: '',
  found: [],
  by: anActor(),
  at: testStart,
  parted,
});
const said = (...contacts: readonly Contact[]) =>
  Object.fromEntries(
    [...sameNumberOf(contacts)].map(([id, told]) => [
      contacts.find((each) => each.id === id)?.seq,
      told.map(({ ref, is }) => [contacts.find((each) => each.ref === ref)?.seq, is]),
    ]),
  );

describe('contacts of one number, one of which is due to be rung back', () => {
  it('TE-10: say of each other that it rings, is in touch or has been, in whatever order they are looked at', () => {
    const rings = contact(3);
    expect(said(gone, rings)).toEqual({ 2: [[3, 'ringing']], 3: [[2, 'due']] });
    expect(said(rings, gone)).toEqual(said(gone, rings));
    expect(said(gone, { ...rings, channelState: 'connected' })).toEqual({
      2: [[3, 'in-touch']],
      3: [[2, 'due']],
    });
    expect(said(gone, { ...rings, channelState: 'ended' })).toEqual({ 2: [[3, 'since']], 3: [[2, 'due']] });
  });

  it('TE-10: one that is closed says nothing itself, and the one that is due says that the number was in touch', () => {
    expect(said(gone, contact(3, closed))).toEqual({ 2: [[3, 'since']] });
  });

  it('TE-10: one that was over before says nothing; one that was there before and rings again does', () => {
    expect(said(gone, contact(1, { channelState: 'ended' }))).toEqual({});
    expect(said(gone, contact(1))).toEqual({ 1: [[2, 'due']], 2: [[1, 'ringing']] });
  });

  it('TE-10: say nothing while they are linked, from whichever end, and say it again once they are parted', () => {
    const parted = { by: anActor(), at: testStart, reason: 'Another caller' };
    const rings = contact(3);
    expect(said(gone, { ...rings, links: [linkTo(gone)] })).toEqual({});
    expect(said({ ...gone, links: [linkTo(rings)] }, rings)).toEqual({});
    expect(said(gone, { ...rings, links: [linkTo(gone, parted)] })).toEqual(said(gone, rings));
    // A link to a third says nothing of these two.
    expect(said(gone, { ...rings, links: [linkTo(contact(7))] })).toEqual(said(gone, rings));
  });

  it('TE-10, C-20: say nothing once the call-back is done', () => {
    expect(said({ ...gone, callBackDue: false }, contact(3))).toEqual({});
  });

  it('TE-10: of two that are both due only the earlier says that the number was in touch since; whoever rings now stands first', () => {
    const second = contact(4, { channelState: 'dropped', callBackDue: true });
    expect(said(gone, second)).toEqual({ 2: [[4, 'since']], 4: [[2, 'due']] });
    expect(said(gone, second, contact(3))).toMatchObject({ 2: [[3, 'ringing'], [4, 'since']] }); // prettier-ignore
    const many = Array.from({ length: 9 }, (_, n) => contact(10 + n, { channelState: 'ended' }));
    expect(said(gone, ...many)[2]).toHaveLength(SAME_NUMBER_TOLD);
  });
});

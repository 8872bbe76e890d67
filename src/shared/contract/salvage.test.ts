import { describe, expect, it } from 'vitest';
import { aCall, aContact, testStart } from '../../../tests/harness/builders.ts';
import { takeIn } from '../../main/cache/take-in.ts';
import { summaryOf, type Contact } from '../domain/contact.ts';
import { asLsn } from '../domain/ids.ts';
import { later, MINUTE } from '../domain/time.ts';
import { readDownFrame, salvagedContact, salvagedSummary, UNREAD_TITLE, type ToldEntry } from './salvage.ts';

const contact = aContact({ account: 'He is outside', call: aCall() });
/** As a queue gone wrong would send it. */
const broken = (over: Readonly<Record<string, unknown>>) => ({ ...contact, ...over });
const title = `${UNREAD_TITLE} · ${contact.title}`;
const frame = (over: Readonly<Record<string, unknown>>) =>
  JSON.stringify({
    t: 'EVT',
    prev: 4,
    lsn: 5,
    contact: contact.id,
    rev: 1,
    at: testStart,
    by: null,
    ...over,
  });

describe('L-23: a contact that cannot be read whole', () => {
  it('keeps all that can be read of it, and says before its title that something cannot', () => {
    const call = { ...aCall(), id: 'c'.repeat(1_000) };
    expect(salvagedContact(broken({ call }))).toEqual({
      value: { ...contact, call: null, title },
      lacking: ['call'],
    });
  });

  it('keeps the entries of a list that can be read', () => {
    const note = { key: 'm1', from: 'public', text: 'help', language: null, at: testStart };
    const read = salvagedContact(broken({ messages: [note, { ...note, from: 'ghost' }] }));
    expect(read?.value.messages).toEqual([note]);
  });

  it('is an emergency that waits where its band or its owner cannot be read', () => {
    const read = salvagedSummary({ ...summaryOf(contact), band: 'C', ownership: 7 });
    expect(read?.value).toMatchObject({ id: contact.id, band: 'A', ownership: { kind: 'waiting' }, title });
    expect(read?.lacking).toEqual(['band', 'ownership']);
  });

  it('is nothing where not even its id, revision or fence can be read', () => {
    for (const field of ['id', 'rev', 'fence']) expect(salvagedContact(broken({ [field]: 'x' }))).toBeNull();
    expect(salvagedSummary(null)).toBeNull();
  });

  it('is whole where everything can be read', () => {
    expect(salvagedContact(contact)).toEqual({ value: contact, lacking: [] });
  });
});

describe('L-23: a frame that cannot be read whole', () => {
  it('is an arrival with what can be read', () => {
    const read = readDownFrame(frame({ what: { kind: 'arrived', contact: broken({ call: 'ringing' }) } }));
    expect(read).toMatchObject({
      ok: true,
      frame: { t: 'EVT', lsn: 5, what: { kind: 'arrived', contact: { id: contact.id, call: null, title } } },
      lacking: ['call'],
    });
  });

  it('is an event of which only the place and the contact are known', () => {
    const read = readDownFrame(frame({ rev: 2, what: { kind: 'sung', words: 'la' } }));
    expect(read).toMatchObject({ ok: true, frame: { lsn: 5, rev: 2, what: { kind: 'unread' } } });
  });

  it('is a flash that still flashes, or that nobody waits for', () => {
    const summary = { ...summaryOf(contact), channelState: 'on fire' };
    expect(readDownFrame(JSON.stringify({ t: 'FLASH', lsn: 5, summary }))).toMatchObject({
      ok: true,
      frame: { t: 'FLASH', summary: { id: contact.id, title } },
    });
    const nothing = readDownFrame(JSON.stringify({ t: 'FLASH', lsn: 5, summary: 'x' }));
    expect(nothing).toEqual({ ok: true, frame: null, lacking: ['summary'] });
  });

  it('ends the link where its place in the log cannot be read, and where it is of no kind that a desk knows', () => {
    expect(readDownFrame(frame({ lsn: 'x', what: null })).ok).toBe(false);
    expect(readDownFrame(JSON.stringify({ t: 'SONG' })).ok).toBe(false);
    expect(readDownFrame('{').ok).toBe(false);
  });
});

describe('L-23: the copy after an event that cannot be read', () => {
  const held = (whole: Contact) => ({ contact: whole, summary: summaryOf(whole) });
  const entry = (rev: number, what: ToldEntry['what']): ToldEntry => ({
    lsn: asLsn(9),
    contact: contact.id,
    rev,
    at: later(testStart, MINUTE),
    by: null,
    what,
  });

  it('counts it, says so, and takes in what comes behind it', () => {
    const first = takeIn(held(contact), entry(2, { kind: 'unread' }));
    expect(first).toMatchObject({
      kind: 'changed',
      held: { summary: { rev: 2, title }, contact: { rev: 2, title } },
    });
    if (first.kind !== 'changed') throw new Error(first.kind);
    const second = takeIn(first.held, entry(3, { kind: 'line', state: 'dropped' }));
    expect(second).toMatchObject({ held: { summary: { rev: 3, title, channelState: 'dropped' } } });
    if (second.kind !== 'changed') throw new Error(second.kind);
    const again = takeIn(second.held, entry(4, { kind: 'unread' }));
    expect(again).toMatchObject({ held: { summary: { title } } });
  });

  it('is not needed of a contact that is not here', () => {
    expect(takeIn(null, entry(2, { kind: 'unread' }))).toEqual({ kind: 'passed-over' });
  });
});

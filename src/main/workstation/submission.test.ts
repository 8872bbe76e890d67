import { describe, expect, it } from 'vitest';
import {
  aClosing,
  aClosingRecord,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  testStart,
} from '../../../tests/harness/builders.ts';
import type { Act } from '../../shared/domain/command.ts';
import { summaryOf, type Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asFence } from '../../shared/domain/ids.ts';
import type { Undecided } from '../../shared/domain/view.ts';
import type { Held } from '../cache/desk-store.ts';
import { refusalBeforehand } from './submission.ts';

const me = anActor();
const other = anActor({ deskNumber: 2 });
const grade: Act = { kind: 'grade', grade: 'G2', reason: 'risk' };
const since = testStart;
const held = (contact: Contact): Held => ({ contact, summary: summaryOf(contact) });
const ask = (of: Held, act: Act, undecided: readonly Undecided[] = []) =>
  refusalBeforehand({ held: of, undecided, act, actor: me, role: 'handler', policy: aPolicy(), now: since });
const asked = (on: Contact, ...acts: readonly Act[]): Undecided[] =>
  acts.map((act, index) => ({
    command: aCommand({ on, act, id: asCommandId(anId(0xc500 + index)) }),
    keptAt: testStart,
  }));

describe('an act before it is kept', () => {
  it('C-06: is given under the fence and revision that the handler saw', () => {
    const mine = aContact({ rev: 5, fence: asFence(3), ownership: { kind: 'owned', by: me, since } });
    expect(ask(held(mine), grade)).toEqual({ refusal: null, fence: 3, rev: 5 });
  });

  it('C-06: a grade right after a claim is kept under the claim’s fence, without waiting for its answer', () => {
    const waiting = aContact({ rev: 5, fence: asFence(3) });
    expect([ask(held(waiting), grade), ask(held(waiting), grade, asked(waiting, { kind: 'claim' }))]).toEqual(
      [
        { refusal: { code: 'not-yours' }, fence: 3, rev: 5 },
        { refusal: null, fence: 4, rev: 5 },
      ],
    );
  });

  it('C-05: a second claim is refused while the first is asked for', () => {
    const waiting = aContact();
    expect(ask(held(waiting), { kind: 'claim' }, asked(waiting, { kind: 'claim' })).refusal).toEqual({
      code: 'already-yours',
    });
  });

  it('R-11, R-15: a duplicate of what this desk knows not to answer for it is refused before it is kept, and taken where the desk does not know it', () => {
    const ended = aContact({ seq: 7, ownership: { kind: 'closed', by: other, since } });
    const link = {
      id: asCommandId(anId(0xc9)),
      kind: 'same-incident',
      side: 'child',
      other: { contact: ended.id, ref: ended.ref },
      fact: '',
      found: [],
      parted: null,
      by: me,
      at: since,
    } as const;
    const gone = aContact({
      grade: 'G2',
      ownership: { kind: 'owned', by: me, since },
      links: [link],
    });
    const act = aClosing({ outcome: 'duplicate', record: aClosingRecord({ parent: ended.id }) });
    const answer = (parent: Contact | null) =>
      refusalBeforehand({
        held: held(gone),
        undecided: [],
        act,
        actor: me,
        role: 'handler',
        policy: aPolicy(),
        now: since,
        parent: parent === null ? null : summaryOf(parent),
      }).refusal;
    expect([answer(ended), answer(null)]).toEqual([
      { code: 'not-a-duplicate', ref: ended.ref, because: 'graded-lower' },
      null,
    ]);
  });

  it('C-05: a claim of what somebody has is refused with who has it, without a round trip', () => {
    const theirs = aContact({ ownership: { kind: 'owned', by: other, since } });
    expect(ask(held(theirs), { kind: 'claim' }).refusal).toEqual({ code: 'taken', by: other, since });
  });

  it('C-06: an act after a close that is asked for is refused', () => {
    const mine = aContact({ ownership: { kind: 'owned', by: me, since } });
    const close: Act = aClosing();
    expect(ask(held(mine), grade, asked(mine, close)).refusal).toMatchObject({ code: 'closed', by: me });
  });

  it('L-09: what a flash tells ahead of the log counts', () => {
    const waiting = aContact({ channel: '999-voice', rev: 1 });
    const taken = {
      ...summaryOf(waiting),
      rev: 2,
      fence: asFence(1),
      ownership: { kind: 'owned', by: other, since } as const,
    };
    expect(ask({ contact: waiting, summary: taken }, { kind: 'claim' })).toEqual({
      refusal: { code: 'taken', by: other, since },
      fence: 1,
      rev: 2,
    });
  });

  it('L-09: an emergency of which only the flash has come can be claimed', () => {
    const { contact: _later, ...flash } = held(aContact({ channel: '999-voice' }));
    expect(ask({ contact: null, ...flash }, { kind: 'claim' })).toEqual({ refusal: null, fence: 0, rev: 1 });
  });

  it('C-10: words are never refused for whose contact it is', () => {
    const contacts = [
      aContact(),
      aContact({ ownership: { kind: 'owned', by: other, since } }),
      aContact({ ownership: { kind: 'closed', by: other, since } }),
    ];
    expect(
      contacts.map(
        (contact) => ask(held(contact), { kind: 'note', text: 'He is back', happenedAt: null }).refusal,
      ),
    ).toEqual([null, null, null]);
  });

  it('C-07: words that are missing are refused before anything is kept', () => {
    expect(ask(held(aContact()), { kind: 'note', text: ' ', happenedAt: null }).refusal).toEqual({
      code: 'text-missing',
    });
  });
});

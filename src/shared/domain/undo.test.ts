import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyHistory, historyPolicy, turnsOf } from '../../../tests/harness/arbitraries.ts';
import {
  aClosingRecord,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../tests/harness/builders.ts';
import { shippedCategories } from '../../../tests/harness/record-policy.ts';
import type { Act } from './command.ts';
import { closeOutcomes, type CloseOutcome, type Contact } from './contact.ts';
import { asCommandId, asFence, asHandlerId } from './ids.ts';
import { later } from './time.ts';
import { counterActOf, TAKING_BACK_MS } from './undo.ts';

const me = anActor();
const none = asCommandId(anId(0xc0001));
const report = aContact({
  channel: 'online-report',
  ownership: { kind: 'owned', by: me, since: testStart },
  fence: asFence(1),
});

describe('taking an act back', () => {
  it('X-10, T-13: what was taken back stands as before, unless a floor bars it, and both acts stay on the record', () => {
    let tried = 0;
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, command, contact, by, at, decision } of turnsOf(history)) {
          if (decision.kind === 'refused' || decision.what === null) continue;
          // Said late it had no effect that could be taken back.
          if (decision.what.kind === 'contributed') continue;
          const counter = counterActOf(before, command.act, command.id);
          // A taking back is not taken back again: it is done anew.
          if (counter === null || (command.act.kind === 'grade' && command.act.undoes)) continue;
          const back = aCommand({ on: contact, act: counter, id: asCommandId(anId(0xc2000)) });
          const undone = carryOut(contact, back, { by, at: later(at, 1_000), policy: historyPolicy });
          if (undone.decision.kind === 'refused') {
            // The one way that is barred: a grade, or none, below what the record says could cost a life (rule T-13).
            expect(undone.decision.refusal.code).toBe('below-floor');
            continue;
          }
          tried += 1;
          const { grade, band, closing } = undone.contact;
          expect({ grade, band, isClosed: closing !== null }).toEqual({
            grade: before.grade,
            band: before.band,
            isClosed: before.closing !== null,
          });
          expect(undone.contact.rev).toBe(before.rev + 2);
        }
      }),
    );
    expect(tried).toBeGreaterThan(100);
  });

  describe('taking up again what was closed', () => {
    const old = {
      outcome: 'not-police',
      reason: 'A council matter',
      record: null,
      by: me,
      at: testStart,
    } as const;
    const ended = aContact({ ownership: { kind: 'closed', by: me, since: testStart }, closing: old });
    const policy = { ...aPolicy(), categories: shippedCategories() };
    const reopen = { kind: 'reopen', reason: 'by a slip' } as const;
    const nth = (n: number) => asCommandId(anId(0xc3000 + n));
    const give = (contact: Contact, act: Act, n: number, by = me) =>
      carryOut(contact, aCommand({ on: contact, act, id: nth(n) }), {
        by,
        at: later(testStart, n * 1_000),
        policy,
      });
    const back = (before: Contact): Act => {
      const counter = counterActOf(before, reopen, asCommandId(anId(0xc3001)));
      if (counter === null) throw new Error('no counter-act');
      return counter;
    };
    const answer = (contact: Contact, by = me) => {
      const { decision } = give(contact, back(ended), 9, by);
      return decision.kind === 'refused' ? decision.refusal.code : (decision.what?.kind ?? null);
    };

    it('X-10: is taken back also where the closing is from before there was a record, and ends as it had ended', () => {
      const open = give(ended, reopen, 1).contact;
      const { contact } = give(open, back(ended), 2);
      expect([open.ownership.kind, contact.ownership.kind, contact.closing, contact.duties]).toEqual([
        'owned',
        'closed',
        { ...old, at: later(testStart, 2_000) },
        ended.duties,
      ]);
    });

    it('X-10: is taken back by what the record asked for then, not by what it asks for now', () => {
      const record = aClosingRecord({ category: 'NO-LONGER-THERE', result: 'Noise, given to the council' });
      const before = { ...ended, closing: { ...old, record } };
      const { contact } = give(give(before, reopen, 1).contact, back(before), 2);
      expect(contact.closing).toMatchObject({ outcome: 'not-police', reason: 'A council matter', record });
    });

    it('X-10: is no way round the record: not once something has happened, not for anybody else, not without the taking up', () => {
      const open = give(ended, reopen, 1).contact;
      const noted = give(open, { kind: 'note', text: 'She rings again', happenedAt: null }, 2).contact;
      const colleague = { ...me, handler: asHandlerId('handler-9') };
      const { reopened: _r, ...never } = open;
      expect([answer(open), answer(noted), answer(open, colleague), answer(never)]).toEqual([
        'closed',
        'not-whole',
        'not-whole',
        'not-whole',
      ]);
    });

    it('R-21: what an older desk left without a name for it takes nothing back: it closes like any other', () => {
      const open = give(ended, reopen, 1).contact;
      const unnamed = { ...back(ended), undoes: true } as Act;
      expect(give(open, unnamed, 2).decision).toMatchObject({ refusal: { code: 'record-incomplete' } });
    });

    it('R-21: whatever is named, by whom, when and with which outcome: only the last taking up by oneself just now brings back how it ended then, and nothing else is put in its place', () => {
      const first = { ...ended, closing: { ...old, outcome: 'advice' as const } };
      const colleague = { ...me, handler: asHandlerId('handler-9') };
      const check = (
        named: number,
        by: typeof me,
        wait: number,
        outcome: CloseOutcome,
        isNoted: boolean,
      ): void => {
        // Taken up by a slip, back as advice, taken up by a slip again: the second is what stands last.
        const once = give(first, reopen, 1).contact;
        const again = give(once, { ...back(first), outcome: 'advice', undoes: nth(1) } as Act, 2).contact;
        const open = give(again, reopen, 3).contact;
        const note: Act = { kind: 'note', text: 'x', happenedAt: null };
        const now = isNoted ? give(open, note, 4).contact : open;
        const act: Act = { kind: 'close', outcome, reason: 'back', record: null, undoes: nth(named) };
        const command = aCommand({ on: now, act, id: nth(9) });
        const at = later(testStart, 3_000 + wait);
        const { decision, contact } = carryOut(now, command, { by, at, policy });
        const isIt = named === 3 && by === me && wait <= TAKING_BACK_MS && outcome === 'advice' && !isNoted;
        expect(decision.kind).toBe(isIt ? 'accepted' : 'refused');
        if (isIt) {
          expect(contact.closing).toMatchObject({
            outcome: 'advice',
            reason: 'A council matter',
            record: null,
          });
        } else {
          expect(decision).toMatchObject({ refusal: { code: 'not-whole', field: 'undoes' } });
          expect(contact).toBe(now);
        }
      };
      check(3, me, TAKING_BACK_MS, 'advice', false);
      always(
        fc.property(
          fc.constantFrom(1, 2, 3, 4),
          fc.constantFrom(me, colleague),
          fc.nat({ max: 2 * TAKING_BACK_MS }),
          fc.constantFrom(...closeOutcomes),
          fc.boolean(),
          check,
        ),
      );
    });
  });

  it('X-10: words, readings, new contacts and what was freed have no way back', () => {
    expect(counterActOf(report, { kind: 'note', text: 'He left', happenedAt: null }, none)).toBeNull();
    expect(counterActOf(report, { kind: 'consult' }, none)).toBeNull();
    expect(counterActOf(report, { kind: 'free', reason: 'desk lost' }, none)).toBeNull();
  });

  it('X-10: a first grade taken back leaves no grade, and the report’s scan target again', () => {
    const graded = carryOut(
      report,
      aCommand({ on: report, act: { kind: 'grade', grade: 'G4', reason: 'diary' } }),
      {
        by: me,
      },
    ).contact;
    const counter = counterActOf(report, { kind: 'grade', grade: 'G4', reason: 'diary' }, none);
    if (counter === null) throw new Error('no counter-act');
    const back = carryOut(graded, aCommand({ on: graded, act: counter, id: asCommandId(anId(0xc2001)) }), {
      by: me,
    }).contact;
    expect({ grade: back.grade, due: back.due.at }).toEqual({ grade: null, due: report.due.at });
    expect(graded.due.at).not.toBe(report.due.at);
    expect(back.gradings).toHaveLength(2);
  });
});

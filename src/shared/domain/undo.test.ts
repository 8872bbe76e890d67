import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyHistory, historyPolicy, turnsOf } from '../../../tests/harness/arbitraries.ts';
import { aCommand, aContact, anActor, anId, carryOut, testStart } from '../../../tests/harness/builders.ts';
import { asCommandId, asFence } from './ids.ts';
import { later } from './time.ts';
import { counterActOf } from './undo.ts';

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

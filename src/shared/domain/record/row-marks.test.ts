import { describe, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../../tests/harness/builders.ts';
import { asCommandId } from '../ids.ts';
import { HOUR, later } from '../time.ts';
import { emptyEntry } from '../triage/entry.ts';
import { emptyMethane } from '../triage/major-incident.ts';
import type { CrimeDecision } from './crime-decision.ts';
import type { Duty, MarkerOnRecord } from './parts.ts';
import { noMarks, rowMarksOf } from './row-marks.ts';

const by = anActor();
const done = { by, at: testStart };
const id = asCommandId(anId(0xc1));
const open = aContact();
const dueAt = later(testStart, 24 * HOUR);

describe('what a row says of the record', () => {
  it('R-08: a contact that has only just come owes a decision about a crime within 24 hours, and nothing else', () => {
    expect(rowMarksOf(open)).toEqual({ ...noMarks, crimeDueAt: dueAt });
  });

  it.each<[string, CrimeDecision, number | null]>([
    ['recorded', { kind: 'recorded', offence: 'Burglary', offenceClass: null }, null],
    ['not a crime', { kind: 'not-a-crime', because: 'no-offence', words: 'a lost cat' }, null],
    ['another force’s', { kind: 'elsewhere', force: 'Bedfordshire', theirRef: null }, null],
    ['not decided', { kind: 'not-yet' }, dueAt],
  ])('R-08: once it is %s the row says so', (_what, decision, due) => {
    expect(
      rowMarksOf({ ...open, crime: { id, decision, ref: null, provisionalRef: '', ...done } }).crimeDueAt,
    ).toBe(due);
  });

  it('R-08: what is closed owes no decision any more', () => {
    const closed = aContact({ ownership: { kind: 'closed', by, since: testStart } });
    expect(rowMarksOf(closed).crimeDueAt).toBeNull();
  });

  it('T-17: a row says since when its grade stands and when the risk was last looked at, until it is closed', () => {
    const grading = { id, grade: 'G2', reason: 'x', rationale: null, ...done } as const;
    const weighed = { ...open, grade: 'G2', gradings: [grading] } as const;
    const look = { id, entry: emptyEntry, by, at: later(testStart, 60_000) };
    expect([
      rowMarksOf(open).weighed,
      rowMarksOf(weighed).weighed,
      rowMarksOf({ ...weighed, triage: [look] }).weighed,
      rowMarksOf({ ...weighed, ownership: { kind: 'closed', by, since: testStart } }).weighed,
    ]).toEqual([
      null,
      { gradedAt: testStart, lookedAt: testStart },
      { gradedAt: testStart, lookedAt: look.at },
      null,
    ]);
  });

  it('C-26: the incident has its mark when the queue has given its number, and not before', () => {
    const incident = { id, ref: null, provisionalRef: 'PROV-7KQ4TX', category: 'AS-NUI', ...done };
    const marks = [incident, { ...incident, ref: '2026-11-22/0412' }].map(
      (one) => rowMarksOf({ ...open, incident: one }).isr,
    );
    expect(marks).toEqual([null, '2026-11-22/0412']);
  });

  it('C-25: each kind of duty that is open stands there once, those that are done do not', () => {
    const duty = (kind: Duty['kind'], n: number, isDone: boolean): Duty => ({
      id: `${kind}@${n}`,
      kind,
      because: 'downgrade',
      since: testStart,
      done: isDone ? { ...done, words: '' } : null,
    });
    const duties = [
      duty('tell-caller', 1, true),
      duty('re-thrive', 2, false),
      duty('re-thrive', 3, false),
      duty('agree', 4, false),
    ];
    expect(rowMarksOf({ ...open, duties }).duties).toEqual(['re-thrive', 'agree']);
  });

  it('C-30: a major incident stands there by its name until it is stood down', () => {
    const major = { id, name: 'Coach on the A1(M)', report: emptyMethane, stoodDown: null, ...done };
    const over = { ...major, stoodDown: { ...done, reason: 'all accounted for' } };
    expect([major, over].map((one) => rowMarksOf({ ...open, major: one }).major)).toEqual([
      'Coach on the A1(M)',
      null,
    ]);
  });

  it('AS-16, C-11: of markers it says the kinds, each once, and nothing of whom they concern', () => {
    const marker = (kind: string): MarkerOnRecord => ({
      id: 'MK-0101',
      kind,
      concerns: 'Robin Marsh',
      source: 'crime record',
      setAt: '2026-01-04',
      reviewBy: '2027-01-04',
      owner: 'Safeguarding',
      note: 'two children',
      matchedBy: ['same-number'],
    });
    const markers = [marker('treat-as-urgent'), marker('officer-safety'), marker('treat-as-urgent')];
    const marks = rowMarksOf({ ...open, markers });
    expect(marks.markers).toEqual(['treat-as-urgent', 'officer-safety']);
    expect(JSON.stringify(marks)).not.toContain('Robin');
  });
});

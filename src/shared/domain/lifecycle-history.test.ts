import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyContact, anyHistory, turnsOf } from '../../../tests/harness/arbitraries.ts';
import { aCommand, anActor, carryOut, testStart } from '../../../tests/harness/builders.ts';
import { NOTE_LIMIT, type ActKind } from './command.ts';
import { needsPerson, type Contact } from './contact.ts';
import { rowMarksOf } from './record/row-marks.ts';
import { later } from './time.ts';

const since = later(testStart, 5_000);

/** What nobody may take from a contact, by its command or its duty's id. */
const written = ({
  notes,
  gradings,
  triage,
  spots,
  attempts,
  heard,
  links,
  duties,
  passedOn,
  chat,
  safeContacts,
}: Contact) => [
  ...[
    notes,
    gradings,
    triage,
    spots,
    attempts,
    heard,
    links,
    passedOn,
    chat?.replies ?? [],
    chat?.handOvers ?? [],
    safeContacts,
  ].flatMap((each) => each.map(({ id }) => id as string)),
  ...duties.map(({ id }) => id),
];

describe('whatever several desks ask for, in whatever order', () => {
  it('C-09: applying what was decided never fails, and adds exactly one to the revision', () => {
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, event, contact } of turnsOf(history)) {
          expect(contact.rev).toBe(event === null ? before.rev : before.rev + 1);
        }
      }),
    );
  });

  it('C-05, A-04: a new owner, or the loss of one by freeing, always comes with a new fence, and nothing else does', () => {
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, event, contact } of turnsOf(history)) {
          const moves = ['claimed', 'reopened', 'freed', 'taken-over'].includes(event?.what.kind ?? '');
          expect(contact.fence).toBe(moves ? before.fence + 1 : before.fence);
        }
      }),
    );
  });

  it('C-05: under one fence there is never more than one owner', () => {
    always(
      fc.property(anyHistory, (history) => {
        const owners = new Map<number, string>();
        for (const { contact } of turnsOf(history)) {
          if (contact.ownership.kind !== 'owned') continue;
          const { desk } = contact.ownership.by;
          expect(owners.get(contact.fence) ?? desk).toBe(desk);
          owners.set(contact.fence, desk);
        }
      }),
    );
  });

  it('C-06: an effect of an owner happens only for the owner, under the current fence', () => {
    const effects = new Set<ActKind>([
      ...(['release', 'grade', 'demote', 'close', 'triage', 'place', 'attempt', 'hear', 'link'] as const),
      ...(['part', 'discharge', 'incident', 'crime', 'pass'] as const),
      ...(['reply', 'check-exit', 'end-chat', 'park', 'resume', 'safe-contact'] as const),
      ...(['offer-chat', 'withdraw-offer'] as const),
    ]);
    const seen = new Set<ActKind>();
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, event, command, by } of turnsOf(history)) {
          if (event === null || !effects.has(command.act.kind)) continue;
          // Words that came late are kept, and are no effect (rule C-10).
          if (event.what.kind === 'contributed') continue;
          seen.add(command.act.kind);
          // The one exception: a promotion of what still waits is taken back by whoever made it (rule C-07).
          const last = before.bandChanges.at(-1);
          if (command.act.kind === 'demote' && needsPerson(before) && last?.by.desk === by.desk) continue;
          const owner = 'by' in before.ownership ? before.ownership.by.desk : null;
          expect([owner, command.fence]).toEqual([by.desk, before.fence]);
        }
      }),
    );
    expect(seen.size).toBeGreaterThan(10);
  });

  it('C-22, C-31: what is on the record stays on it, each under the command that wrote it', () => {
    always(
      fc.property(anyHistory, (history) => {
        let before = written(history.start);
        for (const { contact } of turnsOf(history)) {
          const now = written(contact);
          expect(now).toEqual(expect.arrayContaining(before));
          before = now;
        }
      }),
    );
  });

  it('C-25, C-30: what the row says of the record is what the record says', () => {
    always(
      fc.property(anyHistory, (history) => {
        for (const { contact } of turnsOf(history)) expect(contact.marks).toEqual(rowMarksOf(contact));
      }),
    );
  });

  it('C-10: words that fit are never refused, and every one of them is in the contact afterwards', () => {
    always(
      fc.property(anyHistory, (history) => {
        const turns = turnsOf(history);
        const fit = turns.flatMap(({ command }) =>
          command.act.kind === 'note' &&
          command.act.text.trim() !== '' &&
          command.act.text.length <= NOTE_LIMIT
            ? [command.act.text]
            : [],
        );
        expect(turns.at(-1)?.contact.notes.map(({ text }) => text) ?? []).toEqual(fit);
      }),
    );
  });

  it('C-13: nobody is closed without an outcome and a reason from a person', () => {
    always(
      fc.property(anyHistory, (history) => {
        for (const { before, contact, by } of turnsOf(history)) {
          if (before.ownership.kind === 'closed' || contact.ownership.kind !== 'closed') continue;
          expect(contact.closing).toMatchObject({
            by,
            outcome: expect.any(String),
            reason: expect.stringMatching(/\S/),
          });
        }
      }),
    );
  });

  it('C-05: of many claims of one waiting contact exactly one is applied', () => {
    const anyRace = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { minLength: 2, maxLength: 20 });
    always(
      fc.property(anyContact, anyRace, (contact, desks) => {
        const start: Contact = { ...contact, ownership: { kind: 'waiting', since } };
        const claim = aCommand({ on: start, act: { kind: 'claim' } });
        let now = start;
        const answers = desks.map((deskNumber) => {
          const outcome = carryOut(now, claim, { by: anActor({ deskNumber }), at: since });
          now = outcome.contact;
          return outcome.decision;
        });
        const winner = anActor({ deskNumber: desks[0] ?? 0 });
        expect(answers).toEqual([
          { kind: 'accepted', what: { kind: 'claimed', fence: start.fence + 1 } },
          ...desks.slice(1).map(() => ({ kind: 'refused', refusal: { code: 'taken', by: winner, since } })),
        ]);
      }),
    );
  });

  it('C-05: no act of anybody changes the contact it was decided on', () => {
    always(
      fc.property(anyHistory, (history) => {
        const copy = structuredClone(history.start);
        turnsOf(history);
        expect(history.start).toEqual(copy);
      }),
    );
  });
});

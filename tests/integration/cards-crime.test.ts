import { describe, expect, it } from 'vitest';
import { isStale } from '../../src/shared/domain/assist/markers.ts';
import { categoryOf } from '../../src/shared/domain/record/categories.ts';
import { crimeClock } from '../../src/shared/domain/record/crime-clock.ts';
import { findHelp, helpIndex } from '../../src/shared/domain/signposts/find-directory.ts';
import { signpostStanding } from '../../src/shared/domain/signposts/signpost.ts';
import { HOUR, later } from '../../src/shared/domain/time.ts';
import { claim, close, crime, grade, incident, place, recorded } from '../harness/card-acts.ts';
import { minutes, playCard, type PlayedCard } from '../harness/card.ts';

/** The first card that the handler's desk finds for some words. */
async function signpost({ handler }: PlayedCard, typed: string) {
  const help = helpIndex(await handler.policy('signposts'), await handler.policy('directory'));
  return findHelp(help, typed).flatMap((hit) => (hit.kind === 'signpost' ? [hit.signpost] : []))[0];
}

describe('E15: courier fraud, the driver already on the way', () => {
  it('T-09, AS-16, AS-17: a collector on the way is G1 after one answer: five acts; her marker is past its review and says so', async () => {
    await using card = await playCard('E15', { upTo: minutes(1) });
    const { handler } = card;
    const [marker] = (await handler.sees()).markers;
    expect(marker).toMatchObject({ kind: 'fraud-target' });
    expect(marker !== undefined && isStale(marker, card.now())).toBe(true);
    expect(await handler.asks('fraud', {}, 2)).toEqual(['where', 'courier']);
    await handler.does(
      claim,
      await handler.look('fraud', { courier: 'yes', 'still-in-touch': 'yes' }),
      grade('G1', 'Collector due at half past'),
      place('Orchard Way, Rickmansworth', 'number 6'),
      incident('CR-FRD'),
    );
    const { triage, grade: given } = await card.contact();
    expect(given).toBe('G1');
    expect(triage[0]?.entry.recommended?.because).toContain('collector-coming');
    await card.goOn();
    expect(await card.contact()).toMatchObject({ callBackDue: true, duties: [{ because: 'line-dropped' }] });
  });

  it('SG-01, SG-02, R-06: the card for fraud asks first, one yes makes it ours, and signposting alone does not close it', async () => {
    await using card = await playCard('E15', { upTo: minutes(1) });
    const { handler } = card;
    const found = await signpost(card, 'courier fraud');
    expect(found?.id).toBe('report-fraud');
    const standing = (answers: readonly ('yes' | 'no' | null)[]) => found && signpostStanding(found, answers);
    expect(standing([])).toEqual({ kind: 'ask', next: 0 });
    expect(standing(['yes'])).toMatchObject({
      kind: 'police',
      because: { thenPolice: expect.stringContaining('police never collect cash') as string },
    });
    await handler.does(claim);
    expect(await handler.refused(close('not-police', 'CR-FRD', 'Sent to Report Fraud'))).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'crime'],
    });
  });
});

describe('E17: a burglary found in the morning', () => {
  const found = { 'anyone-inside': 'no', hurt: 'no', frail: 'no', 'home-then': 'yes' } as const;
  const burglary = recorded('Burglary of a dwelling', 'CR-BDW');

  it('R-04, R-08, R-09, C-27: recorded within the day it gets its number, scene advice is ticked, and seven acts end it', async () => {
    await using card = await playCard('E17', { store: 'postgres' });
    const { handler } = card;
    const { receivedAt, marks } = await card.contact();
    expect(marks.crimeDueAt).toBe(later(receivedAt, 24 * HOUR));
    await handler.does(
      claim,
      place('Barley Croft, Royston', 'number 41, back door'),
      await handler.look('burglary-past', {
        ...found,
        'evidence-going': 'no',
        distressed: 'no',
        'touch-nothing': 'yes',
      }),
      grade('G4', 'Over, nobody inside, the traces keep'),
      incident('CR-BDW'),
      crime(burglary),
      close('resolved', 'CR-BDW', 'Visit booked for tomorrow, scene advice given', { crime: burglary }),
    );
    const contact = await card.contact();
    expect(contact).toMatchObject({
      crime: { ref: '41/1/26', decision: { kind: 'recorded' } },
      incident: { ref: '2026-11-18/0001' },
      marks: { crimeDueAt: null },
      triage: [{ entry: { recommended: { grade: 'G4', because: ['burglary-found'] } } }],
    });
    expect(contact.triage[0]?.entry.thrive.investigation).toMatchObject({
      facts: { preservationGiven: true },
    });
    expect(handler.accepted).toHaveLength(7);
  });

  it('R-08: the 24 hours run from receipt, are near for the last two, and how late a decision was stays known', async () => {
    await using card = await playCard('E17');
    const categories = await card.handler.policy('categories');
    const clock = async () => {
      const { receivedAt, crime: decided } = await card.contact();
      const expects = categoryOf(categories, 'CR-BDW')?.crime ?? null;
      const { decision = null, at: decidedAt = null } = decided ?? {};
      return crimeClock({ receivedAt, decision, decidedAt, expects }, card.now());
    };
    expect(await clock()).toMatchObject({ kind: 'running' });
    const played = card.now() - (await card.contact()).receivedAt;
    card.wait(23 * HOUR - played);
    expect(await clock()).toMatchObject({ kind: 'near', ms: HOUR });
    // Whoever looked at it yesterday has gone home.
    const handler = await card.colleague();
    await handler.does(claim);
    expect(await handler.refused(crime(recorded(' ', 'CR-BDW')))).toEqual({
      code: 'not-whole',
      field: 'decision',
    });
    card.wait(2 * HOUR);
    await handler.does(crime(burglary));
    expect(await clock()).toEqual({ kind: 'decided', lateMs: HOUR });
  });

  it('R-06, T-09, T-11: is not closed without a decision, and traces, fear or a second burglary raise it to G2', async () => {
    await using card = await playCard('E17');
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(close('resolved', 'CR-BDW', 'Reference given'))).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'crime'],
    });
    expect(await handler.recommends('burglary-past', found)).toMatchObject({
      grade: null,
      ask: ['evidence-going', 'distressed'],
    });
    const rules = async (asked: Readonly<Record<string, string>>) => {
      const { grade: best, reasons } = await handler.recommends('burglary-past', { ...found, ...asked });
      return [best, reasons[0]?.rule];
    };
    expect(await rules({ 'evidence-going': 'yes' })).toEqual(['G2', 'traces-going']);
    expect(await rules({ distressed: 'yes' })).toEqual(['G2', 'burglary-and-frail']);
    expect(await rules({ 'happened-before': 'yes' })).toEqual(['G2', 'burglary-and-frail']);
  });
});

import { describe, expect, it } from 'vitest';
import { areasAt, boundaryWarning } from '../../src/shared/domain/place/areas.ts';
import { buildGazetteer } from '../../src/shared/domain/place/gazetteer.ts';
import { controlOf } from '../../src/shared/domain/signposts/directory.ts';
import { councilFor, findHelp, helpIndex } from '../../src/shared/domain/signposts/find-directory.ts';
import { signpostStanding, type Signpost } from '../../src/shared/domain/signposts/signpost.ts';
import {
  rightCareOutcome,
  rightCareSteps,
  type RightCare,
} from '../../src/shared/domain/triage/right-care.ts';
import { claim, close, crime, grade, link, notACrime, pass, place } from '../harness/card-acts.ts';
import { playCard, seconds, type PlayedCard } from '../harness/card.ts';

/** What the handler's desk finds for some words among signposts and directory. */
async function help({ handler }: PlayedCard, typed: string) {
  const hits = findHelp(
    helpIndex(await handler.policy('signposts'), await handler.policy('directory')),
    typed,
  );
  return {
    signpost: hits.flatMap((hit) => (hit.kind === 'signpost' ? [hit.signpost] : []))[0],
    entry: hits.flatMap((hit) => (hit.kind === 'entry' ? [hit.entry] : []))[0],
  };
}
const standing = (card: Signpost | undefined, answers: readonly ('yes' | 'no' | null)[]) =>
  card === undefined ? null : signpostStanding(card, answers);

describe('E13: a party next door, loud since the evening', () => {
  const calm = {
    screams: 'no',
    threats: 'no',
    afraid: 'no',
    targeted: 'no',
    frail: 'no',
    hurt: 'no',
  } as const;

  it('SG-01, SG-02, SG-06, R-06, T-11: safety is asked first, then the council is named, and four acts end it with the caller told', async () => {
    await using card = await playCard('E13', { upTo: seconds(40) });
    const { handler } = card;
    const { signpost } = await help(card, 'loud party');
    expect(signpost?.id).toBe('noise');
    expect([
      standing(signpost, []),
      standing(signpost, ['no', 'no']),
      standing(signpost, ['no', 'no', 'no']),
    ]).toEqual([{ kind: 'ask', next: 0 }, { kind: 'ask', next: 2 }, { kind: 'signpost' }]);
    const council = councilFor(await handler.policy('directory'), (await handler.sees()).place ?? '');
    expect(council?.name).toBe('Watford Borough Council');
    await handler.does(
      claim,
      await handler.look('asb', calm),
      grade('G5', 'No threat, no fear, no screams'),
      close('not-police', 'AS-NUI', 'Watford council’s night service', {
        callerTold: { kind: 'yes', words: 'Nobody comes; ring 999 at a scream or a threat' },
      }),
    );
    expect((await card.contact()).triage[0]?.entry.recommended).toEqual({
      grade: 'G5',
      because: ['nuisance'],
    });
    expect(handler.accepted).toHaveLength(4);
  });

  it('C-17, C-04, SG-02, T-10, C-25: a scream afterwards is never lost: it comes anew, raises what was closed, and is looked at', async () => {
    await using card = await playCard('E13', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(
      claim,
      await handler.look('asb', calm),
      grade('G5', 'Noise'),
      close('not-police', 'AS-NUI', 'Council'),
    );
    await card.goOn();
    const id = await card.id();
    const anew = (await card.all()).find((contact) => contact.id !== id);
    expect(anew).toMatchObject({
      account: expect.stringContaining('scream') as string,
      flags: { repeat: true },
    });
    const { signpost } = await help(card, 'loud party');
    expect(standing(signpost, ['yes'])).toMatchObject({ kind: 'police' });

    const again = handler.on({ contact: anew?.id ?? id });
    expect((await again.related()).suggestions[0]).toMatchObject({
      summary: { id },
      kinds: expect.arrayContaining(['same-caller']) as string[],
    });
    await again.does(claim, link(id, 'repeat', 'A scream was heard'));
    // The log is closed: the look is asked for where the handler is, and only a look ends it there.
    expect(await again.sees()).toMatchObject({
      ownership: { kind: 'owned' },
      duties: [{ kind: 're-thrive', because: 'linked-adds-facts', done: null }],
      marks: { duties: ['re-thrive'] },
    });
    expect(await again.refused(close('duplicate', 'AD-DUP', 'On its log', { parent: id }))).toMatchObject({
      missing: ['re-thrive'],
    });
    await again.does(await again.look('asb', { screams: 'yes' }));
    expect((await again.sees()).marks.duties).toEqual([]);
    await handler.does({ kind: 'reopen', reason: 'A scream was heard' });
    expect(await card.contact()).toMatchObject({
      ownership: { kind: 'owned' },
      marks: { duties: ['re-thrive'] },
    });
    expect(await handler.refused(close('not-police', 'AS-NUI', 'Council'))).toMatchObject({
      missing: ['re-thrive'],
    });
    expect(await handler.recommends('asb', { screams: 'yes' })).toMatchObject({
      grade: 'G2',
      reasons: [{ rule: 'screams' }],
    });
    await handler.does(await handler.look('asb', { screams: 'yes' }), grade('G2', 'A scream was heard'));
    expect(await card.contact()).toMatchObject({ grade: 'G2', marks: { duties: [] } });
  });

  it('R-06, TE-01: is not closed without the caller told; who rents the line is not the caller', async () => {
    await using card = await playCard('E13', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(close('not-police', 'AS-NUI', 'Council', { callerTold: null }))).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'caller-told'],
    });
    expect(await card.contact()).toMatchObject({
      caller: { name: 'Tunde Adeleke' },
      call: { subscriber: { name: 'K. Oduya' } },
    });
  });
});

describe('E19: a care team asks for a check after a missed appointment', () => {
  const asked = {
    'real-risk': 'no',
    'doing-now': 'no',
    'means-now': 'no',
    'taken-something': 'no',
    goodbye: 'no',
    'crime-too': 'no',
    'child-too': 'no',
  } as const;
  const no = (step: 'crime' | 'child' | 'real-and-immediate' | 'duty-assumed', words: string) =>
    ({ step, answer: 'no', words }) as const;
  const path = (at: PlayedCard): RightCare => [
    no('crime', ''),
    no('child', '46'),
    no('real-and-immediate', 'No means, no message, nothing today'),
    no('duty-assumed', ''),
    { step: 'duty-holder', agency: 'Community mental health team', done: 'Knocked once, no answer' },
    { step: 'agency-told', person: 'Duty nurse', at: at.now(), theirRef: 'P-3391' },
    { step: 'caller-told', words: 'Police are not attending. You need to visit yourselves.' },
    { step: 're-contact', when: 'Ring 999 if he says that he will harm himself' },
  ];

  it('T-18, R-06, T-09: the whole path says not met, G5 follows from the answers, and four acts keep who was told and what they do', async () => {
    await using card = await playCard('E19');
    const { handler } = card;
    const whole = path(card);
    expect(rightCareOutcome(whole)).toEqual({ kind: 'threshold-not-met' });
    await handler.does(
      claim,
      await handler.look('concern', asked, { rightCare: whole }),
      grade('G5', 'Threshold not met: the team visits'),
      close('advice', 'PS-CFS', 'The care team visits by six, P-3391', {
        crime: notACrime('A missed appointment'),
        callerTold: { kind: 'yes', words: 'Police are not attending; the team visits' },
      }),
    );
    const { triage, closing } = await card.contact();
    expect(triage[0]?.entry).toMatchObject({
      recommended: { grade: 'G5', because: ['care-holds-the-duty'] },
      rightCare: whole,
    });
    expect(closing?.record?.callerTold?.words).toContain('not attending');
    expect(handler.accepted).toHaveLength(4);
  });

  it('T-18, SG-02: each step left out says so, a promise to drop by is ours to keep, and one real risk means that police go', async () => {
    await using card = await playCard('E19');
    const { handler } = card;
    const whole = path(card);
    for (const step of rightCareSteps) {
      const without = whole.filter((answer) => answer.step !== step);
      expect(rightCareOutcome(without)).toEqual({ kind: 'not-finished', missing: [step] });
    }
    const promised = { step: 'duty-assumed', answer: 'yes', words: 'We said that we would pop by' } as const;
    expect(rightCareOutcome([...whole, promised])).toEqual({ kind: 'attend', because: 'duty-assumed' });
    const { signpost } = await help(card, 'welfare check');
    expect(standing(signpost, ['no', 'no', 'no', 'yes'])).toMatchObject({ kind: 'police' });
    expect(standing(signpost, ['no', 'no', 'no', 'no'])).toEqual({ kind: 'signpost' });
    expect(await handler.recommends('concern', { ...asked, 'real-risk': 'yes' })).toMatchObject({
      grade: 'G1',
    });
    const { 'real-risk': _open, ...rest } = asked;
    expect(await handler.recommends('concern', rest)).toMatchObject({ grade: null, ask: ['real-risk'] });
  });

  it('R-06: nobody who asks for police is left believing that they come: not told is not closed', async () => {
    await using card = await playCard('E19');
    const { handler } = card;
    await handler.does(claim);
    const untold = close('advice', 'PS-CFS', 'Team visits', { callerTold: null });
    expect(await handler.refused(untold)).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'care', 'crime', 'caller-told'],
    });
    const empty = close('advice', 'PS-CFS', 'Team visits', { callerTold: { kind: 'yes', words: ' ' } });
    expect(await handler.refused(empty)).toMatchObject({
      missing: ['triage', 'care', 'crime', 'caller-told'],
    });
  });

  it('T-18, R-06: looked at and G5, it still does not end as advice before the path says whose duty it is', async () => {
    await using card = await playCard('E19');
    const { handler } = card;
    await handler.does(claim, await handler.look('concern', asked), grade('G5', 'Nothing is wrong today'));
    const told = {
      crime: notACrime('A missed appointment'),
      callerTold: { kind: 'yes', words: 'Police are not attending; the team visits' },
    } as const;
    expect(await handler.refused(close('advice', 'PS-CFS', 'The care team visits', told))).toEqual({
      code: 'record-incomplete',
      missing: ['care'],
    });
  });
});

describe('E24: a robbery across the boundary, the call came to us', () => {
  const met = { kind: 'elsewhere', force: 'Metropolitan Police', theirRef: 'CAD 5521' } as const;

  it('PL-22, SG-08, C-28, R-04: the ground says the Met, they have it with pack and grade while we stay on, and seven acts end it', async () => {
    await using card = await playCard('E24');
    const { handler } = card;
    const { areas } = buildGazetteer(await handler.policy('places'));
    const [cell, caller] = (await handler.sees()).locations.map((at) =>
      areasAt(areas, at, at.radiusMetres ?? 0),
    );
    expect(
      cell === undefined ? null : [cell.force?.isHome, cell.crosses.map(({ beyond }) => beyond)],
    ).toEqual([true, expect.arrayContaining(['Metropolitan Police'])]);
    expect(caller === undefined ? null : boundaryWarning(caller)).toBe(
      'This is Metropolitan Police. Take the call fully, then pass it on and stay until it is accepted.',
    );
    const { entry } = await help(card, 'enfield');
    expect([entry?.name, entry === undefined ? null : controlOf(entry)?.to]).toEqual([
      'Metropolitan Police',
      '01632 960070',
    ]);

    const { account, caller: who } = await card.contact();
    await handler.does(
      claim,
      place('Fallowgate Parade, Enfield', 'opposite side, shutter half down'),
      await handler.look('weapons', { weapons: 'yes', 'weapon-kind': 'knife', 'suspect-where': 'here' }),
      grade('G1', 'A machete, people inside'),
      pass('Metropolitan Police', `G1. Fallowgate Parade, Enfield. “${account}” ${who.number ?? ''}`, {
        theirRef: 'CAD 5521',
      }),
      crime(met),
      close('passed-on', 'CR-ROB', 'With the Metropolitan Police, CAD 5521', { crime: met }),
    );
    const contact = await card.contact();
    expect(contact).toMatchObject({
      ownership: { kind: 'closed' },
      passedOn: [{ to: 'Metropolitan Police', takenBy: 'desk 4', theirRef: 'CAD 5521', stayedOn: true }],
      crime: { decision: met, ref: null },
      marks: { crimeDueAt: null },
      triage: [{ entry: { recommended: { grade: 'G1' } } }],
    });
    expect(contact.passedOn[0]?.pack).toContain('machete');
    expect(handler.accepted).toHaveLength(7);
  });

  it('C-28, R-04, R-06: passing on needs the words that were told, ends nothing by itself, and “ring again” does not close it', async () => {
    await using card = await playCard('E24');
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(pass('Metropolitan Police', ' '))).toEqual({ code: 'text-missing' });
    await handler.does(pass('Metropolitan Police', 'Robbery, machete, Fallowgate Parade'));
    expect(await card.contact()).toMatchObject({ ownership: { kind: 'owned' }, closing: null });
    const away = close('not-police', 'CR-ROB', 'Wrong force, told to ring again');
    expect(await handler.refused(away)).toEqual({ code: 'record-incomplete', missing: ['triage', 'crime'] });
    expect(await handler.refused(close('passed-on', 'CR-ROB', 'With the Met'))).toMatchObject({
      missing: ['triage', 'crime'],
    });
    const nobody = crime({ kind: 'elsewhere', force: ' ', theirRef: null });
    expect(await handler.refused(nobody)).toEqual({ code: 'not-whole', field: 'decision' });
  });
});

import { describe, expect, it } from 'vitest';
import { aRationale } from '../harness/builders.ts';
import { answerAsked, claim, grade, incident, place } from '../harness/card-acts.ts';
import { minutes, playCard } from '../harness/card.ts';

describe('E07: a mother with dementia, not back, in frost', () => {
  const known = { age: 82, 'needs-care': 'yes', exposed: 'no' } as const;

  it('T-09, TE-01, K-01, AS-16: the wait in the 101 queue is told, three answers make it G1, and five acts open it', async () => {
    await using card = await playCard('E07');
    const { handler } = card;
    const contact = await handler.sees();
    expect(contact).toMatchObject({
      channel: '101-voice',
      call: { waited: { menu: 75, queue: 360 } },
      markers: [{ kind: 'learning-autism-dementia', source: 'Herbert Protocol form' }],
      flags: { lookFirst: true, vulnerable: true },
    });
    expect(contact.due.at).toBeLessThanOrEqual(card.now());
    expect(await handler.recommends('missing', { age: 82 })).toMatchObject({ grade: 'G2' });
    await handler.does(
      claim,
      place("Hobbin's Lane, Hitchin", 'from number 9, on foot to the shop'),
      await handler.look('missing', known),
      grade('G1', 'Dementia, slippers, frost'),
      incident('PS-MIS'),
    );
    const { triage, grade: given } = await card.contact();
    expect([given, triage[0]?.entry.recommended?.because[0]]).toEqual(['G1', 'cold-and-frail']);
  });

  it('T-14, T-15: G1 was recommended: G4 as the first grade needs rationale and a second person like a lower one after it', async () => {
    await using card = await playCard('E07');
    const { handler } = card;
    await handler.does(claim, await handler.look('missing', known));
    const { triage } = await card.contact();
    expect(triage[0]?.entry.recommended?.grade).toBe('G1');
    expect(await handler.refused(grade('G4', 'She knows the way'))).toMatchObject({
      code: 'rationale-missing',
    });
    await handler.does(grade('G4', 'She knows the way', aRationale()));
    expect(await card.contact()).toMatchObject({
      grade: null,
      asked: { grade: 'G4' },
      marks: { duties: ['agree'] },
    });
    const leader = await card.teamLeader();
    await leader.does(answerAsked(await card.contact(), false, 'Cold, dementia, overdue'));
    // Upwards nobody is asked for anything.
    await handler.does(grade('G1', 'Cold, dementia, overdue'));
    expect(await card.contact()).toMatchObject({ grade: 'G1', asked: null, marks: { duties: [] } });
    await handler.does(grade('G4', 'She knows the way', aRationale()));
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      asked: { grade: 'G4' },
      marks: { duties: ['agree', 're-thrive'] },
    });
  });
});

describe('E23: a boy missing from a children’s home, once more', () => {
  const habit = { age: 15, exploited: 'yes' } as const;

  it('T-13, T-10, T-09: exploitation is G2 at least whatever the habit, and being fetched by a car is G1', async () => {
    await using card = await playCard('E23', { upTo: minutes(1) });
    const { handler } = card;
    expect((await handler.sees()).markers).toMatchObject([{ kind: 'child-at-risk' }]);
    expect(await handler.recommends('missing', { ...habit, 'out-of-character': 'no' })).toMatchObject({
      grade: 'G2',
      floor: { rule: 'exploited-child-missing', grade: 'G2' },
    });
    await handler.does(
      claim,
      await handler.look('missing', habit),
      grade('G2', 'Exploitation, new telephone, an older man'),
      incident('PS-MIS'),
    );
    expect((await handler.asks('missing', {}, 2))[1]).toBe('picked-up');
    await card.goOn();
    expect((await card.contact()).messages).toMatchObject([
      { text: expect.stringContaining('a car fetched him') as string },
    ]);
    await handler.does(
      await handler.look('missing', { 'picked-up': 'yes' }),
      grade('G1', 'A car fetched him'),
    );
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      triage: [{ entry: { recommended: { grade: 'G2' } } }, { entry: { recommended: { grade: 'G1' } } }],
    });
  });

  it('T-13, T-15, C-29: “he always comes back” is refused below the floor, and a team leader’s no keeps the grade', async () => {
    await using card = await playCard('E23');
    const { handler } = card;
    await handler.does(claim, await handler.look('missing', habit), grade('G2', 'Exploitation'));
    expect(await handler.refused(grade('G4', 'He always comes back'))).toMatchObject({
      code: 'below-floor',
      floor: 'G2',
    });
    await handler.does(grade('G4', 'He always comes back', aRationale()));
    const asked = await card.contact();
    expect(await handler.refused(answerAsked(asked, true, 'Agreed with myself'))).toMatchObject({
      code: 'role',
    });
    const leader = await card.teamLeader();
    await leader.does(answerAsked(asked, false, 'A habit is no safety'));
    expect(await card.contact()).toMatchObject({ grade: 'G2', asked: null });
  });

  it('T-15, T-16, T-19: a lower grade needs its rationale in four parts, the team leader’s yes, and somebody to tell the home', async () => {
    await using card = await playCard('E23');
    const { handler } = card;
    await handler.does(
      claim,
      await handler.look('missing', { ...habit, 'picked-up': 'yes' }),
      grade('G1', 'Fetched'),
    );
    expect(await handler.refused(grade('G2', 'Found with his aunt'))).toMatchObject({
      code: 'rationale-missing',
    });
    expect(await handler.refused(grade('G2', 'Found', aRationale({ options: '', risk: ' ' })))).toEqual({
      code: 'rationale-missing',
      parts: ['risk', 'options'],
    });
    await handler.does(grade('G2', 'Found with his aunt', aRationale()));
    expect((await card.contact()).grade).toBe('G1');
    const leader = await card.teamLeader();
    await leader.does(answerAsked(await card.contact(), true, 'His aunt has him'));
    const { grade: given, duties } = await card.contact();
    const tell = duties.find(({ kind }) => kind === 'tell-caller');
    expect([given, tell?.because, tell?.done]).toEqual(['G2', 'downgrade', null]);
    await handler.does({ kind: 'discharge', duty: tell?.id ?? '', words: 'The home knows' });
    expect((await card.contact()).marks.duties).toEqual(['re-thrive']);
    await handler.does(await handler.look('missing', { ...habit, 'picked-up': 'no' }));
    expect((await card.contact()).marks.duties).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { aRationale } from '../harness/builders.ts';
import { answerAsked, attempt, claim, close, grade, incident, notACrime } from '../harness/card-acts.ts';
import { rings, tells } from '../harness/card-exchange.ts';
import { playCard, seconds } from '../harness/card.ts';

describe('E02: a silent call, 55 pressed, from a number with a high-risk marker', () => {
  it('T-13, AS-16, C-21: is G1 before anything was asked, puts its questions for taps, and takes four acts', async () => {
    await using card = await playCard('E02', { upTo: seconds(14) });
    const { handler } = card;
    const { id, kind, matchedBy } = (await handler.sees()).markers[0] ?? {};
    expect([id, kind, matchedBy]).toEqual(['MK-0101', 'high-risk-domestic-abuse', ['same-number', 'place']]);
    expect(await handler.recommends(null, {})).toMatchObject({
      grade: 'G1',
      floor: { rule: 'high-risk-silent' },
    });
    expect(await handler.asks(null, {}, 3)).toEqual(['where', 'can-hear', 'in-danger']);
    expect(await handler.says(null, {})).toBe(
      'I have Old Tannery Row, Hemel Hempstead. Tap once if that is right, twice if not.',
    );

    const tap = { what: 'tap', means: 'yes', words: 'One tap: in danger' } as const;
    await handler.does(claim, grade('G1', 'Marker: silence means danger'), incident('PS-ABN'), {
      kind: 'hear',
      sound: tap,
    });
    expect((await handler.recommends(null, { 'in-danger': 'yes' })).reasons[0]).toMatchObject({
      rule: 'tapped-danger',
    });
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      incident: { ref: '2026-11-17/0001', category: 'PS-ABN' },
      heard: [{ what: 'tap', means: 'yes' }],
    });
    expect(handler.accepted).toEqual(['claim', 'grade', 'incident', 'hear']);
  });

  it('T-13: cannot be closed as an accident, neither ungraded nor graded low, and one handler cannot lower it', async () => {
    await using card = await playCard('E02');
    const { handler } = card;
    // The line ended before anybody had it, which is a duty to ring back (C-08); that it is not safe is said first.
    await handler.does(claim, attempt('no', 'none', 'not-rung', 'He answers her telephone'));
    const accident = close('no-reply', 'PS-ABN', 'Nobody spoke');
    const below = { code: 'below-floor', floor: 'G1' };
    expect(await handler.refused(accident)).toMatchObject({ missing: ['triage'] });
    await handler.does(await handler.look('abandoned', { accident: 'doubtful' }));
    expect(await handler.refused(accident)).toMatchObject(below);
    expect(await handler.refused(grade('G5', 'A pocket call'))).toMatchObject(below);

    // With a whole rationale it is asked for, and a team leader's word is needed; until then nothing is lower.
    await handler.does(grade('G1', 'Marker'), grade('G5', 'A pocket call', aRationale()));
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      asked: { grade: 'G5' },
      marks: { duties: ['agree', 're-thrive'] },
    });
    // Graded G1, that nobody spoke is no way round the risk either.
    expect(await handler.refused(accident)).toMatchObject({
      code: 'record-incomplete',
      missing: ['incident', 'crime', 'agree', 're-thrive'],
    });
    const contact = await card.contact();
    expect(await handler.refused(answerAsked(contact, true, 'I am sure'))).toMatchObject({ code: 'role' });
    const leader = await card.teamLeader();
    await leader.does(answerAsked(contact, false, 'Silence means danger here'));
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      asked: null,
      marks: { duties: ['re-thrive'] },
    });
  });

  it('AS-27, T-13, T-17: from an unknown number the same holds from the moment the place is agreed, and the risk is looked at again', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const contact = await rings(card, 'silent-1', { channel: '999-silent', number: '07700 900999' });
    const handler = card.handler.on({ contact });
    await handler.does(
      claim,
      await handler.look('abandoned', { accident: 'doubtful' }),
      grade('G4', 'Silent'),
    );
    expect((await handler.sees()).markers).toEqual([]);
    const agreed = (words: string, latitude: number): Act => ({
      kind: 'place',
      spot: { words, detail: '', point: { latitude, longitude: -0.4722 }, readBack: true },
    });
    // A street away nothing is on record.
    await handler.does(agreed('Midland Road, Hemel Hempstead', 51.7549));
    expect((await handler.sees()).markers).toEqual([]);
    await handler.does(agreed('Old Tannery Row, Hemel Hempstead', 51.7519));
    const { markers, marks, duties } = await handler.sees();
    expect(markers.map(({ id, matchedBy }) => [id, matchedBy])).toEqual([['MK-0101', ['place']]]);
    expect([marks.duties, duties[0]?.because]).toEqual([['re-thrive'], 'marker-found']);
    expect(await handler.recommends(null, {})).toMatchObject({ grade: 'G1' });
    expect(await handler.refused(grade('G5', 'A pocket call'))).toMatchObject({
      code: 'below-floor',
      floor: 'G1',
    });
    // A better place takes nothing away, and asks for no second look.
    await handler.does(
      await handler.look('abandoned', {}),
      agreed('Old Tannery Row, Hemel Hempstead', 51.75191),
    );
    expect((await handler.sees()).marks.duties).toEqual([]);
    expect((await handler.sees()).markers).toHaveLength(1);
  });

  it('AS-27: a house is found by its road and number alone, whatever else was typed of it, and not the house beside it', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const at = async (n: number, detail: string) => {
      const contact = await rings(card, `house-${n}`, { number: `07700 90090${n}` });
      const handler = card.handler.on({ contact });
      const spot = { words: 'Coldharbour Yard, Ware', detail, point: null, readBack: true };
      await handler.does(claim, { kind: 'place', spot });
      return (await handler.sees()).markers.map(({ id, matchedBy }) => [id, ...matchedBy]);
    };
    expect([await at(1, '12, top floor, round the back'), await at(2, '14, top floor')]).toEqual([
      [
        ['MK-0104', 'same-address'],
        ['MK-0105', 'same-address'],
      ],
      [],
    ]);
  });

  it('C-18, C-32, AS-20: a handset’s place that comes after the closing is kept, and brings the contact back where a marker stands', async () => {
    await using card = await playCard('E13', { upTo: seconds(10) });
    const told = (latitude: number, radiusMetres = 28) => ({
      kind: 'location',
      at: card.now(),
      location: { method: 'aml', latitude, longitude: -0.4722, radiusMetres },
    });
    const closed = async (callId: string) => {
      const contact = await rings(card, callId, { channel: '999-silent', number: '07700 900998' });
      const handler = card.handler.on({ contact });
      await handler.does(claim);
      await handler.does(
        await handler.look('abandoned', { accident: 'doubtful' }),
        attempt('yes', 'voice', 'no-answer', ''),
        close('no-reply', 'PS-ABN', 'Nobody answers'),
      );
      card.wait(18_000);
      return handler;
    };
    const safe = await closed('late-1');
    expect((await tells(card, 'contacts/late-1/updates', told(51.9), 'l1')).status).toBe(201);
    expect(await safe.sees()).toMatchObject({
      ownership: { kind: 'closed' },
      locations: [{ method: 'aml', radiusMetres: 28 }],
      duties: [],
    });

    // So wide a circle takes in strangers' addresses: it is kept, and nobody is brought back by it.
    const wide = await closed('late-3');
    expect((await tells(card, 'contacts/late-3/updates', told(51.7519, 5_000), 'l3')).status).toBe(201);
    expect(await wide.sees()).toMatchObject({
      ownership: { kind: 'closed' },
      markers: expect.arrayContaining([expect.objectContaining({ matchedBy: ['wide-place'] })]) as unknown,
    });

    const grave = await closed('late-2');
    expect((await tells(card, 'contacts/late-2/updates', told(51.7519), 'l2')).status).toBe(201);
    expect(await grave.sees()).toMatchObject({
      ownership: { kind: 'waiting' },
      closing: null,
      markers: [{ id: 'MK-0101', matchedBy: ['place'] }],
      duties: [{ kind: 're-thrive', because: 'marker-found', done: null }],
      marks: { duties: ['re-thrive'], markers: ['high-risk-domestic-abuse'] },
    });
    // Whoever takes it is held by the floor.
    await grave.does(claim);
    expect(await grave.refused(grade('G5', 'A pocket call'))).toMatchObject({ code: 'below-floor' });
  });

  it('C-20: is not rung where that is not safe; that nobody rang is on the record with the reason', async () => {
    await using card = await playCard('E02');
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(attempt('no', 'voice', 'no-answer', 'rang'))).toEqual({
      code: 'not-whole',
      field: 'safe',
    });
    expect(await handler.refused(attempt('not-known', 'voice', 'no-answer', ' '))).toEqual({
      code: 'text-missing',
    });
    await handler.does(attempt('no', 'none', 'not-rung', 'He answers her telephone'));
    expect((await card.contact()).attempts).toMatchObject([{ safe: 'no', way: 'none', result: 'not-rung' }]);
  });
});

describe('E03: a dropped call, a small child with the telephone', () => {
  const explained = { accident: 'explained', 'safe-now': 'yes', hurt: 'no', heard: 'child-playing' };

  it('C-08, C-20, T-11: one call-back, the question whether she talks freely, G5, closed: five acts', async () => {
    await using card = await playCard('E03');
    const { handler } = card;
    expect(await card.contact()).toMatchObject({ band: 'A', callBackDue: true, channelState: 'dropped' });
    await handler.does(
      claim,
      attempt('yes', 'voice', 'answered', 'Mother, child heard behind her, she talks freely'),
      await handler.look('abandoned', { ...explained, 'talk-freely': 'yes' }),
      grade('G5', 'An accident, explained freely'),
      close('advice', 'PS-ABN', 'Toddler with the telephone', {
        crime: notACrime('A child pressed the keys'),
      }),
    );
    expect(await card.contact()).toMatchObject({
      callBackDue: false,
      grade: 'G5',
      ownership: { kind: 'closed' },
      triage: [{ entry: { recommended: { grade: 'G5', because: ['plain-accident'] } } }],
    });
    expect(handler.accepted).toHaveLength(5);
  });

  it('T-11: is not recommended a low grade, however plausible, until she was asked whether she can talk freely', async () => {
    await using card = await playCard('E03');
    const { handler } = card;
    expect(await handler.recommends('abandoned', explained)).toMatchObject({
      grade: null,
      ask: ['talk-freely'],
    });
    expect((await handler.recommends('abandoned', { ...explained, 'talk-freely': 'no' })).grade).toBe('G1');
  });

  it('C-08, C-20, R-06: stays due until somebody answered; ringing asks whether it is safe; it ends with a whole record alone', async () => {
    await using card = await playCard('E03', { upTo: seconds(11) });
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(attempt('not-known', 'voice', 'no-answer', ''))).toEqual({
      code: 'text-missing',
    });
    await handler.does(attempt('yes', 'voice', 'no-answer', ''));
    expect((await card.contact()).callBackDue).toBe(true);
    const bare: Act = { kind: 'close', outcome: 'no-reply', reason: 'A child', record: null };
    expect(await handler.refused(bare)).toEqual({ code: 'record-incomplete', missing: ['record'] });
    expect(await handler.refused(close('advice', 'PS-ABN', 'A child', { callerTold: null }))).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'crime', 'caller-told'],
    });
    // The child presses the keys again: alive for a moment, and to be rung back once more.
    await handler.does(attempt('yes', 'voice', 'answered', 'Only the child, then cut off'));
    await card.goOn();
    expect(await card.contact()).toMatchObject({ channelState: 'dropped', callBackDue: true });
  });
});

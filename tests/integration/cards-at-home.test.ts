import { describe, expect, it } from 'vitest';
import { aRationale } from '../harness/builders.ts';
import {
  answerAsked,
  attempt,
  claim,
  close,
  crime,
  grade,
  incident,
  link,
  note,
  pass,
  place,
  recorded,
} from '../harness/card-acts.ts';
import { minutes, playCard, seconds } from '../harness/card.ts';

describe('E01: a partner is violent now, his hands were on her throat', () => {
  it('T-05, T-09, C-26, R-01: where and weapons first, strangled is G1, and the log is open with the second act', async () => {
    await using card = await playCard('E01', { upTo: seconds(17) });
    const { handler } = card;
    expect((await handler.sees()).markers).toMatchObject([{ kind: 'domestic-abuse' }]);
    expect(await handler.asks('domestic', {}, 4)).toEqual(['where', 'suspect-where', 'hurt', 'weapons']);
    await handler.does(claim, incident('PS-DOM'));
    expect((await card.contact()).incident?.ref).toBe('2026-11-21/0001');
    await card.goOn();
    await handler.does(
      place('Larkmere Close, Stevenage', 'upstairs at the back, children with her'),
      await handler.look('domestic', {
        strangled: 'yes',
        'suspect-where': 'here',
        children: 'yes',
        weapons: 'no',
      }),
      grade('G1', 'Strangled, he kicks the door'),
      note('“He had his hands round my neck, I couldn’t get any air.”'),
      pass(
        'Ambulance',
        'Larkmere Close, Stevenage: woman strangled, breathing, two children, attacker there',
      ),
      crime(recorded('Non-fatal strangulation', 'PS-VIO')),
    );
    const { grade: given, triage, spots, crime: decided } = await card.contact();
    expect(triage[0]?.entry.recommended).toMatchObject({
      grade: 'G1',
      because: expect.arrayContaining(['strangulation']) as string[],
    });
    expect([given, spots[0]?.readBack, decided?.ref]).toEqual(['G1', true, '41/1/26']);
    expect(handler.accepted).toHaveLength(8);
  });

  it('T-15, C-29, R-06: is lowered by nobody alone, nor closed without risk, crime and word to her', async () => {
    await using card = await playCard('E01');
    const { handler } = card;
    await handler.does(claim, grade('G1', 'Violence now'));
    expect(await handler.refused(grade('G4', 'She says he has gone'))).toMatchObject({
      code: 'rationale-missing',
    });
    await handler.does(grade('G4', 'She says he has gone', aRationale()));
    expect(await card.contact()).toMatchObject({ grade: 'G1', marks: { duties: ['agree', 're-thrive'] } });
    const leader = await card.teamLeader();
    await leader.does(answerAsked(await card.contact(), false, 'He may still be there'));
    expect(await handler.refused(close('resolved', 'PS-DOM', 'Attended', { callerTold: null }))).toEqual({
      code: 'record-incomplete',
      missing: ['triage', 'incident', 'crime', 'caller-told', 're-thrive'],
    });
  });
});

describe('E18: intruders downstairs, the caller whispers', () => {
  it('T-09, TE-02, C-25, AS-11: G1 by what it is; the lost line and her silent second call are shown, safe to ring is asked', async () => {
    await using card = await playCard('E18', { upTo: minutes(2) });
    const { handler } = card;
    expect(await handler.recommends('burglary-now', {})).toMatchObject({
      grade: 'G1',
      reasons: [{ rule: 'intruder-now' }],
    });
    expect(await handler.asks('burglary-now', {}, 2)).toEqual(['where', 'inside-with']);
    await handler.does(
      claim,
      place('Tinkers Row, Berkhamsted', 'number 3, she is upstairs'),
      await handler.look('burglary-now', { 'inside-with': 'yes', 'code-word': '=blue kettle' }),
      grade('G1', 'Two men downstairs'),
      incident('CR-BDW'),
    );
    await card.goOn();
    expect(await card.contact()).toMatchObject({
      channelState: 'dropped',
      callBackDue: true,
      duties: [{ kind: 're-thrive', because: 'line-dropped', done: null }],
    });
    const again = handler.on({ n: 2 });
    const first = await card.id();
    expect((await again.related()).suggestions[0]).toMatchObject({
      summary: { id: first },
      kinds: expect.arrayContaining(['same-caller']) as string[],
    });
    expect(await again.says(null, {})).toMatch(/Tap once if that is right/);
    await again.does(claim, link(first, 'same-caller', 'Silent now, a stair creaks'));
    await handler.does(
      attempt('no', 'text', 'no-answer', 'A bell would give her away'),
      await handler.look('burglary-now', {}),
    );
    expect((await card.contact()).marks.duties).toEqual([]);
  });

  it('C-20, C-25, T-13: nobody rings aloud where it is not safe, and nothing is closed on a line that was lost', async () => {
    await using card = await playCard('E18', { upTo: minutes(2) });
    const { handler } = card;
    await handler.does(
      claim,
      await handler.look('burglary-now', { 'inside-with': 'yes' }),
      grade('G1', 'Inside'),
    );
    await card.goOn();
    expect(await handler.refused(attempt('no', 'voice', 'answered', 'rang'))).toEqual({
      code: 'not-whole',
      field: 'safe',
    });
    const unreached = close('no-reply', 'PS-ABN', 'No answer');
    expect(await handler.refused(unreached)).toEqual({
      code: 'record-incomplete',
      missing: ['outcome', 'incident', 'crime', 're-thrive'],
    });
    // What was tried is on record; she was in danger when the line went, so that a crime is still to be decided about.
    await handler.does(attempt('no', 'none', 'not-rung', 'A bell would give her away'));
    expect(await handler.refused(unreached)).toMatchObject({ missing: ['incident', 'crime', 're-thrive'] });
  });
});

describe('E21: an emergency text of a deaf person, and the same text again', () => {
  it('TE-06, C-17, AS-16, AS-17: one contact with both texts, its markers, a knife is G1, answered by relay: six acts', async () => {
    await using card = await playCard('E21');
    const { handler } = card;
    const { account, messages, markers } = await handler.sees();
    expect([(await card.all()).length, messages.map(({ text }) => text)]).toEqual([1, [account]]);
    expect(markers.map(({ kind }) => kind)).toEqual(['communication-need', 'officer-safety']);
    await handler.does(
      claim,
      place('Coldharbour Yard, Ware', 'number 12, she is in the bathroom and cannot hear the bell'),
      await handler.look('weapons', { weapons: 'yes', 'weapon-kind': 'knife', 'suspect-where': 'here' }),
      grade('G1', 'A knife in the kitchen'),
      incident('PS-FIR'),
      attempt('no', 'relay', 'answered', 'Text by relay: police are coming, flashing light at the door'),
    );
    const { triage, grade: given, attempts } = await card.contact();
    expect(triage[0]?.entry.recommended?.because).toContain('dangerous-weapon');
    expect([given, attempts[0]?.way]).toEqual(['G1', 'relay']);
  });

  it('C-20, R-06: is not answered by voice, and cannot be closed as a duplicate of itself or of nothing', async () => {
    await using card = await playCard('E21');
    const { handler } = card;
    await handler.does(claim);
    expect(await handler.refused(attempt('no', 'voice', 'no-answer', 'deaf'))).toEqual({
      code: 'not-whole',
      field: 'safe',
    });
    const itself = close('duplicate', 'AD-DUP', 'Same text', { parent: await card.id() });
    const missing = { code: 'record-incomplete', missing: ['parent'] };
    expect(await handler.refused(itself)).toEqual(missing);
    expect(await handler.refused(close('duplicate', 'AD-DUP', 'Same text'))).toEqual(missing);
  });
});

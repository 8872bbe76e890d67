import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/shared/domain/command.ts';
import { emptyEntry } from '../../src/shared/domain/triage/entry.ts';
import { emptyFacts, emptyThrive, type Thrive } from '../../src/shared/domain/triage/thrive.ts';
import { claim, close, grade, incident, notACrime } from '../harness/card-acts.ts';
import { playCard, seconds } from '../harness/card.ts';

/** The easiest way out of any contact: not for the police, in a category that seems to fit, and nobody is told. */
const wayOut = (category: string) =>
  close('not-police', category, 'Nothing for us', { callerTold: { kind: 'not-needed', words: '' } });

describe('the easiest way out', () => {
  it.each([
    ['E01', 'PS-DOM'],
    ['E07', 'PS-MIS'],
    ['E15', 'PS-CIV'],
    ['E18', 'AD-MSG'],
    ['E23', 'PS-MIS'],
  ])('R-12, R-06: does not end %s unread', async (name, category) => {
    await using card = await playCard(name, { upTo: seconds(40) });
    await card.handler.does(claim);
    const refusal = await card.handler.refused(wayOut(category));
    expect(refusal).toMatchObject({
      code: 'record-incomplete',
      missing: expect.arrayContaining(['triage', 'caller-told']) as string[],
    });
    expect((await card.contact()).ownership.kind).toBe('owned');
  });

  it('R-13: does not end a strangulation as a message, however it is said to have ended', async () => {
    await using card = await playCard('E01', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(
      claim,
      await handler.look('domestic', { strangled: 'yes' }),
      grade('G1', 'His hands were on her throat'),
      incident('PS-DOM'),
    );
    for (const outcome of ['not-police', 'advice', 'no-reply', 'resolved'] as const)
      expect(await handler.refused(close(outcome, 'AD-MSG', 'A message'))).toMatchObject({
        missing: expect.arrayContaining(['crime']) as string[],
      });
  });

  it('R-13: decides about a fraud that goes to the national service', async () => {
    await using card = await playCard('E15', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(claim, await handler.look('fraud', { hurt: 'no' }));
    expect(await handler.refused(close('not-police', 'PS-CIV', 'Sent to Report Fraud'))).toMatchObject({
      missing: expect.arrayContaining(['crime']) as string[],
    });
  });
});

describe('R-27: nobody sent, and nobody has said what it is about', () => {
  const advice = close('advice', 'PS-DOM', 'Advice given', { crime: notACrime('She would not say') });
  const looked = (thrive: Partial<Thrive>): Act => ({
    kind: 'triage',
    entry: { ...emptyEntry, thrive: { ...emptyThrive, ...thrive } },
  });
  const none = { kind: 'none' } as const;

  it.each(['E01', 'E18'])(
    'R-27: %s does not end as advice on one letter of THRIVE by one person, and what is missing is named',
    async (name) => {
      await using card = await playCard(name, { upTo: seconds(40) });
      const { handler } = card;
      await handler.does(claim, looked({ threat: none }));
      expect(await handler.refused(advice)).toEqual({ code: 'record-incomplete', missing: ['look'] });
      // Something is found: its questions are asked, or a second person is.
      const text = 'he is at the door';
      await handler.does(looked({ threat: { kind: 'found', text, facts: emptyFacts.threat } }));
      expect(await handler.refused(advice)).toEqual({ code: 'record-incomplete', missing: ['look'] });
      expect((await card.contact()).ownership.kind).toBe('owned');
    },
  );

  it.each<[string, Partial<Thrive>]>([
    ['E18', { threat: none, harm: none, risk: none, vulnerability: none }],
    ['E13', { threat: none }],
  ])(
    'R-27: %s ends as advice once what says danger was weighed, and at once where nothing says it',
    async (name, thrive) => {
      await using card = await playCard(name, { upTo: seconds(40) });
      await card.handler.does(claim, looked(thrive), advice);
      expect((await card.contact()).ownership.kind).toBe('closed');
    },
  );
});

describe('E12: a caller with an agreed plan', () => {
  it('R-20, T-26: is asked what is different today before a low grade, and before the contact closes', async () => {
    await using card = await playCard('E12', { upTo: seconds(40) });
    const { handler } = card;
    await handler.does(claim, await handler.look('concern', { hurt: 'no' }));
    expect((await handler.sees()).plan).not.toBeNull();
    const low = { kind: 'grade', grade: 'G5', reason: 'The eviction again' } as const;
    expect(await handler.refused(low)).toEqual({ code: 'plan-unasked', plan: 'PL-0417' });
    expect((await card.contact()).grade).toBeNull();
    const ended = close('advice', 'PS-CFS', 'By the plan', { crime: notACrime('Nothing happened') });
    expect(await handler.refused(ended)).toMatchObject({
      missing: expect.arrayContaining(['different']) as string[],
    });
    await handler.does(
      await handler.look('concern', { hurt: 'no' }, { different: 'Nothing: she is alone again' }),
    );
    await handler.does(low, ended);
    expect((await card.contact()).ownership.kind).toBe('closed');
  });
});

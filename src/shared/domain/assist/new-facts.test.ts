import { describe, expect, it } from 'vitest';
import { contactsOfCard, shippedLinking, shippedRiskWords } from '../../../../tests/harness/assist-data.ts';
import { answersFrom, questionPolicy } from '../../../../tests/harness/triage-policy.ts';
import { anActor } from '../../../../tests/harness/builders.ts';
import { asCommandId } from '../ids.ts';
import { asInstant } from '../time.ts';
import { emptyEntry } from '../triage/entry.ts';
import { must } from '../../lib/assert.ts';
import { compileLinking } from './link-traits.ts';
import { factsSince, newFacts, type FactSource } from './new-facts.ts';
import { compileRiskWords, wordsOfPublic } from './risk-words.ts';

const ready = { riskWords: compileRiskWords(shippedRiskWords()), linking: compileLinking(shippedLinking()) };
const one = (card: string): FactSource => must(contactsOfCard(card)[0], card);
const [e04, e05, e06] = [one('E04'), one('E05'), one('E06')];
const facts = (child: FactSource, parent: FactSource): Record<string, string[]> =>
  Object.fromEntries(
    newFacts(child, parent, ready).map(({ code, words }) => [
      code,
      words.map(({ text, from, to }) => (wordsOfPublic(child)[text] ?? '').slice(from, to)),
    ]),
  );
const saying = (account: string, over: Partial<FactSource> = {}): FactSource => ({
  ...e04,
  account,
  locations: [],
  place: null,
  ...over,
});

describe('what a linked contact brings', () => {
  it('AS-14: E05 brings blood and the other carriageway', () => {
    expect(facts(e05, e04)).toEqual({ injury: ['blood'], 'direction-conflict': ['away from Hertford'] });
  });

  it('AS-14: E06 brings somebody who is leaving, and what he is like', () => {
    expect(facts(e06, e04)).toEqual({ leaving: ['walked off'], suspect: ['reeked of drink', 'hoodie'] });
  });

  it('AS-14: the same words bring nothing new', () => {
    expect(facts(e04, e04)).toEqual({});
    expect(facts(saying('He has a knife.'), saying('A man with a knife!'))).toEqual({});
  });

  it('AS-14: in doubt it is new: said in other words, and said not to be so', () => {
    expect(facts(saying('He has a machete.'), saying('He has a knife.'))).toEqual({ weapon: ['machete'] });
    expect(facts(saying('Nobody is hurt.'), saying('A crash.'))).toEqual({ injury: ['hurt'] });
  });

  it('AS-14: petrol is said to be petrol, spilt or a weapon, and never nothing; what is thrown or carried as one is a weapon', () => {
    const crash = saying('Two cars have crashed.');
    expect(facts(saying('There is petrol all over the road, Ware Road.'), crash)).toEqual({
      fuel: ['petrol'],
    });
    expect(facts(saying('He stands there with petrol and a lighter.'), crash)).toMatchObject({
      fuel: ['petrol'],
    });
    expect(facts(saying('They threw a petrol bomb.'), crash)).toMatchObject({ weapon: ['petrol bomb'] });
  });

  it('C-34: later only what neither the parent nor the child had told is new, whoever wrote it', () => {
    const note = (text: string) => ({
      notes: [{ id: asCommandId('n'), text, by: anActor(), at: asInstant(0), happenedAt: null, late: false }],
    });
    const calm = saying('A crash.');
    const armed = saying('A crash.', note('a knife'));
    expect([
      factsSince(calm, armed, calm, ready),
      factsSince(armed, { ...armed, account: 'A crash. He has a knife.' }, calm, ready),
      factsSince(armed, { ...armed, account: 'A crash. He has a gun.' }, calm, ready),
      factsSince(calm, armed, saying('He has a knife.'), ready),
      factsSince(e05, e05, e04, ready),
      factsSince(calm, { ...calm, language: 'pl' }, calm, ready),
    ]).toEqual([['weapon'], [], ['weapon'], [], [], ['other-language']]);
  });

  it('AS-14: what is lifted for any reason is danger', () => {
    expect(facts(saying('They are robbing the shop.'), saying('A crash.'))).toEqual({
      danger: ['They are robbing', 'robbing'],
    });
  });

  it('AS-15: opposite ways contradict each other, one way does not', () => {
    const ways = (child: string, parent: string): string[] =>
      Object.keys(facts(saying(child), saying(parent)));
    expect(ways('Going towards Ware.', 'It is heading out of Ware.')).toEqual(['direction-conflict']);
    expect(ways('On the northbound side', 'southbound')).toEqual(['direction-conflict']);
    expect(ways('clockwise', 'anti-clockwise')).toEqual(['direction-conflict']);
    expect(ways('Going towards Ware.', 'Towards Ware.')).toEqual([]);
    expect(ways('He got out of the van.', 'Towards the van.')).toEqual([]);
  });

  it('AS-15: another road, or a place that cannot be the same, is told', () => {
    expect(facts(saying('On the A10.'), saying('On the A414.'))).toEqual({ 'other-place': [] });
    const located = (latitude: number) => [
      { ...must(e04.locations[0], 'a location'), latitude, radiusMetres: 20 },
    ];
    const far = saying('Here.', { locations: located(51.9) });
    expect(facts(far, saying('Here.', { locations: located(51.91) }))).toEqual({ 'other-place': [] });
    expect(facts(far, saying('Here.', { locations: located(51.9001) }))).toEqual({});
  });

  it('AS-14: what is in another language may say anything', () => {
    expect(facts(saying('Wypadek.', { language: 'pl' }), saying('A crash.'))).toEqual({
      'other-language': [],
    });
    expect(facts(saying('A crash.', { language: 'en-GB' }), saying('A crash.'))).toEqual({});
  });

  const done = { id: asCommandId('c'), by: anActor(), at: asInstant(0) };
  const noting = (text: string): Partial<FactSource> => ({
    notes: [{ ...done, text, happenedAt: null, late: false }],
  });
  const answering = (answers: Readonly<Record<string, string>>): Partial<FactSource> => ({
    triage: [{ ...done, entry: { ...emptyEntry, answers: answersFrom(answers) } }],
  });
  const codes = (child: FactSource, parent: FactSource): string[] =>
    newFacts(child, parent, { ...ready, questions: questionPolicy })
      .map(({ code }) => code)
      .toSorted();
  const crash = saying('A crash.');

  it('AS-14: what the child’s handler noted is new, wherever the caller only spoke', () => {
    const noted = saying('', noting('Woman unconscious, bleeding, man with a knife'));
    expect(codes(noted, crash)).toEqual(expect.arrayContaining(['injury', 'weapon']));
    expect(facts(noted, crash)).toMatchObject({ injury: [], weapon: [] });
    expect(codes(saying('', noting('All calm here')), crash)).toEqual([]);
  });

  it('AS-14: an answer that means danger is new, in the words of its question, unless the parent has the same', () => {
    const hurt = saying('', answering({ hurt: 'yes', 'hurt-badly': 'yes' }));
    expect(codes(hurt, crash)).toEqual(['injury']);
    expect(codes(hurt, saying('A crash.', answering({ hurt: 'yes' })))).toEqual(['injury']);
    expect(codes(hurt, saying('A crash.', answering({ hurt: 'yes', 'hurt-badly': 'yes' })))).toEqual([]);
    expect(codes(saying('', answering({ hurt: 'no', weapons: 'not-known' })), crash)).toEqual([]);
    expect(codes(saying('', answering({ weapons: 'yes', 'weapon-kind': 'knife' })), crash)).toEqual([
      'weapon',
    ]);
    expect(codes(saying('', answering({ 'safe-now': 'no' })), crash)).toEqual(['danger']);
  });

  it('AS-14: typed answers are read like notes, and a direction in them can contradict', () => {
    expect(codes(saying('', answering({ description: '=blood on his sleeve' })), crash)).toContain('injury');
    const away = saying('', answering({ direction: '=away from Ware' }));
    expect(codes(away, saying('Heading towards Ware.'))).toContain('direction-conflict');
  });
});

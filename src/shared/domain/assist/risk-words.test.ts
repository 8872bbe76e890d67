import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactsOfCard, shippedRiskWords } from '../../../../tests/harness/assist-data.ts';
import type { RiskWordsPolicy } from '../policy/risk-words.ts';
import {
  compileRiskWords,
  findAndCount,
  findRiskWords,
  findRiskWordsInRun,
  holdsOutbound,
  strongestLift,
  wordsOfPublic,
} from './risk-words.ts';
import { wordsIn } from './words.ts';

const policy = shippedRiskWords();
const shipped = compileRiskWords(policy);
const cut = (text: string): string[] =>
  findRiskWords(shipped, text).map(({ from, to, group }) => `${group}: ${text.slice(from, to)}`);
const groupsIn = (text: string): string[] => [
  ...new Set(findRiskWords(shipped, text).map(({ group }) => group)),
];

/** Words of the policy's own phrases, words that say no, and others, in many spellings. */
const someWords = fc.constantFrom(
  ...policy.languages.flatMap(({ phrases }) =>
    Object.values(phrases).flatMap((list) =>
      list.flatMap((phrase) => phrase.replace(/\*/g, '').split(/[ |]+/)),
    ),
  ),
  ...policy.negations,
  'the',
  'a',
  'KNIFE',
  'Can’t',
  '救命',
  '😀',
  '…',
);
const someText = fc
  .array(fc.tuple(someWords, fc.constantFrom(' ', ', ', '. ', '\n', ' - ')), { maxLength: 30 })
  .map((words) => words.flat().join(''));
const anyText = fc.oneof(someText, fc.string({ unit: 'binary', maxLength: 200 }));

describe('risk words', () => {
  it.each([
    ['I CAN’T BREATHE', ['body: CAN’T BREATHE']],
    ['i cant really breathe', ['body: cant really breathe']],
    ['can not breath', ['body: can not breath', 'body: not breath']],
    ['cant do it any more', ['suicide: cant do it any more']],
    ["I can't do it anymore!!", ["suicide: can't do it anymore"]],
    ['he’s  outside', ['happening-now: he’s  outside', 'perhaps-now: outside']],
    ['the blade’s in his hand', ['weapon: blade’s']],
    ['a knííífe', ['weapon: knííífe']],
    ['he has a KN1FE', ['weapon: KN1FE']],
    ['he is going to k1ll me, h3lp', ['violence: k1ll me', 'perhaps-now: h3lp']],
    ['on the 3rd, from G4S, by the M11 at SG13', []],
    ['kni\u00adfe, kn\u200bife', ['weapon: kni\u00adfe', 'weapon: kn\u200bife']],
    ['il a une arme', ['weapon: a une arme']],
    ['nie mam noża', ['weapon: noża']],
    ['he says i shamed our family', ['control: shamed our family']],
    ['it is sextortion', ['sexual: sextortion']],
    ['it is an honour to write', []],
    ['он взял нож.', ['weapon: нож']],
    ['请救命他有刀', ['happening-now: 救命', 'weapon: 刀']],
    ['ਉਸ ਕੋਲ ਚਾਕੂ ਹੈ', ['weapon: ਚਾਕੂ']],
  ])('AS-01: “%s” is found as it was written', (text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('AS-01: a word inside another word is not found', () => {
    expect(cut('a gunner, gunpowder, begun; the knifemaker; begging')).toEqual([]);
  });

  it('AS-01: what is highlighted is the very words, cut out of the text as written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const { from, to, group, phrase } of findRiskWords(shipped, text)) {
          expect(0 <= from && from < to && to <= text.length).toBe(true);
          // The words that were cut out are the phrase by themselves.
          const again = findRiskWords(shipped, text.slice(from, to));
          expect(again).toContainEqual({ from: 0, to: to - from, group, phrase, lift: expect.any(String) });
        }
      }),
    );
  });

  it('AS-02: every language is looked for in every text, and each phrase of the policy finds itself', () => {
    for (const { language, phrases } of policy.languages) {
      for (const [group, list] of Object.entries(phrases)) {
        for (const phrase of list) {
          const said = phrase.replace(/\*/g, '').replace(/\|\S+/g, '');
          expect({ language, said, found: groupsIn(said).includes(group) }).toEqual({
            language,
            said,
            found: true,
          });
        }
      }
    }
  });

  it('AS-02: whoever has not been found to read a list through is said so in it', () => {
    const read = policy.languages.filter(({ checkedBy }) => checkedBy !== 'unchecked by a speaker');
    expect(read.map(({ language }) => language)).toEqual(['en']);
    expect(policy.languages.map(({ language }) => language).sort()).toEqual(
      'ar bg bn de en es fa fr hu it lt pa pl pt ro ru sk so sq tr uk ur zh'.split(' '),
    );
  });

  it.each([
    ['he does not have a knife', 'weapon'],
    ['no knife, no gun', 'weapon'],
    ['she is not not not really not unconscious', 'body'],
    ['nikt nie krwawi', 'body'],
    ['I would never end it', 'suicide'],
  ])('AS-03: saying no hides nothing: “%s”', (text, group) => {
    expect(groupsIn(text)).toContain(group);
  });

  it('AS-03: a word that says no, put anywhere into a text, takes no risk word away', () => {
    const negations = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...policy.negations)), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(someText, negations, (text, inserted) => {
        const starts = wordsIn(text).map(({ from }) => from);
        const places = inserted.flatMap(([place, negation]) => {
          const at = starts[place % Math.max(1, starts.length)];
          return at === undefined ? [] : [{ at, negation: ` ${negation} ` }];
        });
        const before = (end: number): string =>
          places.reduceRight(
            (denied, { at, negation }) =>
              at < end ? `${denied.slice(0, at)}${negation}${denied.slice(at)}` : denied,
            text.slice(0, end),
          );
        places.sort((a, b) => a.at - b.at);
        const ends = new Set(
          findRiskWords(shipped, before(text.length)).map(({ group, to }) => `${group} ${to}`),
        );
        for (const { group, to } of findRiskWords(shipped, text))
          expect(ends).toContain(`${group} ${before(to).length}`);
      }),
    );
  });

  it('AS-03: what is added before or after takes no risk word away', () => {
    fc.assert(
      fc.property(someText, anyText, anyText, (text, before, after) => {
        const whole = findRiskWords(shipped, `${before}\n${text}\n${after}`);
        const moved = before.length + 1;
        for (const hit of findRiskWords(shipped, text))
          expect(whole).toContainEqual({ ...hit, from: hit.from + moved, to: hit.to + moved });
      }),
    );
  });

  it('AS-04: that nothing was found means nothing; the strongest of what was found is what is asked for', () => {
    expect(strongestLift([])).toBeNull();
    expect(strongestLift(findRiskWords(shipped, 'what now'))).toBe('highlight');
    expect(strongestLift(findRiskWords(shipped, 'he has my passport now'))).toBe('look-first');
    expect(strongestLift(findRiskWords(shipped, 'he has my passport and a knife'))).toBe('emergency');
  });

  it('AS-04: “do not ring me” holds everything outbound, in other languages too', () => {
    const held = (text: string): boolean => holdsOutbound(shipped, findRiskWords(shipped, text));
    expect(['please dont ring me', 'Proszę nie dzwonić', 'no me llame', 'please ring me'].map(held)).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('AS-05: a phrase that is split over several messages is found, each piece in its own message', () => {
    const messages = ['hes got his hands', 'round', 'my neck'];
    const [hit] = findRiskWordsInRun(shipped, messages).filter(({ group }) => group === 'body');
    expect(hit?.pieces.map(({ text, from, to }) => messages[text]?.slice(from, to))).toEqual([
      'hands',
      'round',
      'my neck',
    ]);
    expect(findRiskWordsInRun(shipped, ['he has a', 'knife'])).toMatchObject([
      { group: 'weapon', pieces: [{ text: 1, from: 0, to: 5 }] },
    ]);
  });

  it('AS-05: split over messages at any words, a text has the risk words it had in one', () => {
    fc.assert(
      fc.property(someText, fc.array(fc.nat(), { maxLength: 5 }), (text, places) => {
        const starts = wordsIn(text).map(({ from }) => from);
        const cuts = places.flatMap((place) => starts[place % Math.max(1, starts.length)] ?? []);
        const ends = [...new Set([0, ...cuts, text.length])].sort((a, b) => a - b);
        const messages = ends.slice(1).map((end, n) => text.slice(ends[n], end));
        const names = (texts: readonly string[]): string[] =>
          findRiskWordsInRun(shipped, texts).map(({ group, phrase }) => `${group} ${phrase}`);
        expect(names(messages)).toEqual(names([text]));
      }),
    );
  });

  it('AS-05: the assistant’s words are not the person’s', () => {
    const message = { key: 'm', language: null, at: 0 as never };
    const contact = {
      account: 'he has',
      messages: [
        { ...message, from: 'assistant' as const, text: 'Does he have a gun?' },
        { ...message, from: 'public' as const, text: 'a knife' },
      ],
    };
    expect(wordsOfPublic(contact)).toEqual(['he has', 'a knife']);
  });

  it.each([
    ['one long word', (n: number) => 'a'.repeat(n)],
    ['one long word of marks', (n: number) => `e${'\u0301'.repeat(n)}`],
    ['the beginning of a phrase again and again', (n: number) => 'hands round my '.repeat(n / 15)],
    ['the commonest words of the policy', (n: number) => 'my the his i me us her on in '.repeat(n / 29)],
    ['words that say no', (n: number) => `he has ${'not '.repeat(n / 4)} knife`],
    ['a hit in every word', (n: number) => 'knife '.repeat(n / 6)],
    ['Chinese characters', (n: number) => '不要打电话'.repeat(n / 5)],
    ['apostrophes', (n: number) => "l'".repeat(n / 2)],
  ])('AS-07: the work grows with the length of a hostile text and no faster: %s', (_, make) => {
    const [short, long] = [50_000, 100_000].map((n) => findAndCount(shipped, [make(n)]).steps);
    expect(long).toBeLessThanOrEqual((short ?? 0) * 2.1 + 100);
    // Per letter: the policy's uses of one word at most.
    expect(long).toBeLessThanOrEqual(100_000 * 60);
  });
});

describe('the contact cards', () => {
  const lift = (card: string): string | null =>
    strongestLift(
      contactsOfCard(card).flatMap((contact) => findRiskWordsInRun(shipped, wordsOfPublic(contact))),
    );

  it.each([
    ['E01', 'emergency'],
    ['E04', 'emergency'],
    ['E05', 'emergency'],
    ['E06', 'look-first'],
    ['E07', 'look-first'],
    ['E08', 'emergency'],
    ['E09', 'emergency'],
    ['E10', 'look-first'],
    ['E12', 'emergency'],
    ['E13', 'look-first'],
    ['E15', 'emergency'],
    ['E16', 'look-first'],
    ['E18', 'emergency'],
    ['E20', 'emergency'],
    ['E21', 'emergency'],
    ['E22', 'look-first'],
    ['E23', 'look-first'],
    ['E24', 'emergency'],
    ['E25', 'emergency'],
  ])('AS-08: %s asks for %s', (card, expected) => {
    expect(lift(card)).toBe(expected);
  });

  it.each(['E02', 'E03', 'E11', 'E14', 'E17', 'E19'])(
    'AS-08: %s has no word that lifts it: it is the marker, the line or the handler that tells',
    (card) => {
      expect([null, 'highlight']).toContain(lift(card));
    },
  );

  it('AS-08: E09 is lifted by the Polish words themselves, before anybody translated them', () => {
    const [contact] = contactsOfCard('E09');
    const [account = ''] = contact === undefined ? [] : wordsOfPublic(contact);
    expect(new Set(findRiskWords(shipped, account).map(({ group }) => group))).toEqual(
      new Set(['exploitation', 'control']),
    );
  });

  it('AS-08: E12 is lifted at its last contact only', () => {
    const lifts = contactsOfCard('E12').map((contact) =>
      strongestLift(findRiskWordsInRun(shipped, wordsOfPublic(contact))),
    );
    expect(lifts.slice(0, -1).filter((one) => one === 'emergency' || one === 'look-first')).toEqual([]);
    expect(lifts.at(-1)).toBe('emergency');
  });

  it('AS-08: no word of another language is found in the English of the cards', () => {
    const english = new Set(
      Object.values(policy.languages.find(({ language }) => language === 'en')?.phrases ?? {}).flat(),
    );
    const cards = Array.from({ length: 25 }, (_, n) => `E${String(n + 1).padStart(2, '0')}`);
    const contacts = cards.filter((card) => card !== 'E09').flatMap((card) => contactsOfCard(card));
    const found = contacts.flatMap((contact) => findRiskWordsInRun(shipped, wordsOfPublic(contact)));
    expect(found.filter(({ phrase }) => !english.has(phrase))).toEqual([]);
  });
});

describe('a policy of risk words', () => {
  it('AS-06: a phrase that cannot be used is refused with a reason', () => {
    const bad: RiskWordsPolicy = {
      ...policy,
      languages: [{ language: 'en', name: 'English', checkedBy: 'x', phrases: { weapon: ['kn*fe'] } }],
    };
    expect(() => compileRiskWords(bad)).toThrow('has a star that is not at the end of a word');
  });
});

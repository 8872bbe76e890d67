/** What people write and say in place of the words that they mean. */
const inFull: Readonly<Record<string, string>> = {
  u: 'you',
  r: 'are',
  ur: 'your',
  pls: 'please',
  plz: 'please',
  im: 'i am',
  ive: 'i have',
  ill: 'i will',
  id: 'i would',
  whats: 'what is',
  wheres: 'where is',
  whos: 'who is',
  whens: 'when is',
  hows: 'how is',
  hes: 'he is',
  shes: 'she is',
  theyre: 'they are',
  dont: 'do not',
  doesnt: 'does not',
  didnt: 'did not',
  isnt: 'is not',
  arent: 'are not',
  cant: 'can not',
  cannot: 'can not',
  wont: 'will not',
  wouldnt: 'would not',
  couldnt: 'could not',
  shouldnt: 'should not',
  havent: 'have not',
  hasnt: 'has not',
  wasnt: 'was not',
  werent: 'were not',
  youre: 'you are',
  youve: 'you have',
  youll: 'you will',
  theres: 'there is',
  thats: 'that is',
  lets: 'let us',
  ok: 'okay',
  its: 'it is',
  weve: 'we have',
  were: 'were',
  alright: 'all right',
  anybody: 'anyone',
  somebody: 'someone',
  nobody: 'noone',
  everybody: 'everyone',
  phone: 'ring',
  telephone: 'ring',
  call: 'ring',
  calling: 'ring',
  called: 'ring',
  calls: 'ring',
  rang: 'ring',
  kids: 'children',
  kid: 'child',
  mobile: 'ring',
  lad: 'man',
  bloke: 'man',
  guy: 'man',
  car: 'vehicle',
  van: 'vehicle',
  cars: 'vehicle',
  officers: 'police',
  officer: 'police',
  cop: 'police',
  cops: 'police',
  frightened: 'scared',
  afraid: 'scared',
  injured: 'hurt',
  home: 'house',
  flat: 'house',
  tablets: 'pills',
  approximately: 'roughly',
};

/** Who it is about changes nothing of what is asked. */
const people: Readonly<Record<string, string>> = {
  she: 'he',
  they: 'he',
  her: 'him',
  them: 'him',
  his: 'him',
  their: 'him',
  hers: 'him',
  theirs: 'him',
  husband: 'he',
  wife: 'he',
  partner: 'he',
  ex: 'he',
  boyfriend: 'he',
  girlfriend: 'he',
  brother: 'he',
  sister: 'he',
  mum: 'he',
  mother: 'he',
  dad: 'he',
  father: 'he',
  son: 'he',
  daughter: 'he',
  suspect: 'he',
  man: 'he',
  men: 'he',
  woman: 'he',
  intruder: 'he',
  intruders: 'he',
  boss: 'he',
};

/** So common that a question is none the more like another for them. */
const empty = new Set([
  'please',
  'okay',
  'just',
  'so',
  'well',
  'now',
  'then',
  'the',
  'a',
  'an',
  'to',
  'of',
  'for',
  'me',
  'right',
  'thanks',
  'at',
  'all',
  'and',
]);

/** A sentence as words that can be compared: in full, without who it is about, without endings. */
export function spokenWords(text: string): readonly string[] {
  const plain = text.toLowerCase().replace(/[’']/g, "'").normalize('NFKD').replace(/\p{M}/gu, '');
  return [...plain.matchAll(/[a-z0-9]+(?:'[a-z]+)?/g)]
    .flatMap(([word]) => unfold(word).split(' '))
    .filter((word) => !empty.has(word))
    .map((word) => people[word] ?? stem(word));
}

function unfold(word: string): string {
  const bare = word.replace("'", '');
  const known = inFull[bare];
  if (known !== undefined) return known;
  const [stemmed = '', after] = word.split("'");
  return after === 's' ? stemmed : bare;
}

/** Only the endings that questions differ by. */
function stem(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return undoubled(word.slice(0, -3));
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && word.endsWith('ed')) return undoubled(word.slice(0, -2));
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word.length > 4 && word.endsWith('e') ? word.slice(0, -1) : word;
}

const undoubled = (word: string): string => word.replace(/([bdgmnprt])\1$/, '$1').replace(/e$/, '');

/** The sentences of something said, each to be understood by itself. */
export const sentencesOf = (text: string): readonly string[] =>
  text
    .split(/(?<=[.?!])\s+|\n+/)
    .map((part) => part.trim())
    .filter((part) => /[a-z0-9]/i.test(part));

/** `are you (hurt|injured)` stands for each of its ways; an empty one leaves the place out. */
export function waysOf(phrase: string): readonly string[] {
  const open = phrase.indexOf('(');
  const close = phrase.indexOf(')', open);
  if (open < 0 || close < 0) return [phrase];
  const rest = waysOf(phrase.slice(close + 1));
  const choices = phrase.slice(open + 1, close).split('|');
  return choices.flatMap((choice) => rest.map((end) => `${phrase.slice(0, open)}${choice}${end}`));
}

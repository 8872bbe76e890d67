/** Letters and digits that are not taken for one another, read or heard; vowels are out, so that no code is a word. */
const signs = '23456789BCDFGHJKMPQRTVWXY';

/** What a person is given to quote, such as `WR-7K4M-92QF`, from random bytes: about 10^11 of them. */
export function receiptCode(random: (length: number) => Uint8Array): string {
  const letters: string[] = [];
  while (letters.length < 8)
    for (const byte of random(8))
      if (byte < signs.length * 10 && letters.length < 8) letters.push(signs[byte % signs.length] ?? '');
  return `WR-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

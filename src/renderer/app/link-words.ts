import type { Suggestion } from '../../shared/contract/workstation.ts';
import type { NewFactCode } from '../../shared/domain/assist/new-facts.ts';
import type { LinkKind } from '../../shared/domain/record/parts.ts';

const factWords: Readonly<Record<NewFactCode, string>> = {
  injury: 'injury',
  weapon: 'weapon',
  fuel: 'petrol, spilt or a weapon',
  leaving: 'somebody leaving',
  suspect: 'suspect',
  danger: 'danger',
  'direction-conflict': 'direction conflict',
  'other-place': 'other place',
  'other-language': 'other language',
};

/** What a linked contact adds that the other's public did not say; a code of a newer queue as it came. */
export const foundWords = (code: string): string =>
  Object.hasOwn(factWords, code) ? factWords[code as NewFactCode] : code.replaceAll('-', ' ');

/**
 * How two contacts that may belong together would be linked; `null` where only a person can say. The same place at another time is no sign of one
 * event, and a link that says so is one along which somebody is closed as a duplicate (rules AS-10, R-15).
 */
export function kindThatFits({ kinds, summary }: Pick<Suggestion, 'kinds' | 'summary'>): LinkKind | null {
  if (kinds.includes('same-incident'))
    return summary.marks.major === null ? 'same-incident' : 'major-incident';
  return kinds.includes('same-caller') ? 'same-caller' : null;
}

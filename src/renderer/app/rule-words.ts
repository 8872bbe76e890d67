/** The rule behind a sentence, as a recommendation writes it after its full stop: "He is there. [feared-one-near]". */
const RULE = /([.!?…]) \[[a-z0-9]+(?:-[a-z0-9]+)*\]/g;

/**
 * What is read of a reason: its sentences. The ids of their rules stay on the record (rule T-09) and stand under the pointer; nobody needs
 * them to understand it. What a person has put into brackets stays where it is.
 */
export const withoutRules = (words: string): string => words.replace(RULE, '$1');

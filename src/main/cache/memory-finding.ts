import { callerKeys, sameCaller } from '../../shared/domain/same-caller.ts';
import type { Held } from './desk-store.ts';
import type { FindingStore } from './finding.ts';
import { compareNewest, hitIn } from './search-match.ts';
import { isIn, queryOf } from './search-query.ts';
import { wordListOf } from './search-words.ts';

/** Finds by looking at every contact. */
export function memoryFinding(contacts: () => Iterable<Held>): FindingStore {
  // What is held of a contact is replaced, never changed.
  const wordLists = new WeakMap<Held, string>();
  function wordsOf(held: Held): string {
    const words = wordLists.get(held) ?? wordListOf(held);
    wordLists.set(held, words);
    return words;
  }

  return {
    search(typed, limit) {
      const query = queryOf(typed);
      const all = [...contacts()];
      const found = all
        .filter((held) => query.length > 0 && isIn(wordsOf(held), query))
        .sort((one, other) => compareNewest(one.summary, other.summary));
      return {
        hits: found.slice(0, limit).flatMap((held) => hitIn(held, query) ?? []),
        complete: found.length <= limit,
        searched: all.length,
      };
    },
    sameCaller: (keys, limit) =>
      [...contacts()]
        .flatMap(({ summary, contact }) => {
          const because = contact === null ? [] : sameCaller(keys, callerKeys(contact.caller));
          return because.length === 0 ? [] : [{ summary, because }];
        })
        .sort((one, other) => compareNewest(one.summary, other.summary))
        .slice(0, limit),
    indexSome: () => false,
  };
}

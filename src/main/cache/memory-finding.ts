import { keysOfContact, sameCaller } from '../../shared/domain/same-caller.ts';
import type { Held } from './desk-store.ts';
import type { FindingStore } from './finding.ts';
import { namesOf, squaresOf } from './found-by-rows.ts';
import { squaresAround } from './map-square.ts';
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
          const because = contact === null ? [] : sameCaller(keys, keysOfContact(contact));
          return because.length === 0 ? [] : [{ summary, because }];
        })
        .sort((one, other) => compareNewest(one.summary, other.summary))
        .slice(0, limit),
    ofCaller: (keys, limit) =>
      [...contacts()]
        .filter(({ contact }) => contact !== null && sameCaller(keys, keysOfContact(contact)).length > 0)
        .sort((one, other) => compareNewest(one.summary, other.summary))
        .slice(0, limit * 3)
        .map(({ summary }) => summary.id),
    receivedNear(at, withinMs, limit) {
      const near = [...contacts()]
        .map(({ summary }) => summary)
        .filter(({ receivedAt }) => Math.abs(receivedAt - at) <= withinMs)
        .sort((one, other) => Math.abs(one.receivedAt - at) - Math.abs(other.receivedAt - at));
      const before = near.filter(({ receivedAt }) => receivedAt <= at);
      const after = near.filter(({ receivedAt }) => receivedAt > at);
      return [...before.slice(0, limit), ...after.slice(0, limit)].map(({ id }) => id);
    },
    locatedNear(point, limit) {
      const newest = [...contacts()].sort((one, other) => compareNewest(one.summary, other.summary));
      const found = squaresAround(point).flatMap((square) =>
        newest.filter((held) => squaresOf(held).includes(square)).slice(0, limit),
      );
      return [...new Set(found.map(({ summary }) => summary.id))];
    },
    byReference: (reference, limit) =>
      [...contacts()]
        .filter((held) => namesOf(held).includes(reference))
        .map(({ summary }) => summary.id)
        .sort()
        .slice(0, limit),
    indexSome: () => false,
  };
}

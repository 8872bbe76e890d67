import { useMemo } from 'react';
import type { Day } from '../../../shared/domain/london.ts';
import type { DirectoryPolicy } from '../../../shared/domain/policy/directory.ts';
import {
  entriesFor,
  findHelp,
  helpIndex,
  type HelpHit,
} from '../../../shared/domain/signposts/find-directory.ts';
import { usePolicy, type PolicyView } from '../../app/policies.ts';

/** Cards and directory, as they are kept at this desk. */
interface Help {
  /** Best first; with nothing typed what is near the place, then all there is. */
  readonly find: (typed: string, place: string | null) => readonly HelpHit[];
  readonly directory: DirectoryPolicy | null;
  readonly bankHolidays: readonly Day[];
  /** What is not there, and what is past its review; empty when all is well. */
  readonly trouble: readonly string[];
}

const named = {
  signposts: 'The cards',
  directory: 'The directory',
} as const;

function troubleOf(
  name: keyof typeof named,
  view: PolicyView<'signposts'> | PolicyView<'directory'>,
  today: Day,
): string[] {
  switch (view.kind) {
    case 'loading':
      return [`${named[name]} are being read.`.replace('directory are', 'directory is')];
    case 'not-there':
      return [view.sentence];
    default:
      return view.review < today
        ? [`${named[name]} should have been looked through by ${view.review}: some may be old.`]
        : [];
  }
}

/** Searched here, so that it works with the link down (rules SG-07, Y-08). */
export function useHelp(today: Day): Help {
  const cards = usePolicy('signposts');
  const people = usePolicy('directory');
  const signposts = cards.kind === 'here' ? cards.value : null;
  const directory = people.kind === 'here' ? people.value : null;
  const find = useMemo(() => {
    const index = helpIndex(signposts ?? { signposts: [] }, directory ?? { entries: [], districts: [] });
    const all = findHelp(index, '');
    return (typed: string, place: string | null): readonly HelpHit[] => {
      if (typed.trim() !== '') return findHelp(index, typed);
      const near =
        directory === null || place === null
          ? []
          : entriesFor(directory, place)
              .slice(0, 4)
              .map((entry): HelpHit => ({ kind: 'entry', entry }));
      const ids = new Set(near.map(idOf));
      return [...near, ...all.filter((hit) => !ids.has(idOf(hit)))];
    };
  }, [signposts, directory]);
  return {
    find,
    directory,
    bankHolidays: directory?.bankHolidays ?? [],
    trouble: [...troubleOf('signposts', cards, today), ...troubleOf('directory', people, today)],
  };
}

export const idOf = (hit: HelpHit): string =>
  hit.kind === 'signpost' ? `card ${hit.signpost.id}` : `entry ${hit.entry.id}`;

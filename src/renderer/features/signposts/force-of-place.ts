import type { Contact } from '../../../shared/domain/contact.ts';
import type { LocationMethod } from '../../../shared/domain/location.ts';
import type { DirectoryPolicy } from '../../../shared/domain/policy/directory.ts';
import { areasAt, type AreaMap } from '../../../shared/domain/place/areas.ts';
import type { ForceEntry } from '../../../shared/domain/signposts/directory.ts';
import { radiusWords } from '../../app/location-words.ts';

/** Another force whose contact this may be, and why we think so. */
interface ForceProposal {
  readonly entry: ForceEntry;
  readonly because: string;
}

const methodShort: Readonly<Record<LocationMethod, string>> = {
  aml: 'AML',
  cell: 'mast',
  'fixed-line': 'address of the line',
  device: 'app or car',
  caller: 'as the caller says',
};

type Where = Pick<Contact, 'spots' | 'locations' | 'place'>;

/** The force of the place: by the agreed point, by the newest location, or by a town that the place names. `null`: ours, as far as we know. */
export function forceOfPlace(
  contact: Where,
  { entries }: Pick<DirectoryPolicy, 'entries'>,
  areas: AreaMap | null,
): ForceProposal | null {
  const forces = entries.filter((entry): entry is ForceEntry => entry.kind === 'force');
  return byPoint(contact, forces, areas) ?? byWords(contact, forces);
}

function byPoint(
  { spots, locations }: Where,
  forces: readonly ForceEntry[],
  areas: AreaMap | null,
): ForceProposal | null {
  if (areas === null) return null;
  const agreed = spots.at(-1)?.point ?? null;
  const told = locations.at(-1);
  const point = agreed ?? told;
  if (point === undefined) return null;
  const radius = agreed === null ? (told?.radiusMetres ?? 0) : 0;
  const { force, crosses } = areasAt(areas, point, radius);
  const source =
    agreed !== null || told === undefined
      ? 'The agreed place'
      : `The newest location (${methodShort[told.method]}, ${radiusWords(told.radiusMetres)})`;
  const named = (name: string, words: string): ForceProposal | null => {
    const entry = forces.find((each) => each.name === name);
    return entry === undefined ? null : { entry, because: `${source} ${words}` };
  };
  if (force === null) return null;
  if (!force.isHome) return named(force.name, `lies in the area of ${force.name}.`);
  const beyond = crosses.find(({ kind }) => kind === 'force')?.beyond;
  return beyond === undefined ? null : named(beyond, `may lie in the area of ${beyond}: ask which side.`);
}

function byWords({ place }: Where, forces: readonly ForceEntry[]): ForceProposal | null {
  if (place === null) return null;
  const words = ` ${place.toLowerCase().replace(/[^\p{L}]+/gu, ' ')} `;
  for (const entry of forces) {
    const town = entry.covers.find((each) => words.includes(` ${each.toLowerCase()} `));
    if (town !== undefined) return { entry, because: `The place names ${town}, which is theirs.` };
  }
  return null;
}

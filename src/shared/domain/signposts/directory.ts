import { unreachable } from '../../lib/assert.ts';
import type { Checked } from './checked.ts';
import type { OpeningHours } from './hours.ts';
import type { Way } from './signpost.ts';

export const districtIds = [
  'broxbourne',
  'dacorum',
  'east-herts',
  'hertsmere',
  'north-herts',
  'st-albans',
  'stevenage',
  'three-rivers',
  'watford',
  'welwyn-hatfield',
] as const;
/** The ten boroughs and districts of the county. */
export type DistrictId = (typeof districtIds)[number];

export interface District {
  readonly id: DistrictId;
  readonly name: string;
  /** Towns and villages by which a place is known to lie in it. */
  readonly towns: readonly string[];
}

interface EntryBase extends Checked {
  readonly id: string;
  readonly name: string;
  /** What else people call it. */
  readonly words: readonly string[];
  readonly ways: readonly Way[];
  readonly hours: OpeningHours;
}

/** A person in a role on duty: whom to ring for what. */
export interface RoleEntry extends EntryBase {
  readonly kind: 'role';
  readonly rank: string | null;
  /** When to ring, in a line. */
  readonly ringFor: string;
}

/** An officer by name, whom a caller asks for: who deals with their case, or knows them. */
export interface OfficerEntry extends EntryBase {
  readonly kind: 'officer';
  readonly rank: string;
  /** Their number in the force, as it is on the shoulder. */
  readonly number: string;
  /** The name of their team or department, which is an entry of its own. */
  readonly of: string;
}

export interface DepartmentEntry extends EntryBase {
  readonly kind: 'department';
  readonly takes: string;
}

/** One of the 33 neighbourhoods. */
export interface TeamEntry extends EntryBase {
  readonly kind: 'team';
  readonly district: DistrictId;
  readonly sergeant: string;
  /** Places it looks after. */
  readonly covers: readonly string[];
}

/** `hours` are those of its public counter. */
export interface StationEntry extends EntryBase {
  readonly kind: 'station';
  readonly district: DistrictId;
}

export interface CouncilEntry extends EntryBase {
  readonly kind: 'council';
  /** `null`: the county. */
  readonly district: DistrictId | null;
  readonly takes: string;
  /** Out of hours. */
  readonly outOfHours: readonly Way[];
}

/** Another service. Its control room is for us alone: never given to the public. */
export interface PartnerEntry extends EntryBase {
  readonly kind: 'partner';
  readonly control: Way | null;
  /** What they take, and what they need to be told. */
  readonly takes: string;
  /** Whom to ask for when they refuse or do not answer. */
  readonly escalation: string;
  /** Their name in a multi-agency transfer message; `null` when they have none. */
  readonly mait: string | null;
}

/** Another police force. */
export interface ForceEntry extends EntryBase {
  readonly kind: 'force';
  readonly control: Way | null;
  /** Towns and boroughs just across the boundary. */
  readonly covers: readonly string[];
  /** Where its area meets ours. */
  readonly borders: boolean;
}

export type DirectoryEntry =
  | RoleEntry
  | OfficerEntry
  | DepartmentEntry
  | TeamEntry
  | StationEntry
  | CouncilEntry
  | PartnerEntry
  | ForceEntry;
export type DirectoryKind = DirectoryEntry['kind'];

/** What stands above each group of entries. */
export const directoryKindWords: Readonly<Record<DirectoryKind, string>> = {
  role: 'On duty',
  officer: 'Officer',
  department: 'Department',
  team: 'Neighbourhood team',
  station: 'Station',
  council: 'Council',
  partner: 'Partner agency',
  force: 'Other force',
};

/** The line under the name: what it is for. */
export function aboutEntry(entry: DirectoryEntry): string {
  switch (entry.kind) {
    case 'role':
      return entry.ringFor;
    case 'officer':
      return entry.of;
    case 'department':
    case 'council':
    case 'partner':
      return entry.takes;
    case 'team':
    case 'force':
      return entry.covers.join(', ');
    case 'station':
      return 'Public counter';
    default:
      return unreachable(entry);
  }
}

/** The number that only the control room uses, or `null`. */
export function controlOf(entry: DirectoryEntry): Way | null {
  return entry.kind === 'partner' || entry.kind === 'force' ? entry.control : null;
}

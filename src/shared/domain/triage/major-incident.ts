import type { Grade } from '../contact.ts';

/** The shape in which all emergency services report a major incident (rule T-20). Order as spoken: M E T H A N E. */
export const methaneFields = ['major', 'exact', 'type', 'hazards', 'access', 'number', 'emergency'] as const;
export type MethaneField = (typeof methaneFields)[number];

/** `null`: not known yet, which is something else than "none". */
export type MethaneReport = Readonly<Record<MethaneField, string | null>>;

export const emptyMethane: MethaneReport = {
  major: null,
  exact: null,
  type: null,
  hazards: null,
  access: null,
  number: null,
  emergency: null,
};

/** Longest of one field. Characters. */
export const METHANE_LIMIT = 300;

/** What must be known before it is declared: that it is, where, and what. The rest follows. */
const beforeDeclaring: readonly MethaneField[] = ['major', 'exact', 'type'];

export const missingOfMethane = (report: MethaneReport): MethaneField[] =>
  methaneFields.filter((field) => (report[field] ?? '').trim() === '');

/** The fields without which it cannot be declared. */
export const missingToDeclare = (report: MethaneReport): MethaneField[] =>
  missingOfMethane(report).filter((field) => beforeDeclaring.includes(field));

export function refusalOfMethane(
  report: MethaneReport,
): { readonly field: MethaneField; readonly limit: number; readonly length: number } | null {
  const field = methaneFields.find((one) => (report[one]?.length ?? 0) > METHANE_LIMIT);
  return field === undefined ? null : { field, limit: METHANE_LIMIT, length: report[field]?.length ?? 0 };
}

/** "Is this about the incident?" One key each (rule T-21). */
export const incidentSplits = ['nothing-new', 'something-new', 'hurt'] as const;
export type IncidentSplit = (typeof incidentSplits)[number];

export interface SplitEffect {
  /** The key's word. */
  readonly word: string;
  readonly links: boolean;
  /** The caller's words become a line of the incident. */
  readonly addsFact: boolean;
  /** It may end as "duplicate" of the incident. */
  readonly mayCloseAsDuplicate: boolean;
  /** Goes into band A as an emergency of its own. */
  readonly promotes: boolean;
  readonly grade: Grade | null;
}

/** Somebody who is hurt is an emergency of their own beside the incident, and is never closed as one more report of it. */
export const splitEffects: Readonly<Record<IncidentSplit, SplitEffect>> = {
  'nothing-new': {
    word: 'Nothing new',
    links: true,
    addsFact: false,
    mayCloseAsDuplicate: true,
    promotes: false,
    grade: null,
  },
  'something-new': {
    word: 'Something new',
    links: true,
    addsFact: true,
    mayCloseAsDuplicate: false,
    promotes: false,
    grade: null,
  },
  hurt: {
    word: 'I’m hurt',
    links: true,
    addsFact: true,
    mayCloseAsDuplicate: false,
    promotes: true,
    grade: 'G1',
  },
};

/** How a call was sorted, by the link that was made then: what is new is its fact, and who is hurt is graded G1. */
export function splitOf({ fact }: { readonly fact: string }, grade: Grade | null): IncidentSplit {
  if (fact.trim() === '') return 'nothing-new';
  return grade === 'G1' ? 'hurt' : 'something-new';
}

import type { Grade } from '../contact.ts';
import type { Role } from '../role.ts';
import type { Condition } from '../triage/condition.ts';
import type { IncidentSplit, MethaneField } from '../triage/major-incident.ts';
import type { RationalePart } from '../triage/rationale.ts';
import type { ReThriveKind } from '../triage/re-thrive.ts';
import type { RightCareStep } from '../triage/right-care.ts';
import type { PolicyHeader } from './header.ts';

export interface GradeFacts {
  readonly name: string;
  /** What it is for, in one line. */
  readonly when: string;
  /** From the grade to attendance; `null`: nobody attends, `followUpMs` counts instead. Milliseconds. */
  readonly attendMs: { readonly urban: number; readonly rural: number } | null;
  /** From the grade until somebody has followed it up; `null` where attendance counts. Milliseconds. */
  readonly followUpMs: number | null;
  /** So long before the target, the risk is to be looked at again. Milliseconds. */
  readonly warnMs: number;
  /** And again after so long, while it stays open past its target. Milliseconds. */
  readonly againMs: number;
}

/** One reason for a grade. The highest grade whose condition holds is recommended. */
export interface GradeRule {
  readonly id: string;
  readonly grade: Grade;
  readonly when: Condition;
  /** The reason as a sentence, read out to a team leader or a coroner. */
  readonly because: string;
}

export interface TriagePolicy extends PolicyHeader {
  readonly grades: Readonly<Record<Grade, GradeFacts>>;
  readonly rules: readonly GradeRule[];
  /** A grade below such a floor is refused while its condition holds (rule T-13). */
  readonly floors: readonly GradeRule[];
  /** What makes THRIVE need whole sentences, beside a grade of G1. */
  readonly highRisk: Condition;
  /** Who is asked before a lower grade stands, for whom (rule T-15). */
  readonly secondPerson: readonly {
    readonly id: string;
    readonly when: Condition;
    readonly because: string;
  }[];
  readonly secondPersonRoles: readonly Role[];
  /** Marks of vulnerability that the V of THRIVE offers. Their ids are those of the markers on record. */
  readonly markers: readonly { readonly id: string; readonly name: string; readonly listenFor: string }[];
  /** The sentence of each reason to look at the risk again. */
  readonly reThrive: Readonly<Record<ReThriveKind, string>>;
  /** For whom the path of Right Care Right Person is settled before nobody is sent (rule T-18). */
  readonly rightCareWhen: Condition;
  readonly rightCare: Readonly<Record<RightCareStep, { readonly say: string; readonly help: string }>>;
  /** Of a rationale (rule T-19): the parts that a lower grade needs, and what is asked for each. */
  readonly rationale: {
    readonly needs: readonly RationalePart[];
    readonly asks: Readonly<Record<RationalePart, string>>;
  };
  /** What a caller about a major incident is told, by what they bring (rule T-21). */
  readonly incidentSays: Readonly<Record<IncidentSplit, string>>;
  readonly methane: Readonly<Record<MethaneField, { readonly name: string; readonly ask: string }>>;
}

import { grades, type Grade } from '../../../shared/domain/contact.ts';
import { emptyRationale, readRationale, type Rationale } from '../../../shared/domain/triage/rationale.ts';

/** What the grade sheet has written. */
export interface GradeForm {
  readonly grade: Grade | null;
  /** `null`: nothing typed; then the reasons of the recommendation stand there, where they are for this grade. */
  readonly reason: string | null;
  readonly rationale: Rationale;
  /** A second person's word: half-typed reason. */
  readonly word: string;
  readonly agreed: boolean | null;
  /** How the caller was told: half-typed. */
  readonly told: string;
}

export const emptyGradeForm: GradeForm = {
  grade: null,
  reason: null,
  rationale: emptyRationale,
  word: '',
  agreed: null,
  told: '',
};

/** Words that this version cannot read are none. */
export function readGradeForm(value: unknown): GradeForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { grade, reason, rationale, word, agreed, told } = value as Readonly<Record<string, unknown>>;
  return {
    grade: grades.find((each) => each === grade) ?? null,
    reason: typeof reason === 'string' ? reason : null,
    rationale: readRationale(rationale),
    word: typeof word === 'string' ? word : '',
    agreed: typeof agreed === 'boolean' ? agreed : null,
    told: typeof told === 'string' ? told : '',
  };
}

import type { SafeReach } from '../outbound/reach.ts';

/** One question of a public form and what was answered; an answer that was left out is not there at all. */
export interface FormAnswer {
  /** The question's id in the form, for whoever reads answers by machine. */
  readonly id: string;
  /** As the person read it. */
  readonly question: string;
  /** As they wrote or chose it. */
  readonly answer: string;
}

/** A public form as it was sent: shown beside the record, so that nobody types it again (rule CH-13). */
export interface ReportForm {
  /** `crime`, `collision`, `hate`, … : the source's word for the form. */
  readonly kind: string;
  readonly answers: readonly FormAnswer[];
  /** By which way they said that they may be reached, for the program to go by; missing where nobody asked (rule MX-02). */
  readonly reach?: SafeReach | undefined;
}

/** What fits of a form. Characters, and answers. */
export const FORM_LIMITS = { kind: 40, id: 60, question: 300, answer: 4_000, answers: 80 } as const;

/** Everything of a form that a person wrote or chose, one text for each answer. */
export const formTexts = (form: ReportForm | null): readonly string[] =>
  form === null ? [] : form.answers.map(({ answer }) => answer);

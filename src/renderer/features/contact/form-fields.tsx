import type { ReportForm } from '../../../shared/domain/chat/report-form.ts';
import styles from './form-fields.module.css';
import { Marked, type RiskReading } from './risk-words.tsx';

/** The public's form as they filled it in: nothing of it is typed again (rule CH-13). Plain text, whatever it contains. */
export function FormFields({ form, risk }: { readonly form: ReportForm; readonly risk: RiskReading | null }) {
  return (
    <section className={styles.form} aria-label="Their form">
      <h3>Their form: {form.kind}</h3>
      <dl>
        {form.answers.map(({ id, question, answer }, at) => (
          <div key={id} data-answer={id}>
            <dt dir="auto">{question}</dt>
            <dd dir="auto">
              {answer.trim() === '' ? (
                'not answered'
              ) : (
                <Marked text={answer} marks={risk?.marksOfAnswer(at) ?? []} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

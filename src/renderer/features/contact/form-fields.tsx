import type { ReportForm } from '../../../shared/domain/chat/report-form.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { answerLine } from '../../../shared/domain/language/lines.ts';
import styles from './form-fields.module.css';
import { PublicWords } from './public-words.tsx';
import type { RiskReading } from './risk-words.tsx';

/** The public's form as they filled it in: nothing of it is typed again (rule CH-13). Plain text, whatever it contains. */
export function FormFields({
  contact,
  form,
  risk,
}: {
  readonly contact: Contact;
  readonly form: ReportForm;
  readonly risk: RiskReading | null;
}) {
  return (
    <section className={styles.form} aria-label="Their form">
      <h3>Their form: {form.kind}</h3>
      <dl>
        {form.answers.map(({ id, question, answer }) => (
          <div key={id} data-answer={id}>
            <dt dir="auto">{question}</dt>
            <dd dir="auto">
              {answer.trim() === '' ? (
                'not answered'
              ) : (
                <PublicWords
                  {...{ contact, line: answerLine(id), text: answer, risk }}
                  language={null}
                  at={null}
                  className={styles.answer}
                />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

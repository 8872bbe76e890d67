import { closeOutcomes, grades } from '../../../shared/domain/contact.ts';
import { gradeWords, outcomeWords } from '../../app/contact-words.ts';
import styles from './blank-log.module.css';

const channels = ['999', '101', 'Counter', 'Partner', 'Other:'];
const questions = ['Weapons seen or said?', 'Anybody hurt?', 'Children there?'];
const ACCOUNT_LINES = 5;
const ACTION_LINES = 6;

/** One sheet to be filled with a pen, in the order in which one asks; its fields are those of the form it is typed into. */
export function BlankLog({ number }: { readonly number: string }) {
  return (
    <section className={styles.log}>
      <header className={styles.head}>
        <h2>Paper log</h2>
        <p className={styles.number}>{number === '' ? 'No. ____________' : number}</p>
      </header>
      <div className={styles.row}>
        <Blank label="Reached us: date" size="short" />
        <Blank label="time" size="short" />
        <Boxes label="Channel" choices={channels} />
      </div>
      <div className={styles.row}>
        <Blank label="Caller’s name" />
        <Blank label="Number" />
      </div>
      <Blank label="Address or place, with house number" tall />
      <Blank label="What it is about, in a few words" />
      <Lines label="What happened, in their own words" count={ACCOUNT_LINES} />
      {questions.map((question) => (
        <div className={styles.question} key={question}>
          <Boxes label={question} choices={['no', 'yes:']} />
          <span className={styles.line} />
        </div>
      ))}
      <Actions />
      <Boxes label="Grade" choices={grades.map((grade) => `${grade} ${gradeWords[grade]}`)} />
      <Blank label="Reason" />
      <Boxes label="Outcome" choices={closeOutcomes.map((outcome) => outcomeWords[outcome])} />
      <Blank label="Reason" />
      <div className={styles.row}>
        <Blank label="Written by" size="short" />
        <Blank label="Typed in by, at" />
        <Blank label="Reference given" />
      </div>
    </section>
  );
}

interface BlankProps {
  readonly label: string;
  readonly size?: 'short';
  readonly tall?: true;
}

function Blank({ label, size, tall }: BlankProps) {
  return (
    <div className={styles.blank} data-size={size ?? 'long'} data-tall={tall === true}>
      <span>{label}</span>
    </div>
  );
}

function Boxes({ label, choices }: { readonly label: string; readonly choices: readonly string[] }) {
  return (
    <p className={styles.boxes}>
      <span>{label}</span>
      {choices.map((choice) => (
        <span key={choice} className={styles.choice}>
          <i /> {choice}
        </span>
      ))}
    </p>
  );
}

function Lines({ label, count }: { readonly label: string; readonly count: number }) {
  return (
    <div className={styles.lines}>
      <p>{label}</p>
      {Array.from({ length: count }, (_, at) => (
        <div key={at} />
      ))}
    </div>
  );
}

function Actions() {
  return (
    <table className={styles.actions}>
      <thead>
        <tr>
          <th>Time</th>
          <th>What was said or done, by whom</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: ACTION_LINES }, (_, at) => (
          <tr key={at}>
            <td />
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

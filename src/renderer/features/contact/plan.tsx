import { isStale, matchWords } from '../../../shared/domain/assist/markers.ts';
import { mayFollow } from '../../../shared/domain/assist/plans.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { dayWords, londonDayOf } from '../../../shared/domain/london.ts';
import type { PlanOnRecord } from '../../../shared/domain/record/parts.ts';
import { ANSWER_LIMIT } from '../../../shared/domain/triage/answers.ts';
import { entryOf } from '../../../shared/domain/triage/entry.ts';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { capital } from './markers.tsx';
import styles from './plan.module.css';

/** What was agreed on a person who contacts us very often. First the question, and nothing of the plan before it is answered (rule AS-18). */
export function AgreedPlan({ contact }: { readonly contact: Contact }) {
  const { plan } = contact;
  const now = useNow();
  if (plan === null) return null;
  const answer = entryOf(contact).different ?? '';
  const today = londonDayOf(now);
  return (
    <section aria-label="Agreed plan" className={styles.plan}>
      <h3>
        <span>Agreed plan {plan.ref}</span>
        {!mayFollow(answer) && <KeyHint>w</KeyHint>}
      </h3>
      <p>{plan.concerns}</p>
      {mayFollow(answer) ? (
        <>
          <p className={styles.answer}>
            <strong>Different today:</strong> {answer}
          </p>
          <Rest plan={plan} />
        </>
      ) : (
        <Question contact={contact} plan={plan} />
      )}
      <p className={styles.origin}>
        {capital(matchWords(plan.matchedBy))}. Set {dayWords(plan.setAt, today)} by {plan.owner}.{' '}
        {isStale(plan, now) ? (
          <strong>Past its review since {dayWords(plan.reviewBy, today)}.</strong>
        ) : (
          `Review by ${dayWords(plan.reviewBy, today)}.`
        )}
      </p>
    </section>
  );
}

/** What is half typed is kept like the note: a restart loses nothing of it. */
const asWords = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function Question({ contact, plan }: { readonly contact: Contact; readonly plan: PlanOnRecord }) {
  const workplace = useWorkplace();
  const { id } = contact;
  const [typed, write] = useSheetWords(id, 'plan', asWords);
  const spot = useSpot('plan');
  const words = typed ?? '';
  return (
    <form
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        if (!mayFollow(words)) {
          workplace.say('Say in a few words what is different today, be it “nothing”.', 'plain');
          return;
        }
        const ticket = workplace.law.ticket();
        const entry = { ...entryOf(contact), different: words.trim() };
        void workplace.acts.submit(id, { kind: 'triage', entry }).then((answer) => {
          if (answer.kind !== 'kept') return;
          write(null);
          workplace.say('What is different today: kept here.', 'plain');
          workplace.law.answer(ticket, () => workplace.goTo('work'));
        });
      }}
    >
      <label>
        <strong>{plan.whatIsDifferent}</strong>
        <input
          ref={spot}
          type="text"
          value={words}
          maxLength={ANSWER_LIMIT}
          autoComplete="off"
          onChange={(event) => write(event.currentTarget.value)}
        />
      </label>
      <p className={styles.origin}>
        <KeyHint>Enter</KeyHint> keeps the answer on the record. The plan is shown then; it ends no contact.
      </p>
    </form>
  );
}

function Rest({ plan }: { readonly plan: PlanOnRecord }) {
  return (
    <>
      <blockquote>{plan.wording}</blockquote>
      <dl>
        <dt>May</dt>
        <dd>
          <List items={plan.allowedActions} />
        </dd>
        <dt>Limits</dt>
        <dd>
          <List items={plan.limits} />
        </dd>
      </dl>
    </>
  );
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

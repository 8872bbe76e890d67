import type { Day } from '../../../shared/domain/london.ts';
import { openingAt, openingWords } from '../../../shared/domain/signposts/hours.ts';
import type { CouncilEntry } from '../../../shared/domain/signposts/directory.ts';
import type { Signpost } from '../../../shared/domain/signposts/signpost.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { CheckedLine } from './checked-line.tsx';
import styles from './guide.module.css';
import { guideStanding, type GuideAnswers } from './guide-answers.ts';
import { WayList } from './way-list.tsx';

export interface SignpostCardProps {
  readonly card: Signpost;
  readonly answers: GuideAnswers;
  /** The council of the place, where the card is a council's. */
  readonly council: CouncilEntry | null;
  readonly bankHolidays: readonly Day[];
  readonly now: Instant;
  readonly today: Day;
}

/** Safety first: who else deals with it is not said before every question has its "no" (rules SG-01, SG-02). */
export function SignpostCard({ card, answers, council, bankHolidays, now, today }: SignpostCardProps) {
  const standing = guideStanding(card, answers);
  return (
    <>
      <h3>{card.title}</h3>
      <ol className={styles.questions} aria-label="Ask first">
        {card.checkFirst.map(({ ask }, at) => (
          <li key={ask} aria-current={standing.kind === 'ask' && standing.next === at ? 'step' : undefined}>
            <span className={styles.given}>{answerWords[answers[at] ?? 'open']}</span>
            <span>{ask}</span>
          </li>
        ))}
      </ol>
      <p className={styles.next} role="status" data-police={standing.kind === 'police'}>
        {standing.kind === 'ask' && (
          <>
            Ask this first. <KeyHint>y</KeyHint> yes <KeyHint>n</KeyHint> no <KeyHint>u</KeyHint> not known
          </>
        )}
        {standing.kind === 'police' && (
          <>
            <strong>This IS for the police:</strong> {standing.because.thenPolice}
          </>
        )}
        {standing.kind === 'unknown' && (
          <>
            <strong>Not settled.</strong> Send nobody elsewhere before all answers are no. Ask again, or treat
            it as ours. <KeyHint>Backspace</KeyHint> takes the last answer back.
          </>
        )}
        {standing.kind === 'signpost' && 'All answered no: it goes to somebody else.'}
      </p>
      {standing.kind === 'signpost' && (
        <div className={styles.card}>
          <p>
            <strong>{card.who}</strong>
          </p>
          <p className={styles.hours}>{openingWords(openingAt(card.hours, now, bankHolidays))}</p>
          <WayList ways={card.how} />
          {card.localCouncil && council !== null && (
            <>
              <p>
                Council of this place: <strong>{council.name}</strong>.{' '}
                {openingWords(openingAt(council.hours, now, bankHolidays))}
              </p>
              <WayList ways={council.ways} from={card.how.length} />
            </>
          )}
          {card.localCouncil && council === null && (
            <p>Which council it is depends on the district: search its town.</p>
          )}
          {card.link !== null && <p className={styles.to}>{card.link}</p>}
          <p className={styles.say}>
            <q>{card.say}</q>
          </p>
          <CheckedLine checked={card} today={today} />
        </div>
      )}
    </>
  );
}

const answerWords = { yes: 'Yes', no: 'No', 'not-known': 'Not known', open: '' } as const;

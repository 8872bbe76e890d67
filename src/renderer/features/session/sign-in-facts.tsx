import type { DeskState } from '../../../shared/contract/workstation.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { roleWords } from '../../app/role-words.ts';
import { useNow } from '../../app/use-now.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './session.module.css';
import { queueWords, unsentWords } from './sign-in-words.ts';

type SignedOut = Extract<DeskState['session'], { readonly kind: 'signed-out' }>;

/** How this desk stands: whether the queue answers, who needs no queue, and what still waits to be sent. */
export function DeskFacts({ desk, session }: { readonly desk: DeskState; readonly session: SignedOut }) {
  const now = useNow();
  const inDeskTime = asInstant(now - desk.link.offsetMs);
  return (
    <dl className={styles.facts} aria-label="This desk">
      <div>
        <dt>Desk profile</dt>
        <dd>{desk.profile}</dd>
      </div>
      <div>
        <dt>Time</dt>
        <dd>
          <time>{clockWords(now)}</time>
        </dd>
      </div>
      <div>
        <dt>Central queue</dt>
        <dd>{queueWords(desk.link, inDeskTime)}</dd>
      </div>
      <div>
        <dt>Without the queue</dt>
        <dd>
          {session.knownHere.length === 0
            ? 'Nobody can sign in: nobody did here in the last 12 hours.'
            : `${session.knownHere.join(', ')} can sign in all the same.`}
        </dd>
      </div>
      <div>
        <dt>Earlier work</dt>
        <dd>{unsentWords(session.unsent)}</dd>
      </div>
      {desk.disk !== 'enough' && (
        <div>
          <dt>Disk</dt>
          <dd>
            {desk.disk === 'full'
              ? 'Full: nothing can be kept here. Work at another desk.'
              : 'Nearly full: what is left is for emergencies.'}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** The people of the demonstration, or of training. Their PINs are public: they open nothing else (rules A-12, TS-05). */
export function DemoAccounts({
  accounts,
  realm,
  onChoose,
}: {
  readonly accounts: SignedOut['demo'];
  readonly realm: DeskState['realm'];
  readonly onChoose: (number: string) => void;
}) {
  return (
    <section className={styles.demo} aria-label={realm === 'training' ? 'Training account' : 'Demo accounts'}>
      <h2>{realm === 'training' ? 'Who is in training' : 'Who is in the demo'}</h2>
      <ul>
        {accounts.map(({ person, pin }) => (
          <li key={person.handler}>
            <button type="button" onClick={() => onChoose(person.handler)}>
              <strong>{person.handler}</strong>
              <span>
                {person.name}, {roleWords[person.role]}
              </span>
              <span className={styles.pin}>PIN {pin}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useCell } from '../../app/cell.ts';
import type { SigningOff } from '../../app/desk-session.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './session.module.css';

/** What keeps the handler from signing off, in place of the panes (rule A-07). Escape goes back to them. */
export function SignOffPage() {
  const signingOff = useCell(useWorkplace().session.signingOff);
  if (signingOff === null) return null;
  return signingOff.kind === 'still-yours' ? <StillYours contacts={signingOff.contacts} /> : <LinkDown />;
}

function StillYours({ contacts }: Pick<Extract<SigningOff, { kind: 'still-yours' }>, 'contacts'>) {
  const workplace = useWorkplace();
  const first = useSpot('entry');
  return (
    <section className={styles.signOff} aria-label="Sign off">
      <h2>
        {contacts.length === 1 ? 'One contact is still yours' : `${contacts.length} contacts are still yours`}
      </h2>
      <p>
        Close or release {contacts.length === 1 ? 'it' : 'them'} first, so that nobody waits for an answer
        that does not come.
      </p>
      <ul className={styles.list}>
        {contacts.map(({ id, ref, title, place }, at) => (
          <li key={id}>
            <button
              type="button"
              ref={at === 0 ? first : undefined}
              onClick={() => {
                workplace.session.stay();
                workplace.open(id);
                workplace.goTo('work');
              }}
            >
              <strong>{title}</strong>
              <span>{place ?? 'place not known'}</span>
              <span className={styles.ref}>{ref}</span>
            </button>
          </li>
        ))}
      </ul>
      <Keys>
        <KeyHint>Enter</KeyHint> opens one · <KeyHint>Esc</KeyHint> stay signed in
      </Keys>
    </section>
  );
}

function LinkDown() {
  const { session, store } = useWorkplace();
  const first = useSpot('entry');
  const unsent = useCell(store.outbox).items.filter(({ state }) => state === 'waiting').length;
  const { mine } = useCell(store.facts);
  return (
    <section className={styles.signOff} aria-label="Sign off">
      <h2>The link to the queue is down</h2>
      <p>{staysWords(unsent)}</p>
      {mine > 0 && (
        <p>
          {mine === 1 ? 'One contact stays' : `${mine} contacts stay`} yours at the queue. Tell your team
          leader, who can free {mine === 1 ? 'it' : 'them'}.
        </p>
      )}
      <Keys>
        <button type="button" ref={first} onClick={() => void session.signOff()}>
          Sign off all the same <KeyHint>Enter</KeyHint>
        </button>
        <button type="button" onClick={() => session.stay()}>
          Stay signed in <KeyHint>Esc</KeyHint>
        </button>
      </Keys>
    </section>
  );
}

function staysWords(unsent: number): string {
  if (unsent === 0) return 'Everything you did has been received. Your contacts are wiped from this desk.';
  const what = unsent === 1 ? '1 piece of your work stays' : `${unsent} pieces of your work stay`;
  return `${what} on this desk, unreadable to others, and ${unsent === 1 ? 'is' : 'are'} sent in your name when anybody signs in here.`;
}

function Keys({ children }: { readonly children: React.ReactNode }) {
  return <p className={styles.keys}>{children}</p>;
}

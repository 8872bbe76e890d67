import { useState } from 'react';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './session.module.css';

/** The way into training, where nobody is signed in: a button and no key, so that no key leads there in a shift (rule TS-01). */
export function TrainingChoice({ unsent }: { readonly unsent: number }) {
  const { bridge } = useWorkplace();
  const [said, setSaid] = useState('');
  const start = async () => {
    if (unsent > 0) return setSaid('Earlier work waits here: sign in first, so that it is sent.');
    setSaid('Training opens.');
    await bridge
      .request('training.start', {})
      .catch(() => setSaid('Training did not open. Start this program again, then try once more.'));
  };
  return (
    <section className={styles.training} aria-label="Practise">
      <button type="button" onClick={() => void start()}>
        Start training
      </button>
      <p>
        Practise with invented callers: no real calls, no network. This window closes, and training opens.
      </p>
      <p role="status">{said}</p>
    </section>
  );
}

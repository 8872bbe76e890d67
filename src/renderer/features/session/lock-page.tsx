import { useId, useRef, useState } from 'react';
import { TRAINING_PIN } from '../../../shared/contract/realm.ts';
import type { DeskState } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { roleWords } from '../../app/role-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { PinField } from './pin-field.tsx';
import { notOpenedWords } from './refusal-words.ts';
import styles from './session.module.css';
import { useDigitsTo } from './use-digits-to.ts';
import { useRefusal } from './use-refusal.ts';

type SignedIn = Extract<DeskState['session'], { readonly kind: 'signed-in' }>;

/** A locked desk: who is signed in, and the PIN that opens it. Nothing of the work is in the page (rule W-16). */
export function LockPage() {
  const desk = useCell(useWorkplace().store.desk);
  if (desk === null || desk.session.kind !== 'signed-in') return null;
  return <Locked session={desk.session} realm={desk.realm} />;
}

function Locked({ session: { person }, realm }: { readonly session: SignedIn; readonly realm: string }) {
  const { session, law } = useWorkplace();
  const takes = useCell(session.takeAfter);
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState(false);
  const { refused, leftMs, refuse } = useRefusal();
  const field = useRef<HTMLInputElement | null>(null);
  const entrySpot = useSpot('entry');
  const messageId = useId();
  useDigitsTo(field);
  const refusal = refused === null ? null : notOpenedWords(refused.answer, { asked: 'pin', realm, leftMs });

  const unlock = async () => {
    if (asking || leftMs > 0) return;
    setMissing(pin === '');
    if (pin === '') return;
    const ticket = law.ticket();
    setAsking(true);
    const answer = await session.unlock(pin);
    if (answer === null) return;
    setAsking(false);
    setPin('');
    refuse(answer, person.handler);
    law.answer(ticket, () => law.focus(field.current));
  };

  return (
    <main className={styles.locked} aria-label="Locked desk">
      <form
        className={styles.form}
        aria-label="Unlock"
        onSubmit={(event) => {
          event.preventDefault();
          void unlock();
        }}
      >
        <h1>Locked</h1>
        <p className={styles.who}>
          <strong>{person.name}</strong> {person.handler}, {roleWords[person.role]}
        </p>
        <p className={styles.wish} data-on={takes} aria-live="polite">
          {takes ? 'PIN, then it is yours.' : 'Your work is kept as you left it.'}
        </p>
        {realm === 'training' && <p>In training the PIN is {TRAINING_PIN}.</p>}
        <PinField
          value={pin}
          describedBy={messageId}
          fieldRef={(element) => {
            field.current = element;
            entrySpot(element);
          }}
          onChange={(digits) => {
            setPin(digits);
            setMissing(false);
          }}
        />
        <button type="submit" className={styles.enter} aria-disabled={asking || leftMs > 0}>
          {asking ? 'Asking…' : takes ? 'Unlock and take' : 'Unlock'} <KeyHint>Enter</KeyHint>
        </button>
        <p id={messageId} className={styles.message} role="alert">
          {missing ? 'Type your PIN, then press Enter.' : refusal}
        </p>
      </form>
    </main>
  );
}

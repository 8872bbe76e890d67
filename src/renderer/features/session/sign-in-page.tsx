import { useId, useRef, useState } from 'react';
import type { DeskState } from '../../../shared/contract/workstation.ts';
import { useCell } from '../../app/cell.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { notOpenedWords } from './refusal-words.ts';
import { PinField } from './pin-field.tsx';
import styles from './session.module.css';
import { DemoAccounts, DeskFacts } from './sign-in-facts.tsx';
import { TrainingChoice } from './training-choice.tsx';
import { endedWords, realmWords } from './sign-in-words.ts';
import { useDigitsTo } from './use-digits-to.ts';
import { useRefusal } from './use-refusal.ts';

type SignedOut = Extract<DeskState['session'], { readonly kind: 'signed-out' }>;

/** Nobody works here: asks for number and PIN, says how the desk stands, and shows nothing else (rule W-15). */
export function SignInPage() {
  const desk = useCell(useWorkplace().store.desk);
  if (desk === null || desk.session.kind !== 'signed-out') return null;
  return <SignIn desk={desk} session={desk.session} />;
}

function SignIn({ desk, session }: { readonly desk: DeskState; readonly session: SignedOut }) {
  const { session: deskSession, law } = useWorkplace();
  const [number, setNumber] = useState('');
  const [pin, setPin] = useState('');
  const [asking, setAsking] = useState(false);
  const [missing, setMissing] = useState<string | null>(null);
  const { refused, leftMs, refuse } = useRefusal();
  const numberSpot = useSpot('entry');
  const numberField = useRef<HTMLInputElement | null>(null);
  const pinField = useRef<HTMLInputElement | null>(null);
  const messageId = useId();
  useDigitsTo(numberField);

  const handler = number.trim();
  const waits = leftMs > 0 && refused?.handler === handler;
  const ended = endedWords(session.because);
  const words =
    missing ??
    (refused === null
      ? null
      : notOpenedWords(refused.answer, { asked: 'number-and-pin', realm: desk.realm, leftMs }));

  const signIn = async () => {
    if (asking || waits) return;
    if (handler === '' || pin === '') {
      setMissing(handler === '' ? 'Type your number first.' : 'Type your PIN, then press Enter.');
      law.focus(handler === '' ? numberField.current : pinField.current);
      return;
    }
    const ticket = law.ticket();
    setMissing(null);
    setAsking(true);
    const answer = await deskSession.signIn(handler, pin);
    if (answer === null) return;
    // The number stays, so that it is not typed twice; a PIN that was refused does not.
    setAsking(false);
    setPin('');
    refuse(answer, handler);
    law.answer(ticket, () => law.focus(pinField.current));
  };

  return (
    <main className={styles.page}>
      <div className={styles.sheet}>
        <header className={styles.head}>
          <h1>FCR Desk</h1>
          <strong className={styles.realm} data-realm={desk.realm}>
            {realmWords[desk.realm]}
          </strong>
        </header>
        <div className={styles.columns}>
          <form
            className={styles.form}
            aria-label="Sign in"
            onSubmit={(event) => {
              event.preventDefault();
              // Enter in the number goes on to the PIN.
              if (document.activeElement === numberField.current && handler !== '' && pin === '')
                law.focus(pinField.current);
              else void signIn();
            }}
          >
            <h2>Sign in</h2>
            {ended !== null && <p className={styles.ended}>{ended}</p>}
            <label className={styles.field}>
              <span>Number</span>
              <input
                ref={(element) => {
                  numberField.current = element;
                  numberSpot(element);
                }}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                spellCheck={false}
                maxLength={20}
                aria-describedby={messageId}
                value={number}
                onChange={(event) => {
                  setNumber(event.currentTarget.value);
                  setMissing(null);
                }}
              />
            </label>
            <PinField
              value={pin}
              describedBy={messageId}
              fieldRef={(element) => {
                pinField.current = element;
              }}
              onChange={(digits) => {
                setPin(digits);
                setMissing(null);
              }}
            />
            <button type="submit" className={styles.enter} aria-disabled={asking || waits}>
              {asking ? 'Asking…' : 'Sign in'} <KeyHint>Enter</KeyHint>
            </button>
            <p id={messageId} className={styles.message} role="alert">
              {words}
            </p>
          </form>
          <DeskFacts desk={desk} session={session} />
        </div>
        {session.demo.length > 0 && (
          <DemoAccounts
            accounts={session.demo}
            realm={desk.realm}
            onChoose={(chosen) => {
              setNumber(chosen);
              setMissing(null);
              law.focus(pinField.current);
            }}
          />
        )}
        {desk.realm !== 'training' && <TrainingChoice unsent={session.unsent} />}
      </div>
    </main>
  );
}

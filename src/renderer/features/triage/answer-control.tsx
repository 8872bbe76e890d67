import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ANSWER_LIMIT, type Answer } from '../../../shared/domain/triage/answers.ts';
import { placeNow, WHERE } from '../../../shared/domain/triage/condition.ts';
import type { NextQuestion } from '../../../shared/domain/triage/questions.ts';
import { readTime } from '../../app/typed-time.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Asking } from './asking.ts';
import styles from './questions.module.css';
import type { Triage } from './use-triage.ts';

const isPlain = ({ ctrlKey, altKey, metaKey }: KeyboardEvent): boolean => !ctrlKey && !altKey && !metaKey;

interface ControlProps {
  readonly triage: Triage;
  readonly asked: NextQuestion;
  readonly asking: Asking;
  readonly targetRef: (element: HTMLElement | null) => void;
}

/** How the question is answered: by y, n and u, by digits, or by typed words and Enter. */
export function AnswerControl(props: ControlProps) {
  const { triage, asked } = props;
  const { question } = asked;
  const place = placeNow(triage.look.picture);
  const [retyping, setRetyping] = useState(false);
  switch (question.answer) {
    case 'yes-no':
      return <YesNo {...props} onYes={{ kind: 'yes' }} onNo={{ kind: 'no' }} />;
    case 'choice':
    case 'choices':
      return <Choices {...props} />;
    case 'place':
      return question.id === WHERE && place.kind === 'told' && !retyping ? (
        <YesNo
          {...props}
          onYes={{ kind: 'place', text: place.words, readBack: true }}
          onNo={() => setRetyping(true)}
        />
      ) : (
        <Typed {...props} takesFocus={retyping} />
      );
    case 'text':
    case 'number':
    case 'time':
      return <Typed {...props} takesFocus={false} />;
  }
}

function YesNo({
  asked,
  asking,
  targetRef,
  onYes,
  onNo,
}: ControlProps & { readonly onYes: Answer; readonly onNo: Answer | (() => void) }) {
  const no = () => (typeof onNo === 'function' ? onNo() : asking.answer(onNo));
  const choose: Readonly<Record<string, () => void>> = {
    y: () => asking.answer(onYes),
    n: no,
    u: () => asking.answer({ kind: 'not-known' }),
  };
  return (
    <div
      ref={targetRef}
      className={styles.choices}
      role="group"
      tabIndex={0}
      aria-label={asked.say}
      onKeyDown={(event) => {
        const chosen = isPlain(event) ? choose[event.key.toLowerCase()] : undefined;
        if (chosen === undefined) return;
        event.preventDefault();
        chosen();
      }}
    >
      {(
        [
          ['y', 'Yes'],
          ['n', 'No'],
          ['u', 'Not known'],
        ] as const
      ).map(([key, word]) => (
        <button key={key} type="button" tabIndex={-1} onClick={() => choose[key]?.()}>
          <kbd>{key}</kbd> {word}
        </button>
      ))}
    </div>
  );
}

function Choices({ triage, asked, asking, targetRef }: ControlProps) {
  const { question, say } = asked;
  const several = question.answer === 'choices';
  const given = triage.form.answers[question.id];
  const [picked, setPicked] = useState<readonly string[]>(given?.kind === 'choice' ? given.ids : []);
  const choose = (at: number) => {
    const choice = question.choices[at];
    if (choice === undefined) return;
    if (!several) asking.answer({ kind: 'choice', ids: [choice.id] });
    else
      setPicked(
        picked.includes(choice.id) ? picked.filter((id) => id !== choice.id) : [...picked, choice.id],
      );
  };
  const done = () => {
    if (picked.length > 0) asking.answer({ kind: 'choice', ids: picked });
  };
  return (
    <div
      ref={targetRef}
      className={styles.choices}
      role="group"
      tabIndex={0}
      aria-label={say}
      onKeyDown={(event) => {
        if (!isPlain(event)) return;
        const at = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
        if (at >= 0 && at < question.choices.length) choose(at);
        else if (event.key === 'u') asking.answer({ kind: 'not-known' });
        else if (event.key === 'Enter' && several) done();
        else return;
        event.preventDefault();
      }}
    >
      {question.choices.map(({ id, word }, at) => (
        <button
          key={id}
          type="button"
          tabIndex={-1}
          aria-pressed={picked.includes(id)}
          onClick={() => choose(at)}
        >
          <kbd>{at + 1}</kbd> {word}
        </button>
      ))}
      <button type="button" tabIndex={-1} onClick={() => asking.answer({ kind: 'not-known' })}>
        <kbd>u</kbd> Not known
      </button>
      {several && (
        <button type="button" tabIndex={-1} disabled={picked.length === 0} onClick={done}>
          <kbd>Enter</kbd> Done
        </button>
      )}
    </div>
  );
}

function Typed({
  triage,
  asked,
  asking,
  targetRef,
  takesFocus,
}: ControlProps & { readonly takesFocus: boolean }) {
  const { clock, law } = useWorkplace();
  const { form, change } = triage;
  const { question, say } = asked;
  const given = form.answers[question.id];
  const before =
    given === undefined
      ? ''
      : 'text' in given
        ? given.text
        : given.kind === 'number'
          ? String(given.number)
          : '';
  const text = form.typing[question.id] ?? before;
  const [wrong, setWrong] = useState('');
  const own = useRef<HTMLInputElement | null>(null);

  // "No, that is not the place" was the handler's own key, and this runs in its task.
  useLayoutEffect(() => {
    if (takesFocus) law.focus(own.current);
  }, [takesFocus, law]);

  const enter = () => {
    const said = text.trim();
    if (said === '') {
      setWrong('Write the answer, or Alt+U for not known.');
      return;
    }
    if (question.answer !== 'number') {
      const read = question.answer === 'time' ? readTime(said, { now: clock.now(), since: null }) : null;
      const at = read?.kind === 'at' ? read.at : null;
      if (question.answer === 'time') asking.answer({ kind: 'time', at, text: said });
      else if (question.answer === 'place') asking.answer({ kind: 'place', text: said, readBack: false });
      else asking.answer({ kind: 'text', text: said });
    } else if (/^\d{1,7}([.,]\d+)?$/.test(said)) {
      asking.answer({ kind: 'number', number: Number(said.replace(',', '.')) });
    } else setWrong('A number alone, please.');
  };
  return (
    <div className={styles.typed}>
      <input
        ref={(element) => {
          own.current = element;
          targetRef(element);
        }}
        type="text"
        aria-label={say}
        value={text}
        maxLength={ANSWER_LIMIT}
        autoComplete="off"
        inputMode={question.answer === 'number' ? 'numeric' : 'text'}
        onChange={(event) => {
          setWrong('');
          const { value } = event.currentTarget;
          const { [question.id]: _typed, ...others } = form.typing;
          change({ typing: value === before ? others : { ...others, [question.id]: value } });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing || !isPlain(event)) return;
          event.preventDefault();
          enter();
        }}
      />
      <button type="button" tabIndex={-1} onClick={enter}>
        <kbd>Enter</kbd> Done
      </button>
      <button type="button" tabIndex={-1} onClick={() => asking.answer({ kind: 'not-known' })}>
        <kbd>Alt+U</kbd> Not known
      </button>
      <p className={styles.wrong} role="status">
        {wrong}
      </p>
    </div>
  );
}

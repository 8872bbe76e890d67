import { useLayoutEffect, useRef } from 'react';
import {
  inForce,
  isRightCareOffered,
  rightCareOutcome,
  rightCareSteps,
  RIGHT_CARE_LIMIT,
  thresholdSteps,
  type RightCareAnswer,
  type RightCareStep,
  type ThresholdStep,
} from '../../../shared/domain/triage/right-care.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './right-care.module.css';
import { showWhole } from './show-whole.ts';
import type { Triage } from './use-triage.ts';

const stepNames: Readonly<Record<RightCareStep, string>> = {
  crime: 'Crime',
  child: 'Child',
  'real-and-immediate': 'Real and immediate risk',
  'duty-assumed': 'Duty taken on',
  'duty-holder': 'Who holds the duty',
  'agency-told': 'Who there was told',
  'caller-told': 'What the caller was told',
  're-contact': 'What would change it',
};

const isThreshold = (step: RightCareStep): step is ThresholdStep =>
  (thresholdSteps as readonly RightCareStep[]).includes(step);

export interface RightCarePartProps {
  readonly triage: Triage;
  readonly isOpen: boolean;
  readonly turn: number;
  readonly onToggle: () => void;
}

/** Right Care Right Person: whether police are the ones to go, step by step, each answer kept (rule T-18). */
export function RightCarePart({ triage, isOpen, turn, onToggle }: RightCarePartProps) {
  const { law } = useWorkplace();
  const first = useRef<HTMLDivElement | null>(null);
  const path = triage.look.entry.rightCare;
  const offered = isRightCareOffered(triage.policies.triage, triage.look.picture);

  // Alt+W is the handler's own key, and this runs in its task.
  useLayoutEffect(() => {
    if (turn === 0) return;
    showWhole(law, first.current);
    law.focus(first.current?.querySelector<HTMLElement>('[tabindex="0"], input'));
  }, [turn, law]);

  return (
    <section className={styles.care} aria-label="Right Care Right Person">
      <button
        type="button"
        tabIndex={-1}
        className={styles.head}
        aria-expanded={isOpen}
        data-offered={offered}
        onClick={onToggle}
      >
        <kbd>Alt+W</kbd> Right Care Right Person:{' '}
        {offered || path.length > 0 ? outcomeWords(triage) : 'are police the ones to go?'}
      </button>
      {isOpen && (
        <div ref={first} className={styles.steps}>
          {rightCareSteps.map((step) => (
            <Step key={step} triage={triage} step={step} />
          ))}
        </div>
      )}
    </section>
  );
}

function outcomeWords({ look }: Triage): string {
  const outcome = rightCareOutcome(look.entry.rightCare);
  switch (outcome.kind) {
    case 'attend':
      return `police attend (${stepNames[outcome.because].toLowerCase()}).`;
    case 'threshold-not-met':
      return 'the threshold is not met; the one who holds the duty knows, and so does the caller.';
    case 'not-finished':
      return `not finished: ${outcome.missing.map((step) => stepNames[step].toLowerCase()).join(', ')}.`;
    default:
      return unreachable(outcome);
  }
}

function Step({ triage, step }: { readonly triage: Triage; readonly step: RightCareStep }) {
  const { say, help } = triage.policies.triage.rightCare[step];
  return (
    <div className={styles.step} title={help}>
      <p>{say}</p>
      {isThreshold(step) ? (
        <Threshold triage={triage} step={step} say={say} />
      ) : (
        <Told triage={triage} step={step} say={say} />
      )}
    </div>
  );
}

/** The step as the form has it, or as it is in force. */
function stepOf<S extends RightCareStep>({ form, look }: Triage, step: S) {
  return form.care[step] ?? inForce(look.entry.rightCare, step);
}

const answers = [
  ['y', 'yes', 'Yes'],
  ['n', 'no', 'No'],
  ['u', 'not-known', 'Not known'],
] as const;

interface StepProps<S extends RightCareStep> {
  readonly triage: Triage;
  readonly step: S;
  readonly say: string;
}

function Threshold({ triage, step, say }: StepProps<ThresholdStep>) {
  const now = stepOf(triage, step);
  const set = (answer: 'yes' | 'no' | 'not-known', words: string) =>
    triage.change({ care: { ...triage.form.care, [step]: { step, answer, words } } });
  return (
    <div className={styles.threshold}>
      <div
        role="group"
        tabIndex={0}
        aria-label={say}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.altKey || event.metaKey) return;
          const chosen = answers.find(([key]) => key === event.key.toLowerCase());
          if (chosen === undefined) return;
          event.preventDefault();
          set(chosen[1], now?.words ?? '');
        }}
      >
        {answers.map(([key, answer, word]) => (
          <button
            key={key}
            type="button"
            tabIndex={-1}
            aria-pressed={now?.answer === answer}
            onClick={() => set(answer, now?.words ?? '')}
          >
            <kbd>{key}</kbd> {word}
          </button>
        ))}
      </div>
      <input
        type="text"
        aria-label={`${stepNames[step]}: grounds`}
        placeholder={step === 'real-and-immediate' ? 'What exactly, when, by what' : 'What was said'}
        value={now?.words ?? ''}
        maxLength={RIGHT_CARE_LIMIT}
        autoComplete="off"
        onChange={(event) => set(now?.answer ?? 'not-known', event.currentTarget.value)}
      />
    </div>
  );
}

/** The steps in words: to whom, by whom, what was said. */
function Told({ triage, step, say }: StepProps<Exclude<RightCareStep, ThresholdStep>>) {
  const { clock } = useWorkplace();
  const put = (answer: RightCareAnswer) =>
    triage.change({ care: { ...triage.form.care, [answer.step]: answer } });
  const field = (name: string, value: string, write: (text: string) => void) => (
    <input
      key={name}
      type="text"
      aria-label={`${stepNames[step]}: ${name}`}
      placeholder={name}
      title={say}
      value={value}
      maxLength={RIGHT_CARE_LIMIT}
      autoComplete="off"
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
  switch (step) {
    case 'duty-holder': {
      const { agency = '', done = '' } = stepOf(triage, step) ?? {};
      return (
        <div className={styles.told}>
          {field('Service', agency, (text) => put({ step, agency: text, done }))}
          {field('What they have done', done, (text) => put({ step, agency, done: text }))}
        </div>
      );
    }
    case 'agency-told': {
      const before = stepOf(triage, step);
      const { person, at, theirRef } = before ?? { person: '', at: clock.now(), theirRef: null };
      return (
        <div className={styles.told}>
          {field('Person', person, (text) => put({ step, person: text, at, theirRef }))}
          {field('Their reference', theirRef ?? '', (text) =>
            put({ step, person, at, theirRef: text === '' ? null : text }),
          )}
        </div>
      );
    }
    case 'caller-told': {
      const words = stepOf(triage, step)?.words ?? '';
      return (
        <div className={styles.told}>
          {field('As it was said', words, (text) => put({ step, words: text }))}
        </div>
      );
    }
    case 're-contact': {
      const when = stepOf(triage, step)?.when ?? '';
      return (
        <div className={styles.told}>
          {field('Ring again if …', when, (text) => put({ step, when: text }))}
        </div>
      );
    }
    default:
      return unreachable(step);
  }
}

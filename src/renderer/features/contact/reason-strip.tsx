import { useLayoutEffect, useRef } from 'react';
import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import { closeOutcomes, grades } from '../../../shared/domain/contact.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { useCell } from '../../app/cell.ts';
import { gradeWords, outcomeWords } from '../../app/contact-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Strip } from '../../app/strip.ts';
import { ReasonForm } from '../../ui/reason-form.tsx';
import styles from './reason-strip.module.css';

/** Asks for the reason of an act, in place: the contact above it stays readable. */
export function ReasonStrip() {
  const strip = useCell(useWorkplace().strip);
  return strip === null ? null : <OpenStrip key={`${strip.contact} ${strip.kind}`} strip={strip} />;
}

function OpenStrip({ strip }: { readonly strip: Strip }) {
  const workplace = useWorkplace();
  const { strip: cell, law, acts, reasons } = workplace;
  const field = useRef<HTMLInputElement | null>(null);
  const choices = useRef<HTMLFieldSetElement | null>(null);

  // Opening the strip is the handler's own act, and this runs in its task.
  useLayoutEffect(() => {
    law.focus(choices.current?.querySelector('input') ?? field.current);
  }, [law]);

  const words = reasons.of(strip.contact, strip.kind);
  const reason = useCell(words);
  const leave = () => {
    cell.set(null);
    workplace.goTo('work');
  };
  return (
    <div data-focus="strip">
      <ReasonForm
        title={titleOf(strip)}
        limit={REASON_LIMIT}
        ready={actOf(strip, '') !== null}
        fieldRef={(element) => {
          field.current = element;
        }}
        reason={reason}
        onReason={(next) => words.set(next)}
        onLeave={leave}
        onSend={(sent) => {
          const act = actOf(strip, sent);
          if (act === null) return;
          const ticket = law.ticket();
          void acts.submit(strip.contact, act).then((answer) => {
            if (answer.kind !== 'kept') return;
            reasons.sent(strip.contact, strip.kind, sent);
            workplace.say(`${titleOf(strip)}: kept here.`, 'plain');
            if (cell.read() !== strip) return;
            cell.set(null);
            law.answer(ticket, () => workplace.goTo('work'));
          });
        }}
      >
        {(strip.kind === 'grade' || strip.kind === 'close') && (
          <Choices
            legend={strip.kind === 'grade' ? 'Grade' : 'Outcome'}
            options={
              strip.kind === 'grade'
                ? grades.map((grade) => ({ id: grade, key: grade, words: gradeWords[grade] }))
                : closeOutcomes.map((outcome, at) => ({
                    id: outcome,
                    key: String(at + 1),
                    words: outcomeWords[outcome],
                  }))
            }
            chosen={strip.kind === 'grade' ? strip.grade : strip.outcome}
            fieldsetRef={(element) => {
              choices.current =
                (strip.kind === 'grade' ? strip.grade : strip.outcome) === null ? element : null;
            }}
            onChoose={(at) => {
              if (strip.kind === 'grade') cell.set({ ...strip, grade: grades[at] ?? null });
              else cell.set({ ...strip, outcome: closeOutcomes[at] ?? null });
            }}
            onDone={() => law.focus(field.current)}
          />
        )}
      </ReasonForm>
    </div>
  );
}

interface ChoicesProps {
  readonly legend: string;
  readonly options: readonly { readonly id: string; readonly key: string; readonly words: string }[];
  readonly chosen: string | null;
  readonly fieldsetRef: (element: HTMLFieldSetElement | null) => void;
  readonly onChoose: (at: number) => void;
  /** A digit chose: the reason comes next. */
  readonly onDone: () => void;
}

function Choices({ legend, options, chosen, fieldsetRef, onChoose, onDone }: ChoicesProps) {
  return (
    <fieldset
      ref={fieldsetRef}
      className={styles.choices}
      onKeyDown={(event) => {
        const at = Number(event.key) - 1;
        if (!Number.isInteger(at) || at < 0 || at >= options.length) return;
        event.preventDefault();
        onChoose(at);
        onDone();
      }}
    >
      <legend>{legend}</legend>
      {options.map(({ id, key, words }, at) => (
        <label key={id}>
          <input type="radio" name={legend} checked={chosen === id} onChange={() => onChoose(at)} />
          <span>
            <b>{key}</b> {words}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function titleOf(strip: Strip): string {
  switch (strip.kind) {
    case 'grade':
      return strip.grade === null ? 'Grade' : `Grade ${strip.grade}, ${gradeWords[strip.grade]}`;
    case 'close':
      return strip.outcome === null ? 'Close' : `Close, ${outcomeWords[strip.outcome]}`;
    case 'promote':
      return 'Promote to emergency';
    case 'demote':
      return 'Not an emergency any more';
    case 'free':
      return 'Offer to everybody again';
    case 'reopen':
      return 'Reopen';
    default:
      return unreachable(strip);
  }
}

/** The act the strip stands for; `null` while a choice is missing. */
function actOf(strip: Strip, reason: string): Act | null {
  switch (strip.kind) {
    case 'grade':
      return strip.grade === null ? null : { kind: 'grade', grade: strip.grade, reason };
    case 'close':
      return strip.outcome === null ? null : { kind: 'close', outcome: strip.outcome, reason, record: null };
    default:
      return { kind: strip.kind, reason };
  }
}

import { useRef } from 'react';
import { callerToldKinds, type CallerTold } from '../../../shared/domain/record/closing-record.ts';
import { paintNow } from '../../app/paint-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Choices } from './choices.tsx';
import { CloseField, type ClosePart } from './close-field.tsx';
import styles from './close-sheet.module.css';
import { TextLine } from './text-line.tsx';

const kindWords: Readonly<Record<CallerTold['kind'], string>> = {
  yes: 'yes',
  'could-not': 'could not be told',
  'not-needed': 'not needed',
};

const asksFor: Readonly<Record<CallerTold['kind'], string>> = {
  yes: 'What the caller was told',
  'could-not': 'Why the caller could not be told',
  'not-needed': 'Why the caller need not be told',
};

/** Whether the caller knows what happens next, above all that nobody comes (rule R-06). */
export function CloseTold({
  form,
  missing,
  asked,
  change,
  goOn,
  believesEarlier,
}: ClosePart & { readonly believesEarlier: boolean }) {
  const { law } = useWorkplace();
  const details = useRef<HTMLDivElement | null>(null);
  const notAsked = asked !== null && !asked.has('caller-told');
  const hint = believesEarlier
    ? 'The grade was lowered: the caller believes the earlier answer.'
    : notAsked
      ? 'Not asked for here.'
      : undefined;
  return (
    <CloseField field="caller-told" label="Caller told" missing={missing} hint={hint}>
      {(below) => (
        <div className={styles.told}>
          <Choices
            legend="Caller told"
            options={callerToldKinds.map((id) => ({ id, words: kindWords[id] }))}
            chosen={form.told}
            describedBy={below}
            onChoose={(told) => change({ told })}
            onDone={() => {
              paintNow();
              law.focus(details.current?.querySelector('input'));
            }}
          />
          <div ref={details} className={styles.details}>
            {form.told !== null && (
              <TextLine
                label={asksFor[form.told]}
                value={form.toldWords}
                onChange={(toldWords) => change({ toldWords })}
                onEnter={() => goOn('caller-told')}
              />
            )}
          </div>
        </div>
      )}
    </CloseField>
  );
}

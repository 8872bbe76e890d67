import { useRef } from 'react';
import { categoryOf } from '../../../shared/domain/record/categories.ts';
import { crimeDecisionKinds, type CrimeDecision } from '../../../shared/domain/record/crime-decision.ts';
import { withClass } from '../../../shared/domain/record/whole-decision.ts';
import { unreachable } from '../../../shared/lib/assert.ts';
import { RationaleOffer, RationaleParts } from '../../app/rationale-parts.tsx';
import { isWritten } from '../../../shared/domain/triage/rationale.ts';
import { paintNow } from '../../app/paint-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Choices } from './choices.tsx';
import { CloseField, type ClosePart } from './close-field.tsx';
import { TextLine } from './text-line.tsx';
import { Typeahead } from './typeahead.tsx';
import styles from './close-sheet.module.css';

const kindWords: Readonly<Record<CrimeDecision['kind'], string>> = {
  recorded: 'recorded',
  'not-a-crime': 'not a crime',
  elsewhere: 'elsewhere',
  'not-yet': 'not yet',
};

/** Whether the five parts of why it is no crime are open, and the key that opens them. */
export interface WhyOpen {
  readonly isOpen: boolean;
  readonly open: () => void;
}

interface CloseCrimeProps extends ClosePart {
  readonly why: WhyOpen;
  /** By what it goes where it is recorded already; else empty. */
  readonly recorded: string;
}

/** Whether it is a crime (rule R-04). Nothing is chosen before a person chooses. */
export function CloseCrime({ why, recorded, ...part }: CloseCrimeProps) {
  const { form, missing, asked, change, goOn } = part;
  const { law } = useWorkplace();
  const details = useRef<HTMLDivElement | null>(null);
  return (
    <CloseField
      field="crime"
      label="Crime"
      missing={missing}
      hint={
        recorded !== ''
          ? `Recorded as ${recorded}.`
          : asked === null || asked.has('crime')
            ? undefined
            : 'Not asked for here.'
      }
    >
      {(below) => (
        <>
          <Choices
            legend="Crime decision"
            options={crimeDecisionKinds.map((id) => ({ id, words: kindWords[id] }))}
            chosen={form.crime}
            describedBy={below}
            onChoose={(crime) => change({ crime })}
            onDone={(crime) => {
              if (crime === 'not-yet') {
                goOn('crime');
                return;
              }
              paintNow();
              law.focus(details.current?.querySelector<HTMLElement>('input, select'));
            }}
          />
          <div ref={details} className={styles.details}>
            {form.crime !== null && (
              <Details
                part={part}
                kind={form.crime}
                toClass={() =>
                  law.focus(
                    details.current?.querySelector<HTMLElement>('input[aria-label^="Class of crime"]'),
                  )
                }
              />
            )}
          </div>
          {form.crime === 'not-a-crime' &&
            (why.isOpen || isWritten(form.rationale) ? (
              <RationaleParts
                rationale={form.rationale}
                missing={[]}
                onChange={(rationale) => change({ rationale })}
              />
            ) : (
              <RationaleOffer onOpen={why.open} />
            ))}
        </>
      )}
    </CloseField>
  );
}

/** The class of a closing category that is a crime itself; `null` where one is to be chosen. */
function classOf({ form, categories }: Pick<ClosePart, 'form' | 'categories'>): string | null {
  const crime = { kind: 'recorded', offence: form.offence, offenceClass: form.offenceClass } as const;
  const category = categories.policy === null ? null : categoryOf(categories.policy, form.category);
  const decision = withClass(crime, category);
  return decision.kind === 'recorded' ? decision.offenceClass : null;
}

function classWords(part: ClosePart): string {
  const code = classOf(part);
  return code === null ? 'Class: vio, bur, oth' : `${part.categories.words(code)}, as it closes`;
}

interface DetailsProps {
  readonly part: ClosePart;
  readonly kind: CrimeDecision['kind'];
  readonly toClass: () => void;
}

function Details({ part, kind, toClass }: DetailsProps) {
  const { form, categories, change, goOn } = part;
  const onEnter = () => goOn('crime');
  switch (kind) {
    case 'recorded':
      return (
        <>
          <TextLine
            label="Which crime"
            value={form.offence}
            onChange={(offence) => change({ offence })}
            onEnter={form.offence.trim() !== '' && classOf(part) === null ? toClass : onEnter}
          />
          <Typeahead
            label="Class of crime"
            list="over"
            showCodes
            placeholder={form.offenceClass === null ? classWords(part) : categories.words(form.offenceClass)}
            hasChosen={classOf(part) !== null}
            typed={form.offenceTyped}
            found={categories.findCrimes(form.offenceTyped)}
            onType={(offenceTyped) => change({ offenceTyped, offenceClass: null })}
            onChoose={({ code }) => {
              change({ offenceClass: code, offenceTyped: '' });
              onEnter();
            }}
            onEnter={onEnter}
            onBackspace={() => change({ offenceClass: null })}
          />
        </>
      );
    case 'not-a-crime':
      return (
        <>
          <select
            aria-label="Why it is not a crime"
            value={form.because}
            onChange={(event) => change({ because: event.currentTarget.value })}
          >
            <option value="">Why it is not a crime…</option>
            {categories.policy?.notACrime.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
          <TextLine
            label="What in the account shows it"
            value={form.becauseWords}
            onChange={(becauseWords) => change({ becauseWords })}
            onEnter={onEnter}
          />
        </>
      );
    case 'elsewhere':
      return (
        <>
          <TextLine
            label="Which force"
            value={form.force}
            onChange={(force) => change({ force })}
            onEnter={onEnter}
          />
          <TextLine
            label="Their reference, if they gave one"
            value={form.theirRef}
            onChange={(theirRef) => change({ theirRef })}
            onEnter={onEnter}
          />
        </>
      );
    case 'not-yet':
      return null;
    default:
      return unreachable(kind);
  }
}

import { useLayoutEffect, useRef, useState } from 'react';
import { closeOutcomes, type Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { ClosingField } from '../../../shared/domain/record/closing-record.ts';
import { provisionalCrimeRef } from '../../../shared/domain/record/crime-reference.ts';
import { openDuties } from '../../../shared/domain/record/parts.ts';
import { useCell } from '../../app/cell.ts';
import { outcomeWords } from '../../app/contact-words.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { paintNow } from '../../app/paint-now.ts';
import { crimeRefWords } from '../../app/record-words.ts';
import { isRationaleKey } from '../../app/rationale-parts.tsx';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Workplace } from '../../app/workplace.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Choices } from './choices.tsx';
import { beforeDuty, beforeFields, CloseBefore, type BeforeClosing } from './close-before.tsx';
import { CloseCategory, CloseQualifiers } from './close-category.tsx';
import { CloseCrime } from './close-crime.tsx';
import { CloseField, type ClosePart } from './close-field.tsx';
import { askedOf, parentsOf, recordOf, withOutcome, type MissingSentences } from './close-form.ts';
import { CloseIncident } from './close-incident.tsx';
import { CloseParent } from './close-parent.tsx';
import styles from './close-sheet.module.css';
import { CloseTold } from './close-told.tsx';
import { TextLine } from './text-line.tsx';
import { useCategories } from './use-categories.ts';
import { useCloseForm } from './use-close-form.ts';

/** As they stand on screen. What is missing elsewhere, such as the assessment and the passing on, has no field here. */
const order = [
  'outcome',
  'category',
  'qualifiers',
  'result',
  'crime',
  'caller-told',
  'incident',
  'parent',
] as const;

/** What is filled in on this very sheet, whatever else happens to the contact. */
const inTheForm = ['category', 'qualifiers', 'result', 'crime', 'caller-told'] as const;

const unread = 'Not closed: its details are still on their way. Your words stay here.';

/** The contact as it stands now; `null`: it cannot be read. */
async function readFresh({ readings }: Workplace, id: ContactId): Promise<Contact | null> {
  try {
    const read = await readings.fresh(id);
    return read.kind === 'here' ? read.contact : null;
  } catch {
    return null;
  }
}

/** What somebody must do elsewhere before it may be closed. */
const dutiesOf = (contact: Contact): readonly BeforeClosing[] =>
  openDuties(contact).flatMap(({ kind }) => beforeDuty[kind] ?? []);

/** Closing a contact with its record (rule R-06). What is missing is said beside each field and stops nobody's typing. */
export function CloseSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { law, acts, drafts, elements } = workplace;
  const reading = useCell(workplace.readings.of(id));
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const categories = useCategories();
  const { form, latest, change, missingIn, refused, sent } = useCloseForm(id, contact, categories.policy);
  const [tried, setTried] = useState(false);
  const [judging, setJudging] = useState(false);
  const [whyOpen, setWhyOpen] = useState(false);
  const frame = useRef<HTMLDivElement | null>(null);
  const button = useRef<HTMLButtonElement | null>(null);
  const missing = missingIn(form);

  const first = (field: ClosingField): HTMLElement | null =>
    frame.current?.querySelector<HTMLElement>(`[data-field="${field}"] [data-first]`) ?? null;

  // Where the key that opened it goes: what has been chosen by it is behind.
  const [start] = useState<ClosingField>(form.outcome === null ? 'outcome' : 'category');
  useLayoutEffect(() => {
    const element = frame.current?.querySelector<HTMLElement>(`[data-field="${start}"] [data-first]`);
    if (element !== null && element !== undefined) elements.set('sheet', element);
    return () => void elements.delete('sheet');
  }, [elements, start]);

  const goOn = (from: ClosingField) => {
    const now = missingIn(latest());
    paintNow();
    law.focus(next(from, now, contact === null) ?? button.current);
  };
  const next = (from: ClosingField, now: MissingSentences, isBlind: boolean): HTMLElement | null => {
    const at = order.findIndex((field) => field === from);
    const behind = [...order.slice(at + 1), ...order.slice(0, Math.max(0, at))];
    const field = behind.find((each) => now.has(each) || (isBlind && each === 'result' && from !== 'result'));
    return field === undefined ? null : first(field);
  };

  const send = (read: Contact, ticket: Ticket) => {
    const { outcome } = latest();
    if (outcome === null) return;
    const record = recordOf(latest());
    const words = drafts.sheet(id, 'close');
    void acts.submit(id, { kind: 'close', outcome, reason: record.result, record }).then((answer) => {
      if (answer.kind === 'refused' && answer.refusal.code === 'record-incomplete')
        refused(answer.refusal.missing);
      if (answer.kind !== 'kept') return;
      sent(words);
      const isNew = record.crime.kind === 'recorded' && (read.crime?.ref ?? null) === null;
      const prov = acts.linkIsDown && isNew ? provisionalCrimeRef(read, answer.id, record.crime) : '';
      workplace.say(
        prov === ''
          ? `Close, ${outcomeWords[outcome]}: kept here.`
          : `Close, ${outcomeWords[outcome]}: kept here. For the crime say ${prov} until the link is back.`,
        prov === '' ? 'plain' : 'warning',
      );
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const refuse = (found: MissingSentences, ticket: Ticket) => {
    workplace.say('Not closed: what is missing stands beside each field.', 'warning');
    const missed = order.map((field) => (found.has(field) ? first(field) : null));
    law.answer(ticket, () => law.focus(missed.find((each) => each !== null)));
  };
  const close = () => {
    setTried(true);
    const ticket = law.ticket();
    const found = missingIn(latest());
    if (latest().outcome === null || inTheForm.some((field) => found.has(field)))
      return refuse(found, ticket);
    if (contact !== null && found.size === 0 && duties.length === 0) return send(contact, ticket);
    // What stops it may have been settled by the key before this one, or nothing has been read yet: it is read once more and
    // judged by that, so that no key of a fast typist is lost (rule W-27).
    const words = drafts.sheet(id, 'close');
    setJudging(true);
    void readFresh(workplace, id).then((now) => {
      setJudging(false);
      if (now === null) return workplace.say(unread, 'warning');
      if (workplace.sheets.of(id).read() !== 'close') return;
      const still = missingIn(latest(), now);
      if (still.size > 0 || dutiesOf(now).length > 0) return refuse(still, ticket);
      if (drafts.sheet(id, 'close') === words) send(now, ticket);
      else workplace.say('Not closed: you have gone on writing. Ctrl+Enter closes it.', 'plain');
    });
  };

  const openWhy = () => {
    setWhyOpen(true);
    paintNow();
    law.focus(frame.current?.querySelector<HTMLElement>('[data-part="information"]'));
  };
  const duties = contact === null ? [] : dutiesOf(contact);
  const before = [...beforeFields(missing), ...duties];
  const asked =
    contact === null || categories.policy === null ? null : askedOf(form, contact, categories.policy);
  const part: ClosePart = { form, missing, asked, categories, change, goOn };
  const open = missing.size + duties.length;
  return (
    <SheetFrame
      id={id}
      title={form.outcome === null ? 'Close' : `Close, ${outcomeWords[form.outcome]}`}
      keys={
        <>
          <KeyHint>Enter</KeyHint> to what is missing
        </>
      }
      act={{
        words: 'Close',
        isReady: contact !== null && open === 0 && form.outcome !== null,
        run: close,
      }}
      actRef={(element) => {
        button.current = element;
      }}
      note={judging ? 'It is being read once more.' : openWords(contact === null ? null : open)}
    >
      <div
        ref={frame}
        className={styles.form}
        role="group"
        aria-label="Closing record"
        data-tried={tried}
        onFocus={({ target }) => {
          elements.set('sheet', target);
          const box = frame.current?.parentElement;
          const field = target.closest('[data-field]');
          if (box !== null && box !== undefined && field !== null) law.keepPlace(box, placeToSee(box, field));
        }}
        onBlur={() => void drafts.save(id)}
        onKeyDown={(event) => {
          if (event.defaultPrevented || form.crime !== 'not-a-crime' || !isRationaleKey(event)) return;
          event.preventDefault();
          openWhy();
        }}
      >
        <CloseBefore before={before} />
        <CloseField field="outcome" label="Outcome" missing={missing}>
          {(below) => (
            <Choices
              legend="Outcome"
              options={closeOutcomes.map((outcome) => ({ id: outcome, words: outcomeWords[outcome] }))}
              chosen={form.outcome}
              describedBy={below}
              onChoose={(outcome) => change(withOutcome(latest(), outcome))}
              onDone={() => {
                paintNow();
                law.focus(first('category'));
              }}
            />
          )}
        </CloseField>
        <CloseCategory {...part} />
        <CloseQualifiers {...part} />
        <CloseField field="result" label="Result" missing={missing}>
          {(below) => (
            <TextLine
              label="How it ended, in a line"
              isFirst
              value={form.result}
              describedBy={below}
              onChange={(result) => change({ result })}
              onEnter={() => goOn('result')}
            />
          )}
        </CloseField>
        <CloseCrime
          {...part}
          recorded={contact?.crime ? crimeRefWords(contact.crime) : ''}
          why={{ isOpen: whyOpen, open: openWhy }}
        />
        <CloseTold
          {...part}
          believesEarlier={contact !== null && openDuties(contact).some(({ kind }) => kind === 'tell-caller')}
        />
        <CloseIncident {...part} />
        {form.outcome === 'duplicate' && (
          <CloseParent {...part} parents={contact === null ? [] : parentsOf(contact)} />
        )}
      </div>
    </SheetFrame>
  );
}

/** How far the sheet is rolled so that the whole field is seen; as it is when it can be seen already. Pixels. */
function placeToSee(box: Element, field: Element): number {
  const seen = box.getBoundingClientRect();
  const { top, bottom } = field.getBoundingClientRect();
  if (top < seen.top) return box.scrollTop - (seen.top - top);
  return bottom > seen.bottom ? box.scrollTop + (bottom - seen.bottom) : box.scrollTop;
}

function openWords(open: number | null): string {
  if (open === null) return 'Its details are on their way.';
  if (open === 0) return 'The record is whole.';
  return open === 1 ? '1 thing is still missing.' : `${open} things are still missing.`;
}

import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { languageChoices } from '../../app/language-choices.ts';
import { languageWords } from '../../app/contact-words.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useFirstField, useOpening } from '../../app/use-first-field.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { formOf, lineNumberOf, readCallerForm, saidOf, wrongIn, type CallerForm } from './caller-form.ts';
import styles from './caller-sheet.module.css';

/** Who the caller is and what it is about, as they say: in the row, in the search and beside earlier contacts at once (rule R-24). */
export function CallerSheet({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const opening = useOpening();
  const spot = useSpot('sheet');
  if (reading?.kind === 'here') return <Open id={id} contact={reading.contact} opening={opening} />;
  return (
    <SheetFrame id={id} title="Caller" act={null}>
      <p ref={spot} tabIndex={-1} role="status">
        The contact is being read: the fields stand here in a moment.
      </p>
    </SheetFrame>
  );
}

interface OpenProps {
  readonly id: ContactId;
  readonly contact: Contact;
  readonly opening: Ticket;
}

function Open({ id, contact, opening }: OpenProps) {
  const workplace = useWorkplace();
  const { acts, drafts, law } = workplace;
  const [kept, write] = useSheetWords(id, 'caller', readCallerForm);
  const form = kept ?? formOf(contact);
  const first = useRef<HTMLInputElement | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const spot = useSpot('sheet');
  useFirstField(opening, first);
  useEffect(() => () => void drafts.save(id), [drafts, id]);

  const change = (changed: Partial<CallerForm>) => write({ ...form, ...changed });
  const wrong = wrongIn(form);
  const lineNumber = lineNumberOf(contact);

  const keep = () => {
    if (wrong !== null) {
      workplace.say(`Not kept. ${wrong.sentence}`, 'plain');
      law.focus(grid.current?.querySelector<HTMLElement>(`[name="${wrong.field}"]`) ?? null);
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'caller');
    void acts.submit(id, { kind: 'describe', said: saidOf(form) }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, 'caller') === sent) write(null);
      workplace.say('Caller kept here.', 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  /** Enter goes on to the next field, and from the last one keeps. */
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return;
    const fields = [...(grid.current?.querySelectorAll<HTMLElement>('input, select') ?? [])];
    const at = fields.indexOf(event.target as HTMLElement);
    if (at === -1) return;
    event.preventDefault();
    const next = fields[at + 1];
    if (next === undefined) keep();
    else law.focus(next);
  };
  const text = (field: 'name' | 'number' | 'address' | 'title') => ({
    name: field,
    value: form[field],
    error: wrong?.field === field ? wrong.sentence : undefined,
    onText: (value: string) => change({ [field]: value }),
  });
  return (
    <SheetFrame
      id={id}
      title="Caller"
      keys={
        <>
          <KeyHint>Enter</KeyHint> next field
        </>
      }
      act={{ words: 'Keep', isReady: wrong === null, run: keep }}
      note={wrong === null ? '' : wrong.sentence}
    >
      <div ref={grid} className={styles.grid} onKeyDown={onKeyDown} role="presentation">
        <Text
          label="Caller’s name"
          {...text('name')}
          fieldRef={(input) => {
            first.current = input;
            spot(input);
          }}
        />
        <Text
          label={lineNumber === null ? 'Number' : 'Another number'}
          hint={lineNumber === null ? 'The line shows none' : `The line shows ${lineNumber}: that stays`}
          {...text('number')}
        />
        <Text label="Address, with house number" wide {...text('address')} />
        <Text label="What it is about" wide hint="In the row: no names, no numbers" {...text('title')} />
        <Language value={form.language} onChoose={(language) => change({ language })} />
      </div>
    </SheetFrame>
  );
}

interface TextProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  readonly hint?: string;
  readonly error: string | undefined;
  readonly wide?: true;
  readonly onText: (value: string) => void;
  readonly fieldRef?: (input: HTMLInputElement | null) => void;
}

function Text({ label, name, value, hint = '', error, wide, onText, fieldRef }: TextProps) {
  const id = useId();
  return (
    <div className={wide === true ? `${styles.field} ${styles.wide}` : styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={fieldRef}
        id={id}
        name={name}
        type="text"
        autoComplete="off"
        spellCheck={name === 'title'}
        value={value}
        aria-describedby={`${id}-below`}
        aria-invalid={error !== undefined}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <p id={`${id}-below`} data-error={error !== undefined}>
        {error ?? hint}
      </p>
    </div>
  );
}

/** A language that a source named and that is not among the usual ones is offered as well. */
function Language({ value, onChoose }: { readonly value: string; readonly onChoose: (tag: string) => void }) {
  const id = useId();
  const isListed = languageChoices.some(({ tag }) => tag === value);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>Speaks</label>
      <select id={id} name="language" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {!isListed && <option value={value}>{languageWords(value)}</option>}
        {languageChoices.map(({ tag, words }) => (
          <option key={tag} value={tag}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

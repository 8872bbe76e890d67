import { useLayoutEffect, useRef, useState } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import type { DraftState } from '../../app/drafts.ts';
import { isBlank, readForm, type FormWords } from '../../app/form-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { CallFields } from './call-fields.tsx';
import { checkForm } from './check-form.ts';
import styles from './new-contact-form.module.css';
import { PaperFields } from './paper-fields.tsx';
import { forgetForm, formOf, keepWords } from './form-draft.ts';

/** What the parts of a form are given: its words, what is wrong with them, and how one is changed. */
export interface FormPart {
  readonly words: FormWords;
  readonly errors: ReadonlyMap<string, string>;
  readonly change: (changed: Partial<FormWords>) => void;
}

const fieldsOf = (frame: HTMLElement | null): readonly HTMLElement[] => [
  ...(frame?.querySelectorAll<HTMLElement>('input, select, textarea') ?? []),
];

/**
 * Writing down a contact that no machine has brought, in the work pane like any other work: nothing covers the strip, and
 * Escape or an emergency leaves it as it stands (rules P-03, P-04, W-06).
 */
export function NewContactForm({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { drafts, elements } = workplace;
  const { draft, kept } = useCell(drafts.of(id));
  const words = readForm(id, draft.text);
  const spot = useSpot('work');
  const frame = useRef<HTMLDivElement | null>(null);

  // F4 and Escape come back to the field that was left, also after a crash: its number is kept as the caret.
  useLayoutEffect(() => {
    const fields = fieldsOf(frame.current);
    const field = fields[drafts.of(id).read().draft.caret] ?? fields[0];
    if (field !== undefined) elements.set('note', field);
    return () => {
      elements.delete('note');
      // A form that was opened by mistake leaves nothing behind when its tab is closed.
      const left = formOf(workplace, id);
      if (!workplace.tabs.read().includes(id) && left !== null && isBlank(left)) forgetForm(workplace, id);
    };
  }, [workplace, drafts, elements, id]);

  if (words === null) return null;
  const change = (changed: Partial<FormWords>) => keepWords(workplace, { ...words, trouble: '', ...changed });
  return (
    <div
      ref={(element) => {
        spot(element);
        frame.current = element;
      }}
      className={styles.form}
      role="group"
      aria-label={words.form === 'paper-log' ? 'Paper log' : 'New contact'}
      data-focus="form"
      tabIndex={-1}
      onFocus={(event) => {
        const at = fieldsOf(frame.current).indexOf(event.target);
        if (at < 0) return;
        elements.set('note', event.target);
        drafts.caret(id, at);
      }}
      onBlur={() => void drafts.save(id)}
    >
      <Body words={words} change={change} />
      <Foot words={words} kept={kept} />
    </div>
  );
}

function Body({ words, change }: Pick<FormPart, 'words' | 'change'>) {
  const now = useNow();
  const errors: ReadonlyMap<string, string> = words.wasTried ? checkForm(words, now).errors : new Map();
  const part: FormPart = { words, errors, change };
  return (
    <div className={styles.body}>
      <header className={styles.head}>
        <h2>{words.form === 'paper-log' ? 'Paper log, typed in' : 'New contact'}</h2>
        <p>
          Reference until the queue gives its own:{' '}
          <strong className={styles.ref}>{words.provisionalRef}</strong>
        </p>
      </header>
      {words.trouble !== '' && <p className={styles.trouble}>{words.trouble}</p>}
      <CallFields {...part} />
      {words.form === 'paper-log' && <PaperFields {...part} />}
    </div>
  );
}

function Foot({ words, kept }: { readonly words: FormWords; readonly kept: DraftState['kept'] }) {
  const workplace = useWorkplace();
  const [asks, setAsks] = useState(false);
  const throwAway = () => {
    forgetForm(workplace, words.contact);
    workplace.closeTab(words.contact);
    workplace.goTo(workplace.active.read() === null ? 'inbox' : 'work');
  };
  return (
    <footer className={styles.foot}>
      <span className={styles.kept} data-tone={kept.kind === 'not-kept' ? 'warning' : 'plain'}>
        {keptWords(kept)}
      </span>
      {asks ? (
        <>
          <button type="button" onClick={throwAway}>
            Yes, throw it away
          </button>
          <button type="button" onClick={() => setAsks(false)}>
            No
          </button>
        </>
      ) : (
        <button type="button" onClick={() => setAsks(true)}>
          Throw away
        </button>
      )}
      <span className={styles.send}>
        <KeyHint>Ctrl+Enter</KeyHint> keep the contact
      </span>
    </footer>
  );
}

function keptWords(kept: DraftState['kept']): string {
  switch (kept.kind) {
    case 'saved':
      return `draft saved ${clockWords(kept.at)}`;
    case 'saving':
      return 'draft not saved yet';
    case 'not-kept':
      return 'Draft not saved: the disk refused. Your words stay here; try again with Ctrl+S.';
    default:
      return '';
  }
}

import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { ContactId } from '../../shared/domain/ids.ts';
import { KeyHint } from '../ui/key-hint.tsx';
import { placeInSheet } from './sheet-place.ts';
import styles from './sheet-frame.module.css';
import { useWorkplace } from './workplace-context.ts';

/** What a sheet is for: one act, by the button at its foot and by Ctrl+Enter wherever in the sheet the focus is (rule W-27). */
export interface SheetAct {
  /** On the button: "Keep the attempt". */
  readonly words: string;
  /** Nothing is missing. One that is not ready can be pressed, and says what is. */
  readonly isReady: boolean;
  /** Does it, or says once what is missing. */
  readonly run: () => void;
}

export interface SheetFrameProps {
  readonly id: ContactId;
  readonly title: string;
  /** The keys that work in it, in a line beside the title. */
  readonly keys?: ReactNode;
  /** `null` only while what it acts on is still being read, or where there is nothing left to do. */
  readonly act: SheetAct | null;
  /** The way to its button, for a form whose Enter ends there. */
  readonly actRef?: (button: HTMLButtonElement | null) => void;
  /** What is still missing, or what will happen: one line beside the button, whose room is always there. */
  readonly note?: string;
  /** Other acts, before the button. */
  readonly others?: ReactNode;
  /** Above the button, and in sight with it. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}

/**
 * The frame of a sheet: what it is, its keys, and Esc back to the record. What was typed stays for the next time (rule W-06). Its first
 * field takes the focus by `useSpot('sheet')`; its act is always in sight below what rolls.
 */
export function SheetFrame({
  id,
  title,
  keys,
  act,
  actRef,
  note = '',
  others,
  foot,
  children,
}: SheetFrameProps) {
  const workplace = useWorkplace();
  const { sheets } = workplace;
  const whole = useRef<HTMLElement | null>(null);
  const run = act?.run ?? null;

  useLayoutEffect(() => sheets.offer(run), [sheets, run]);
  // The lock and another tab take the elements away: where the handler was is read while they still stand.
  useLayoutEffect(() => {
    const sheet = whole.current;
    return () => {
      const active = document.activeElement;
      const place = sheet?.contains(active) === true ? placeInSheet(active) : null;
      if (place !== null) sheets.remember(id, place);
    };
  }, [sheets, id]);

  return (
    <section
      ref={whole}
      className={styles.sheet}
      tabIndex={-1}
      data-focus="sheet"
      aria-label={title}
      onBlur={({ target }) => {
        const place = placeInSheet(target);
        if (place !== null) sheets.remember(id, place);
      }}
      onFocus={({ target }) => {
        const body = whole.current?.querySelector<HTMLElement>('[data-sheet-body]') ?? null;
        if (body?.contains(target) === true && target.matches(':focus-visible'))
          workplace.law.keepPlace(body, placeToSee(body, target));
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        workplace.leaveSheet(id);
      }}
    >
      <header className={styles.head}>
        <h2 title={title}>{title}</h2>
        <span className={styles.keys}>
          <KeyHint>Esc</KeyHint> back{keys !== undefined && <> · {keys}</>}
        </span>
      </header>
      <div className={styles.body} data-sheet-body>
        {children}
      </div>
      <footer className={styles.foot}>
        {foot}
        <div className={styles.acts}>
          {others}
          {act !== null && (
            <button
              ref={actRef}
              type="button"
              data-sheet-act
              data-ready={act.isReady}
              className={styles.act}
              onClick={act.run}
            >
              {act.words} <KeyHint>Ctrl+Enter</KeyHint>
            </button>
          )}
          <span className={styles.note} title={note}>
            {note}
          </span>
        </div>
      </footer>
    </section>
  );
}

/** Around what has the focus, its ring and its name. Pixels. */
const AROUND = 24;

/** How far the sheet is rolled so that what a key went to is seen whole, or its beginning; as it is when it is seen already. Pixels. */
function placeToSee(body: HTMLElement, target: Element): number {
  const seen = body.getBoundingClientRect();
  const { top, bottom } = target.getBoundingClientRect();
  if (top < seen.top) return body.scrollTop - (seen.top - top) - AROUND;
  if (bottom <= seen.bottom) return body.scrollTop;
  return body.scrollTop + Math.min(bottom - seen.bottom + AROUND, top - seen.top);
}

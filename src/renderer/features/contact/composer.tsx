import { useEffect, useLayoutEffect, useRef } from 'react';
import { NOTE_LIMIT } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import type { DraftState } from '../../app/drafts.ts';
import { Timer } from '../../app/timer.tsx';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import styles from './composer.module.css';

interface ComposerProps {
  readonly id: ContactId;
  /** A sheet lies over the record: it has more to show than the note has to hold. */
  readonly isLow?: boolean;
  /** Beside a line to the public: it says what it is. */
  readonly isChat?: boolean;
}

/** Where a note is written. Its words are kept as they are typed, and nothing that arrives touches the caret. */
export function Composer({ id, isLow = false, isChat = false }: ComposerProps) {
  const workplace = useWorkplace();
  const { drafts, readings } = workplace;
  const reading = useCell(readings.of(id));
  const { draft, kept } = useCell(drafts.of(id));
  const field = useRef<HTMLTextAreaElement>(null);
  const noteSpot = useSpot('note');
  const ready = reading !== null;

  // A field that has just been shown gets the caret that was kept, once its words are in it; afterwards it is the
  // handler's alone. Words can be typed before: then the caret stays behind its letter.
  const placed = useRef(false);
  useLayoutEffect(() => {
    if (placed.current || field.current === null || !ready) return;
    if (field.current.value !== draft.text) return;
    field.current.setSelectionRange(draft.caret, draft.caret);
    placed.current = true;
  }, [ready, draft]);

  useEffect(() => () => void drafts.save(id), [drafts, id]);

  const over = draft.text.length - NOTE_LIMIT;
  const words = over > 0 ? `${over} characters too long: split it in two` : keptWords(kept);
  return (
    <div className={styles.composer} data-chat={isChat} data-low={isLow}>
      <AlertLine />
      <textarea
        ref={(element) => {
          field.current = element;
          noteSpot(element);
        }}
        className={styles.field}
        aria-label="Note"
        data-focus="composer"
        rows={isLow || isChat ? 2 : 4}
        value={draft.text}
        placeholder={isChat ? 'Internal note: the public never sees this' : 'Note for the record'}
        spellCheck
        onChange={(event) =>
          drafts.typed(id, { text: event.currentTarget.value, caret: event.currentTarget.selectionStart })
        }
        onFocus={() => workplace.chats.writesIn(id, 'note')}
        onSelect={(event) => drafts.caret(id, event.currentTarget.selectionStart)}
        onBlur={() => void drafts.save(id)}
      />
      <div className={styles.foot}>
        <span
          className={styles.kept}
          data-tone={kept.kind === 'not-kept' || over > 0 ? 'warning' : 'plain'}
          title={words}
        >
          {words}
        </span>
        <span className={styles.send}>
          <KeyHint>Ctrl+Enter</KeyHint> keep the {isChat ? 'internal note' : 'note'}
        </span>
      </div>
    </div>
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

/** Twenty pixels above the note, always kept: an emergency is told here without moving a letter. */
function AlertLine() {
  const workplace = useWorkplace();
  const { emergencies } = useCell(workplace.store.facts);
  const oldest = emergencies[0]?.summary;
  return (
    <p className={styles.alert} data-waiting={oldest !== undefined}>
      {oldest !== undefined && (
        <>
          Emergency waiting <Timer since={oldest.bandSince} /> – F2 take, F3 look, this note keeps your draft
        </>
      )}
    </p>
  );
}

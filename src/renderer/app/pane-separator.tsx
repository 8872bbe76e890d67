import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useKeyboard } from '../commands/keyboard-context.ts';
import { moved, reach, STEP, type Shares } from './pane-widths.ts';
import styles from './panes.module.css';

interface SeparatorProps {
  /** What it stands between, as a handler says it. */
  readonly between: string;
  /** It stands behind this pane, counted from the left. */
  readonly at: number;
  readonly shares: Shares;
  readonly mins: Shares;
  /** While it is dragged. */
  readonly onMove: (shares: Shares) => void;
  /** Where it was left. */
  readonly onMoved: (shares: Shares) => void;
}

interface Drag {
  readonly from: number;
  /** Pixels that one per cent is wide. */
  readonly percent: number;
  readonly shares: Shares;
}

/**
 * The separator of two panes, as ARIA describes a window splitter. Dragged, or moved with the arrow keys (Home and End:
 * as far as it goes) when Tab has reached it. A drag takes the caret from nobody.
 */
export function PaneSeparator({ between, at, shares, mins, onMove, onMoved }: SeparatorProps) {
  const keyboard = useKeyboard();
  const drag = useRef<Drag | null>(null);
  const { min, max } = reach(shares, mins, at);
  const stands = shares.slice(0, at + 1).reduce((total, each) => total + each, 0);

  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'F6') {
      event.preventDefault();
      event.stopPropagation();
      keyboard.runById(event.shiftKey ? 'previous-pane' : 'next-pane');
      return;
    }
    const by = stepOf(event.key);
    if (by === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onMoved(moved(shares, mins, at, by));
  };
  const grasp = (event: PointerEvent<HTMLElement>) => {
    const width = event.currentTarget.parentElement?.getBoundingClientRect().width ?? 0;
    if (event.button !== 0 || width === 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    event.currentTarget.dataset['separator'] = 'active';
    drag.current = { from: event.clientX, percent: width / 100, shares };
  };
  const drawn = (event: PointerEvent<HTMLElement>): Shares | null => {
    const begun = drag.current;
    return begun && moved(begun.shares, mins, at, (event.clientX - begun.from) / begun.percent);
  };
  const letGo = (event: PointerEvent<HTMLElement>) => {
    const next = drawn(event);
    drag.current = null;
    delete event.currentTarget.dataset['separator'];
    if (next !== null) onMoved(next);
  };
  return (
    <div
      role="separator"
      className={styles.separator}
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${between}`}
      aria-valuenow={Math.round(stands)}
      aria-valuemin={Math.round(min)}
      aria-valuemax={Math.round(max)}
      title={`Width of ${between}: drag, or ← →`}
      onKeyDown={press}
      // A press of the mouse would put the focus here.
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={grasp}
      onPointerMove={(event) => {
        const next = drawn(event);
        if (next !== null) onMove(next);
      }}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    />
  );
}

function stepOf(key: string): number | null {
  switch (key) {
    case 'ArrowLeft':
      return -STEP;
    case 'ArrowRight':
      return STEP;
    case 'Home':
      return -100;
    case 'End':
      return 100;
    default:
      return null;
  }
}

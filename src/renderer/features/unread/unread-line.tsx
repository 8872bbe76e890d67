import { useEffect, useSyncExternalStore } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import { useCell } from '../../app/cell.ts';
import { toldUnread, watchUnread } from '../../app/told-unread.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { timerWords } from '../../ui/time-words.ts';
import styles from '../../ui/told-line.module.css';

/**
 * For team leaders, and for everybody while none is signed in: what was written to us and nobody has looked at in time. It stands until somebody does
 * (rule K-09).
 */
export function UnreadLine() {
  const workplace = useWorkplace();
  const { store, clock, leader, looking } = workplace;
  useEffect(() => watchUnread(workplace), [workplace]);
  useCell(store.facts);
  useCell(leader);
  useCell(looking);
  // Painted again when there are more or fewer, and then with the time of the oldest.
  const count = useSyncExternalStore(clock.tick.subscribe, () => toldUnread(workplace)?.late.length ?? 0);
  return count === 0 ? null : <Line />;
}

function Line() {
  const workplace = useWorkplace();
  const keyboard = useKeyboard();
  const now = useNow();
  const told = toldUnread(workplace);
  const oldest = told?.late[0];
  if (told === null || oldest === undefined) return null;
  const { late, because } = told;
  const { channel, ref, receivedAt, title, flags } = oldest.summary;
  const others = late.length - 1;
  return (
    <section className={styles.line} aria-label="Not looked at in time">
      <p>
        <strong>
          {because === 'no-team-leader' && 'No team leader is signed in. '}
          Nobody has looked at {late.length === 1 ? 'this' : `${late.length} of these`} in time: {ref},{' '}
          {channelFacts[channel].word}, here for {timerWords(now - receivedAt)}.
        </strong>{' '}
        {flags.lookFirst && <strong>Risk flagged. </strong>}
        {title}
        {others > 0 && ` · and ${others} more`}
      </p>
      <button type="button" tabIndex={-1} onClick={() => keyboard.runById('look-unread')}>
        Look <KeyHint>Ctrl+Shift+U</KeyHint>
      </button>
    </section>
  );
}

import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { offeredToMe, watchOwnOffers } from './offers.ts';
import styles from '../../ui/told-line.module.css';

/** A chat that a colleague offers: from whom, what it is, their line, and the two keys (rule CH-16). It goes with the offer. */
export function OfferLine() {
  const workplace = useWorkplace();
  const { store, clock } = workplace;
  const keyboard = useKeyboard();
  useEffect(() => watchOwnOffers(workplace), [workplace]);
  useCell(store.facts);
  // Painted again when an offer ends, not with every second.
  const id = useSyncExternalStore(clock.tick.subscribe, () => offeredToMe(workplace)?.offer.id ?? null);
  const offered = id === null ? null : offeredToMe(workplace);
  if (offered === null) return null;
  const { summary } = offered.row;
  const { ownership, ref, title, flags, language } = summary;
  const from = 'by' in ownership ? `Desk ${ownership.by.deskNumber}` : 'A colleague';
  return (
    <section className={styles.line} aria-label="Offered chat" role="status">
      <p>
        <strong>
          {from} offers you a chat until {clockWords(offered.offer.until)}: {ref}.
        </strong>{' '}
        {flags.lookFirst && <strong>Risk flagged. </strong>}
        {title}
        {language !== null && ` (${language})`} <Words key={offered.offer.id} id={summary.id} />
      </p>
      <button type="button" tabIndex={-1} onClick={() => keyboard.runById('take-offered')}>
        Take it <KeyHint>Ctrl+Shift+Y</KeyHint>
      </button>
      <button type="button" tabIndex={-1} onClick={() => keyboard.runById('decline-offered')}>
        No <KeyHint>Ctrl+Shift+K</KeyHint>
      </button>
    </section>
  );
}

/** Their line. It stands in the contact itself, and no row carries words of anybody: to read it is to read the contact (rules C-11, C-12). */
function Words({ id }: { readonly id: ContactId }) {
  const { bridge } = useWorkplace();
  const [words, setWords] = useState('');
  useEffect(() => {
    let isHere = true;
    void bridge
      .request('contact.read', { contact: id })
      .catch(() => null)
      .then((reading) => {
        const last = reading?.kind === 'here' ? reading.contact.chat?.handOvers?.at(-1) : undefined;
        if (isHere) setWords(last?.words ?? '');
      });
    return () => {
      isHere = false;
    };
  }, [bridge, id]);
  return words === '' ? null : <bdi>“{words}”</bdi>;
}

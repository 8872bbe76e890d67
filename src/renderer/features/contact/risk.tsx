import type { Contact } from '../../../shared/domain/contact.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import { flagWords, lineStateWords } from '../../app/contact-words.ts';
import { useNow } from '../../app/use-now.ts';
import { Badge } from '../../ui/badge.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './context-pane.module.css';
import { Markers } from './markers.tsx';
import { Before } from './repeats.tsx';

/** What a colleague would call across the room, in words and with the reason. Its space is kept for three lines. */
export function Risk({ contact }: { readonly contact: Contact }) {
  const { flags, channel, callBackDue, photos } = contact;
  const earlier = contact.chat?.earlier ?? null;
  const promised = contact.promised?.at(-1);
  const now = useNow();
  const told = flagWords(flags);
  return (
    <section aria-label="To know" className={styles.section}>
      <h3>To know</h3>
      <ul className={styles.risk}>
        <li>
          {channelFacts[channel].word}: {lineStateWords(contact, now)}
        </li>
        {earlier !== null && (
          <li>
            <span>
              <strong>Possibly the same person</strong> as {earlier.ref}, perhaps another hand: ask for the
              code word.
            </span>
          </li>
        )}
        {callBackDue && (
          <li>
            <span>
              <strong>Must be rung back</strong>, if it is safe to ring.
              {promised !== undefined && ` Promised: “${promised.words}”`}
            </span>
          </li>
        )}
        {photos.length > 0 && (
          <li>
            <span>
              {photos.length === 1 ? '1 photo' : `${photos.length} photos`} with it, covered.{' '}
              <KeyHint>Shift+I</KeyHint>
            </span>
          </li>
        )}
        {told.map(({ letter, word, why }) => (
          <li key={letter}>
            <Badge look={letter === 'V' ? 'strong' : letter === 'L' ? 'high' : 'plain'} title={word}>
              {letter}
            </Badge>
            <span>
              <strong>{word}:</strong> {why}
            </span>
          </li>
        ))}
        {told.length === 0 && !callBackDue && contact.markers.length === 0 && (
          <li className={styles.muted}>Nothing is marked. Ask.</li>
        )}
        <Before contact={contact} />
      </ul>
      <Markers contact={contact} />
    </section>
  );
}

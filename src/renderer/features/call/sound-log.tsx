import type { Heard } from '../../../shared/domain/record/parts.ts';
import { heardWords } from '../../app/call-back-words.ts';
import { useNow } from '../../app/use-now.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { clockWords, whenWords } from '../../ui/time-words.ts';
import styles from './call.module.css';
import type { UnkeptSound } from './use-sounds.ts';

/** What was heard, the latest first, with when. */
export function SoundLog({
  heard,
  unkept,
}: {
  readonly heard: readonly Heard[];
  readonly unkept: readonly UnkeptSound[];
}) {
  const now = useNow();
  return (
    <section className={styles.log} aria-label="Heard on the line">
      <h3>
        {heard.length === 0 && unkept.length === 0 ? 'Nothing heard yet.' : 'Heard on the line'}
        <span className={styles.unkept} role="status">
          {unkept.length > 0 && (
            <>
              Not kept yet: {unkept.length} from {clockWords(unkept[0]?.at ?? now)} on. <KeyHint>r</KeyHint>{' '}
              tries again.
            </>
          )}
        </span>
      </h3>
      <ol>
        {heard.toReversed().map((sound) => (
          <li key={sound.id}>
            <span className={styles.time}>{whenWords(sound.at, now)}</span>
            <span>
              <strong>{heardWords(sound)}</strong>
              {sound.words !== '' && <>: {sound.words}</>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

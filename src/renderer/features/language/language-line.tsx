import type { Detection, LineLanguage } from '../../../shared/domain/language/detection.ts';
import { directionOf, languageOf } from '../../../shared/domain/language/find-language.ts';
import { troubleSentence, type ServiceState } from '../../../shared/domain/language/translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { clockWords } from '../../ui/time-words.ts';
import { languageInForceWords, readingWords } from '../../app/language-words.ts';
import styles from './language.module.css';

export interface LanguageLineProps {
  /** By which the lines are translated now. */
  readonly inForce: LineLanguage | null;
  /** What a machine makes of the last line of the public; `null` before there is one. */
  readonly reading: Detection | null;
  /** `null`: no service’s state is known on this desk. */
  readonly service: ServiceState | null;
  /** Gives the choice back to the machine; only there while a handler has chosen. */
  readonly onTakeBack: () => void;
}

/** In which language the conversation is, how surely, and whether it is translated (rules LG-03, LG-04, LG-09). */
export function LanguageLine({ inForce, reading, service, onTakeBack }: LanguageLineProps) {
  const language = languageOf(inForce?.code ?? null);
  const { trouble, againAt } = service ?? { trouble: null, againAt: null };
  const isChosen = inForce?.from === 'chosen';
  const differs =
    isChosen && reading !== null && reading.unsure === null && reading.language !== inForce.code;
  return (
    <div className={styles.language} role="group" aria-label="Language of the conversation">
      <p className={styles.inForce}>
        <strong>{languageInForceWords(inForce)}</strong>
        {language !== null && (
          <>
            {' '}
            <bdi lang={language.code} dir={directionOf(language.code)}>
              {language.ownName}
            </bdi>
          </>
        )}
        {inForce?.from === 'guess' && (
          <>
            {' '}
            <Badge look="asked" title="Nobody is sure which language this is">
              Unsure
            </Badge>
          </>
        )}
      </p>
      {reading !== null && (!isChosen || differs) && (
        <p className={styles.reading}>{readingWords(reading)}</p>
      )}
      {isChosen && (
        <p className={styles.acts}>
          <button type="button" onClick={onTakeBack}>
            Take the choice back
          </button>
        </p>
      )}
      {trouble !== null && (
        <p className={styles.trouble} role="status">
          <Badge look="strong" title="The chat goes on without it">
            No translation
          </Badge>{' '}
          {troubleSentence(trouble)}
          {againAt !== null && ` Asked again from ${clockWords(againAt)}.`}
        </p>
      )}
    </div>
  );
}

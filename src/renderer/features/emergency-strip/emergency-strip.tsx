import { useState, useSyncExternalStore } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import { noMarks } from '../../../shared/domain/record/row-marks.ts';
import { SECOND } from '../../../shared/domain/time.ts';
import { useCell } from '../../app/cell.ts';
import { languageWords } from '../../app/contact-words.ts';
import { MarkerMark, useMarkerWords } from '../../app/marker-mark.tsx';
import { Timer } from '../../app/timer.tsx';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import styles from './emergency-strip.module.css';

/**
 * The oldest open emergency, in a space that is always kept for it, so that nothing moves when one comes or goes
 * (rule W-01). It never takes the focus; `app/announcers.tsx` tells a screen reader of it.
 */
export function EmergencyStrip() {
  const workplace = useWorkplace();
  const keyboard = useKeyboard();
  const door = useCell(workplace.session.door);
  // Painted again only when another one is the oldest: one that comes behind it has its own row painted first, and is counted a moment later.
  const { facts, counts } = workplace.store;
  const oldest = useSyncExternalStore(facts.subscribe, () => facts.read().emergencies[0])?.summary;
  const { emergencyCount } = useCell(counts);
  const taking = useCell(workplace.taking);
  const markers = useMarkerWords(oldest?.marks ?? noMarks);
  return (
    <section className={styles.strip} aria-label="Emergency strip" data-waiting={oldest !== undefined}>
      {oldest === undefined ? (
        <p className={styles.none}>No emergency waiting</p>
      ) : (
        <div
          className={styles.card}
          data-contact-id={oldest.id}
          data-asked={taking?.state === 'asked'}
          key={oldest.id}
        >
          <Ring />
          <span className={styles.hatch} aria-hidden="true" />
          <Shape name="square" letter="E" />
          <span className={styles.kind}>
            <strong>EMERGENCY</strong>
            <span>{channelFacts[oldest.channel].word}</span>
          </span>
          <span className={styles.wait}>
            <Timer since={oldest.bandSince} />
          </span>
          <MarkerMark marks={oldest.marks} />
          <span className={styles.what}>
            <strong>{oldest.title}</strong>
            <span>
              {[
                markers === '' ? null : markers,
                oldest.place ?? 'Place not known',
                oldest.callBackDue ? 'ring back' : null,
                oldest.language === null ? null : languageWords(oldest.language),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </span>
          </span>
          {taking?.state === 'asked' ? (
            <span className={styles.taking}>Taking…</span>
          ) : (
            <span className={styles.keys}>
              <button type="button" tabIndex={-1} onClick={() => keyboard.runById('take-emergency')}>
                <KeyHint>F2</KeyHint> take
              </button>
              {door !== 'locked' && (
                <button type="button" tabIndex={-1} onClick={() => workplace.look(oldest.id)}>
                  <KeyHint>F3</KeyHint> look
                </button>
              )}
            </span>
          )}
        </div>
      )}
      {oldest !== undefined && emergencyCount > 1 && (
        <p className={styles.more} aria-label={`${emergencyCount - 1} more waiting`}>
          <strong>+{emergencyCount - 1}</strong> more
        </p>
      )}
      {taking?.state === 'refused' && <p className={styles.refused}>{taking.words}</p>}
    </section>
  );
}

/** How often the ring comes and goes around an emergency that has just come to the strip, a second each. */
const PULSES = 3;

/** Three slow pulses. They come with the beat of the clock, which paints anyhow: nothing else waits behind them. */
function Ring() {
  const now = useNow();
  const [since] = useState(now);
  const beat = Math.floor((now - since) / SECOND);
  return <span className={styles.ring} aria-hidden="true" data-on={beat < 2 * PULSES && beat % 2 === 0} />;
}

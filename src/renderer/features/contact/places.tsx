import { useState } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { MINUTE, type Instant } from '../../../shared/domain/time.ts';
import { againstCallWords, coordinatesWords, methodWords, radiusWords } from '../../app/location-words.ts';
import { useNow } from '../../app/use-now.ts';
import { timerWords, whenWords } from '../../ui/time-words.ts';
import styles from './places.module.css';

/** How long a place says that it has just come. Milliseconds. */
const JUST_CAME_MS = MINUTE;

/**
 * Where, with how it is known (rule C-16). A place that comes late takes the lines of the one before, which are kept for
 * it, and goes to the older ones in a list that is closed until it is asked for: nothing that is being read moves.
 */
export function Places({ contact }: { readonly contact: Contact }) {
  const { locations, place } = contact;
  const now = useNow();
  const cameAt = useCameAt(locations.length, now);
  const current = locations.at(-1);
  const older = locations.slice(0, -1).toReversed();
  return (
    <section aria-label="Place" className={styles.places}>
      <h3>
        Place
        {cameAt !== null && now - cameAt < JUST_CAME_MS && (
          <strong className={styles.came}>Location came {whenWords(cameAt, now)}</strong>
        )}
      </h3>
      <div className={styles.current} data-more={mayCome(contact)}>
        <p className={styles.name} title={place ?? undefined}>
          {place ?? 'Not known yet'}
        </p>
        {current === undefined ? (
          <p className={styles.lines}>No machine has told a location.</p>
        ) : (
          <Told location={current} contact={contact} now={now} />
        )}
      </div>
      <details className={styles.older}>
        <summary>{older.length === 0 ? 'No older location' : `${older.length} older`}</summary>
        {older.map((location, at) => (
          <Told key={older.length - at} location={location} contact={contact} now={now} />
        ))}
      </details>
    </section>
  );
}

/** A handset, a mast or a page may still tell where: its lines are kept for it. */
const mayCome = ({ channel, ownership }: Contact): boolean =>
  ownership.kind !== 'closed' && (channelFacts[channel].live || channelFacts[channel].callBack);

interface ToldProps {
  readonly location: Location;
  readonly contact: Contact;
  readonly now: Instant;
}

function Told({ location, contact, now }: ToldProps) {
  const { method, radiusMetres, at, place } = location;
  return (
    <p className={styles.lines}>
      <span>{methodWords[method]}</span>
      <span>
        <strong>{radiusWords(radiusMetres)}</strong>, {timerWords(now - at)} old
      </span>
      <span>
        {whenWords(at, now)}, {againstCallWords(at, contact)}
      </span>
      <span className={styles.coordinates} title="Press once to choose all of it, then Ctrl+C">
        {coordinatesWords(location)}
      </span>
      {place !== null && place !== contact.place && <span className={styles.named}>{place}</span>}
    </p>
  );
}

/** When a location came while the contact was on screen; `null` when none has. */
function useCameAt(count: number, now: Instant): Instant | null {
  const [seen, setSeen] = useState<{ readonly count: number; readonly at: Instant | null }>({
    count,
    at: null,
  });
  if (seen.count === count) return seen.at;
  setSeen({ count, at: now });
  return now;
}

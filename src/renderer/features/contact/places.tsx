import { useMemo, useState } from 'react';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { Location } from '../../../shared/domain/location.ts';
import type { Gazetteer } from '../../../shared/domain/place/gazetteer.ts';
import { nearWords } from '../../../shared/domain/place/nearest-place.ts';
import type { Spot } from '../../../shared/domain/record/parts.ts';
import { MINUTE, type Instant } from '../../../shared/domain/time.ts';
import type { Answer } from '../../../shared/domain/triage/answers.ts';
import { WHERE } from '../../../shared/domain/triage/condition.ts';
import { useGazetteer } from '../../app/gazetteer.ts';
import { againstCallWords, coordinatesWords, methodWords, radiusWords } from '../../app/location-words.ts';
import { machineWords } from '../../app/machine-location.ts';
import { PlaceMap, type MapSpot } from '../../app/place-map.tsx';
import { deskWords } from '../../app/refusals.ts';
import { placeOfWords } from '../../app/place-of-words.ts';
import { useNow } from '../../app/use-now.ts';
import { timerWords, whenWords } from '../../ui/time-words.ts';
import styles from './places.module.css';

/** How long a place says that it has just come. Milliseconds. */
const JUST_CAME_MS = MINUTE;

/** The drawing's height, pixels. */
const MAP_HEIGHT = 200;

/**
 * Where: first what was agreed with the caller, then what machines told and how they know it (rule C-16), then a map. A location that
 * comes late takes the lines of the one before, which are kept for it, and goes to the older ones in a list that is closed until it is
 * asked for: nothing that is being read moves.
 */
export function Places({ contact }: { readonly contact: Contact }) {
  const { locations, place, spots } = contact;
  const now = useNow();
  const places = useGazetteer();
  const gazetteer = places.kind === 'here' ? places.gazetteer : null;
  const cameAt = useCameAt(locations.length, now);
  const current = locations.at(-1);
  const older = locations.slice(0, -1).toReversed();
  const agreed = spots.at(-1) ?? null;
  const spot = useMapSpot(agreed, current, place, gazetteer);
  return (
    <section aria-label="Place" className={styles.places}>
      <h3>
        Place
        {cameAt !== null && now - cameAt < JUST_CAME_MS && (
          <strong className={styles.came}>Location came {whenWords(cameAt, now)}</strong>
        )}
      </h3>
      <div className={styles.current} data-more={mayCome(contact)}>
        <p className={styles.name} title={agreed?.words ?? place ?? undefined}>
          {agreed === null ? (place ?? 'Not known yet') : `Agreed: ${agreed.words}`}
        </p>
        <Agreed spot={agreed} asked={agreed === null ? whereOf(contact) : null} place={place} now={now} />
        {current === undefined ? (
          <p className={styles.lines}>No machine has told a location.</p>
        ) : (
          <Told location={current} contact={contact} now={now} gazetteer={gazetteer} />
        )}
      </div>
      <details className={styles.older}>
        <summary>{older.length === 0 ? 'No older location' : `${older.length} older`}</summary>
        {older.map((location, at) => (
          <Told
            key={older.length - at}
            location={location}
            contact={contact}
            now={now}
            gazetteer={gazetteer}
          />
        ))}
      </details>
      <PlaceMap
        height={MAP_HEIGHT}
        noteLines={2}
        spot={spot}
        others={
          agreed === null || agreed.point === null || current === undefined
            ? []
            : [{ point: pointOf(current), name: machineWords(current), radiusMetres: current.radiusMetres }]
        }
        empty="No position yet."
      />
    </section>
  );
}

/** Who agreed it and when, and what is exact about it; two lines, whether there is anything to say or not. */
function Agreed({
  spot,
  asked,
  place,
  now,
}: {
  readonly spot: Spot | null;
  readonly asked: Where | null;
  readonly place: string | null;
  readonly now: Instant;
}) {
  if (spot === null)
    return (
      <p className={styles.agreed}>
        <span>
          {asked === null
            ? 'Not agreed with the caller yet'
            : `read back ${whenWords(asked.at, now)} with the questions`}
        </span>
        <span className={styles.exactly} title={asked?.words}>
          {asked !== null && asked.words !== place && asked.words}
        </span>
      </p>
    );
  const { readBack, at, by, detail } = spot;
  return (
    <p className={styles.agreed}>
      <span data-unread={!readBack}>
        {readBack ? 'read back' : 'not read back,'} {whenWords(at, now)} by {deskWords(by)}
      </span>
      <span className={styles.exactly} title={detail}>
        {detail}
      </span>
    </p>
  );
}

/** Where, as it was read back with the questions. */
interface Where {
  readonly words: string;
  readonly at: Instant;
}

/** Nobody is asked a second time for what they have said yes to: the words were agreed, even if no point on the ground was. */
function whereOf({ triage }: Pick<Contact, 'triage'>): Where | null {
  const said = (at: number): Answer | undefined => triage.at(at)?.entry.answers[WHERE];
  const now = said(-1);
  if (now?.kind !== 'place' || !now.readBack) return null;
  const since = triage.findLastIndex((_, at) => JSON.stringify(said(at)) !== JSON.stringify(now)) + 1;
  const version = triage[since];
  return version === undefined ? null : { words: now.text, at: version.at };
}

const pointOf = ({ latitude, longitude }: Location) => ({ latitude, longitude });

/** What the map shows: what is agreed, else what a machine told, else what the file holds under the words of the source. */
function useMapSpot(
  agreed: Spot | null,
  current: Location | undefined,
  place: string | null,
  gazetteer: Gazetteer | null,
): MapSpot | null {
  const point = agreed?.point ?? null;
  const isUnplaced = point === null && current === undefined;
  const words = agreed?.words ?? place;
  const found = useMemo(() => {
    if (!isUnplaced || words === null || gazetteer === null) return null;
    return placeOfWords(gazetteer, words);
  }, [isUnplaced, words, gazetteer]);
  if (agreed !== null && point !== null) return { point, name: agreed.words, radiusMetres: null };
  if (current !== undefined)
    return { point: pointOf(current), name: machineWords(current), radiusMetres: current.radiusMetres };
  return found === null ? null : { point: found.point, name: found.name, radiusMetres: null };
}

/** A handset, a mast or a page may still tell where: its lines are kept for it. */
const mayCome = ({ channel, ownership }: Contact): boolean =>
  ownership.kind !== 'closed' && (channelFacts[channel].live || channelFacts[channel].callBack);

interface ToldProps {
  readonly location: Location;
  readonly contact: Contact;
  readonly now: Instant;
  readonly gazetteer: Gazetteer | null;
}

function Told({ location, contact, now, gazetteer }: ToldProps) {
  const { method, radiusMetres, at, place } = location;
  // Coordinates say nothing to a person: what they lie near to does (rule PL-63).
  const near = useMemo(
    () => (place !== null || gazetteer === null ? null : nearWords(gazetteer, location, radiusMetres)),
    [location, place, radiusMetres, gazetteer],
  );
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
      {(place === null || place !== contact.place) && (
        <span className={styles.named} title={place ?? near ?? undefined}>
          {place ?? near ?? 'no place is known near it'}
        </span>
      )}
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

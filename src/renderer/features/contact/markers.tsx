import { matchWords, shownMarkers, type FoundMarker } from '../../../shared/domain/assist/markers.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { MarkerKindsPolicy } from '../../../shared/domain/policy/markers.ts';
import type { MarkerOnRecord } from '../../../shared/domain/record/parts.ts';
import { originWords, reviewWords } from '../../app/marker-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { useNow } from '../../app/use-now.ts';
import styles from './markers.module.css';

/**
 * What the force has on record about this number, address, name or place: the gravest first, each with where it comes from and until when it was to
 * be looked at again. One past that day is shown and said to be past it (rules AS-16, AS-17).
 */
export function Markers({ contact: { markers } }: { readonly contact: Pick<Contact, 'markers'> }) {
  const policy = usePolicy('markers');
  const now = useNow();
  if (markers.length === 0) return null;
  const kinds = policy.kind === 'here' ? policy.value : noKinds;
  const shown = shownMarkers(asFound(markers), kinds, now);
  const isHeld = shown.some(({ kind }) => kind?.effects.includes('no-cold-call-back') === true);
  const isByOtherWay = shown.some(({ kind }) => kind?.effects.includes('contact-method') === true);
  const isSecret = shown.some(({ kind }) => kind?.effects.includes('no-tip-off') === true);
  return (
    <div className={styles.markers} role="group" aria-label="Markers">
      {isHeld && <p className={styles.forbids}>Do not ring back until it is known to be safe.</p>}
      {isSecret && <p className={styles.forbids}>Let nobody near them know that they have spoken to us.</p>}
      {isByOtherWay && <p className={styles.forbids}>Answer only by the way noted below.</p>}
      {policy.kind === 'not-there' && <p>{policy.sentence} What each marker asks for is not shown.</p>}
      <ul>
        {shown.map(({ marker, matchedBy, kind, stale }) => (
          <li key={marker.id} data-stale={stale}>
            <p className={styles.name}>
              <strong>{kind?.name ?? marker.kind}</strong> {marker.concerns}
            </p>
            {kind !== null && <p>{kind.advice}</p>}
            {marker.note !== '' && <p>{marker.note}</p>}
            <p className={styles.origin}>
              {capital(matchWords(matchedBy))}. {originWords(marker, now)}. {marker.owner}.{' '}
              {stale ? (
                <strong>{capital(reviewWords(marker, now))}, and nobody has said that it is over.</strong>
              ) : (
                `${capital(reviewWords(marker, now))}.`
              )}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

const noKinds: MarkerKindsPolicy = {
  kinds: [],
  places: { sureRadiusMetres: 10, mayBeAtMost: 0, because: '' },
  version: '',
  owner: '',
  review: '',
};

/** As markers of the register: whom else they concern is not on this record. */
function asFound(markers: readonly MarkerOnRecord[]): readonly FoundMarker[] {
  const nobody = { numbers: [], addresses: [], names: [], places: [] };
  return markers.map(({ matchedBy, ...marker }) => ({ marker: { ...marker, ...nobody }, matchedBy }));
}

/** What stands on the record, in the form in which the register's own functions take it. */
export const registered = { noKinds, asFound };

export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

import { matchWords } from '../../../shared/domain/assist/markers.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { MarkerEffect } from '../../../shared/domain/policy/markers.ts';
import { otherNumberOf } from '../../../shared/domain/record/description.ts';
import type { MarkerOnRecord } from '../../../shared/domain/record/parts.ts';
import { heardWords } from '../../app/call-back-words.ts';
import { originWords, reviewWords } from '../../app/marker-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { useNow } from '../../app/use-now.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './call.module.css';

/** The marker's kind asks that nobody rings before it is known to be safe, or that another way is used. */
const forbidding: readonly MarkerEffect[] = ['no-cold-call-back', 'contact-method'];

/** What is on record that tells whether a bell could hurt somebody: read before the question beside it is answered (rule C-20). */
export function RingFacts({ contact }: { readonly contact: Contact }) {
  const { call, markers, heard } = contact;
  const other = otherNumberOf(contact);
  const lastHeard = heard.slice(-3);
  const operatorHeard = call?.operatorHeard ?? null;
  const isEmpty = markers.length === 0 && heard.length === 0 && operatorHeard === null;
  return (
    <section className={styles.facts} aria-label="On record about ringing">
      <h3>What is on record</h3>
      {other !== null && <p>Also said: {other}</p>}
      {operatorHeard !== null && (
        <p>
          Operator heard: <q>{operatorHeard}</q>
        </p>
      )}
      {lastHeard.map((sound) => (
        <p key={sound.id}>
          {clockWords(sound.at)} {heardWords(sound)}
          {sound.words !== '' && <>: {sound.words}</>}
        </p>
      ))}
      {markers.map((marker) => (
        <MarkerLine key={marker.id} marker={marker} />
      ))}
      {isEmpty && (
        <p className={styles.muted}>
          Nothing is on record, and nothing was heard. That alone does not make it safe.
        </p>
      )}
    </section>
  );
}

function MarkerLine({ marker }: { readonly marker: MarkerOnRecord }) {
  const view = usePolicy('markers');
  const now = useNow();
  const kind = view.kind === 'here' ? view.value.kinds.find(({ id }) => id === marker.kind) : undefined;
  const forbids = kind?.effects.some((effect) => forbidding.includes(effect)) ?? true;
  return (
    <div className={styles.marker} data-forbids={forbids}>
      <p>
        <strong>{kind?.name ?? marker.kind}</strong>: {marker.concerns}
      </p>
      <p>{kind?.advice ?? 'What this kind of marker asks for is not known here: take it as a warning.'}</p>
      <p className={styles.note}>{marker.note}</p>
      <p className={styles.muted}>
        {matchWords(marker.matchedBy)} · {originWords(marker, now)} · {reviewWords(marker, now)}
      </p>
    </div>
  );
}

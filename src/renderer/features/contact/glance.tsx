import { useEffect } from 'react';
import {
  matchStrength,
  shownMarkers,
  type MatchStrength,
  type ShownMarker,
} from '../../../shared/domain/assist/markers.ts';
import { mayFollow } from '../../../shared/domain/assist/plans.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { openDuties } from '../../../shared/domain/record/parts.ts';
import { entryOf } from '../../../shared/domain/triage/entry.ts';
import { useCell } from '../../app/cell.ts';
import { foundWords } from '../../app/link-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { sameNumberLines } from '../../app/same-number-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { beforeLines, yearLines } from './before-lines.ts';
import styles from './glance.module.css';
import { registered } from './markers.tsx';

/**
 * What is on record and what was before, in two lines between who it is and what was said: without searching, and without looking beside it
 * (rules AS-10, AS-16, AS-18, AS-19). Their space is always kept; all of it stands in the context pane.
 */
export function Glance({ contact }: { readonly contact: Contact }) {
  const { related, histories } = useWorkplace();
  const { id, rev, plan, receivedAt } = contact;
  useEffect(() => {
    related.read(id, rev);
    histories.read(id, rev);
  }, [related, histories, id, rev]);
  const view = useCell(related.of(id));
  const earlier = useCell(histories.of(id));
  const lines = beforeLines(contact, earlier ?? []);
  const repeats = view?.repeats.map(({ sentence }) => sentence.replace(/\.$/, '')) ?? [];
  const before = [
    ...yearLines(view?.year ?? [], receivedAt),
    ...repeats,
    ...(repeats.length > 0 ? [] : lines),
  ].join('; ');
  const slots = view?.slots ?? [];
  const suggested = slots.filter((slot) => slot !== null).length;
  const isBlank =
    earlier !== null && view !== null && before === '' && plan === null && contact.markers.length === 0;
  const isLinked = contact.links.some(({ parted }) => parted === null);
  const row = useRow(id);
  const sameNumber = row === undefined ? [] : sameNumberLines(row);
  const asks = plan !== null && !mayFollow(entryOf(contact).different ?? '');
  return (
    <div className={styles.glance} role="group" aria-label="At a glance">
      <p className={styles.line}>
        <MarkerBadges contact={contact} />
        {plan !== null && (
          <span>
            <strong>Plan {plan.ref}:</strong> {asks ? 'what is different today?' : 'question answered'}{' '}
            {asks && <KeyHint>w</KeyHint>}
          </span>
        )}
        {before !== '' && (
          <span className={styles.words} title={before}>
            {before}
          </span>
        )}
        {isBlank && (
          <span className={styles.muted}>
            Nothing on record, and no earlier contact that this desk knows of.
          </span>
        )}
      </p>
      <p className={`${styles.line} ${styles.together}`}>
        {sameNumber.length > 0 && (
          <strong className={styles.first} title={sameNumber.join('. ')}>
            {sameNumber.join('; ')}
          </strong>
        )}
        <Together contact={contact} />
        {view !== null && !isLinked && sameNumber.length === 0 && suggested === 0 && (
          <span className={styles.muted}>
            {view.trouble ?? 'No other contact is suggested to belong to it.'}
          </span>
        )}
        {suggested > 0 && (
          <span title="Ctrl+Shift with the digit links; all of them stand in the context pane">
            {suggested} suggested <KeyHint>Ctrl+Shift</KeyHint>
          </span>
        )}
        {slots.map((slot, at) => {
          if (slot === null) return null;
          const { summary, because } = slot;
          return (
            <span key={summary.id} className={styles.slot} title={`${summary.title}. ${because.join(' ')}`}>
              <KeyHint>{String(at + 1)}</KeyHint> {summary.title}
            </span>
          );
        })}
      </p>
    </div>
  );
}

/** What it is linked to already, and what that added: before what may belong to it as well (rules AS-14, AS-15, C-24). */
function Together({ contact }: { readonly contact: Contact }) {
  const together = contact.links.filter(({ parted }) => parted === null);
  if (together.length === 0) return null;
  const isDue = openDuties(contact).some(({ because }) => because === 'linked-adds-facts');
  const added = [...new Set(together.flatMap(({ found }) => found.map(foundWords)))];
  const words = `${together.length} linked${added.length === 0 ? '' : `: ${added.join(', ')}`}`;
  return (
    <>
      {isDue && (
        <Badge look="high" title="A linked contact adds new facts: look at the risk again">
          Look again
        </Badge>
      )}
      <span className={styles.words} title={words}>
        <strong>{together.length} linked</strong>
        {words.slice(`${together.length} linked`.length)}
      </span>
    </>
  );
}

/** The gravest three by name, after what forbids ringing. */
function MarkerBadges({ contact: { markers } }: { readonly contact: Pick<Contact, 'markers'> }) {
  const policy = usePolicy('markers');
  const now = useNow();
  if (markers.length === 0) return null;
  const kinds = policy.kind === 'here' ? policy.value : registered.noKinds;
  const shown = shownMarkers(registered.asFound(markers), kinds, now);
  const isHeld = shown.some(({ kind }) => kind?.effects.includes('no-cold-call-back') === true);
  const names = badgesOf(shown);
  return (
    <>
      {isHeld && (
        <Badge look="strong" title="Do not ring back until it is known to be safe">
          Do not ring
        </Badge>
      )}
      {names.slice(0, 3).map(({ name, but }) => (
        <Badge key={name} look="strong" title="On record: all of it stands in the context pane">
          {but === '' ? name : `${name} · ${but}`}
        </Badge>
      ))}
      {names.length > 3 && <span>and {names.length - 3} more</span>}
    </>
  );
}

/** Each kind once, with what has to be known before it is believed: that it is old, or not surely about this caller (rules AS-16, AS-17). */
function badgesOf(shown: readonly ShownMarker[]): readonly { readonly name: string; readonly but: string }[] {
  const nameOf = ({ kind, marker }: ShownMarker): string => kind?.name ?? marker.kind;
  return [...new Set(shown.map(nameOf))].map((name) => {
    const all = shown.filter((each) => nameOf(each) === name);
    const sure = all.filter(({ matchedBy }) => matchStrength(matchedBy) === 'caller');
    const first = all[0];
    const only = sure.length > 0 || first === undefined ? '' : onlyWords[matchStrength(first.matchedBy)];
    const old = (sure.length > 0 ? sure : all).every(({ stale }) => stale) ? 'past its review' : '';
    return { name, but: [only, old].filter((part) => part !== '').join(', ') };
  });
}

const onlyWords: Readonly<Record<MatchStrength, string>> = {
  caller: '',
  'place-only': 'by address only',
  'name-only': 'by name only',
  'may-be': 'may be somebody else',
};

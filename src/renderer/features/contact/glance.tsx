import { useEffect } from 'react';
import { shownMarkers } from '../../../shared/domain/assist/markers.ts';
import { mayFollow } from '../../../shared/domain/assist/plans.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { entryOf } from '../../../shared/domain/triage/entry.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { Badge } from '../../ui/badge.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { beforeLines } from './before-lines.ts';
import styles from './glance.module.css';
import { registered } from './markers.tsx';

/**
 * What is on record and what was before, in two lines between who it is and what was said: without searching, and without looking beside it
 * (rules AS-10, AS-16, AS-18, AS-19). Their space is always kept; all of it stands in the context pane.
 */
export function Glance({ contact }: { readonly contact: Contact }) {
  const { related, histories } = useWorkplace();
  const { id, rev, plan } = contact;
  useEffect(() => {
    related.read(id, rev);
    histories.read(id, rev);
  }, [related, histories, id, rev]);
  const view = useCell(related.of(id));
  const earlier = useCell(histories.of(id));
  const lines = beforeLines(contact, earlier ?? []);
  const repeats = view?.repeats.map(({ sentence }) => sentence.replace(/\.$/, '')) ?? [];
  const before = [...repeats, ...(repeats.length > 0 ? [] : lines)].join('; ');
  const slots = view?.slots ?? [];
  const isBlank =
    earlier !== null && view !== null && before === '' && plan === null && contact.markers.length === 0;
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
          <span className={styles.muted}>Nothing on record, and no earlier contact on this desk.</span>
        )}
      </p>
      <p className={styles.line}>
        {view !== null && slots.every((slot) => slot === null) && (
          <span className={styles.muted}>
            {view.trouble ?? 'No other contact is suggested to belong to it.'}
          </span>
        )}
        {slots.map((slot, at) => {
          if (slot === null) return null;
          const { summary, because } = slot;
          return (
            <span key={summary.id} className={styles.words} title={`${summary.title}. ${because.join(' ')}`}>
              <KeyHint>{`m ${at + 1}`}</KeyHint> {summary.title}
            </span>
          );
        })}
      </p>
    </div>
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
  const names = [...new Set(shown.map(({ kind, marker }) => kind?.name ?? marker.kind))];
  return (
    <>
      {isHeld && (
        <Badge look="strong" title="Do not ring back until it is known to be safe">
          Do not ring
        </Badge>
      )}
      {names.slice(0, 3).map((name) => (
        <Badge key={name} look="strong" title="On record: all of it stands in the context pane">
          {name}
        </Badge>
      ))}
      {names.length > 3 && <span>and {names.length - 3} more</span>}
    </>
  );
}

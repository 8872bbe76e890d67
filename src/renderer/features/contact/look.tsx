import type { Contact } from '../../../shared/domain/contact.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { outcomeWords, ownershipWords } from '../../app/contact-words.ts';
import { markOf } from '../../app/marks.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useStanding } from '../../app/use-standing.ts';
import { whyWords } from '../../app/why-words.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { CallerFacts } from './caller-facts.tsx';
import styles from './context-pane.module.css';
import { FormFields } from './form-fields.tsx';
import { NotHere } from './not-here.tsx';
import { Places } from './places.tsx';
import { AccountWords } from './public-words.tsx';
import { ContactRecord } from './record.tsx';
import { Risk } from './risk.tsx';
import { useRiskReading } from './risk-words.tsx';

/** What is marked in their words, in one look from the list: a report is scanned for risk before anybody takes it (rule CH-13). */
function LookAccount({ contact }: { readonly contact: Contact }) {
  const risk = useRiskReading(contact);
  const { account, form } = contact;
  return (
    <>
      {risk !== null && risk.groups.length > 0 && (
        <p>
          <strong>Risk words:</strong> {risk.groups.join(', ')}
        </p>
      )}
      {account.trim() === '' ? (
        <p className={styles.account}>Nothing written down yet.</p>
      ) : (
        <AccountWords contact={contact} risk={risk} className={styles.account} />
      )}
      {form !== null && <FormFields contact={contact} form={form} risk={risk} />}
    </>
  );
}

function WhatTheyWrote({ contact }: { readonly contact: Contact }) {
  return (
    <section aria-label="Account" className={styles.section}>
      <h3>In their own words</h3>
      <LookAccount contact={contact} />
    </section>
  );
}

/** A look: claims nothing and opens nothing. Reading is logged as a consultation (rule C-12). */
export function Look({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const reading = useCell(workplace.readings.of(id));
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const row = useRow(id);
  const now = useNow();
  const standing = useStanding(id);
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const known = contact ?? row?.summary;
  if (known === undefined) {
    return reading === null ? (
      <p className={styles.nothing}>Reading the contact…</p>
    ) : (
      <NotHere id={id} className={styles.nothing} />
    );
  }
  const mark = markOf(known);
  const closing = contact?.closing ?? null;
  return (
    <article className={styles.look} aria-label="Look" data-contact-id={id}>
      <header className={styles.section}>
        <p className={styles.lead}>
          <span>Not claimed</span>
          <button type="button" onClick={() => workplace.open(id)}>
            Open
          </button>
          <button type="button" onClick={() => workplace.look(null)}>
            Close <KeyHint>Esc</KeyHint>
          </button>
        </p>
        <p className={styles.line}>
          <Shape name={mark.shape} letter={mark.letter} /> {mark.word} · {channelFacts[known.channel].word}
          <span className={styles.copied}>{known.ref}</span>
        </p>
        <h2>{known.title}</h2>
        <p className={styles.muted}>{whyWords(known, now, standing)}</p>
        <p className={styles.muted}>{ownershipWords(known, me)}</p>
        {closing !== null && (
          <p>
            <strong>Closed, {outcomeWords[closing.outcome]}:</strong> {closing.reason}
          </p>
        )}
      </header>
      {contact !== null && reading?.kind === 'here' && (
        <>
          {/* What is looked at is what they wrote; on the telephone, who and where. */}
          {contact.form !== null && <WhatTheyWrote contact={contact} />}
          <CallerFacts contact={contact} />
          <Places contact={contact} />
          <Risk contact={contact} />
          {contact.form === null && <WhatTheyWrote contact={contact} />}
          <ContactRecord contact={contact} keptHere={reading.keptHere} />
        </>
      )}
    </article>
  );
}

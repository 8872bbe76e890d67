import { useEffect } from 'react';
import type { HistoryItem, RelatedContacts } from '../../../shared/contract/workstation.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import { useCell } from '../../app/cell.ts';
import { stateOf } from '../../app/contact-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { dateWords } from '../../ui/time-words.ts';
import styles from './earlier.module.css';

const sameWords: Readonly<Record<HistoryItem['because'][number], string>> = {
  'same-number': 'number',
  'same-address': 'address',
  'same-name': 'name',
};

/** Earlier contacts of the same caller, newest first, and by what each was found (rule W-21). Choosing one looks at it. */
export function Earlier({ contact }: { readonly contact: Contact }) {
  const { histories, related, law } = useWorkplace();
  const { id, rev } = contact;
  const items = useCell(histories.of(id));
  const older = useCell(related.of(id))?.older ?? [];
  const spot = useSpot('history');
  useEffect(() => {
    histories.read(id, rev);
    related.read(id, rev);
  }, [histories, related, id, rev]);
  return (
    <section
      aria-label="Earlier contacts"
      className={styles.earlier}
      ref={spot}
      tabIndex={-1}
      onKeyDown={(event) => {
        const down = event.key === 'ArrowDown';
        if (!down && event.key !== 'ArrowUp') return;
        event.preventDefault();
        const buttons = [...event.currentTarget.querySelectorAll('button')];
        const at = buttons.findIndex((button) => button === document.activeElement);
        law.focus(buttons[down ? at + 1 : at - 1]);
      }}
    >
      <h3>
        <span>Earlier contacts{items === null || items.length === 0 ? '' : ` (${items.length})`}</span>
        <KeyHint>h</KeyHint>
      </h3>
      {items !== null && items.length === 0 && (
        <p>None of this number, address or name within the 72 hours that this desk holds.</p>
      )}
      <ul>
        {(items ?? []).map((item) => (
          <li key={item.summary.id}>
            <Item item={item} />
          </li>
        ))}
        {older.map((one) => (
          <li key={one.contact}>
            <Older older={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Item({ item: { summary, because } }: { readonly item: HistoryItem }) {
  const workplace = useWorkplace();
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const state = stateOf({ summary, pending: [] }, me).words;
  const grade = summary.grade === null ? 'not graded' : summary.grade;
  return (
    <button
      type="button"
      title={summary.title}
      onClick={() => {
        workplace.look(summary.id);
        workplace.goTo('context');
      }}
    >
      <span className={styles.line}>
        {dateWords(summary.receivedAt)} · {channelFacts[summary.channel].word} · {state}, {grade}
      </span>
      <span className={styles.title}>{summary.title}</span>
      <span className={styles.line}>Same {because.map((why) => sameWords[why]).join(', ')}</span>
    </button>
  );
}

/** What ended long ago: enough to know it by; its details come from the queue when it is chosen (rules AS-23, L-24). */
function Older({ older }: { readonly older: RelatedContacts['older'][number] }) {
  const workplace = useWorkplace();
  const { contact, ref, receivedAt, channel, grade, category, vulnerable, markers, isr, crime, because } =
    older;
  const marks = [
    vulnerable ? 'vulnerable' : '',
    markers.length > 0 ? `${markers.length} on record` : '',
    isr === null ? '' : `ISR ${isr}`,
    crime === null ? '' : `Crime ${crime}`,
  ].filter((mark) => mark !== '');
  return (
    <button
      type="button"
      data-contact-id={contact}
      title={`${ref}: its details come from the queue`}
      onClick={() => {
        workplace.look(contact);
        workplace.goTo('context');
      }}
    >
      <span className={styles.line}>
        {dateWords(receivedAt)} · {channelFacts[channel].word} · closed
        {category === null ? '' : ` ${category}`}, {grade ?? 'not graded'}
      </span>
      <span className={styles.title}>{[ref, ...marks].join(' · ')}</span>
      <span className={styles.line}>Same {because.map((why) => sameWords[why]).join(', ')}</span>
    </button>
  );
}

import { useEffect, type KeyboardEvent } from 'react';
import type { Suggestion } from '../../../shared/contract/workstation.ts';
import { channelFacts } from '../../../shared/domain/channel.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Link } from '../../../shared/domain/record/parts.ts';
import { useCell } from '../../app/cell.ts';
import { linkWords, stateOf } from '../../app/contact-words.ts';
import { foundWords } from '../../app/link-words.ts';
import { linksToLookAt } from '../../app/links-to-look-at.ts';
import { markOf } from '../../app/marks.ts';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import type { Workplace } from '../../app/workplace.ts';
import { Badge } from '../../ui/badge.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Shape } from '../../ui/shape.tsx';
import { clockWords, whenWords } from '../../ui/time-words.ts';
import styles from './related.module.css';

/** What is linked, and what may belong together: pointed at, and linked only by the handler (rules AS-10, C-22 to C-24). */
export function Related({ contact }: { readonly contact: Contact }) {
  const { related } = useWorkplace();
  const { id, rev, links } = contact;
  const view = useCell(related.of(id));
  useEffect(() => related.read(id, rev), [related, id, rev]);
  const arrows = useArrows();
  const together = links.filter(({ parted }) => parted === null);
  const apart = links.filter(({ parted }) => parted !== null);
  return (
    <>
      {links.length > 0 && (
        <section aria-label="Linked" className={styles.section} onKeyDown={arrows}>
          <h3>
            <span>Linked{together.length > 0 && ` (${together.length})`}</span>
            {together.length > 0 && (
              <span>
                <KeyHint>Ctrl+Shift+F11</KeyHint> parts
              </span>
            )}
          </h3>
          <LookAgain contact={contact} />
          <ul>
            {[...together, ...apart].map((link) => (
              <li key={link.id}>
                <Linked link={link} from={id} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="May belong together" className={styles.section} onKeyDown={arrows}>
        <h3>
          <span>May belong together</span>
          <span>
            <KeyHint>m m</KeyHint> links another
          </span>
        </h3>
        <ol className={styles.suggestions}>
          {(view?.slots ?? []).map(
            (slot, at) =>
              slot !== null && (
                <li key={slot.summary.id}>
                  <Suggested suggestion={slot} number={at + 1} />
                </li>
              ),
          )}
          {view !== null && view.slots.every((slot) => slot === null) && (
            <li className={styles.none}>
              {view.trouble ?? 'Nothing found on this desk, which does not mean that there is nothing.'}
            </li>
          )}
        </ol>
      </section>
    </>
  );
}

/** ↓ and ↑ go from one to the next. */
function useArrows(): (event: KeyboardEvent<HTMLElement>) => void {
  const { law } = useWorkplace();
  return (event) => {
    const down = event.key === 'ArrowDown';
    if (!down && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-contact-id]')];
    const at = buttons.findIndex((button) => button === document.activeElement);
    law.focus(buttons[down ? at + 1 : at - 1]);
  };
}

/** Enter opens it, Space looks at it without opening. */
function goes(workplace: Workplace, id: ContactId) {
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (event.key === ' ') {
      workplace.look(id);
      workplace.goTo('context');
      return;
    }
    workplace.open(id);
    workplace.goTo('work');
  };
}

/** Why a link asks for another look, as long as nobody has looked; with the key to the call that asks it (rules T-17, W-29). */
function LookAgain({ contact }: { readonly contact: Contact }) {
  const { rangBack, adds, newest } = linksToLookAt(contact);
  if (newest === null) return null;
  return (
    <p className={styles.duty}>
      <strong>Look at the risk again:</strong>{' '}
      {rangBack !== null && <>the caller rang back at {clockWords(rangBack.at)}. </>}
      {adds !== null && (
        <>
          {rangBack === null ? 'a' : 'A'} linked contact adds new facts since {clockWords(adds.at)}.{' '}
        </>
      )}
      <span className={styles.there}>
        <KeyHint>Ctrl+Shift+9</KeyHint> goes there
      </span>
    </p>
  );
}

function Linked({ link, from }: { readonly link: Link; readonly from: ContactId }) {
  const workplace = useWorkplace();
  const row = useRow(link.other.contact);
  const now = useNow();
  const { other, fact, found, parted, kind, side, at, id } = link;
  const ref = other.ref === '' ? (row?.summary.ref ?? 'a contact') : other.ref;
  const isAdding = fact !== '' || found.length > 0;
  return (
    <div className={styles.linked} data-parted={parted !== null}>
      <button
        type="button"
        data-contact-id={other.contact}
        title={row?.summary.title ?? ref}
        onKeyDown={goes(workplace, other.contact)}
        onClick={() => {
          workplace.open(other.contact);
          workplace.goTo('work');
        }}
      >
        <span className={styles.lead}>
          <span className={styles.ref}>{ref}</span>{' '}
          {side === 'child' ? 'this belongs to it' : 'belongs to this'}, {linkWords[kind]},{' '}
          {whenWords(at, now)}
        </span>
        {row !== undefined && <span className={styles.title}>{row.summary.title}</span>}
        {isAdding && (
          <span className={styles.adds}>
            {side === 'child' ? 'This adds' : 'Adds'}
            {fact === '' ? '' : `: ${fact}`} <Found codes={found} />
          </span>
        )}
        {parted !== null && (
          <span>
            Parted {whenWords(parted.at, now)}: {parted.reason}
          </span>
        )}
      </button>
      {parted === null && (
        <button
          type="button"
          className={styles.part}
          onClick={() => {
            workplace.reasons.begin(from, 'part');
            workplace.strip.set({ kind: 'part', contact: from, link: id, other: ref });
          }}
        >
          Part
        </button>
      )}
    </div>
  );
}

/** What is new, as badges that cannot be missed. */
export function Found({ codes }: { readonly codes: readonly string[] }) {
  return (
    <span className={styles.found}>
      {codes.map((code) => (
        <Badge key={code} look="strong" title="The other contact’s public did not say so">
          {foundWords(code)}
        </Badge>
      ))}
    </span>
  );
}

function Suggested({ suggestion, number }: { readonly suggestion: Suggestion; readonly number: number }) {
  const workplace = useWorkplace();
  const me = useCell(workplace.store.desk)?.me?.desk ?? null;
  const row = useRow(suggestion.summary.id);
  const { summary, pending } = row ?? { summary: suggestion.summary, pending: [] };
  const { id, channel, receivedAt, title, ref } = summary;
  const mark = markOf(summary);
  const because = suggestion.because.join(' ');
  return (
    <button
      type="button"
      className={styles.suggested}
      data-contact-id={id}
      title={`${title}. ${because}`}
      onKeyDown={goes(workplace, id)}
      onClick={() => {
        workplace.look(id);
        workplace.goTo('context');
      }}
    >
      <span className={styles.lead}>
        <KeyHint>{`Ctrl+Shift+${number}`}</KeyHint> <Shape name={mark.shape} letter={mark.letter} />{' '}
        {channelFacts[channel].word} {clockWords(receivedAt)} · {stateOf({ summary, pending }, me).words} ·{' '}
        <span className={styles.ref}>{ref}</span>
      </span>
      <span className={styles.title}>{title}</span>
      <span className={styles.because}>{because}</span>
    </button>
  );
}

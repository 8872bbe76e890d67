import { useLayoutEffect, useRef, useState } from 'react';
import { splitEffects } from '../../../shared/domain/triage/major-incident.ts';
import { useCell } from '../../app/cell.ts';
import type { WhichMajor } from '../../app/strip.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { whenWords } from '../../ui/time-words.ts';
import { majorsOf, type MajorNow } from './major-now.ts';
import { sortTo } from './split-call.ts';
import { splitWords } from './split-words.ts';
import styles from './which-strip.module.css';

/** Only so many have a digit; the others are chosen with the pointer. */
const KEYS = 9;

/** Asks which of several major incidents a call is about: a digit each, and none that Enter would choose by itself (rule T-21). */
export function WhichStrip() {
  const strip = useCell(useWorkplace().strip);
  return strip?.kind === 'which-major' ? (
    <OpenStrip key={`${strip.contact} ${strip.split}`} strip={strip} />
  ) : null;
}

function OpenStrip({ strip }: { readonly strip: WhichMajor }) {
  const workplace = useWorkplace();
  const { strip: cell, law, store } = workplace;
  const group = useRef<HTMLDivElement>(null);
  const isSending = useRef(false);
  const [before] = useState(() => document.activeElement);
  const majors = majorsOf(useCell(store.facts));
  const now = useNow();

  // Opening the strip is the handler's own act, and this runs in its task.
  useLayoutEffect(() => {
    law.focus(group.current);
  }, [law]);

  const goBack = (): void => {
    if (!(before instanceof HTMLElement && before.isConnected && law.focus(before))) workplace.returnToWork();
  };
  const choose = (major: MajorNow): void => {
    if (isSending.current) return;
    isSending.current = true;
    const ticket = law.ticket();
    void sortTo(workplace, strip.contact, strip.split, major).then((isKept) => {
      isSending.current = false;
      if (!isKept || cell.read() !== strip) return;
      cell.set(null);
      law.answer(ticket, goBack);
    });
  };
  const slots = inPlaces(strip.majors, majors);
  const isHurt = splitEffects[strip.split].promotes;
  return (
    <div
      ref={group}
      className={styles.strip}
      role="group"
      tabIndex={-1}
      data-focus="strip"
      aria-label="Which major incident"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
        const major = /^[1-9]$/.test(event.key) ? slots[Number(event.key) - 1] : undefined;
        if (event.key === 'Escape') {
          cell.set(null);
          goBack();
          workplace.say('Not linked to a major incident yet.', 'plain');
        } else if (major !== undefined && major !== null && !event.repeat) choose(major);
        else return;
        event.preventDefault();
      }}
    >
      <p className={styles.title}>
        Which major incident is this call about?{' '}
        {isHurt ? 'It is an emergency already: ' : 'It is sorted as: '}
        {splitWords(strip.split)}. <KeyHint>Esc</KeyHint> leaves it open.
      </p>
      {slots.map((major, at) => {
        if (major === null)
          return (
            <p key={at} className={styles.over}>
              {at + 1}: stood down.
            </p>
          );
        const row = store.rows.get(major.contact)?.summary;
        return (
          <button key={major.contact} type="button" className={styles.one} onClick={() => choose(major)}>
            {at < KEYS && <KeyHint>{String(at + 1)}</KeyHint>}
            <strong title={major.name}>{major.name}</strong>
            <span className={styles.where} title={row?.place ?? undefined}>
              {row === undefined
                ? 'Not on this desk'
                : `${row.place ?? 'Place not known'} · since ${whenWords(row.receivedAt, now)} · ${row.ref}`}
            </span>
          </button>
        );
      })}
    </div>
  );
}

/** Each keeps the digit it had when the strip opened; one declared since comes last, and one stood down leaves its place empty. */
function inPlaces(opened: WhichMajor['majors'], majors: readonly MajorNow[]): readonly (MajorNow | null)[] {
  const kept = opened.map((id) => majors.find(({ contact }) => contact === id) ?? null);
  return [...kept, ...majors.filter(({ contact }) => !opened.includes(contact)).toReversed()];
}

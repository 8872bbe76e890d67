import { useId } from 'react';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Incident } from '../../../shared/domain/record/parts.ts';
import { provisionalRefOf } from '../../../shared/domain/record/references.ts';
import { useCell } from '../../app/cell.ts';
import { incidentRefWords } from '../../app/record-words.ts';
import { deskWords } from '../../app/refusals.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useNow } from '../../app/use-now.ts';
import { useRow } from '../../app/use-row.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { whenWords } from '../../ui/time-words.ts';
import { offerOfIncident } from './incident-words.ts';
import styles from './incident-sheet.module.css';
import { Typeahead } from './typeahead.tsx';
import { useCategories, type Categories } from './use-categories.ts';

interface IncidentForm {
  readonly typed: string;
  /** The code of the chosen opening category; `null`: none yet. */
  readonly category: string | null;
  /** Made with the form, so that one incident is never opened under two. */
  readonly provisionalRef: string;
}

function readForm(value: unknown): IncidentForm | null {
  if (typeof value !== 'object' || value === null) return null;
  const { typed, category, provisionalRef } = value as Partial<Record<keyof IncidentForm, unknown>>;
  if (typeof typed !== 'string' || typeof provisionalRef !== 'string') return null;
  return { typed, category: typeof category === 'string' ? category : null, provisionalRef };
}

/** Opening the force's incident: one field, and one more Enter that lets it leave the building (rule C-26). */
export function IncidentSheet({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const categories = useCategories();
  const incident = reading?.kind === 'here' ? reading.contact.incident : null;
  if (incident === null) return <Choosing id={id} categories={categories} />;
  return (
    <SheetFrame id={id} title="Incident" act={null}>
      <Opened incident={incident} categories={categories} />
    </SheetFrame>
  );
}

function Choosing({ id, categories }: { readonly id: ContactId; readonly categories: Categories }) {
  const workplace = useWorkplace();
  const { acts, law, readings, drafts } = workplace;
  const reading = useCell(readings.of(id));
  const row = useRow(id);
  const spot = useSpot('sheet');
  const below = useId();
  const [words, write] = useSheetWords(id, 'incident', readForm);
  const typed = words?.typed ?? '';
  const category = words?.category ?? null;
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const flashed = reading?.kind === 'flash-only' ? reading.summary : null;

  const change = (changed: Partial<IncidentForm>) =>
    write({
      typed,
      category,
      provisionalRef: words?.provisionalRef ?? provisionalRefOf(acts.newId()),
      ...changed,
    });
  const send = () => {
    if (words === null || category === null) {
      workplace.say('Not sent: choose the category as it was reported first.', 'plain');
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'incident');
    const { provisionalRef } = words;
    void acts.submit(id, { kind: 'incident', category, provisionalRef }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, 'incident') === sent) drafts.writeSheet(id, 'incident', '');
      workplace.say(
        acts.linkIsDown
          ? `Incident kept here: say ${provisionalRef} until the link is back. Dispatch does not see it yet.`
          : 'Incident kept here. Its number follows.',
        acts.linkIsDown ? 'warning' : 'plain',
      );
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  return (
    <SheetFrame
      id={id}
      title="Incident"
      keys={
        <>
          <KeyHint>↓</KeyHint> <KeyHint>1</KeyHint> to <KeyHint>8</KeyHint> <KeyHint>Enter</KeyHint> choose
        </>
      }
      act={{ words: 'Send to dispatch', isReady: category !== null, run: send }}
      note={category === null ? 'No category is chosen yet.' : ''}
    >
      <div
        className={styles.choosing}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || category === null) return;
          event.preventDefault();
          change({ category: null });
        }}
      >
        <p className={styles.label} aria-hidden>
          What was reported
        </p>
        <Typeahead
          label="Opening category"
          placeholder="Two or three letters: dom, rtc inj, mis"
          list="below"
          showCodes
          typed={typed}
          found={categories.find(typed, 'opening')}
          describedBy={below}
          fieldRef={spot}
          onType={(next) => change({ typed: next, category: null })}
          isChosen={category !== null}
          onChoose={(option) => change({ category: option.code })}
          onMove={() => change({ category: null })}
          onEnter={send}
        />
        <p id={below} className={styles.offer} data-ready={category !== null} role="status">
          {category === null ? (
            categories.trouble === '' ? (
              'Choose the category as it was reported. Nothing is sent before the next Enter.'
            ) : (
              categories.trouble
            )
          ) : (
            <>
              {offerOfIncident(
                categories.words(category),
                contact ?? row?.summary ?? flashed,
                contact?.spots ?? [],
              )}
              : <strong>Enter</strong> sends it to dispatch, <strong>Esc</strong> stays.
            </>
          )}
        </p>
      </div>
    </SheetFrame>
  );
}

function Opened({ incident, categories }: { readonly incident: Incident; readonly categories: Categories }) {
  const now = useNow();
  const spot = useSpot('sheet');
  const { ref, category, by, at } = incident;
  return (
    <div ref={spot} tabIndex={-1} className={styles.opened} role="group" aria-label="The incident is open">
      <p>
        An incident is open for this contact:{' '}
        <strong className={styles.ref}>{incidentRefWords(incident, now)}</strong>
        {ref === null && ', until the queue has given its number'}.
      </p>
      <p className={styles.muted}>
        {categories.words(category)}, opened {whenWords(at, now)} by {deskWords(by)}.
      </p>
    </div>
  );
}

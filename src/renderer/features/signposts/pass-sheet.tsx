import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { NOTE_LIMIT } from '../../../shared/domain/command.ts';
import { buildAreas } from '../../../shared/domain/place/areas.ts';
import type { DirectoryEntry } from '../../../shared/domain/signposts/directory.ts';
import { directoryIndex, findDirectory } from '../../../shared/domain/signposts/find-directory.ts';
import { isHandedOverWarm, isTaken } from '../../../shared/domain/record/passed-on.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import type { Ticket } from '../../app/focus-law.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useFirstField, useOpening } from '../../app/use-first-field.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useNow } from '../../app/use-now.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { forceOfPlace } from './force-of-place.ts';
import {
  blankPass,
  missingInPass,
  newLines,
  packOf,
  passedOf,
  readPass,
  withNews,
  withPack,
  type PassForm,
} from './pass-form.ts';
import { PassLog } from './pass-log.tsx';
import { missingBeforePassing, packLines } from './pass-pack.ts';
import { PassToField } from './pass-to-field.tsx';
import styles from './pass.module.css';

/** Giving a contact to another force or service: warm, whole, and with the caller's own words (rule C-28). */
export function PassSheet({ id }: { readonly id: ContactId }) {
  const reading = useCell(useWorkplace().readings.of(id));
  const opening = useOpening();
  const spot = useSpot('sheet');
  const contact = reading?.kind === 'here' ? reading.contact : null;
  if (contact !== null) return <Open id={id} contact={contact} opening={opening} />;
  return (
    <SheetFrame id={id} title="Pass on" act={null}>
      <p ref={spot} tabIndex={-1} role="status">
        The contact is being read. What they must be told stands here in a moment.
      </p>
    </SheetFrame>
  );
}

interface OpenProps {
  readonly id: ContactId;
  readonly contact: Contact;
  readonly opening: Ticket;
}

/** The directory as this sheet searches it, and the force of the place. */
function useReceivers(contact: Contact) {
  const directory = usePolicy('directory');
  const places = usePolicy('places');
  const people = directory.kind === 'here' ? directory.value : null;
  const map = places.kind === 'here' ? places.value : null;
  const index = useMemo(() => (people === null ? null : directoryIndex(people)), [people]);
  const areas = useMemo(() => (map === null ? null : buildAreas(map)), [map]);
  const proposal = people === null ? null : forceOfPlace(contact, people, areas);
  const trouble = directory.kind === 'not-there' ? directory.sentence : null;
  const find = (typed: string): readonly DirectoryEntry[] => {
    if (index === null || people === null) return [];
    const all = typed.trim() === '' ? people.entries : findDirectory(index, typed);
    return all.toSorted((a, b) => rankOf(a, proposal?.entry.id) - rankOf(b, proposal?.entry.id));
  };
  const named = (name: string) => people?.entries.find((entry) => entry.name === name.trim()) ?? null;
  return { find, named, proposal, trouble };
}

/** Whom most calls that leave us go to, while somebody is hurt or trapped. Ids of `directory.yaml`. */
const lifeFirst: readonly string[] = ['ambulance', 'fire'];

/** Ambulance and fire, the force of the place, its neighbours, agencies, then everybody else. */
function rankOf(entry: DirectoryEntry, proposed: string | undefined): number {
  if (lifeFirst.includes(entry.id)) return 0;
  if (entry.id === proposed) return 1;
  if (entry.kind === 'force') return entry.borders ? 2 : 4;
  return entry.kind === 'partner' ? 3 : 5;
}

function Open({ id, contact, opening }: OpenProps) {
  const workplace = useWorkplace();
  const { acts, drafts, law } = workplace;
  const [kept, write] = useSheetWords(id, 'pass', readPass);
  const form = kept ?? blankPass;
  const markers = usePolicy('markers');
  const questions = usePolicy('questions');
  const now = useNow();
  const words = {
    kinds: markers.kind === 'here' ? markers.value.kinds : [],
    questions: questions.kind === 'here' ? questions.value.questions : [],
  };
  const lines = packLines(contact, words, now);
  const isWarm = isHandedOverWarm(contact);
  const { find, named, proposal, trouble } = useReceivers(contact);
  const missing = missingBeforePassing(contact);
  const news = newLines(form, lines);
  const pack = packOf(form, lines);
  const spot = useSpot('sheet');
  const first = useRef<HTMLElement | null>(null);
  const packField = useRef<HTMLTextAreaElement>(null);
  useFirstField(opening, first);
  useEffect(() => () => void drafts.save(id), [drafts, id]);

  const change = (changed: Partial<PassForm>) => write({ ...form, ...changed });
  const keep = () => {
    const passed = passedOf(form, lines, isWarm);
    if (passed === null) {
      workplace.say(missingInPass(form, lines, isWarm) ?? '', 'plain');
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, 'pass');
    void acts.submit(id, { kind: 'pass', passed }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, 'pass') === sent) write(null);
      workplace.say(
        isTaken(passed)
          ? 'Kept here: they have it.'
          : 'Attempt kept here. Nobody has taken it yet: try again, or ask for their supervisor.',
        isTaken(passed) ? 'plain' : 'warning',
      );
      law.answer(ticket, () => law.focus(first.current));
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat) return;
    if (event.altKey && event.key.toLowerCase() === 's') change({ stayedOn: !form.stayedOn });
    else if (event.altKey && event.key.toLowerCase() === 'n' && news.length > 0) write(withNews(form, lines));
    else return;
    event.preventDefault();
  };
  const lacking = missingInPass(form, lines, isWarm);
  return (
    <SheetFrame
      id={id}
      title="Pass on"
      act={{ words: 'Keep it', isReady: lacking === null, run: keep }}
      note={lacking ?? ''}
    >
      <div className={styles.sheet} onKeyDown={onKeyDown}>
        <p className={styles.missing} data-some={missing.length > 0} role="status">
          {missing.length > 0
            ? `Take full details first. Missing: ${missing.join(', ')}. Never tell the caller to ring somebody else.`
            : 'Stay on the line until they have it. Never tell the caller to ring somebody else.'}
        </p>
        <p className={styles.proposal}>{trouble ?? proposal?.because ?? ''}</p>
        <PassToField
          to={form.to}
          found={find(form.to)}
          chosen={named(form.to)}
          fieldRef={(element) => {
            first.current = element;
            spot(element);
          }}
          onType={(to) => change({ to })}
          onChoose={(entry) => {
            change({ to: entry.name });
            law.focus(packField.current);
          }}
          onDone={() => law.focus(packField.current)}
        />
        <label className={styles.pack}>
          <span>
            What they are told{form.pack === null ? ', from the record' : ', as you changed it'}
            {pack.length > NOTE_LIMIT && <strong> · {pack.length - NOTE_LIMIT} characters too long</strong>}
          </span>
          <textarea
            ref={packField}
            rows={9}
            value={pack}
            spellCheck
            onChange={(event) => write(withPack(form, event.currentTarget.value, lines))}
          />
        </label>
        <p className={styles.news} role="status">
          {news.length > 0 && (
            <>
              New since you changed it: {news.join(' ')}{' '}
              <button type="button" onClick={() => write(withNews(form, lines))}>
                Put it in <KeyHint>Alt+N</KeyHint>
              </button>
            </>
          )}
        </p>
        <div className={styles.taken}>
          <label className={styles.stayed}>
            <input
              type="checkbox"
              checked={form.stayedOn}
              onChange={(event) => change({ stayedOn: event.currentTarget.checked })}
            />
            <span>
              We stayed on the line until they had it <KeyHint>Alt+S</KeyHint>
            </span>
          </label>
          <label>
            <span>If not, why</span>
            <input
              type="text"
              value={form.leftBecause}
              disabled={form.stayedOn}
              placeholder={isWarm ? 'needed for an emergency' : ''}
              onChange={(event) => change({ leftBecause: event.currentTarget.value })}
            />
          </label>
          <label>
            <span>Taken by</span>
            <input
              type="text"
              value={form.takenBy}
              placeholder="name or desk; empty if nobody has"
              onChange={(event) => change({ takenBy: event.currentTarget.value })}
            />
          </label>
          <label>
            <span>Their reference</span>
            <input
              type="text"
              value={form.theirRef}
              onChange={(event) => change({ theirRef: event.currentTarget.value })}
            />
          </label>
        </div>
        <PassLog passedOn={contact.passedOn} />
      </div>
    </SheetFrame>
  );
}

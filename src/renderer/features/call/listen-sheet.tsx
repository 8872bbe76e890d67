import { useEffect, useRef, type KeyboardEvent } from 'react';
import { REASON_LIMIT } from '../../../shared/domain/command.ts';
import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { HeardSound } from '../../../shared/domain/record/parts.ts';
import { entryOf, pictureOf } from '../../../shared/domain/triage/entry.ts';
import { floorFor } from '../../../shared/domain/triage/floors.ts';
import { heardWords } from '../../app/call-back-words.ts';
import { useCell } from '../../app/cell.ts';
import { staleFloorWords } from '../../app/marker-words.ts';
import { usePolicy } from '../../app/policies.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import type { TapSide } from '../../app/tap-side.ts';
import { useNow } from '../../app/use-now.ts';
import { useSheetView } from '../../app/use-sheet-view.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './call.module.css';
import { answerSound, listenPrompts, nextPrompt, type Answer, type By } from './listen-prompts.ts';
import { isTypedInto, plainKey } from './plain-key.ts';
import { SoundLog } from './sound-log.tsx';
import { useSounds } from './use-sounds.ts';

const answers: Readonly<Record<string, Answer>> = { '1': 'yes', '2': 'no', '0': 'silence' };

interface ListenProps {
  readonly id: ContactId;
  /** What taps answer, and the grade that follows. */
  readonly side: TapSide;
}

/** A line on which nobody speaks: what to say, what came back, when, and the grade that it means (rule C-21). */
export function ListenSheet({ id, side }: ListenProps) {
  const workplace = useWorkplace();
  const { drafts, law } = workplace;
  const reading = useCell(workplace.readings.of(id));
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const questions = usePolicy('questions');
  const prompts = listenPrompts(questions.kind === 'here' ? questions.value : null);
  const sounds = useSounds(id);
  const [chosen, setChosen] = useSheetView<number | null>(id, 'prompt', () => null);
  const [by, setBy] = useSheetView<By>(id, 'by', () => 'tap');
  const at = Math.min(chosen ?? nextPrompt(prompts, contact?.heard ?? []), prompts.length - 1);
  const board = useRef<HTMLDivElement | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const spot = useSpot('sheet');
  useEffect(() => () => void drafts.save(id), [drafts, id]);

  const answer = (given: Answer) => {
    const prompt = prompts[at];
    if (prompt === undefined) return;
    sounds.hear(answerSound(prompt, given, by));
    if (given !== 'silence') side.answered(workplace, id, prompt.id, given);
    setChosen(Math.min(at + 1, prompts.length - 1));
  };
  /** False while it cannot be kept as it stands. */
  const keepNoise = (): boolean => {
    const words = sounds.noise.trim();
    const over = words.length - REASON_LIMIT;
    if (over > 0) workplace.say(`${over} characters too long. Nothing is cut: shorten it.`, 'plain');
    else if (words !== '') sounds.hear({ what: 'noise', means: null, words });
    return over <= 0;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === 'g') {
      event.preventDefault();
      if (!event.repeat) side.give(workplace, id);
      return;
    }
    if (isTypedInto(event.target)) {
      if (event.key !== 'Enter' || event.ctrlKey) return;
      event.preventDefault();
      if (keepNoise()) law.focus(board.current);
      return;
    }
    const key = plainKey(event);
    if (key === null) return;
    const given = answers[key];
    if (given !== undefined) answer(given);
    else if (key === 't') law.focus(field.current);
    else if (key === 'v') sounds.hear({ what: 'voice', means: null, words: 'A voice is heard' });
    else if (key === 'k') setBy(by === 'tap' ? 'key' : 'tap');
    else if (key === 'r') sounds.retry();
    else if (key === 'ArrowDown') setChosen(Math.min(at + 1, prompts.length - 1));
    else if (key === 'ArrowUp') setChosen(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  };

  return (
    <SheetFrame
      id={id}
      title="Listen"
      act={{ words: 'Done', isReady: true, run: () => keepNoise() && workplace.leaveSheet(id) }}
      note="Each sound is kept as it is pressed."
      foot={<side.Grade id={id} />}
    >
      <div className={`${styles.sheet} ${styles.listen}`} onKeyDown={onKeyDown}>
        <p className={styles.standing}>
          <strong>Listening is enough.</strong> Never close as an accident while the line is open. A 55 that
          was pressed gives no place.
        </p>
        <GradeFloor contact={contact} />
        <div
          ref={(element) => {
            board.current = element;
            spot(element);
          }}
          className={styles.board}
          role="group"
          aria-label="Say aloud, and listen"
          tabIndex={0}
        >
          <ol className={styles.prompts} aria-label="Say aloud">
            {prompts.map(({ id: prompt, say }, place) => (
              <li
                key={prompt}
                aria-current={place === at ? 'step' : undefined}
                onClick={() => setChosen(place)}
              >
                <span>{say}</span> <AnswerTo say={say} heard={contact?.heard ?? []} />
              </li>
            ))}
          </ol>
          <div className={styles.keys}>
            <button type="button" tabIndex={-1} onClick={() => answer('yes')}>
              <kbd>1</kbd> One {by}, yes
            </button>
            <button type="button" tabIndex={-1} onClick={() => answer('no')}>
              <kbd>2</kbd> Two, no
            </button>
            <button type="button" tabIndex={-1} onClick={() => answer('silence')}>
              <kbd>0</kbd> No answer
            </button>
            <button
              type="button"
              tabIndex={-1}
              onClick={() => sounds.hear({ what: 'voice', means: null, words: 'A voice is heard' })}
            >
              <kbd>v</kbd> Voice
            </button>
            <button type="button" tabIndex={-1} onClick={() => setBy(by === 'tap' ? 'key' : 'tap')}>
              <kbd>k</kbd> By {by === 'tap' ? 'taps' : 'keys'}
            </button>
          </div>
        </div>
        <label className={styles.noise}>
          <span>
            <KeyHint>t</KeyHint> A noise, in words
          </span>
          <input
            ref={field}
            type="text"
            value={sounds.noise}
            placeholder="blows, a door, a child crying; Enter keeps it"
            onChange={(event) => sounds.typeNoise(event.currentTarget.value)}
          />
        </label>
        <SoundLog heard={contact?.heard ?? []} unkept={sounds.unkept} />
      </div>
    </SheetFrame>
  );
}

/** What came back to a prompt last, beside it: the next one is seen at once. */
function AnswerTo({ say, heard }: { readonly say: string; readonly heard: readonly HeardSound[] }) {
  const last = heard.findLast(({ words }) => words.includes(say));
  if (last === undefined) return null;
  return <b>{last.means === null ? 'no answer' : heardWords(last)}</b>;
}

/** Below which grade nobody may go here; its space is kept (rule T-13). */
function GradeFloor({ contact }: { readonly contact: Contact | null }) {
  const view = usePolicy('triage');
  const now = useNow();
  const floor =
    view.kind === 'here' && contact !== null
      ? floorFor(view.value, pictureOf(contact, entryOf(contact)))
      : null;
  const stale =
    view.kind === 'here' && contact !== null
      ? staleFloorWords(view.value, contact, entryOf(contact), now)
      : '';
  return (
    <p className={styles.floor} data-holds={floor !== null}>
      {floor !== null && (
        <>
          <strong>No lower than {floor.grade}.</strong> {floor.because} {stale}
        </>
      )}
      {floor === null &&
        view.kind === 'not-there' &&
        'Whether a marker asks for a grade is not known here. Look at what is on record.'}
    </p>
  );
}

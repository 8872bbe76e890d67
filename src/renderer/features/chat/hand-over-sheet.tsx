import { useCallback, useEffect, useState } from 'react';
import { whyCannotTake, type Colleague } from '../../../shared/domain/chat/colleague.ts';
import { hasRunOut, standingOffer } from '../../../shared/domain/chat/standing-offer.ts';
import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { usePolicy } from '../../app/policies.ts';
import { cannotTakeWords } from '../../app/refusals.ts';
import { roleWords } from '../../app/role-words.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useNow } from '../../app/use-now.ts';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { clockWords } from '../../ui/time-words.ts';
import styles from './hand-over-sheet.module.css';

const SHEET = 'hand-over';
/** Who is meant where it is nobody by name. */
const EVERYBODY = 'everybody';

interface Form {
  readonly words: string;
  /** The desk's id, or `everybody`; `null`: not chosen yet. */
  readonly to: string | null;
}

function readForm(value: unknown): Form | null {
  if (typeof value !== 'object' || value === null) return null;
  const { words, to } = value as { readonly words?: unknown; readonly to?: unknown };
  return typeof words === 'string' ? { words, to: typeof to === 'string' ? to : null } : null;
}

const empty: Form = { words: '', to: null };
const LINK_DOWN =
  'Not possible now: the link to the queue is down, so nobody can be asked. The chat stays yours.';

/** To whom a chat goes, and what they should know: by name to a colleague, who says yes or no, or back to everybody (rules CH-16, CH-17). */
export function HandOverSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { acts, drafts, law, readings } = workplace;
  const reading = useCell(readings.of(id));
  const spot = useSpot('sheet');
  const [typed, write] = useSheetWords(id, SHEET, readForm);
  const colleagues = useColleagues();
  const now = useNow();
  const form = typed ?? empty;
  const contact = reading?.kind === 'here' ? reading.contact : null;
  const standing = contact === null ? null : standingOffer(contact);
  const chosen = colleagues.list?.find(({ actor }) => actor.desk === form.to) ?? null;

  const send = (act: Act, words: string): void => {
    const ticket = law.ticket();
    const sent = drafts.sheet(id, SHEET);
    void acts.submit(id, act).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, SHEET) === sent) drafts.writeSheet(id, SHEET, '');
      workplace.say(words, 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  const offer = (): void => {
    if (form.words.trim() === '')
      return workplace.say(
        'Write a line first: what should they know before they write to the person?',
        'plain',
      );
    if (form.to === EVERYBODY)
      return send({ kind: 'release', reason: form.words }, 'Given back to everybody: kept here.');
    if (acts.linkIsDown) return workplace.say(LINK_DOWN, 'warning');
    if (chosen === null) return workplace.say('Choose a colleague, or give it back to everybody.', 'plain');
    const { actor } = chosen;
    send(
      { kind: 'offer-chat', to: actor, words: form.words },
      `Offered to desk ${actor.deskNumber}. It is yours until they say yes.`,
    );
  };
  if (standing !== null) {
    const { to, until, words } = standing;
    const isOver = hasRunOut(standing, now);
    return (
      <SheetFrame
        id={id}
        title="Hand the chat on"
        act={{
          words: 'Take the offer back',
          isReady: true,
          run: () =>
            send({ kind: 'withdraw-offer', offer: standing.id }, 'Offer taken back. The chat is yours.'),
        }}
        note="The chat is yours until they say yes."
      >
        <p ref={spot} tabIndex={-1}>
          {isOver
            ? `Desk ${to.deskNumber} has not answered until ${clockWords(until)}.`
            : `Offered to desk ${to.deskNumber} until ${clockWords(until)}.`}{' '}
          <bdi>“{words}”</bdi>
        </p>
      </SheetFrame>
    );
  }
  const isReady = form.words.trim() !== '' && (form.to === EVERYBODY || chosen !== null);
  return (
    <SheetFrame
      id={id}
      title="Hand the chat on"
      act={{
        words: form.to === EVERYBODY ? 'Give it back to everybody' : 'Offer the chat',
        isReady,
        run: offer,
      }}
      note="A half-written line to the public stays with you."
    >
      <div className={styles.form}>
        <label className={styles.field}>
          <span>What they should know, in a line</span>
          <input
            ref={spot}
            type="text"
            dir="auto"
            value={form.words}
            maxLength={REASON_LIMIT}
            placeholder="Alone with two children, he is due home at six; asked twice for the flat number"
            autoComplete="off"
            onChange={(event) => write({ ...form, words: event.currentTarget.value })}
          />
        </label>
        <fieldset className={styles.who}>
          <legend>To whom</legend>
          <Others
            colleagues={colleagues}
            why={(colleague) => (contact === null ? null : colleagues.why(contact, colleague))}
            to={form.to}
            onChoose={(to) => write({ ...form, to })}
          />
          <label className={styles.one}>
            <input
              type="radio"
              name="hand-over to"
              checked={form.to === EVERYBODY}
              onChange={() => write({ ...form, to: EVERYBODY })}
            />
            Everybody: back to the list, with the line on the record
          </label>
        </fieldset>
      </div>
    </SheetFrame>
  );
}

interface Asked {
  /** `null`: not told. */
  readonly list: readonly Colleague[] | null;
  readonly state: 'asking' | 'told' | 'away';
  readonly again: () => void;
  readonly why: (contact: Parameters<typeof whyCannotTake>[0], colleague: Colleague) => string | null;
}

/** Who is signed in, asked of the queue as the sheet opens and whenever the handler asks again. */
function useColleagues(): Asked {
  const { bridge, store } = useWorkplace();
  const me = useCell(store.desk)?.me ?? null;
  const policy = usePolicy('chat');
  const [told, setTold] = useState<readonly Colleague[] | 'away' | null>(null);
  const ask = useCallback(
    async () => bridge.request('colleagues.read', {}).catch(() => ({ colleagues: null })),
    [bridge],
  );
  useEffect(() => {
    void ask().then(({ colleagues }) => setTold(colleagues ?? 'away'));
  }, [ask]);
  const list = told === null || told === 'away' ? null : told.filter(({ actor }) => actor.desk !== me?.desk);
  return {
    list,
    state: told === null ? 'asking' : told === 'away' ? 'away' : 'told',
    again: () => void ask().then(({ colleagues }) => setTold(colleagues ?? 'away')),
    why: (contact, colleague) => {
      if (me === null) return null;
      const atOnce = policy.kind === 'here' ? policy.value.atOnce : undefined;
      const because = whyCannotTake(contact, colleague, { by: me, atOnce });
      return because === null ? null : cannotTakeWords({ because, n: colleague.chats });
    },
  };
}

function Others({
  colleagues: { list, state, again },
  why,
  to,
  onChoose,
}: {
  readonly colleagues: Asked;
  readonly why: (colleague: Colleague) => string | null;
  readonly to: string | null;
  readonly onChoose: (desk: string) => void;
}) {
  return (
    <>
      {state === 'asking' && <p>Asking who is signed in…</p>}
      {state === 'away' && <p role="status">{LINK_DOWN}</p>}
      {state === 'told' && list?.length === 0 && <p>Nobody else is signed in.</p>}
      {list?.map((colleague) => {
        const { actor, name, role } = colleague;
        const because = why(colleague);
        return (
          <label key={actor.desk} className={styles.one} data-can={because === null}>
            <input
              type="radio"
              name="hand-over to"
              disabled={because !== null}
              checked={to === actor.desk}
              onChange={() => onChoose(actor.desk)}
            />
            <span>
              Desk {actor.deskNumber}, {name}, {roleWords[role]}: {because ?? workWords(colleague)}
            </span>
          </label>
        );
      })}
      <button type="button" onClick={again}>
        Ask again who is there
      </button>
    </>
  );
}

function workWords({ chats, hasRisk }: Colleague): string {
  if (chats === 0) return 'no chat in hand';
  return `${chats === 1 ? 'one chat' : `${chats} chats`} in hand${hasRisk ? ', risk flagged' : ''}`;
}

import { SAFE_CONTACT_LIMIT, type SafeContact } from '../../../shared/domain/chat/chat.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { useCell } from '../../app/cell.ts';
import { SheetFrame } from '../../app/sheet-frame.tsx';
import { useSheetWords } from '../../app/use-sheet-words.ts';
import { reachWays, type SafeReach } from '../../../shared/domain/outbound/reach.ts';
import { ReachFields } from './reach-fields.tsx';
import { safeContactWords } from '../../app/safe-contact-words.ts';
import { useSpot } from '../../app/use-spot.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import styles from './safe-contact-sheet.module.css';

const SHEET = 'safe-contact';

function readSafe(value: unknown): SafeContact | null {
  if (typeof value !== 'object' || value === null) return null;
  const { way, times, codeWord, doNotRing, sharedDevice, reach } = value as Partial<
    Record<keyof SafeContact, unknown>
  >;
  if (typeof way !== 'string' || typeof times !== 'string' || typeof codeWord !== 'string') return null;
  const read = readReach(reach);
  return {
    way,
    times,
    codeWord,
    doNotRing: doNotRing === true,
    sharedDevice: sharedDevice === true,
    ...(read !== null && { reach: read }),
  };
}

function readReach(value: unknown): SafeReach | null {
  if (typeof value !== 'object' || value === null) return null;
  const { way, to, neutral } = value as Partial<Record<keyof SafeReach, unknown>>;
  const known = reachWays.find((each) => each === way);
  return known === undefined || typeof to !== 'string' ? null : { way: known, to, neutral: neutral === true };
}

const nothing: SafeContact = { way: '', times: '', codeWord: '', doNotRing: false, sharedDevice: false };

const fields = [
  ['way', 'Safest way to reach them', 'Text to a friend’s number, e-mail at work …'],
  ['times', 'When it is safe', 'Weekdays 9 to 3'],
  ['codeWord', 'Code word', 'One only the two of you know'],
] as const;

/** How they may be reached without harm, and by which word each knows the other: asked early, before the line is lost (rule CH-10). */
export function SafeContactSheet({ id }: { readonly id: ContactId }) {
  const workplace = useWorkplace();
  const { acts, drafts, law, readings } = workplace;
  const reading = useCell(readings.of(id));
  const spot = useSpot('sheet');
  const [typed, write] = useSheetWords(id, SHEET, readSafe);
  const agreed = reading?.kind === 'here' ? reading.contact.safeContacts.at(-1) : undefined;
  const safe = typed ?? (agreed === undefined ? nothing : (readSafe(agreed) ?? nothing));
  const words = safeContactWords(safe);
  const isReady = typed !== null && words !== '';

  const keep = () => {
    if (!isReady) {
      workplace.say(
        typed === null
          ? 'Nothing has been changed.'
          : 'Write how they may be reached, or what must not be done.',
        'plain',
      );
      return;
    }
    const ticket = law.ticket();
    const sent = drafts.sheet(id, SHEET);
    void acts.submit(id, { kind: 'safe-contact', safe }).then((answer) => {
      if (answer.kind !== 'kept') return;
      if (drafts.sheet(id, SHEET) === sent) drafts.writeSheet(id, SHEET, '');
      workplace.say('Safe contact kept here.', 'plain');
      law.answer(ticket, () => workplace.leaveSheet(id));
    });
  };
  return (
    <SheetFrame
      id={id}
      title="Safe contact"
      act={{ words: 'Keep the safe contact', isReady, run: keep }}
      note={words === '' ? 'Nothing agreed yet.' : words}
    >
      <div className={styles.form}>
        {fields.map(([name, label, example], at) => (
          <label key={name} className={styles.field}>
            <span>{label}</span>
            <input
              ref={at === 0 ? spot : undefined}
              type="text"
              dir="auto"
              value={safe[name]}
              maxLength={SAFE_CONTACT_LIMIT}
              placeholder={example}
              autoComplete="off"
              onChange={(event) => write({ ...safe, [name]: event.currentTarget.value })}
            />
          </label>
        ))}
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={safe.doNotRing}
            onChange={(event) => write({ ...safe, doNotRing: event.currentTarget.checked })}
          />
          Do not ring
        </label>
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={safe.sharedDevice}
            onChange={(event) => write({ ...safe, sharedDevice: event.currentTarget.checked })}
          />
          Somebody else reads what comes to this device
        </label>
        <ReachFields
          reach={safe.reach}
          onChange={(reach) => {
            const { reach: _before, ...rest } = safe;
            write(reach === undefined ? rest : { ...rest, reach });
          }}
        />
      </div>
    </SheetFrame>
  );
}

import { rights } from '../../../shared/domain/authorisation.ts';
import { grades, type Grade } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { openDuties } from '../../../shared/domain/record/parts.ts';
import { gradeWords } from '../../app/contact-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';
import { chosenGrade, type GradeWish } from './grade-mode.ts';

/** Which contact a key means: the open one, unless the list has the focus. */
const targetOf = (workplace: Workplace, focus: Focus): ContactId | null =>
  workplace.target(focus === 'inbox' ? 'inbox' : 'work');

const hasTarget = (workplace: Workplace, focus: Focus): boolean => targetOf(workplace, focus) !== null;

/** In the note and in other sheets too: there only the function keys among them act. */
const here: Command['where'] = ['inbox', 'work', 'composer', 'sheet'];
/** Letters alone, which a sheet has for itself. */
const onTheRecord: Command['where'] = ['inbox', 'work', 'composer'];

const NOTHING_CHOSEN = 'No contact is chosen: j or ↓ chooses one.';

function withTarget(act: (workplace: Workplace, id: ContactId) => void): Command['run'] {
  return (workplace, focus) => {
    const id = targetOf(workplace, focus);
    if (id === null) workplace.say(NOTHING_CHOSEN, 'plain');
    else act(workplace, id);
  };
}

const wish = (workplace: Workplace, chosen: GradeWish): void => {
  chosenGrade(workplace).set(chosen);
  workplace.showSheet(chosen.contact, 'grade');
};

const grade = (chosen: Grade | null): Command['run'] =>
  withTarget((workplace, contact) => wish(workplace, { contact, grade: chosen }));

const gradeKeys = grades.map((each, at): Command => ({
  id: `grade-${at + 1}`,
  title: `Grade ${each}, ${gradeWords[each]}`,
  short: `${each} ${gradeWords[each]}`,
  group: 'A contact',
  keys: [`p ${at + 1}`],
  where: onTheRecord,
  when: hasTarget,
  run: grade(each),
}));

/** Only who answers for another may agree (rule C-29). */
function mayAgree({ store }: Workplace): boolean {
  const session = store.desk.read()?.session;
  return session?.kind === 'signed-in' && rights.agree[session.person.role] === 'yes';
}

function hasDuty(workplace: Workplace, focus: Focus, kind: 'agree' | 'tell-caller'): boolean {
  const id = targetOf(workplace, focus);
  return id !== null && workplace.store.rows.get(id)?.summary.marks.duties.includes(kind) === true;
}

function agree(workplace: Workplace, contact: ContactId): void {
  const row = workplace.store.rows.get(contact);
  if (!mayAgree(workplace))
    workplace.say('Only a mentor or a team leader may agree to a lower grade.', 'warning');
  else if (row?.summary.marks.duties.includes('agree') !== true)
    workplace.say('Nobody has asked for a lower grade on this contact.', 'plain');
  else wish(workplace, { contact, grade: null, mode: 'agree' });
}

function told(workplace: Workplace, contact: ContactId): void {
  const reading = workplace.readings.of(contact).read();
  const isDue =
    workplace.store.rows.get(contact)?.summary.marks.duties.includes('tell-caller') === true ||
    (reading?.kind === 'here' && openDuties(reading.contact).some(({ kind }) => kind === 'tell-caller'));
  if (isDue) wish(workplace, { contact, grade: null, mode: 'told' });
  else workplace.say('Nothing to tell: the caller has the answer that stands.', 'plain');
}

/** Questions, THRIVE and the grade (rules T-01 to T-21). */
export const triageCommands: readonly Command[] = [
  {
    id: 'triage',
    title: 'Questions and THRIVE: what to ask, and the grade that follows',
    short: 'questions',
    group: 'A contact',
    keys: ['q', 'Ctrl+F2'],
    where: here,
    bar: 23.5,
    when: hasTarget,
    run: withTarget((workplace, id) => workplace.showSheet(id, 'triage')),
  },
  {
    id: 'grade',
    title: 'Grade the contact, with a reason',
    short: 'grade',
    group: 'A contact',
    keys: ['Shift+F3'],
    begins: 'p',
    where: here,
    bar: 24,
    when: hasTarget,
    run: grade(null),
  },
  ...gradeKeys,
  {
    id: 'agree',
    title: 'Agree to the lower grade somebody asked for, or keep the earlier one',
    short: 'agree',
    group: 'A contact',
    keys: ['Shift+a'],
    where: ['inbox', 'work'],
    when: (workplace, focus) => mayAgree(workplace) && hasDuty(workplace, focus, 'agree'),
    run: withTarget(agree),
  },
  {
    id: 'caller-told',
    title: 'The caller was told that the grade has changed',
    short: 'caller told',
    group: 'A contact',
    keys: ['Shift+u'],
    where: ['inbox', 'work'],
    when: (workplace, focus) => hasDuty(workplace, focus, 'tell-caller'),
    run: withTarget(told),
  },
];

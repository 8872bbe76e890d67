import { closeOutcomes, type CloseOutcome } from '../../../shared/domain/contact.ts';
import { outcomeWords } from '../../app/contact-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';
import { chosenOutcome } from './chosen-outcome.ts';

/** Which contact a key means: the open one, unless the list has the focus. */
const targetOf = (workplace: Workplace, focus: Focus) =>
  workplace.target(focus === 'inbox' ? 'inbox' : 'work');

const hasTarget = (workplace: Workplace, focus: Focus): boolean => targetOf(workplace, focus) !== null;

/** In the note and in other sheets too: there only the function keys among them act. */
const here: Command['where'] = ['inbox', 'work', 'composer', 'sheet'];
/** Letters alone, which a sheet has for itself. */
const onTheRecord: Command['where'] = ['inbox', 'work', 'composer'];

const NOTHING_CHOSEN = 'No contact is chosen: j or ↓ chooses one.';

function openIncident(workplace: Workplace, focus: Focus): void {
  const id = targetOf(workplace, focus);
  if (id === null) workplace.say(NOTHING_CHOSEN, 'plain');
  else workplace.showSheet(id, 'incident');
}

function close(outcome: CloseOutcome | null): Command['run'] {
  return (workplace, focus) => {
    const id = targetOf(workplace, focus);
    if (id === null) {
      workplace.say(NOTHING_CHOSEN, 'plain');
      return;
    }
    if (outcome !== null) chosenOutcome(workplace).set({ contact: id, outcome });
    workplace.showSheet(id, 'close');
  };
}

const closeKeys = closeOutcomes.map((outcome, at): Command => ({
  id: `close-${outcome}`,
  title: `Close, ${outcomeWords[outcome]}`,
  short: outcomeWords[outcome],
  group: 'A contact',
  keys: [`e ${at + 1}`],
  where: onTheRecord,
  when: hasTarget,
  run: close(outcome),
}));

/** The force's incident and the closing record (rules C-26, R-06). */
export const recordCommands: readonly Command[] = [
  {
    id: 'incident',
    title: 'Open an incident: dispatch sees it at once',
    short: 'incident',
    group: 'A contact',
    keys: ['d', 'Ctrl+F6'],
    where: here,
    bar: 24.5,
    when: hasTarget,
    run: openIncident,
  },
  {
    id: 'close',
    title: 'Close the contact, with its record',
    short: 'close',
    group: 'A contact',
    keys: ['Shift+F4'],
    begins: 'e',
    where: here,
    bar: 25,
    when: hasTarget,
    run: close(null),
  },
  ...closeKeys,
];

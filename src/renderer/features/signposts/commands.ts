import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';

/** Which contact a key means: the open one, unless the list has the focus. */
const targetOf = (workplace: Workplace, focus: Focus) =>
  workplace.target(focus === 'inbox' ? 'inbox' : 'work');

function openGuide(workplace: Workplace): void {
  const { covers } = workplace;
  if (covers.over.read().inbox !== 'guide') covers.show('inbox', 'guide');
  workplace.goTo('guide');
}

/** Who else deals with it, and giving a contact to another force or service (rules SG, C-28). */
export const signpostCommands: readonly Command[] = [
  {
    id: 'guide',
    title: 'Who deals with it, and whom to ring: cards and directory',
    short: 'guide',
    group: 'Moving about',
    keys: ['Ctrl+g'],
    where: ['anywhere'],
    bar: 45,
    run: openGuide,
  },
  {
    id: 'pass',
    title: 'Pass the contact on to another force or service, with all that is known',
    short: 'pass on',
    group: 'A contact',
    keys: ['Shift+t', 'Ctrl+F3'],
    where: ['inbox', 'work', 'composer', 'sheet'],
    bar: 31,
    when: (workplace, focus) => targetOf(workplace, focus) !== null,
    run: (workplace, focus) => {
      const id = targetOf(workplace, focus);
      if (id === null) workplace.say('No contact is chosen: j or ↓ chooses one.', 'plain');
      else workplace.showSheet(id, 'pass');
    },
  },
];

import type { SheetKind } from '../../app/sheets.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';

/** Which contact a key means: the open one, unless the list has the focus. */
const targetOf = (workplace: Workplace, focus: Focus) =>
  workplace.target(focus === 'inbox' ? 'inbox' : 'work');

const hasTarget = (workplace: Workplace, focus: Focus): boolean => targetOf(workplace, focus) !== null;

const show =
  (sheet: SheetKind): Command['run'] =>
  (workplace, focus) => {
    const id = targetOf(workplace, focus);
    if (id === null) workplace.say('No contact is chosen: j or ↓ chooses one.', 'plain');
    else workplace.showSheet(id, sheet);
  };

/** In the note and in other sheets too: there only the function keys among them act. */
const here: Command['where'] = ['inbox', 'work', 'composer', 'sheet'];

/** Ringing back, and listening to a line on which nobody speaks (rules C-20, C-21). */
export const callCommands: readonly Command[] = [
  {
    id: 'call-back',
    title: 'Ring back: is it safe, how, and what came of it',
    short: 'ring back',
    group: 'A contact',
    keys: ['Shift+c', 'Shift+F9'],
    where: here,
    bar: 28,
    when: hasTarget,
    run: show('call-back'),
  },
  {
    id: 'promise-call-back',
    title: 'Note a call-back that was promised: it is due until somebody is reached',
    short: 'promise call-back',
    group: 'A contact',
    keys: ['Shift+p', 'Ctrl+Shift+F9'],
    where: here,
    when: hasTarget,
    run: (workplace, focus) => {
      const id = targetOf(workplace, focus);
      if (id === null) workplace.say('No contact is chosen: j or ↓ chooses one.', 'plain');
      else workplace.strip.set({ kind: 'promise-call-back', contact: id });
    },
  },
  {
    id: 'listen',
    title: 'Listen to a silent line: questions for taps, and what was heard',
    short: 'listen',
    group: 'A contact',
    keys: ['Shift+l', 'Ctrl+F9'],
    where: here,
    bar: 29,
    when: hasTarget,
    run: show('listen'),
  },
];

import type { Command } from '../../commands/command.ts';

/** Who it is and what it is about (rule R-24). */
export const callerCommands: readonly Command[] = [
  {
    id: 'caller',
    title: 'Write down who the caller is, and what it is about',
    short: 'caller',
    group: 'A contact',
    keys: ['i', 'Ctrl+F10'],
    where: ['work', 'composer', 'sheet'],
    bar: 23.7,
    when: ({ active }) => active.read() !== null,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id === null) workplace.say('No contact is open: Enter opens one.', 'plain');
      else workplace.showSheet(id, 'caller');
    },
  },
];

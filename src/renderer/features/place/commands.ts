import type { Command } from '../../commands/command.ts';

/** Where it is: found, read back, agreed (rules PL-60 to PL-65). */
export const placeCommands: readonly Command[] = [
  {
    id: 'place',
    title: 'Find the place and read it back',
    short: 'place',
    group: 'A contact',
    keys: ['l', 'Ctrl+F12'],
    where: ['work', 'composer', 'sheet'],
    bar: 23.5,
    when: ({ active }) => active.read() !== null,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id === null) workplace.say('No contact is open: Enter opens one.', 'plain');
      else workplace.showSheet(id, 'place');
    },
  },
];

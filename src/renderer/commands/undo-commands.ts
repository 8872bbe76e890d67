import type { Command } from './command.ts';

/** One step back (rule X-10). In a field Ctrl+Z undoes the words first. */
export const undoCommands: readonly Command[] = [
  {
    id: 'take-back',
    title: 'Take the last act back, within ten seconds',
    short: 'take back',
    group: 'A contact',
    keys: ['u'],
    where: ['inbox', 'work'],
    run: ({ acts }) => void acts.takeBack(),
  },
  {
    id: 'take-back-anywhere',
    title: 'Take the last act back; in a field the words first',
    short: 'take back',
    group: 'A contact',
    keys: ['Ctrl+z'],
    where: ['anywhere'],
    textFirst: true,
    run: ({ acts }) => void acts.takeBack(),
  },
];

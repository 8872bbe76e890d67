import type { Command } from '../../commands/command.ts';
import { statusCommands } from './status-commands.ts';

/** Who works here and what they are doing. */
export const sessionCommands: readonly Command[] = [
  ...statusCommands,
  {
    id: 'lock',
    title: 'Lock this desk; your work stays as it is',
    short: 'lock',
    group: 'This desk',
    keys: ['Ctrl+l'],
    where: ['anywhere'],
    bar: 92,
    run: ({ session }) => session.lock(),
  },
  {
    id: 'sign-off',
    title: 'Sign off: end your work at this desk',
    short: 'sign off',
    group: 'This desk',
    keys: ['Ctrl+Shift+q'],
    where: ['anywhere'],
    run: ({ session }) => void session.signOff(),
  },
];

import type { Command } from '../../commands/command.ts';

/** The paper fall-back: what goes on when every screen has stopped (rules P-01, P-06, P-07). */
export const paperCommands: readonly Command[] = [
  {
    id: 'print-paper',
    title: 'Print the paper fall-back: what is open, and blank logs',
    short: 'print',
    group: 'This desk',
    keys: ['Ctrl+p'],
    where: ['anywhere'],
    run: (workplace) => void import('./print-paper.tsx').then(({ printPaper }) => printPaper(workplace)),
  },
];

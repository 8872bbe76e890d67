import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';

function openSearch(workplace: Workplace): void {
  const { covers, search } = workplace;
  if (covers.over.read().inbox === 'search') {
    workplace.goTo('search');
    return;
  }
  covers.show('inbox', 'search');
  // What was found last time is there again, as the desk has it now.
  search.again();
  workplace.goTo('search');
}

/** Search is a panel over the list; the list below stays as it is (rule W-20). */
export const searchCommands: readonly Command[] = [
  {
    id: 'search',
    title: 'Search everything this desk holds, open and closed',
    short: 'search',
    group: 'Moving about',
    keys: ['Ctrl+f'],
    where: ['anywhere'],
    bar: 44,
    run: openSearch,
  },
  {
    id: 'search-letter',
    title: 'Search everything this desk holds, from the list or a contact',
    short: 'search',
    group: 'Moving about',
    keys: ['/'],
    where: ['inbox', 'work'],
    run: openSearch,
  },
];

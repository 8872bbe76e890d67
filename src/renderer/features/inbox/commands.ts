import { splits, splitWords } from '../../app/inbox-scope.ts';
import { whyWords } from '../../app/why-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';

const moves: readonly (readonly [
  string,
  string,
  string,
  readonly string[],
  (workplace: Workplace) => void,
])[] = [
  ['down', 'Next contact', 'down', ['j', 'Down'], ({ list }) => list.move(1)],
  ['up', 'Previous contact', 'up', ['k', 'Up'], ({ list }) => list.move(-1)],
  ['top', 'First contact', 'top', ['g g', 'Home'], ({ list }) => list.move('first')],
  ['bottom', 'Last contact', 'bottom', ['Shift+g', 'End'], ({ list }) => list.move('last')],
  ['page-down', 'A page down', 'page down', ['PageDown'], ({ list }) => list.move(list.page)],
  ['page-up', 'A page up', 'page up', ['PageUp'], ({ list }) => list.move(-list.page)],
];

function stepSplit({ split }: Workplace, step: 1 | -1): void {
  const at = splits.indexOf(split.read());
  const next = splits[(at + step + splits.length) % splits.length];
  if (next !== undefined) split.set(next);
}

function openSelected(workplace: Workplace): void {
  const id = workplace.target('inbox');
  if (id === null) {
    workplace.say('No contact is chosen: j or ↓ chooses the first.', 'plain');
    return;
  }
  workplace.open(id);
  workplace.goTo('work');
  workplace.acts.claimIfFree(id);
}

/** For the ear too: the same words stand below the list and beside the open contact. */
function sayWhy(workplace: Workplace, focus: Focus): void {
  const id = workplace.target(focus === 'work' ? 'work' : 'inbox');
  const row = id === null ? undefined : workplace.store.rows.get(id);
  if (row === undefined) {
    workplace.say('No contact of the list is chosen: j or ↓ chooses one.', 'plain');
    return;
  }
  const { emergencies, emergencyCount } = workplace.store.facts.read();
  const at = emergencies.findIndex(({ summary }) => summary.id === id);
  const standing = at < 0 ? null : { nth: at + 1, of: emergencyCount };
  workplace.say(`${row.summary.ref}: ${whyWords(row.summary, workplace.clock.now(), standing)}.`, 'plain');
}

/** The keys of the list. */
export const inboxCommands: readonly Command[] = [
  ...moves.map(([id, title, short, keys, run]): Command => ({
    id,
    title,
    short,
    group: 'The inbox',
    keys,
    where: ['inbox'],
    repeats: true,
    run,
  })),
  {
    id: 'open',
    title: 'Open the contact; claims it if it is free',
    short: 'open',
    group: 'The inbox',
    keys: ['Enter'],
    where: ['inbox'],
    bar: 20,
    run: openSelected,
  },
  {
    id: 'look',
    title: 'Look at the contact without claiming it; the same again closes it',
    short: 'look',
    group: 'The inbox',
    keys: ['Space'],
    where: ['inbox'],
    bar: 21,
    run: (workplace) => workplace.look(workplace.target('inbox')),
  },
  {
    id: 'show-new',
    title: 'Show what is new above',
    short: 'show new',
    group: 'The inbox',
    keys: ['.'],
    where: ['inbox', 'work'],
    run: ({ list }) => list.showNew(),
  },
  {
    id: 'split-left',
    title: `View to the left (${splits.map((split) => splitWords[split]).join(', ')})`,
    short: 'view left',
    group: 'The inbox',
    keys: ['['],
    where: ['inbox', 'work'],
    run: (workplace) => stepSplit(workplace, -1),
  },
  {
    id: 'split-right',
    title: 'View to the right',
    short: 'next view',
    group: 'The inbox',
    keys: [']'],
    where: ['inbox', 'work'],
    bar: 41,
    run: (workplace) => stepSplit(workplace, 1),
  },
  {
    id: 'filter',
    title: 'Filter the list by title, place or reference',
    short: 'filter',
    group: 'The inbox',
    keys: ['f'],
    where: ['inbox', 'work'],
    bar: 42,
    run: (workplace) => void workplace.goTo('filter'),
  },
  {
    id: 'why',
    title: 'Say why the contact stands where it stands',
    short: 'why here',
    group: 'The inbox',
    keys: ['Shift+w'],
    where: ['inbox', 'work'],
    when: (workplace, focus) => workplace.target(focus === 'work' ? 'work' : 'inbox') !== null,
    run: sayWhy,
  },
  {
    id: 'to-list',
    title: 'Go to the list',
    short: 'list',
    group: 'Moving about',
    keys: ['b'],
    where: ['work'],
    bar: 43,
    run: (workplace) => void workplace.goTo('inbox'),
  },
];

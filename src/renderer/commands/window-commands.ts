import type { CoveredPane } from '../app/covers.ts';
import type { Workplace } from '../app/workplace.ts';
import { lengthWords } from '../ui/time-words.ts';
import type { Command } from './command.ts';

const panes = ['inbox', 'work', 'context'] as const;

/** The element that stands for a pane now: what lies over it, if something does. */
function standsFor({ covers, elements }: Workplace, pane: (typeof panes)[number]): HTMLElement | undefined {
  const over = covers.over.read();
  if (pane === 'inbox' && over.inbox === 'search') return elements.get('search');
  if (pane === 'inbox' && over.inbox === 'guide') return elements.get('guide');
  if (pane === 'work' && over.work === 'missed') return elements.get('missed');
  return elements.get(pane);
}

function nextPane(workplace: Workplace, step: 1 | -1): void {
  const active = document.activeElement;
  const at = panes.findIndex((pane) => standsFor(workplace, pane)?.closest('[data-pane]')?.contains(active));
  for (let i = 1; i <= panes.length; i += 1) {
    const pane = panes[(Math.max(at, step === 1 ? -1 : 0) + step * i + panes.length * 2) % panes.length];
    if (pane !== undefined && workplace.goTo(pane)) return;
  }
}

function readOut(workplace: Workplace): void {
  const { emergencies, emergencyCount, mine, oldestWait } = workplace.store.facts.read();
  const now = workplace.clock.now();
  const [first] = emergencies;
  const emergency =
    first === undefined
      ? 'No emergency waiting.'
      : `${emergencyCount} ${emergencyCount === 1 ? 'emergency' : 'emergencies'} waiting, the oldest for ${lengthWords(now - first.summary.bandSince)}.`;
  const oldest =
    oldestWait === null
      ? 'Nobody waits on a line.'
      : `Longest wait on a line ${lengthWords(now - oldestWait)}.`;
  workplace.say(`${emergency} ${mine} of yours. ${oldest}`, 'plain');
}

/** What was looked at from the search or the report belongs to it, and goes first. */
function leaveCover(workplace: Workplace, pane: CoveredPane): void {
  if (workplace.looking.read() !== null) workplace.look(null);
  else workplace.uncover(pane);
}

/** In a narrow window the look may have lain over the pane that has to have the focus again. */
function stopLooking(workplace: Workplace): void {
  const { inbox } = workplace.covers.over.read();
  const inContext = workplace.elements.get('context')?.contains(document.activeElement) ?? false;
  const narrow = workplace.covers.over.read().work === 'context' || inbox === 'context';
  workplace.look(null);
  if (narrow && inContext) workplace.uncover(inbox === 'context' ? 'inbox' : 'work');
}

/** One level out: nothing is ever discarded by it (rule W-06). */
function stepOut(workplace: Workplace): void {
  const { panel, strip, looking, filter, session, covers } = workplace;
  const over = covers.over.read();
  const active = document.activeElement;
  const inSpot = (spot: 'note' | 'message' | 'filter') =>
    workplace.elements.get(spot)?.contains(active) ?? false;
  const inPane = (spot: 'search' | 'guide' | 'missed' | 'outbox') =>
    workplace.elements.get(spot)?.closest('[data-pane]')?.contains(active) ?? false;
  if (session.stay()) return;
  if (panel.read() !== null) panel.set(null);
  else if (over.inbox === 'search' && inPane('search')) leaveCover(workplace, 'inbox');
  else if (over.inbox === 'guide' && inPane('guide')) leaveCover(workplace, 'inbox');
  else if (over.work === 'missed' && inPane('missed')) leaveCover(workplace, 'work');
  else if (over.work === 'outbox' && inPane('outbox')) leaveCover(workplace, 'work');
  else if (strip.read() !== null) {
    strip.set(null);
    workplace.returnToWork();
  } else if (inSpot('note') || inSpot('message')) workplace.returnToWork();
  else if (inSpot('filter')) workplace.goTo('inbox');
  else if (looking.read() !== null) stopLooking(workplace);
  else if (over.inbox === 'context') workplace.uncover('inbox');
  else if (over.work === 'context') workplace.uncover('work');
  else if (workplace.elements.get('inbox')?.contains(active) === true && filter.read() !== '') filter.set('');
  else workplace.goTo('inbox');
}

const tabs: readonly Command[] = Array.from({ length: 9 }, (_, at) => ({
  id: `tab-${at + 1}`,
  title: `Show work tab ${at + 1}`,
  short: `tab ${at + 1}`,
  group: 'Moving about',
  keys: [`Ctrl+${at + 1}`],
  shownAs: at === 0 ? 'Ctrl+1 to Ctrl+9' : '',
  where: ['anywhere'],
  when: (workplace) => workplace.tabs.read().length > at,
  run: (workplace) => {
    const id = workplace.tabs.read()[at];
    if (id === undefined) return;
    workplace.show(id);
    workplace.returnToWork();
  },
}));

const stepTab = (workplace: Workplace, step: 1 | -1): void => {
  const open = workplace.tabs.read();
  const active = workplace.active.read();
  const id = open[(open.findIndex((tab) => tab === active) + step + open.length) % Math.max(1, open.length)];
  if (id === undefined) return;
  workplace.show(id);
  workplace.returnToWork();
};

/** What belongs to the window itself. */
export const windowCommands: readonly Command[] = [
  {
    id: 'sheet-act',
    title: 'Do what the sheet over the record is for: the button at its foot',
    short: 'keep',
    group: 'Writing',
    keys: ['Ctrl+Enter'],
    where: ['sheet'],
    bar: 5,
    run: ({ sheets }) => sheets.act(),
  },
  {
    id: 'help',
    title: 'Show the keys for this place',
    short: 'keys',
    group: 'The window',
    keys: ['F1'],
    where: ['anywhere'],
    run: ({ panel }) => panel.set(panel.read() === 'help' ? null : 'help'),
  },
  {
    id: 'help-letter',
    title: 'Show the keys for this place, from the list or a contact',
    short: 'keys',
    group: 'The window',
    keys: ['?'],
    where: ['inbox', 'work'],
    run: ({ panel }) => panel.set('help'),
  },
  {
    id: 'palette',
    title: 'Find a command by its name',
    short: 'commands',
    group: 'The window',
    keys: ['Ctrl+k'],
    where: ['anywhere'],
    bar: 91,
    run: ({ panel }) => panel.set(panel.read() === 'palette' ? null : 'palette'),
  },
  {
    id: 'step-out',
    title: 'Go out one level; nothing is discarded',
    short: 'out',
    group: 'Moving about',
    keys: ['Esc'],
    where: ['anywhere'],
    alsoShut: ['locked'],
    run: stepOut,
  },
  {
    id: 'next-pane',
    title: 'Go to the next pane',
    short: 'next pane',
    group: 'Moving about',
    keys: ['F6'],
    where: ['anywhere'],
    bar: 80,
    run: (workplace) => nextPane(workplace, 1),
  },
  {
    id: 'previous-pane',
    title: 'Go to the previous pane',
    short: 'previous pane',
    group: 'Moving about',
    keys: ['Shift+F6'],
    where: ['anywhere'],
    run: (workplace) => nextPane(workplace, -1),
  },
  {
    id: 'back',
    title: 'Go back to the work before',
    short: 'back',
    group: 'Moving about',
    keys: ['F4'],
    where: ['anywhere'],
    bar: 12,
    when: ({ tabs: open }) => open.read().length > 1,
    run: (workplace) => {
      workplace.back();
      if (!workplace.returnToSheet() && !workplace.chats.goToWords()) workplace.goTo('work');
    },
  },
  {
    id: 'next-tab',
    title: 'Show the next work tab',
    short: 'next tab',
    group: 'Moving about',
    keys: ['Ctrl+Tab'],
    where: ['anywhere'],
    run: (workplace) => stepTab(workplace, 1),
  },
  {
    id: 'previous-tab',
    title: 'Show the previous work tab',
    short: 'previous tab',
    group: 'Moving about',
    keys: ['Ctrl+Shift+Tab'],
    where: ['anywhere'],
    run: (workplace) => stepTab(workplace, -1),
  },
  {
    id: 'close-tab',
    title: 'Close this work tab; contact and draft stay',
    short: 'close tab',
    group: 'Moving about',
    keys: ['Ctrl+w'],
    where: ['anywhere'],
    when: ({ active }) => active.read() !== null,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id === null) return;
      workplace.closeTab(id);
      if (workplace.active.read() === null) workplace.goTo('inbox');
      else workplace.returnToWork();
    },
  },
  {
    id: 'read-out',
    title: 'Read the state out: emergencies, mine, longest wait',
    short: 'read out',
    group: 'The window',
    keys: ['F5'],
    where: ['anywhere'],
    run: readOut,
  },
  {
    id: 'day-night',
    title: 'Change between Day and Night',
    short: 'day / night',
    group: 'The window',
    keys: ['Ctrl+Shift+d'],
    where: ['anywhere'],
    alsoShut: ['locked', 'signed-out'],
    run: ({ store }) => {
      const night = document.documentElement.dataset['theme'] === 'night';
      store.saveSettings({ theme: night ? 'day' : 'night' });
    },
  },
  {
    id: 'density',
    title: 'Change between compact and comfortable rows',
    short: 'row height',
    group: 'The window',
    keys: [],
    where: ['anywhere'],
    run: ({ store }) => {
      store.saveSettings({
        density: store.settings.read().density === 'compact' ? 'comfortable' : 'compact',
      });
    },
  },
  {
    id: 'usual-layout',
    title: 'Put the panes back to their usual widths',
    short: 'usual widths',
    group: 'The window',
    keys: [],
    where: ['anywhere'],
    run: (workplace) => {
      workplace.store.saveSettings({ layout: [] });
      workplace.say('The panes have their usual widths.', 'plain');
    },
  },
  {
    id: 'single-letters',
    title: 'Switch single letters as commands off or on',
    short: 'letters',
    group: 'The window',
    keys: [],
    where: ['anywhere'],
    run: (workplace) => {
      const { store } = workplace;
      const singleLetterKeys = !store.settings.read().singleLetterKeys;
      store.saveSettings({ singleLetterKeys });
      workplace.say(
        `Single letters are ${singleLetterKeys ? 'on' : 'off: use Ctrl+K and the Shift+F keys'}.`,
        'plain',
      );
    },
  },
  ...tabs,
];

import type { ContactId } from '../../../shared/domain/ids.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';
import { listedIn } from './missed-listed.ts';

const isShown = ({ covers }: Workplace): boolean => covers.over.read().work === 'missed';

const hasReport = ({ store }: Workplace): boolean => (store.desk.read()?.missed ?? null) !== null;

function toggle(workplace: Workplace): void {
  const { covers } = workplace;
  if (isShown(workplace)) workplace.uncover('work');
  else if (!hasReport(workplace)) workplace.say('Nothing was missed since the last report.', 'plain');
  else {
    covers.show('work', 'missed');
    workplace.goTo('missed');
  }
}

/** Puts the report away for good: it has been seen. */
function putAway(workplace: Workplace): void {
  if (!hasReport(workplace)) {
    workplace.say('No report is waiting to be put away.', 'plain');
    return;
  }
  if (isShown(workplace)) workplace.uncover('work');
  workplace.missedAt.set(0);
  void workplace.bridge
    .request('missed.dismiss', {})
    .then(() => workplace.say('The report is put away.', 'plain'))
    .catch(() => workplace.say('Not put away: this desk did not answer. Try again.', 'warning'));
}

const listed = ({ store }: Workplace): readonly ContactId[] => {
  const missed = store.desk.read()?.missed ?? null;
  return missed === null ? [] : listedIn(missed);
};

function choose(workplace: Workplace, step: 1 | -1): void {
  const last = Math.max(0, listed(workplace).length - 1);
  const { missedAt } = workplace;
  missedAt.set(Math.min(last, Math.max(0, missedAt.read() + step)));
}

/** An open contact opens in a tab, claimed by nobody; one that has left is looked at beside the report. */
export function openMissed(workplace: Workplace, at: number): void {
  const contact = listed(workplace)[at];
  if (contact === undefined) return;
  workplace.missedAt.set(at);
  if (workplace.store.rows.has(contact)) {
    workplace.open(contact);
    workplace.goTo('work');
  } else if (workplace.looking.read() !== contact) workplace.look(contact);
}

const hasItems = (workplace: Workplace): boolean => listed(workplace).length > 0;

/** The report of what was missed: it waits in its line until one of these is pressed (rule X-11). */
export const missedCommands: readonly Command[] = [
  {
    id: 'missed',
    title: 'Show what was missed while the link was down; the same again closes it',
    short: 'missed',
    group: 'Moving about',
    keys: ['Ctrl+Shift+m'],
    where: ['anywhere'],
    run: toggle,
  },
  {
    id: 'missed-down',
    title: 'Next contact of the report',
    short: 'down',
    group: 'Moving about',
    keys: ['j', 'Down'],
    where: ['missed'],
    repeats: true,
    run: (workplace) => choose(workplace, 1),
  },
  {
    id: 'missed-up',
    title: 'Previous contact of the report',
    short: 'up',
    group: 'Moving about',
    keys: ['k', 'Up'],
    where: ['missed'],
    repeats: true,
    run: (workplace) => choose(workplace, -1),
  },
  {
    id: 'missed-open',
    title: 'Open the contact of the report; one that has left the inbox is looked at',
    short: 'open',
    group: 'Moving about',
    keys: ['Enter'],
    where: ['missed'],
    bar: 19,
    when: hasItems,
    run: (workplace) => openMissed(workplace, workplace.missedAt.read()),
  },
  {
    id: 'missed-away',
    title: 'Put the report of what was missed away',
    short: 'put away',
    group: 'Moving about',
    keys: ['x', 'Ctrl+Delete'],
    where: ['missed'],
    bar: 20,
    run: putAway,
  },
];

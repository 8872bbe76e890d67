import {
  deskStatusReasons,
  type DeskStatusKind,
  type DeskStatusReason,
} from '../../../shared/domain/desk-status.ts';
import { statusKindWords, statusReasonWords, statusWords } from '../../app/desk-status-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';

/** The letter behind F8 for each state. */
const letters: Readonly<Record<DeskStatusKind, string>> = {
  available: 'a',
  busy: 'b',
  'wrap-up': 'w',
  break: 'k',
  training: 't',
  away: 'y',
};

type Said = { readonly kind: DeskStatusKind; readonly reason: DeskStatusReason | null };

/** Says what the person here is doing; the status line follows when the desk has kept it (rule A-10). */
function sayStatus(workplace: Workplace, status: Said): void {
  workplace.bridge.request('desk.set-status', status).then(
    () => workplace.say(`${statusWords(status)}.${backWords(status)}`, 'plain'),
    () => workplace.say('Your status was not taken: this desk did not answer. Try again.', 'warning'),
  );
}

const backWords = ({ reason }: Said): string => (reason === 'welfare' ? ' Shift+F8 when you are back.' : '');

const common = { group: 'This desk', where: ['anywhere'] } as const;

function kindCommands(kind: DeskStatusKind): readonly Command[] {
  // The lock sets its own reason; nobody chooses it.
  const reasons = deskStatusReasons[kind].filter((reason) => reason !== 'locked');
  const begins = `F8 ${letters[kind]}`;
  if (reasons.length === 0)
    return [
      {
        ...common,
        id: `status-${kind}`,
        title: `Say: ${statusKindWords[kind].toLowerCase()}`,
        short: statusKindWords[kind].toLowerCase(),
        keys: [begins],
        run: (workplace) => sayStatus(workplace, { kind, reason: null }),
      },
    ];
  const choose: Command = {
    ...common,
    id: `status-${kind}`,
    title: `Say: ${statusKindWords[kind].toLowerCase()}, with a reason`,
    short: `${statusKindWords[kind].toLowerCase()} …`,
    keys: [],
    begins,
    run: () => undefined,
  };
  const each = reasons.map((reason, at): Command => ({
    ...common,
    id: `status-${kind}-${reason}`,
    title: `Say: ${statusWords({ kind, reason }).toLowerCase()}`,
    short: statusReasonWords[reason],
    keys: [`${begins} ${at + 1}`],
    shownAs: '',
    run: (workplace) => sayStatus(workplace, { kind, reason }),
  }));
  return [choose, ...each];
}

/** What the person at this desk says of themselves (rules ). */
export const statusCommands: readonly Command[] = [
  {
    ...common,
    id: 'status',
    title: 'Say what you are doing: available, busy, wrap-up, break, training, away',
    short: 'status',
    keys: [],
    begins: 'F8',
    bar: 85,
    run: () => undefined,
  },
  ...(['available', 'busy', 'wrap-up', 'break', 'training', 'away'] as const).flatMap(kindCommands),
  {
    ...common,
    id: 'welfare',
    title: 'Away at once, for yourself; the same again when you are back',
    short: 'welfare',
    keys: ['Shift+F8'],
    run: (workplace) => {
      const status = workplace.store.desk.read()?.status;
      const isBack = status?.reason === 'welfare';
      sayStatus(
        workplace,
        isBack ? { kind: 'available', reason: null } : { kind: 'away', reason: 'welfare' },
      );
    },
  },
];

import type { ContactId } from '../../../shared/domain/ids.ts';
import { incidentSplits } from '../../../shared/domain/triage/major-incident.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';
import { aboutWords, majorNow } from './major-now.ts';
import { splitCall } from './split-call.ts';
import { splitWords } from './split-words.ts';

const hasOpen = ({ active }: Workplace): boolean => active.read() !== null;

/** Letters where they are free; in the note and in a sheet the function key begins the same steps. */
const here: Command['where'] = ['work', 'composer', 'sheet'];

function withOpen(act: (workplace: Workplace, id: ContactId) => void): Command['run'] {
  return (workplace) => {
    const id = workplace.active.read();
    if (id === null) workplace.say('No contact is open.', 'plain');
    else act(workplace, id);
  };
}

const splitKeys = incidentSplits.map((split, at): Command => ({
  id: `split-${split}`,
  title: `A call about the major incident: ${splitWords(split)}`,
  about: aboutWords,
  short: splitWords(split),
  group: 'A contact',
  keys: [`x ${at + 1}`, `Ctrl+F8 ${at + 1}`],
  where: here,
  when: (workplace) => hasOpen(workplace) && majorNow(workplace) !== null,
  run: withOpen((workplace, id) => void splitCall(workplace, id, split)),
}));

/** Major incidents (rules C-30, T-20, T-21). */
export const majorCommands: readonly Command[] = [
  {
    id: 'major',
    title: 'Declare a major incident (METHANE), or say more of it',
    short: 'major incident',
    group: 'A contact',
    keys: ['Ctrl+m'],
    where: ['anywhere'],
    when: hasOpen,
    run: withOpen((workplace, id) => workplace.showSheet(id, 'major')),
  },
  ...splitKeys,
];

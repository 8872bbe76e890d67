import { waitsUnread } from '../../../shared/domain/channel.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';

const here: Command['where'] = ['work', 'composer', 'sheet'];

/** The open contact has come in writing. */
function isWritten({ active, store }: Workplace): boolean {
  const id = active.read();
  const channel = id === null ? undefined : store.rows.get(id)?.summary.channel;
  return channel !== undefined && waitsUnread.has(channel);
}

/** The language of a conversation (rules LG). */
export const languageCommands: readonly Command[] = [
  {
    id: 'choose-language',
    title: 'In which language they write',
    short: 'language',
    group: 'A chat',
    keys: ['Shift+v', 'Ctrl+Shift+l'],
    where: here,
    when: isWritten,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id !== null) workplace.showSheet(id, 'language');
    },
  },
  {
    id: 'show-original',
    title: 'Their own words alone, or the translation beside them',
    short: 'original',
    group: 'A chat',
    keys: ['v', 'Ctrl+t'],
    where: here,
    bar: 23.5,
    when: isWritten,
    run: (workplace) => {
      const alone = !workplace.originals.read();
      workplace.originals.set(alone);
      workplace.say(alone ? 'Their own words alone.' : 'Translations beside their words.', 'plain');
    },
  },
];

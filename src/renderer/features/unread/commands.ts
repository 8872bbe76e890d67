import type { Command } from '../../commands/command.ts';
import { unreadTooLong } from '../../app/unread-too-long.ts';

export const unreadCommands: readonly Command[] = [
  {
    id: 'look-unread',
    title: 'Look at what has waited longest with nobody looking: reports and chats past their time',
    short: 'unread too long',
    group: 'Moving about',
    keys: ['Ctrl+Shift+u'],
    where: ['anywhere'],
    when: (workplace) => unreadTooLong(workplace).length > 0,
    run: (workplace) => {
      const [oldest] = unreadTooLong(workplace);
      if (oldest === undefined) workplace.say('Everything written to us was looked at in time.', 'plain');
      else workplace.look(oldest.summary.id);
    },
  },
];

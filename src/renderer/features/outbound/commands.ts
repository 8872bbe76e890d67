import type { Command } from '../../commands/command.ts';

/** What leaves the house because a handler says so (rules MX). */
export const outboundCommands: readonly Command[] = [
  {
    id: 'send-reference',
    title: 'Send them their reference by the safe way they chose; the same again sends what was shown',
    short: 'send reference',
    group: 'A contact',
    keys: ['Shift+n', 'Ctrl+Shift+n'],
    where: ['work', 'composer', 'sheet'],
    when: ({ active }) => active.read() !== null,
    run: (workplace) =>
      void import('./send-reference.ts').then(({ sendReference }) => sendReference(workplace)),
  },
];

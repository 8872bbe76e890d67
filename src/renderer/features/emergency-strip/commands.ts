import type { Command } from '../../commands/command.ts';

export const emergencyCommands: readonly Command[] = [
  {
    id: 'take-emergency',
    title: 'Take the emergency that has waited longest',
    short: 'take emergency',
    group: 'Emergencies',
    keys: ['F2'],
    where: ['anywhere'],
    bar: 10,
    alsoShut: ['locked'],
    run: ({ acts, session }) => {
      if (session.door.read() === 'locked') session.takeOnceOpen();
      else void acts.takeOldest();
    },
  },
  {
    id: 'look-emergency',
    title: 'Look at that emergency without taking it; the same again closes it',
    short: 'look',
    group: 'Emergencies',
    keys: ['F3'],
    where: ['anywhere'],
    bar: 11,
    run: (workplace) => {
      const oldest = workplace.store.facts.read().emergencies[0]?.summary.id ?? null;
      if (oldest === null) {
        if (workplace.looking.read() === null) workplace.say('No emergency is waiting.', 'plain');
        else workplace.look(null);
      } else workplace.look(oldest);
    },
  },
];

import type { Command } from '../../commands/command.ts';
import type { Workplace } from '../../app/workplace.ts';
import { LEAST_EMERGENCY_VOLUME } from '../../../shared/contract/settings.ts';

const STEP = 10;

function turn(workplace: Workplace, by: number): void {
  const { store } = workplace;
  const volume = Math.min(100, Math.max(0, store.settings.read().volume + by));
  store.saveSettings({ volume });
  const floor = volume < LEAST_EMERGENCY_VOLUME ? ` Emergencies stay at ${LEAST_EMERGENCY_VOLUME}%.` : '';
  workplace.say(`Sounds at ${volume}%.${floor}`, 'plain');
}

export const soundCommands: readonly Command[] = [
  {
    id: 'silence',
    title: 'Silence what sounds; the next emergency sounds again',
    short: 'silence',
    group: 'Emergencies',
    keys: ['F7'],
    where: ['anywhere'],
    alsoShut: ['locked'],
    bar: 12,
    when: ({ store }) => store.facts.read().emergencyCount > 0,
    run: (workplace) => {
      const wasHeard = workplace.sound.silence();
      workplace.say(wasHeard ? 'Silent until the next emergency.' : 'Nothing sounds.', 'plain');
    },
  },
  {
    id: 'louder',
    title: 'Sounds louder',
    short: 'louder',
    group: 'This desk',
    keys: [],
    where: ['anywhere'],
    run: (workplace) => turn(workplace, STEP),
  },
  {
    id: 'quieter',
    title: 'Sounds quieter; emergencies never below 30%',
    short: 'quieter',
    group: 'This desk',
    keys: [],
    where: ['anywhere'],
    run: (workplace) => turn(workplace, -STEP),
  },
];

import { constants, getPriority, setPriority } from 'node:os';

/**
 * Lets the other programs of this machine go first from now on, as far as the system allows it; where it does not, all stay alike. To be called
 * before the program starts threads or programs of its own, which are as patient as whoever started them.
 */
export function giveWay(): void {
  try {
    // Whoever started it may have made it more patient still. A greater number goes later.
    setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));
  } catch {
    // It is a courtesy: nothing depends on it.
  }
}

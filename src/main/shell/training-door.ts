import { z } from 'zod';
import type { RequestHandlers } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';

const stateSchema = z.object({ session: z.object({ kind: z.enum(['signed-in', 'signed-out']) }) });

/** The way from the sign-in page into training: open while nobody is signed in here, and never in the middle of a shift (rule TS-01). */
export class TrainingDoor {
  readonly #start: () => void;
  #isSomebodyHere = false;

  /** `start`: ends this program in good order and begins another. */
  constructor(start: () => void) {
    this.#start = start;
  }

  readonly handlers: Pick<RequestHandlers, 'training.start'> = {
    'training.start': async () => {
      if (this.#isSomebodyHere) throw new Error('somebody is signed in');
      this.#start();
      return {};
    },
  };

  /** What the window is told. */
  told(name: PushName, payload: unknown): void {
    if (name !== 'desk.changed') return;
    const state = stateSchema.safeParse(payload);
    this.#isSomebodyHere = !state.success || state.data.session.kind === 'signed-in';
  }
}

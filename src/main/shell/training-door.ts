import { z } from 'zod';
import type { RequestHandlers } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';

const stateSchema = z.object({
  session: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('signed-in') }),
    z.object({ kind: z.literal('signed-out'), unsent: z.int().nonnegative() }),
  ]),
});

/**
 * The way from the sign-in page into training: open while nobody is signed in here, and never in the middle of a shift (rule TS-01). Nor while work waits to
 * be sent: where that is in memory alone it would end with this program, and elsewhere nobody would be told of it until the next live start.
 */
export class TrainingDoor {
  readonly #start: () => void;
  #shut: string | null = null;

  /** `start`: ends this program in good order and begins another. */
  constructor(start: () => void) {
    this.#start = start;
  }

  readonly handlers: Pick<RequestHandlers, 'training.start'> = {
    'training.start': async () => {
      if (this.#shut !== null) throw new Error(this.#shut);
      this.#start();
      return {};
    },
  };

  /** What the window is told. */
  told(name: PushName, payload: unknown): void {
    if (name !== 'desk.changed') return;
    const state = stateSchema.safeParse(payload);
    if (!state.success || state.data.session.kind === 'signed-in') this.#shut = 'somebody is signed in';
    else this.#shut = state.data.session.unsent > 0 ? 'work waits to be sent' : null;
  }
}

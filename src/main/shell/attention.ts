import type { RequestHandlers } from '../../shared/contract/workstation.ts';

/** What of a window is needed to point at it. */
export interface PointedAt {
  isFocused(): boolean;
  isMinimized(): boolean;
  isVisible(): boolean;
  flashFrame(on: boolean): void;
}

export interface AttentionOptions<Window extends PointedAt> {
  readonly window: () => Window | null;
  /** Shows a word of the system's own; returns what takes it away. */
  readonly notify: (words: { readonly title: string; readonly body: string }) => () => void;
}

/**
 * Points at a window that is not looked at while an emergency waits (rule W-34). The window is never raised: whoever types elsewhere goes on
 * typing there (rule W-03). What the system shows names nobody and no place: it stands on screens that others see.
 */
export class Attention<Window extends PointedAt> {
  readonly #options: AttentionOptions<Window>;
  #waiting = 0;
  #takeAway: (() => void) | null = null;

  constructor(options: AttentionOptions<Window>) {
    this.#options = options;
  }

  readonly handlers: Pick<RequestHandlers, 'window.attend'> = {
    'window.attend': async ({ emergencies }) => {
      this.#tell(emergencies);
      return {};
    },
  };

  /** The handler looks at the window again. */
  seen(): void {
    this.#options.window()?.flashFrame(false);
    this.#takeAway?.();
    this.#takeAway = null;
  }

  #tell(waiting: number): void {
    const isNew = waiting > this.#waiting;
    this.#waiting = waiting;
    if (waiting === 0) this.seen();
    const window = this.#options.window();
    if (!isNew || window === null || window.isFocused()) return;
    window.flashFrame(true);
    if (window.isVisible() && !window.isMinimized()) return;
    this.#takeAway?.();
    this.#takeAway = this.#options.notify({
      title: waiting === 1 ? 'An emergency is waiting' : `${waiting} emergencies are waiting`,
      body: 'Open the window of this desk and press F2.',
    });
  }
}

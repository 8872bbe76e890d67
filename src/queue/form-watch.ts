import { errorCode, type Logger } from '../platform/log.ts';
import { SECOND, type Timers } from '../shared/domain/time.ts';
import { StoreNewer, type QueueStore } from './store/queue-store.ts';

const LOOK_EVERY_MS = SECOND;

/**
 * Looks whether a newer program has changed the form of the database under this one (rule S-05). `outgrown` rejects with
 * `StoreNewer` then, once: this node must write no more.
 */
export function watchForm(options: {
  readonly store: Pick<QueueStore, 'checkForm'>;
  readonly timers: Timers;
  readonly log: Logger;
}): Disposable & { readonly outgrown: Promise<never> } {
  const { store, timers, log } = options;
  let next: Disposable | null = null;
  let isStopped = false;
  let stop: (error: StoreNewer) => void = () => undefined;
  const outgrown = new Promise<never>((_resolve, reject) => {
    stop = reject;
  });
  const look = async (): Promise<void> => {
    try {
      await store.checkForm();
    } catch (error) {
      if (error instanceof StoreNewer) {
        isStopped = true;
        return stop(error);
      }
      log.warn('the form of the database could not be looked at', { error: errorCode(error) });
    }
  };
  const arm = (): void => {
    if (!isStopped) next = timers.after(LOOK_EVERY_MS, () => void look().then(arm));
  };
  arm();
  return {
    outgrown,
    [Symbol.dispose]() {
      isStopped = true;
      next?.[Symbol.dispose]();
    },
  };
}

import { errorCode, type Logger } from '../../platform/log.ts';
import { MINUTE, type Timers } from '../../shared/domain/time.ts';
import type { SignIns } from './sign-ins.ts';

const FORGET_EVERY_MS = MINUTE;

/** Throws away wrong PINs that count no more, also when nobody signs in: guesses must not fill the database (rule A-01). */
export function forgetWrongPins(options: {
  readonly signIns: Pick<SignIns, 'forgetWrongPins'>;
  readonly timers: Timers;
  readonly log: Logger;
}): Disposable {
  const { signIns, timers, log } = options;
  let next: Disposable | null = null;
  let isStopped = false;
  const arm = (): void => {
    if (isStopped) return;
    next = timers.after(FORGET_EVERY_MS, () => {
      const warn = (error: unknown): void =>
        log.warn('wrong PINs could not be forgotten', { error: errorCode(error) });
      void signIns.forgetWrongPins().catch(warn).finally(arm);
    });
  };
  arm();
  return {
    [Symbol.dispose]() {
      isStopped = true;
      next?.[Symbol.dispose]();
    },
  };
}

import { flushSync } from 'react-dom';

/** Paints what has been changed so far, within this task: the next line may need an element that is new. */
export function paintNow(): void {
  flushSync(() => undefined);
}

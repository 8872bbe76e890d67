import type { FocusLaw } from '../../app/focus-law.ts';

/** Scrolls the sheet so far that what the handler's key went to is seen whole, or its beginning when it is too tall. */
export function showWhole(law: FocusLaw, element: HTMLElement | null): void {
  let box = element?.parentElement ?? null;
  while (box !== null && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
  if (element === null || box === null) return;
  const [own, seen] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  if (own.top < seen.top) law.keepPlace(box, box.scrollTop - (seen.top - own.top));
  else if (own.bottom > seen.bottom)
    law.keepPlace(box, box.scrollTop + Math.min(own.bottom - seen.bottom, own.top - seen.top));
}

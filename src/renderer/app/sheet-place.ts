import type { FocusLaw } from './focus-law.ts';

/** Where a handler was in a sheet: which element, which words of it, and how far the sheet was rolled. */
export interface SheetPlace {
  /** From the sheet down to the element: the number of the child, each time. */
  readonly path: readonly number[];
  /** What the element is called. It is found by its name where something above it has come or gone meanwhile. */
  readonly name: string;
  /** The selection in a field of text. */
  readonly caret: { readonly start: number; readonly end: number } | null;
  /** Pixels. */
  readonly scroll: number;
}

const SHEET = 'section[data-focus="sheet"]';
const REACHED = 'input, textarea, select, button, summary, [tabindex]';
const bodyOf = (sheet: Element): HTMLElement | null => sheet.querySelector<HTMLElement>('[data-sheet-body]');

/** The place of an element in the sheet around it; `null` where it stands in none, or is the sheet itself. */
export function placeInSheet(element: Element | null): SheetPlace | null {
  const sheet = element?.closest(SHEET) ?? null;
  if (element === null || sheet === null || element === sheet) return null;
  const path: number[] = [];
  for (let at = element; at !== sheet && at.parentElement !== null; at = at.parentElement)
    path.unshift([...at.parentElement.children].indexOf(at));
  return { path, name: nameOf(element), caret: caretOf(element), scroll: bodyOf(sheet)?.scrollTop ?? 0 };
}

/** Puts the focus back where it was. False when there is nothing of that name any more. */
export function returnToSheet(law: FocusLaw, { path, name, caret, scroll }: SheetPlace): boolean {
  const sheet = document.querySelector<HTMLElement>(SHEET);
  if (sheet === null) return false;
  const same = path.reduce<Element | undefined>((at, child) => at?.children[child], sheet);
  const all = [...sheet.querySelectorAll<HTMLElement>(REACHED)];
  const element =
    same instanceof HTMLElement && nameOf(same) === name ? same : all.find((each) => nameOf(each) === name);
  const body = bodyOf(sheet);
  if (body !== null) law.keepPlace(body, scroll);
  if (!law.focus(element)) return false;
  // Only a field of text has told a caret.
  if (caret !== null && isText(element)) element.setSelectionRange(caret.start, caret.end);
  return true;
}

/** A field whose caret can be read and set. */
const isText = (
  element: Element | null | undefined,
): element is HTMLTextAreaElement | (HTMLInputElement & { readonly selectionStart: number }) =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && element.selectionStart !== null);

const caretOf = (element: Element): SheetPlace['caret'] =>
  isText(element)
    ? { start: element.selectionStart, end: element.selectionEnd ?? element.selectionStart }
    : null;

/** What it is and what it is called. A value is no part of it: words that are typed do not change which field it is. */
function nameOf(element: Element): string {
  const { labels } = element as HTMLInputElement;
  const words =
    element.getAttribute('aria-label') ??
    (labels instanceof NodeList && labels.length > 0 ? labels[0]?.textContent : null) ??
    (element.tagName === 'BUTTON' ? element.textContent : '');
  return [element.tagName, element.getAttribute('role') ?? '', words ?? ''].join(' ');
}

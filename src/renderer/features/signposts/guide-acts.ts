import type { Workplace } from '../../app/workplace.ts';

/** Copies by way of a selection: the page has no permission for the clipboard, and needs none (rule W-13). */
export function copyText(workplace: Workplace, element: Element | null | undefined): void {
  const selection = window.getSelection();
  if (element === null || element === undefined || selection === null) {
    workplace.say('There is no such number here.', 'plain');
    return;
  }
  selection.selectAllChildren(element);
  const words = element.textContent;
  const copied = typeof document.execCommand === 'function' && document.execCommand('copy');
  workplace.say(copied ? `Copied: ${words}.` : `${words} is marked: Ctrl+C copies it.`, 'plain');
}

/** A line at the end of the note that is being written; nothing is sent by it (rule SG-05). */
export function intoNote(workplace: Workplace, line: string): void {
  const id = workplace.active.read();
  if (id === null) {
    workplace.say('No contact is open: open one, then the words can stand in its note.', 'plain');
    return;
  }
  const { drafts } = workplace;
  const { text } = drafts.of(id).read().draft;
  const together = text.trim() === '' ? line : `${text.trimEnd()}\n${line}`;
  drafts.typed(id, { text: together, caret: together.length });
  workplace.goTo('note');
  workplace.say('The words stand in the note, not sent. Ctrl+Enter keeps it.', 'plain');
}

import type { OutboxItem } from '../../../shared/contract/workstation.ts';
import { asCommandId, asContactId, type ContactId } from '../../../shared/domain/ids.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';

const isShown = ({ covers }: Workplace): boolean => covers.over.read().work === 'outbox';

function toggle(workplace: Workplace): void {
  if (isShown(workplace)) {
    workplace.uncover('work');
    return;
  }
  workplace.covers.show('work', 'outbox');
  void workplace.drafts.readStored();
  workplace.goTo('outbox');
  // The first line, if there is one.
  choose(workplace, 1);
}

const ITEM = '[data-item]';

function items({ elements }: Workplace): readonly HTMLElement[] {
  return [...(elements.get('outbox')?.querySelectorAll<HTMLElement>(ITEM) ?? [])];
}

/** The line that has the focus, or one of whose buttons has it. */
const chosen = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>(ITEM) ?? null;

function choose(workplace: Workplace, step: 1 | -1): void {
  const all = items(workplace);
  const now = chosen();
  const at = now === null ? -1 : all.indexOf(now);
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  const list = workplace.elements.get('outbox');
  if (next === undefined || list === undefined || !workplace.law.focus(next)) return;
  const { offsetTop: top, offsetHeight: height } = next;
  const least = top + height - list.clientHeight;
  workplace.law.keepPlace(list, Math.min(top, Math.max(least, list.scrollTop)));
}

const contactOf = (line: HTMLElement | null): ContactId | null => {
  const id = line?.dataset['contactId'];
  return id === undefined ? null : asContactId(id);
};

function itemOf({ store }: Workplace, line: HTMLElement | null): OutboxItem | undefined {
  const id = line?.dataset['item'];
  return store.outbox.read().items.find((item) => item.id === id);
}

const NONE = 'Choose a line first: j or ↓.';

/** Shows the contact of a line, with its draft: the handler's own act. */
export function openLine(workplace: Workplace, contact: ContactId): void {
  workplace.open(contact);
  if (!workplace.goTo('note')) workplace.goTo('work');
}

/** The handler has seen it. Not while it waits: it is still to be sent. */
export function seen(workplace: Workplace, item: OutboxItem): void {
  if (item.state === 'waiting') {
    workplace.say('It still waits to be sent; it goes by itself when the queue has received it.', 'plain');
    return;
  }
  // Its neighbour takes the focus; the last of all leaves it to the list.
  const all = items(workplace);
  const at = all.findIndex((line) => line.dataset['item'] === item.id);
  workplace.law.focus(all[at + 1] ?? all[at - 1] ?? workplace.elements.get('outbox'));
  void workplace.bridge.request('outbox.dismiss', { id: asCommandId(item.id) }).catch(() => undefined);
}

/** The words of an act that came to nothing, at the end of the draft of its contact: not sent by this. */
export function intoNote(workplace: Workplace, item: OutboxItem): void {
  const ticket = workplace.law.ticket();
  // Not needed for the first painting: read by now, because the line stands there with its words.
  void import('./words-of.ts').then(({ wordsOf }) =>
    workplace.law.answer(ticket, () => putIntoNote(workplace, item.contact, wordsOf(item.act))),
  );
}

function putIntoNote(workplace: Workplace, contact: ContactId, words: string): void {
  if (words === '') {
    workplace.say('There are no words of yours in it.', 'plain');
    return;
  }
  const { drafts } = workplace;
  workplace.open(contact);
  const { text } = drafts.of(contact).read().draft;
  const together = text === '' ? words : `${text}\n${words}`;
  drafts.typed(contact, { text: together, caret: together.length });
  workplace.goTo('note');
  workplace.say('Your words stand in the note. Ctrl+Enter keeps it.', 'plain');
}

/** Copies by way of a selection: the page has no permission for the clipboard, and needs none (rule W-13). */
export function copyWords(workplace: Workplace, item: OutboxItem): void {
  const words = workplace.elements
    .get('outbox')
    ?.querySelector<HTMLElement>(`[data-item="${item.id}"] [data-words]`);
  const selection = window.getSelection();
  if (words === null || words === undefined || selection === null) {
    workplace.say('There are no words of yours in it.', 'plain');
    return;
  }
  selection.selectAllChildren(words);
  const copied = typeof document.execCommand === 'function' && document.execCommand('copy');
  workplace.say(copied ? 'Your words are copied.' : 'Your words are marked: Ctrl+C copies them.', 'plain');
}

const onItem =
  (act: (workplace: Workplace, item: OutboxItem) => void): Command['run'] =>
  (workplace) => {
    const item = itemOf(workplace, chosen());
    if (item === undefined) workplace.say(NONE, 'plain');
    else act(workplace, item);
  };

/** What is kept here, over the work by one key in any width of the window. */
export const outboxCommands: readonly Command[] = [
  {
    id: 'outbox',
    title: 'Show what is kept here: not sent, refused, half-written; the same again closes it',
    short: 'kept here',
    group: 'This desk',
    keys: ['Ctrl+o'],
    where: ['anywhere'],
    run: toggle,
  },
  {
    id: 'outbox-down',
    title: 'Next line of what is kept here',
    short: 'down',
    group: 'This desk',
    keys: ['j', 'Down'],
    where: ['outbox'],
    repeats: true,
    run: (workplace) => choose(workplace, 1),
  },
  {
    id: 'outbox-up',
    title: 'Previous line of what is kept here',
    short: 'up',
    group: 'This desk',
    keys: ['k', 'Up'],
    where: ['outbox'],
    repeats: true,
    run: (workplace) => choose(workplace, -1),
  },
  {
    id: 'outbox-open',
    title: 'Open the contact of the line, with its draft',
    short: 'open',
    group: 'This desk',
    keys: ['Enter'],
    where: ['outbox'],
    bar: 19,
    run: (workplace) => {
      const contact = contactOf(chosen());
      if (contact === null) workplace.say(NONE, 'plain');
      else openLine(workplace, contact);
    },
  },
  {
    id: 'outbox-note',
    title: 'Put the words of the line into a note on its contact',
    short: 'into a note',
    group: 'This desk',
    keys: ['n'],
    where: ['outbox'],
    bar: 20,
    run: onItem(intoNote),
  },
  {
    id: 'outbox-copy',
    title: 'Copy the words of the line',
    short: 'copy',
    group: 'This desk',
    keys: ['y'],
    where: ['outbox'],
    bar: 21,
    run: onItem(copyWords),
  },
  {
    id: 'outbox-seen',
    title: 'I have seen what became of the line: put it away',
    short: 'seen',
    group: 'This desk',
    keys: ['x', 'Ctrl+Delete'],
    where: ['outbox'],
    bar: 22,
    run: onItem(seen),
  },
];

import type { Workplace } from '../app/workplace.ts';
import type { Command, Focus } from './command.ts';
import { actsAt, nextStroke } from './keymap.ts';
import { keyWords } from './strokes.ts';

/** The key of a command that acts at a place, after the first strokes of a stepped one. */
export function shownKey(command: Command, prefix: string | null, letters: boolean, focus: Focus): string {
  if (prefix !== null) return keyWords(nextStroke(command, prefix) ?? '');
  const key =
    letters && !isTyping(focus)
      ? (command.begins ?? command.keys[0])
      : (ownKeys(command).find((each) => /F\d|Ctrl|Enter/.test(each)) ?? command.keys[0]);
  return keyWords(key ?? '');
}

const ownKeys = ({ keys, begins }: Command): readonly string[] =>
  begins === undefined ? keys : [...keys, begins];

/** Words are being written, or a sheet has the letters: they are no commands. */
const isTyping = (focus: Focus): boolean =>
  focus === 'composer' || focus === 'chat' || focus === 'form' || focus === 'sheet';

/** What the keys do at a place, the most wanted first: key bar, and the head of the help sheet. */
export function offeredAt(
  focus: Focus,
  commands: readonly Command[],
  letters: boolean,
  workplace: Workplace,
): readonly Command[] {
  return (
    commands
      .filter((command) => command.bar !== undefined && actsAt(command, focus))
      .filter(
        (command) => (letters && !isTyping(focus)) || ownKeys(command).some((key) => /F\d|Ctrl/.test(key)),
      )
      .filter(({ when }) => when === undefined || when(workplace, focus))
      // In the middle of a sentence only what may be wanted there.
      .filter(({ bar }) => !isTyping(focus) || (bar ?? 0) < 26 || (bar ?? 0) >= 80)
      .sort((a, b) => (a.bar ?? 0) - (b.bar ?? 0))
  );
}

import type { Workplace } from '../app/workplace.ts';

/**
 * Where a key acts. `anywhere`: also while something is being typed, so only function keys and Ctrl chords.
 * `inbox`: the list has the focus. `work`: an open contact has it, but no field of it. `composer`: the note is being typed.
 * `chat`: a line to the public is; what acts in the note acts there too, but for what is the note's alone.
 * `sheet`: what lies over the record of the open contact has it. `form`: a new contact is being written down. `missed`: the report of what was missed has the focus. `outbox`: what is kept here has it.
 */
export type Where =
  'anywhere' | 'inbox' | 'work' | 'composer' | 'chat' | 'sheet' | 'form' | 'missed' | 'outbox';

/** Where the focus is when a key comes. `elsewhere`: no pane has it, or the context pane. */
export type Focus = Exclude<Where, 'anywhere'> | 'elsewhere';

/** The headings of the help sheet and of docs/keys.md. */
export const groups = [
  'Emergencies',
  'Moving about',
  'The inbox',
  'A contact',
  'A chat',
  'Writing',
  'This desk',
  'The window',
] as const;
export type Group = (typeof groups)[number];

/** Something a handler can do. Keys, key bar, palette, help sheet and docs/keys.md all come from these. */
export interface Command {
  readonly id: string;
  /** For the palette and the help sheet: "Take the oldest emergency". */
  readonly title: string;
  /** What it is about as things stand, for the palette behind the title: a name that only the moment gives. */
  readonly about?: (workplace: Workplace) => string;
  /** For the key bar, one or two words: "take". */
  readonly short: string;
  readonly group: Group;
  /** In the notation of `strokes.ts`: 'F2', 'Ctrl+K', 'g g'. The first is the one that is shown. */
  readonly keys: readonly string[];
  /**
   * The stroke that begins the stepped keys which do the same with the choice made at once. Shown in the key bar. A
   * command with no key of its own only shows those choices.
   */
  readonly begins?: string;
  /** Also while the desk is locked or nobody is signed in: then every other key is caught and does nothing (rule W-16). */
  readonly alsoShut?: readonly ('locked' | 'signed-out')[];
  readonly where: readonly Where[];
  /** How a row of like keys is shown in help and docs/keys.md, once: "Ctrl+1 to Ctrl+9". Empty: left out there. */
  readonly shownAs?: string;
  /** Of the note: where a line to the public is typed it does nothing. */
  readonly noteOnly?: true;
  /** In a field that has typed words to undo the key is the field's own. */
  readonly textFirst?: true;
  /** Moves about: a key held down does it again and again. Every other command is done once for each press. */
  readonly repeats?: true;
  /** Stands in the key bar, lower first; without it only in palette and help. */
  readonly bar?: number;
  /** Whether it makes sense now: decides what key bar and palette offer. A key whose command does not is still caught. */
  readonly when?: (workplace: Workplace, focus: Focus) => boolean;
  readonly run: (workplace: Workplace, focus: Focus) => void;
}

import { Cell } from '../app/cell.ts';
import { paintNow } from '../app/paint-now.ts';
import type { Workplace } from '../app/workplace.ts';
import type { Command, Focus } from './command.ts';
import { choicesAfter, resolve } from './keymap.ts';
import { actsInFields, isCharacter, strokeOf, strokesOf } from './strokes.ts';
import { TextUndo } from './text-undo.ts';
import { TypingBurst } from './typing-burst.ts';

/** A stepped key forgets its first strokes after this long, and does nothing. Milliseconds. */
export const PENDING_MS = 2_000;
/** … and after this long when it began with a function key or a click: its choices are read before one is made. */
export const PENDING_READ_MS = 6_000;

/** The first strokes of a stepped key, and what may follow. */
export interface PendingKey {
  readonly prefix: string;
  readonly choices: readonly Command[];
}

export interface KeyboardOptions {
  readonly workplace: Workplace;
  readonly commands: readonly Command[];
  readonly monotonic: () => number;
  readonly after: (ms: number, task: () => void) => void;
}

const TYPED_INTO =
  'textarea, select, [contenteditable="true"], input:not([type="radio"], [type="checkbox"], [type="button"])';
const CONTROLS =
  'button, a[href], summary, [role="tab"], [role="separator"], input[type="radio"], input[type="checkbox"]';

const places: ReadonlySet<string> = new Set<Focus>([
  'inbox',
  'work',
  'composer',
  'chat',
  'sheet',
  'form',
  'missed',
  'outbox',
]);
const isPlace = (told: string | undefined): told is Focus => told !== undefined && places.has(told);

/** Where the focus is, told by the nearest element that says so in `data-focus`. */
export function focusOf(element: Element | null): Focus {
  const told = element?.closest<HTMLElement>('[data-focus]')?.dataset['focus'];
  return isPlace(told) ? told : 'elsewhere';
}

/** Listens for keys in the window and runs what they mean. Everything is painted before the key's task ends. */
export class Keyboard {
  readonly pending = new Cell<PendingKey | null>(null);
  /** Where the focus is: what the key bar shows. */
  readonly focus = new Cell<Focus>('elsewhere');
  readonly #options: KeyboardOptions;
  readonly #burst = new TypingBurst();
  readonly #textUndo = new TextUndo();
  #pendingNumber = 0;

  constructor(options: KeyboardOptions) {
    this.#options = options;
  }

  get commands(): readonly Command[] {
    return this.#options.commands;
  }

  watch(target: Window): () => void {
    const key = (event: KeyboardEvent) => this.#key(event);
    // The next key of a stepped one is meant for it, before a sheet or a list takes the letter for its own.
    const stepped = (event: KeyboardEvent) => {
      if (this.pending.read() === null) return;
      this.#key(event);
      if (event.defaultPrevented) event.stopPropagation();
    };
    const focusIn = (event: FocusEvent) => this.#moved(event.target);
    target.addEventListener('keydown', stepped, { capture: true });
    target.addEventListener('keydown', key);
    target.addEventListener('focusin', focusIn);
    const away = (event: FocusEvent) => {
      if (event.relatedTarget === null) this.focus.set('elsewhere');
      if (event.target instanceof Element && event.target.matches(TYPED_INTO))
        this.#burst.leftField(this.#options.monotonic());
    };
    target.addEventListener('focusout', away);
    const stopText = this.#textUndo.watch(target);
    return () => {
      stopText();
      target.removeEventListener('keydown', stepped, { capture: true });
      target.removeEventListener('keydown', key);
      target.removeEventListener('focusin', focusIn);
      target.removeEventListener('focusout', away);
    };
  }

  /** Runs a command as its key would: for buttons, key bar and palette. */
  run(command: Command): void {
    const { begins, keys } = command;
    if (begins !== undefined && keys.length === 0) {
      this.#setPending({ prefix: begins, choices: choicesAfter(begins, this.commands) });
      return;
    }
    this.#setPending(null);
    command.run(this.#options.workplace, this.focus.read());
    paintNow();
  }

  /** Runs the command of this name, as its key would. */
  runById(id: string): void {
    const command = this.commands.find((each) => each.id === id);
    if (command !== undefined) this.run(command);
  }

  /** Behind the lock, and with nobody signed in, only the few commands that say so do anything (rule W-16). */
  #mayRun({ alsoShut }: Command): boolean {
    const door = this.#options.workplace.session.door.read();
    if (door === 'open') return true;
    return (door === 'locked' || door === 'signed-out') && alsoShut?.includes(door) === true;
  }

  #moved(target: EventTarget | null): void {
    if (target instanceof Element) this.focus.set(focusOf(target));
  }

  #key(event: KeyboardEvent): void {
    const element = event.target instanceof Element ? event.target : null;
    const editable = element?.matches(TYPED_INTO) ?? false;
    // Also where the field itself takes Enter: the words are done, and the next letter is meant.
    if (editable && event.key === 'Enter' && !event.isComposing) this.#burst.ended();
    if (event.defaultPrevented || event.isComposing) return;
    const stroke = strokeOf(event);
    if (stroke === null) return;
    const now = this.#options.monotonic();
    // Enter held down in a field of one line, or on a button, would send again.
    if (event.repeat && event.key === 'Enter' && element?.matches('textarea') !== true) {
      event.preventDefault();
      return;
    }
    if (editable && isCharacter(stroke)) {
      this.#burst.typed(now);
      this.#options.workplace.announcements.typed();
    }
    const pending = this.pending.read();
    const resolution = resolve(
      stroke,
      {
        focus: focusOf(element),
        editable,
        control: element?.matches(CONTROLS) ?? false,
        pending: pending?.prefix ?? null,
        singleLetterKeys: this.#options.workplace.store.settings.read().singleLetterKeys,
        inBurst: !editable && isCharacter(stroke) && this.#burst.continues(now),
      },
      this.commands,
    );
    if (resolution.kind === 'none') {
      if (pending !== null) this.#setPending(null);
      // Outside a field it would mark the whole window, and nobody wants that.
      if (stroke === 'Ctrl+a' && !editable) event.preventDefault();
      return;
    }
    if (resolution.kind === 'run' && resolution.command.textFirst === true && this.#textUndo.has(element))
      return;
    event.preventDefault();
    if (event.repeat && !(resolution.kind === 'run' && resolution.command.repeats === true)) return;
    if (resolution.kind === 'pending') {
      const choices = resolution.choices.filter((each) => this.#mayRun(each));
      this.#setPending(choices.length === 0 ? null : { prefix: resolution.prefix, choices });
    } else if (resolution.kind === 'run' && this.#mayRun(resolution.command)) this.run(resolution.command);
    else this.#setPending(null);
  }

  #setPending(pending: PendingKey | null): void {
    const number = (this.#pendingNumber += 1);
    this.pending.set(pending);
    if (pending === null) return;
    const [first = ''] = strokesOf(pending.prefix);
    this.#options.after(actsInFields(first) ? PENDING_READ_MS : PENDING_MS, () => {
      if (this.#pendingNumber === number) this.pending.set(null);
    });
  }
}

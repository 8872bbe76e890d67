interface Typed {
  /** What the field held when its words began to be changed, and what they have come to. */
  readonly before: string;
  readonly now: string;
  /** Something was typed or deleted that has not been undone. */
  readonly isChanged: boolean;
}

type Field = HTMLInputElement | HTMLTextAreaElement;
const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;

/**
 * Which fields have words to undo. The browser does not tell, so their changes are followed: in such a field Ctrl+Z is
 * the field's own, and nobody takes an act back who only wanted a word back.
 */
export class TextUndo {
  readonly #fields = new WeakMap<Field, Typed>();

  watch(target: Window): () => void {
    const focused = ({ target: field }: FocusEvent) => {
      if (isField(field) && this.#fields.get(field)?.now !== field.value) this.#begin(field);
    };
    const changed = ({ target: field, inputType }: Event & { readonly inputType?: string }) => {
      if (!isField(field)) return;
      const before = this.#fields.get(field)?.before ?? '';
      const isChanged = inputType === 'historyUndo' ? field.value !== before : true;
      this.#fields.set(field, { before, now: field.value, isChanged });
    };
    target.addEventListener('focusin', focused);
    target.addEventListener('input', changed);
    return () => {
      target.removeEventListener('focusin', focused);
      target.removeEventListener('input', changed);
    };
  }

  /** Whether the element is a field whose own undo has something to do. A field that the program has refilled has not. */
  has(element: Element | null): boolean {
    if (!isField(element)) return false;
    const typed = this.#fields.get(element);
    return typed !== undefined && typed.isChanged && typed.now === element.value;
  }

  #begin(field: Field): void {
    this.#fields.set(field, { before: field.value, now: field.value, isChanged: false });
  }
}

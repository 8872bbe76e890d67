import { assert } from '../../shared/lib/assert.ts';

/** A piece of a page that is safe to send: made by `html` alone, which escapes every value put into it. */
export class Html {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
  /** For `html` below, and nobody else: what it makes has been escaped. */
  static readonly escaped = (text: string): Html => new Html(text);
}

/** What may stand in a template. `null`, `undefined` and `false` are nothing. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
  if (typeof value === 'number') return String(value);
  return value.map(render).join('');
}

type Place = 'text' | 'quoted' | 'between-attributes';
const places = new WeakMap<TemplateStringsArray, readonly Place[]>();

/**
 * Where each value of a template stands. Not safe however it is escaped: an attribute without quotes, the name of a tag, a script, a
 * style sheet. A template is the program's own text, so such a one is a bug and not a refusal.
 */
function placesOf(strings: TemplateStringsArray): readonly Place[] {
  const known = places.get(strings);
  if (known !== undefined) return known;
  let before = '';
  const found = strings.slice(0, -1).map((part): Place => {
    before += part;
    const inside = /<(script|style)\b[^<>]*>[^]*$/i.test(
      before.replace(/<(script|style)\b[^]*?<\/\1>/gi, ''),
    );
    assert(!inside, 'a value stands in a script or style');
    const tag = /<[^<>]*$/.exec(before)?.[0];
    if (tag === undefined) return 'text';
    if ((tag.match(/"/g)?.length ?? 0) % 2 === 0) {
      assert(/\s$/.test(tag) && !/=\s*$/.test(tag), 'a value stands in a tag without quotes');
      return 'between-attributes';
    }
    assert(!/\s(?:on[a-z]+|style)="[^"]*$/i.test(tag), 'a value stands in a script or style');
    // So that two values in one attribute are still inside it.
    before += 'v';
    return 'quoted';
  });
  places.set(strings, found);
  return found;
}

/** A template whose values are escaped. There is no way to put unescaped text into a page. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const where = placesOf(strings);
  let text = strings[0] ?? '';
  for (const [n, value] of values.entries()) {
    const isSafe =
      where[n] !== 'between-attributes' ||
      value instanceof Html ||
      value === null ||
      value === undefined ||
      value === false;
    assert(isSafe, 'only attributes may stand between attributes');
    text += render(value) + (strings[n + 1] ?? '');
  }
  return Html.escaped(text);
}

/** Attributes by their values: `true` for one without a value, `false`, `null` and `undefined` for none. */
export function attributes(
  values: Readonly<Record<string, string | number | boolean | null | undefined>>,
): Html {
  const parts = Object.entries(values).flatMap(([name, value]) => {
    assert(/^[a-z][a-z-]*$/.test(name) && !name.startsWith('on') && name !== 'style', 'an attribute’s name');
    if (value === null || value === undefined || value === false) return [];
    return value === true ? [` ${name}`] : [` ${name}="${render(String(value))}"`];
  });
  return Html.escaped(parts.join(''));
}

import { must } from '../../../src/shared/lib/assert.ts';
import { hostileTexts } from '../../harness/e2e-hostile-text.ts';
import { chance } from '../contacts.ts';

/** Longer than any row and most lines, and short enough that hundreds of them fit the frame of one contact. Characters. */
const HUGE = 1_500;
/** A row's title or place. Characters. */
export const ROW_LIMIT = 160;

type Draw = (below: number) => number;
type Family = (draw: Draw, n: number) => string;

const charOf = (from: number, to: number, draw: Draw): string =>
  String.fromCodePoint(from + draw(to - from + 1));
const many = (count: number, make: () => string): string => Array.from({ length: count }, make).join('');
const oneOf = <T>(all: readonly T[], draw: Draw): T => must(all[draw(all.length)], 'one of them');

const words = ['help', 'he is at the door', 'Bridge Road', 'مساعدة', 'בית', '漢字', 'knife', '07700 900123'];
const turns = ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069'];
const unseen = ['\u200B', '\u200D', '\u200E', '\u200F', '\u2060', '\uFEFF', '\u00AD', '\u061C', '\u3164'];
const faces = ['👩', '👨', '🧒', '🏾', '\u200D', '\uFE0F', '🏴', '\u{E0067}', '🇬', '🇧', '🔥', '⃣'];
const tags = ['img src=x', 'svg', 'body', 'details open', 'input autofocus', 'video', 'a href=x', 'style'];
const events = ['onerror', 'onload', 'ontoggle', 'onfocus', 'onclick', 'onpointerenter', 'onanimationstart'];
const ends = ['">', "'>", '</title>', '</textarea>', '</script>', '-->', ']]>', '</p></li></ol>', '`}'];

/** Kinds of harm, each in its own invented way every time. */
const families: readonly Family[] = [
  // Control characters, NUL among them.
  (draw, n) => `${n} ${many(1 + draw(12), () => `${oneOf(words, draw)}${charOf(0, 0x1f, draw)}`)}`,
  (draw, n) => `${many(1 + draw(12), () => charOf(0x7f, 0x9f, draw))}${n}`,
  // Towers of marks.
  (draw, n) =>
    `${n} ${many(1 + draw(4), () => `${charOf(0x61, 0x7a, draw)}${many(draw(30), () => charOf(0x300, 0x36f, draw))}`)}`,
  // Signs that turn the direction, opened and not closed.
  (draw, n) => many(1 + draw(8), () => `${oneOf(turns, draw)}${oneOf(words, draw)}`) + String(n),
  (draw, n) => many(1 + draw(8), () => `${oneOf(unseen, draw)}${oneOf(words, draw)}`) + String(n),
  // Mark-up and scripts.
  (draw, n) => `<${oneOf(tags, draw)} ${oneOf(events, draw)}="window.ranNow=${n}">`,
  (draw, n) => `${oneOf(ends, draw)}<script>window.ranNow=${n}</script>${oneOf(ends, draw)}`,
  (draw, n) => `${oneOf(ends, draw)}<iframe srcdoc="<script>parent.ranNow=${n}</script>">`,
  (draw, n) =>
    `${oneOf(['javascript:', 'data:text/html,', '{{', '${', '<%='], draw)}window.ranNow=${n}//}}%>`,
  (draw, n) => `&${oneOf(['lt', '#60', '#x3c', 'amp;lt'], draw)};script&gt;window.ranNow=${n}&lt;/script&gt;`,
  // Sequences that make one picture, broken anywhere.
  (draw, n) => `${n} ${many(1 + draw(30), () => oneOf(faces, draw))}`,
  // Halves of characters.
  (draw, n) => `${n} ${many(1 + draw(6), () => `${charOf(0xd800, 0xdfff, draw)}${oneOf(words, draw)}`)}`,
  // No place to break a line, and nothing but such places.
  (draw, n) => `${oneOf(['W', 'i', '漢', 'ﷺ', '🔥', '\u0E01', '_'], draw).repeat(20 + draw(60))}${n}`,
  (draw, n) =>
    `${n}${many(1 + draw(40), () => oneOf([' ', '\t', '\n', '\u2028', '\u2029', '\u00A0'], draw))}.`,
  // Lines longer than any screen.
  (draw, n) =>
    `${n} ${oneOf([...words, 'W', 'ﷺ', '<b>', '\u202Ex'], draw)
      .repeat(HUGE)
      .slice(0, HUGE)}`,
  // Anything at all.
  (draw, n) => `${n} ${many(1 + draw(60), () => charOf(0x20, 0x2fff, draw))}`,
];

/** So many different hostile texts, always the same ones: those of the journeys first, the others made up. */
export function textsOf(count: number): readonly string[] {
  let drawn = 0;
  const draw: Draw = (below) => Math.floor(chance((drawn += 1), 4_711) * below);
  const known = hostileTexts(count);
  const made = Array.from({ length: Math.max(0, count - known.length) }, (_, n) =>
    must(families[n % families.length], 'family')(draw, n),
  );
  return [...known, ...made];
}

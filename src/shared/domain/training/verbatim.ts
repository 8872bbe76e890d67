/** So many words of theirs running are a quotation; fewer are chance. */
const RUNNING = 4;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];

/** Whether a record holds somebody's own words: at least four of them running, or all there were if there were fewer (rule TR-32). */
export function isVerbatim(record: string, said: readonly string[]): boolean {
  const written = ` ${wordsOf(record).join(' ')} `;
  return said.some((text) => {
    const words = wordsOf(text);
    const length = Math.min(RUNNING, words.length);
    if (length === 0) return false;
    return words.some(
      (_, n) => n + length <= words.length && written.includes(` ${words.slice(n, n + length).join(' ')} `),
    );
  });
}

import { readdirSync, readFileSync } from 'node:fs';

/**
 * The living programs of a process group, or those whose command line holds some words: their process numbers, from the
 * system's own folder (Linux). One that has ended and only waits to be noticed is not living.
 */
export function livingPrograms(
  of: { readonly words: string } | { readonly group: string | number },
): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        if ('words' in of)
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(of.words);
        // Behind the name, which may hold anything: state, parent, group.
        const [state, , group] = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return state !== 'Z' && group === String(of.group);
      } catch {
        return false;
      }
    });
}

const columns = 22;

/** "420 ms", "3.1 s", "2 min 05 s" */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/**
 * Runs one step of the set-up and prints one line for it: what came of it and how long it took. `work` gets `say`, for
 * the moment it finds that there is something to do; what takes long then tells every 15 seconds that it goes on.
 * With `quiet`, a step that had nothing to do prints nothing.
 */
export async function step(title, work, { quiet = false } = {}) {
  const began = performance.now();
  let busy;
  const say = (sentence) => {
    console.log(`${title.padEnd(columns)}${sentence}`);
    busy ??= setInterval(
      () => console.log(`${' '.repeat(columns)}… still at it after ${duration(performance.now() - began)}`),
      15_000,
    );
  };
  try {
    const { outcome, value } = await work(say);
    if (!quiet || busy !== undefined) {
      console.log(`${title.padEnd(columns)}${outcome} (${duration(performance.now() - began)})`);
    }
    return value;
  } finally {
    clearInterval(busy);
  }
}

/** A reason to stop that is not a bug: one sentence, no stack. */
export class Refusal extends Error {}

/** Runs a script's main function; a refusal is told in its own words. */
export async function main(work) {
  try {
    process.exitCode = (await work()) ?? 0;
  } catch (fault) {
    console.error(fault instanceof Refusal ? `\n${fault.message}` : fault);
    process.exitCode = 1;
  }
}

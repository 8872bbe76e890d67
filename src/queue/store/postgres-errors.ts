/** Another transaction did the same thing first: running this one again from the start will find it done. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/** Serialization failure and deadlock: nothing is wrong, somebody else was in the way. */
const inTheWay: ReadonlySet<string> = new Set(['40001', '40P01']);

export function mayTryAgain(error: unknown): boolean {
  return error instanceof TryAgain || inTheWay.has(codeOf(error) ?? '');
}

/** Classes of SQLSTATE that say nothing about the question: connection, resources, operator, system. */
const awayClasses: ReadonlySet<string> = new Set(['08', '53', '57', '58']);
/** Lock not available in time: as good as away, and safe to ask again. */
const awayCodes: ReadonlySet<string> = new Set(['55P03', '25P03']);

/** The driver's own failures carry no code, only these words. */
const driverSays =
  /^(?:Connection terminated|Query read timeout|timeout e(?:xceeded|xpired)|Client (?:was closed|has encountered)|Cannot use a pool)/i;

/**
 * The database cannot be reached, is starting or stopping, or the connection ended in the middle. A wrong question (a
 * constraint, a bug) is not "away": asking it again would not help.
 */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return isUnheard(error);
  if (/^[0-9A-Z]{5}$/.test(code)) return awayClasses.has(code.slice(0, 2)) || awayCodes.has(code);
  return /^E[A-Z]+$/.test(code);
}

/** The driver gave up waiting, or lost the connection: what the server makes of the question is not known. */
export function isUnheard(error: unknown): error is Error {
  return codeOf(error) === undefined && error instanceof Error && driverSays.test(error.message);
}

function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

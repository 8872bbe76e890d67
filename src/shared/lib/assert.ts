/** States a fact that must hold here; a false one is a bug in the program, never a handler's mistake. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}

/** The value, which must be there. `what` names it by id, never by personal data. */
export function must<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`bug: ${what} is missing`);
  return value;
}

/** Closes a switch over a union: a new variant does not compile until it is handled. */
export function unreachable(value: never): never {
  throw new Error(`bug: unreachable case ${JSON.stringify(value)}`);
}

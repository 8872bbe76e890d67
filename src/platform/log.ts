/**
 * What may be logged: ids, counts, codes. A log line never carries a name, a number, an address or words of the public
 * or of a handler; a field's value is therefore a short word, a number or a flag, and anything longer is cut.
 */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Logger {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Longest value of a field. A UUID is 36, a hash 64; words of a conversation do not fit. Characters. */
const VALUE_LIMIT = 80;

/** Shortens every field, so that no careless line can spill what somebody said. */
export function redacted(fields: LogFields = {}): LogFields {
  const entries = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' && value.length > VALUE_LIMIT ? `${value.slice(0, VALUE_LIMIT)}…` : value,
  ]);
  return Object.fromEntries(entries) as LogFields;
}

/** Says nothing: for tests that look at something else. */
export const silentLogger: Logger = { info() {}, warn() {}, error() {} };

/** A failure as a log field: its kind and code. Never its message, which may quote data. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? `${error.name}:${code}` : error.name;
}

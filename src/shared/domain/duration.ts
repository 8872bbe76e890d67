import { HOUR, MINUTE, SECOND } from './time.ts';

const form = /^(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,4})m)?(?:(\d{1,4})s)?$/;

/** Reads `17s`, `3m`, `1h30m`, `2d`. Milliseconds; `null` when it is no such length of time. */
export function durationMs(text: string): number | null {
  const parts = form.exec(text);
  if (parts === null || text === '') return null;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return days * 24 * HOUR + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { Location, LocationMethod } from '../../shared/domain/location.ts';
import type { Instant } from '../../shared/domain/time.ts';
import { shortLengthWords } from '../ui/time-words.ts';
import { channelGroup } from './inbox-facts.ts';

/** How a location was found, in words. */
export const methodWords: Readonly<Record<LocationMethod, string>> = {
  aml: 'From the handset (AML)',
  cell: 'From the mast',
  'fixed-line': 'Address of the line',
  device: 'From an app or a car',
  caller: 'As the caller says',
};

/** "within 22 m", "within 2.8 km". */
export function radiusWords(metres: number | null): string {
  if (metres === null) return 'radius not told';
  return metres < 1_000
    ? `within ${Math.round(metres)} m`
    : `within ${(metres / 1_000).toLocaleString('en-GB', { maximumFractionDigits: 1 })} km`;
}

/** When it was measured, against when the contact reached us: "17 s after the call". */
export function againstCallWords(at: Instant, { receivedAt, channel }: ContactSummary): string {
  const group = channelGroup(channel);
  const began = group === '999' || group === '101' ? 'the call' : 'it reached us';
  const ms = at - receivedAt;
  if (Math.abs(ms) < 1_000) return began === 'the call' ? 'with the call' : 'as it reached us';
  return `${shortLengthWords(Math.abs(ms))} ${ms > 0 ? 'after' : 'before'} ${began}`;
}

/** Degrees with five places, about a metre: to be read out or copied. */
export const coordinatesWords = ({ latitude, longitude }: Location): string =>
  `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

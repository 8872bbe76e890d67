import { z } from 'zod';
import { duration, version } from '../shared/contract/scenario/fields.ts';
import { streams, type Stream } from './handed-contact.ts';
import { weekdays, wallTimeOf } from './london.ts';
import { readYaml, type YamlContent } from '../platform/yaml-file.ts';

const share = z.number().min(0).max(1);
const range = z.tuple([z.number().positive(), z.number().positive()]);

/** How much comes by one stream: a day's number, its course over the day and the week, and of what kinds it is. */
const streamSchema = z.strictObject({
  perDay: z.number().positive(),
  /** Percent of a day for each hour from 00; only their proportions count. */
  hours: z.array(z.number().min(0)).length(24, 'does not hold 24 hours'),
  /** Against an average day. */
  weekdays: z.strictObject(
    Object.fromEntries(weekdays.map((day) => [day, z.number().positive()])) as Record<
      (typeof weekdays)[number],
      z.ZodNumber
    >,
  ),
  /** How often each kind of story comes, against the others. */
  kinds: z.record(z.string().regex(/^[a-z0-9-]+$/), z.number().positive()),
});

const profileSchema = z.strictObject({
  version,
  streams: z.strictObject(
    Object.fromEntries(streams.map((stream) => [stream, streamSchema])) as Record<
      Stream,
      typeof streamSchema
    >,
  ),
  /** A telephone tells its place by itself, a while after a 999 call from a mobile began. */
  phoneLocation: z.strictObject({ share, after: z.tuple([duration, duration]), radiusMetres: range }),
  /** How long a call to 101 rings before it waits in the queue of the exchange. */
  queuesAfter: z.tuple([duration, duration]),
  /** Callers to 101 who ring off while they wait. */
  givingUp: z.strictObject({ share, after: z.tuple([duration, duration]) }),
  /** How long an event is still reported by others, and the longest after which somebody rings again. */
  othersReportWithin: duration,
  ringsAgainWithin: duration,
});

/** How much comes when. */
export type Profile = z.infer<typeof profileSchema>;

/** Reads the profile. Throws an `Error` with one sentence: file, line, column, field, reason, what to do. */
export function readProfile(file: string, text: string): YamlContent<Profile> {
  return readYaml(file, text, profileSchema);
}

/** How many contacts a stream brings on average in the hour in which an instant lies, by the clock on the wall. */
export function perHourAt(profile: Profile, stream: Stream, instant: number): number {
  const { perDay, hours, weekdays: factors } = profile.streams[stream];
  const { hour, weekday } = wallTimeOf(instant);
  const whole = hours.reduce((sum, percent) => sum + percent, 0);
  return (perDay * factors[weekday] * (hours[hour] ?? 0)) / whole;
}

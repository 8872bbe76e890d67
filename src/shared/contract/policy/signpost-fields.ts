import { z } from 'zod';
import { isDay, weekdays } from '../../domain/london.ts';
import { minuteOf, type OpeningHours } from '../../domain/signposts/hours.ts';
import { wayKinds } from '../../domain/signposts/signpost.ts';

/** Fields that cards and directory share. */
export const entryId = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'is not an id such as report-fraud');
export const name = z.string().trim().min(2).max(120);
export const line = z.string().trim().min(3).max(300);
export const words = z.array(z.string().trim().min(2).max(60));

const day = z.string().refine(isDay, 'is not a day such as 2027-05-31');

export const way = z.strictObject({
  kind: z.enum(wayKinds),
  to: z.string().trim().min(3).max(160),
  note: z.string().trim().min(2).max(160).nullable().default(null),
});

const time = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'is not a time of day such as "17:30"');

/** Hours that can be: no day twice in one line, nothing that opens and closes at once. */
export const hours: z.ZodType<OpeningHours> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('always') }),
  z.strictObject({
    kind: z.literal('weekly'),
    times: z
      .array(
        z
          .strictObject({ days: z.array(z.enum(weekdays)).min(1), from: time, to: time })
          .refine(({ days }) => new Set(days).size === days.length, {
            path: ['days'],
            message: 'names a day twice',
          })
          .refine(({ from, to }) => from !== to, {
            path: ['to'],
            message: 'is when it opens too; for all day write 00:00 to 24:00',
          })
          .refine(({ from }) => from !== '24:00', { path: ['from'], message: 'is no time to open at' }),
      )
      .min(1)
      .refine((times) => !overlaps(times), 'is open twice at one time; make one line of the two'),
    bankHolidays: z.enum(['as-usual', 'closed']),
  }),
  z.strictObject({ kind: z.literal('ask'), words: line }),
]);

function overlaps(
  times: readonly { readonly days: readonly string[]; readonly from: string; readonly to: string }[],
): boolean {
  return weekdays.some((weekday) => {
    const spans = times
      .filter(({ days }) => days.includes(weekday))
      .map(({ from, to }) => [minuteOf(from), minuteOf(to) > minuteOf(from) ? minuteOf(to) : 1440] as const)
      .sort(([a], [b]) => a - b);
    return spans.some(([from], n) => from < (spans[n - 1]?.[1] ?? 0));
  });
}

/** Where an entry comes from. Without a date and an owner of its own it has those of its file. */
export const checkedShape = {
  source: line,
  checkedOn: day.nullable(),
  reviewBy: day.optional(),
  owner: z.string().trim().min(3).max(120).optional(),
};

interface OwnDates {
  readonly id: string;
  readonly checkedOn: string | null;
  readonly reviewBy?: string | undefined;
}

/** What is wrong among the entries of a file: the same id twice, or a review that was due before it was checked. */
export function entryTroubles(
  entries: readonly OwnDates[],
  review: string,
): readonly { readonly path: readonly (string | number)[]; readonly message: string }[] {
  return entries.flatMap(({ id, checkedOn, reviewBy }, n) => [
    ...(entries.findIndex((other) => other.id === id) < n
      ? [{ path: [n, 'id'], message: `${id} is there already: an id stands for one thing` }]
      : []),
    ...(checkedOn !== null && checkedOn >= (reviewBy ?? review)
      ? [
          {
            path: [n, reviewBy === undefined ? 'checkedOn' : 'reviewBy'],
            message: 'puts the review before the check; give it a later review',
          },
        ]
      : []),
  ]);
}

/** The entry with the file's own review and owner where it has none. */
export const withOwner = <E extends { reviewBy?: string | undefined; owner?: string | undefined }>(
  entry: E,
  { review, owner }: { readonly review: string; readonly owner: string },
): E & { readonly reviewBy: string; readonly owner: string } => ({
  ...entry,
  reviewBy: entry.reviewBy ?? review,
  owner: entry.owner ?? owner,
});

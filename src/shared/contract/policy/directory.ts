import { z } from 'zod';
import { isDay } from '../../domain/london.ts';
import type { DirectoryPolicy } from '../../domain/policy/directory.ts';
import { districtIds } from '../../domain/signposts/directory.ts';
import { policyHeaderShape } from './header.ts';
import {
  checkedShape,
  entryId,
  entryTroubles,
  hours,
  line,
  name,
  way,
  withOwner,
  words,
} from './signpost-fields.ts';

const base = {
  id: entryId,
  name,
  words: words.default([]),
  ways: z.array(way).default([]),
  hours,
  ...checkedShape,
};
const district = z.enum(districtIds);
const covers = words.min(1);
const control = way.nullable().default(null);

const entry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('role'), ...base, rank: name.nullable().default(null), ringFor: line }),
  z.strictObject({
    kind: z.literal('officer'),
    ...base,
    rank: name,
    number: z.string().regex(/^\d{2,6}$/, 'is not an officer’s number such as 1187'),
    of: name,
  }),
  z.strictObject({ kind: z.literal('department'), ...base, takes: line }),
  z.strictObject({ kind: z.literal('team'), ...base, district, sergeant: name, covers }),
  z.strictObject({ kind: z.literal('station'), ...base, district }),
  z.strictObject({
    kind: z.literal('council'),
    ...base,
    district: district.nullable(),
    takes: line,
    outOfHours: z.array(way).default([]),
  }),
  z.strictObject({
    kind: z.literal('partner'),
    ...base,
    control,
    takes: line,
    escalation: line,
    mait: z
      .string()
      .regex(/^[A-Z][A-Z0-9-]{1,23}$/, 'is not a short name in capitals such as EEAST')
      .nullable()
      .default(null),
  }),
  z.strictObject({ kind: z.literal('force'), ...base, control, covers, borders: z.boolean() }),
]);

const districtShape = z.strictObject({ id: district, name, towns: words.min(1) });

/** `resources/policy/directory.yaml` (rules Y-01, SG-03, SG-06): ten districts, each with a council, a station and a team. */
export const directoryPolicySchema: z.ZodType<DirectoryPolicy> = z
  .strictObject({
    ...policyHeaderShape,
    bankHolidays: z.array(z.string().refine(isDay, 'is not a day such as 2026-12-25')),
    districts: z.array(districtShape),
    entries: z.array(entry).min(1),
  })
  .superRefine(({ districts, entries, review }, context) => {
    const complain = (path: readonly (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: [...path], message });
    for (const { path, message } of entryTroubles(entries, review)) complain(['entries', ...path], message);
    for (const id of districtIds)
      if (districts.filter((each) => each.id === id).length !== 1)
        complain(['districts'], `must hold ${id} exactly once`);
    const towns = new Map<string, string>();
    for (const [n, each] of districts.entries()) {
      for (const [t, town] of each.towns.entries()) {
        const other = towns.get(town);
        if (other !== undefined) complain(['districts', n, 'towns', t], `lies in ${other} already`);
        towns.set(town, each.name);
      }
      for (const kind of ['council', 'station', 'team'] as const)
        if (!entries.some((one) => one.kind === kind && one.district === each.id))
          complain(['districts', n], `has no ${kind} among the entries`);
    }
    const units = new Set(entries.flatMap((one) => (one.kind === 'officer' ? [] : [one.name])));
    const numbers = new Set<string>();
    for (const [n, one] of entries.entries()) {
      if (one.kind !== 'officer') continue;
      if (!units.has(one.of)) complain(['entries', n, 'of'], 'is the name of no team or department here');
      if (numbers.has(one.number)) complain(['entries', n, 'number'], 'is another officer’s already');
      numbers.add(one.number);
    }
    for (const [n, one] of entries.entries())
      if (one.kind === 'council' && one.district !== null)
        if (entries.findIndex((o) => o.kind === 'council' && o.district === one.district) < n)
          complain(['entries', n, 'district'], 'has a council already');
  })
  .transform((policy) => ({
    ...policy,
    entries: policy.entries.map((each) => withOwner(each, policy)),
  }));

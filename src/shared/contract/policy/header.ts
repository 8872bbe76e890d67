import { z } from 'zod';

/** The fields that every file of policy begins with (rule Y-01); spread into the file's own schema. */
export const policyHeaderShape = {
  version: z.string().regex(/^[a-z][a-z0-9-]{2,59}$/, 'a version looks like triage-2026-11-1'),
  owner: z.string().min(3).max(120),
  review: z.iso.date('is not a date like 2027-05-31'),
};

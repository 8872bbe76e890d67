import { z } from 'zod';
import type { ServiceLevels } from '../../domain/policy/service-levels.ts';
import { serviceClasses, type ServiceClass } from '../../domain/service-level.ts';
import { policyHeaderShape } from './header.ts';

/** Milliseconds. */
const whole = z.int().nonnegative();

/** Each class and nothing else: in a file, a name that nobody knows is one misspelt. */
const perClass = z.strictObject(
  Object.fromEntries(serviceClasses.map((name) => [name, whole])) as Record<ServiceClass, typeof whole>,
);

/** The file `service-levels.yaml` (rule K-06). */
export const serviceLevelsSchema: z.ZodType<ServiceLevels> = z.strictObject({
  ...policyHeaderShape,
  sources: z.record(z.string(), z.string().min(3)),
  targetMs: perClass,
  allowanceMs: perClass,
  lookFirstMs: whole,
});

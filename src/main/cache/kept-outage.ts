import { z } from 'zod';
import { contactIdSchema } from '../../shared/contract/basic-schemas.ts';
import { missedSchema } from '../../shared/contract/workstation.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';

/** The report as it is kept: its lists whole, which need no counts beside them. */
export const missedWholeSchema = missedSchema.omit({ totals: true });
export type MissedWhole = z.infer<typeof missedWholeSchema>;

export const outageStateSchema = missedWholeSchema.pick({ from: true, conflicts: true, sent: true }).extend({
  /** What this desk gave back itself: nobody freed it. */
  released: z.array(contactIdSchema),
});

/** An outage that is not over: it outlives the program, because what came before a restart was missed as well (rule X-11). */
export interface KeptOutage extends Readonly<z.infer<typeof outageStateSchema>> {
  /** Each contact that moved, as it was; `null`: it was not here. */
  readonly before: ReadonlyMap<ContactId, ContactSummary | null>;
}

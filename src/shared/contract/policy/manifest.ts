import { z } from 'zod';

/** Which policy is in force: its name, its version and the SHA-256 of its text as served (rule Y-04). */
export const policyStampSchema = z.object({
  /** Not only names this program knows: a newer queue may serve others, which are passed over. */
  name: z.string().max(60),
  version: z.string().max(60),
  /** Hexadecimal. */
  digest: z.string().length(64),
});
export type PolicyStamp = z.infer<typeof policyStampSchema>;

/** What WELCOME and POLICY tell. */
export const policyStampsSchema = z.array(policyStampSchema).max(100);

/** What `GET /policies` answers. */
export interface PolicyManifest {
  readonly policies: readonly (PolicyStamp & { readonly review: string })[];
}

/** More than any policy is. Bytes of UTF-8. */
export const POLICY_LIMIT = 4 * 1024 * 1024;

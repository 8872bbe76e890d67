import { readFileSync } from 'node:fs';
import { servicePolicySchema } from '../shared/contract/schemas.ts';
import type { ServicePolicy } from '../shared/domain/service-level.ts';

/**
 * Reads targets and allowances (rule K-06). Throws an `Error` whose message names the file and what is wrong with it:
 * a queue that guesses its targets would order people wrongly, so it does not start.
 */
export function loadServicePolicy(file: string): ServicePolicy {
  const refuse = (why: string): never => {
    throw new Error(`The service levels in ${file} cannot be used: ${why}.`);
  };
  const text = ((): string => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      return refuse(`the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    }
  })();
  const json = ((): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return refuse('it is not JSON');
    }
  })();
  const parsed = servicePolicySchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  return refuse(`${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'not a policy'}`);
}

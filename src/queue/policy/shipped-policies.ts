import { fileURLToPath } from 'node:url';

/** The folder of policies that comes with the program: the seed of a force's own. */
export const shippedPolicies = fileURLToPath(new URL('../../../resources/policy', import.meta.url));

import { categoriesPolicySchema } from '../../src/shared/contract/policy/categories.ts';
import { readResource } from './assist-data.ts';

/** The file of categories that ships, as it is read. */
export const shippedCategories = () => readResource('policy/categories.yaml', categoriesPolicySchema);

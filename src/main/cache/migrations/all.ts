import type { Migration } from '../../../platform/sqlite.ts';
import { first } from './0001-first.ts';

/** Every step of the desk's schema, in order. */
export const deskMigrations: readonly Migration[] = [first];

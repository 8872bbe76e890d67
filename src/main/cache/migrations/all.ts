import type { Migration } from '../../../platform/sqlite.ts';
import { first } from './0001-first.ts';
import { people } from './0002-people.ts';
import { search } from './0003-search.ts';
import { outage } from './0004-outage.ts';
import { policy } from './0005-policy.ts';
import { foundBy } from './0006-found-by.ts';
import { guest } from './0007-guest.ts';
import { history } from './0008-history.ts';
import { photos } from './0009-photos.ts';

/** Every step of the desk's schema, in order. */
export const deskMigrations: readonly Migration[] = [
  first,
  people,
  search,
  outage,
  policy,
  foundBy,
  guest,
  history,
  photos,
];

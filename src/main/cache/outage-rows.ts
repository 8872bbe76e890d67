import type Database from 'better-sqlite3';
import { contactIdSchema } from '../../shared/contract/basic-schemas.ts';
import { contactSummarySchema } from '../../shared/contract/schemas.ts';
import type { ContactSummary } from '../../shared/domain/contact.ts';
import type { ContactId } from '../../shared/domain/ids.ts';
import { outageStateSchema, type KeptOutage } from './kept-outage.ts';

/** The statements on `outage`, the table with at most one row, and on `outage_before`. */
export function outageRows(db: Database) {
  const read = db.prepare('select state from outage where one = 1');
  const put = db.prepare(`
    insert into outage (one, state) values (1, :state)
    on conflict (one) do update set state = excluded.state`);
  const remove = db.prepare('delete from outage');
  const before = db.prepare('select contact, summary from outage_before order by rowid');
  const putBefore = db.prepare(
    'insert into outage_before (contact, summary) values (:contact, :summary) on conflict do nothing',
  );
  const removeBefore = db.prepare('delete from outage_before');

  return {
    get(): KeptOutage | null {
      const row = read.get() as { readonly state: string } | undefined;
      if (row === undefined) return null;
      return {
        ...outageStateSchema.parse(JSON.parse(row.state)),
        before: new Map(before.all().map(beforeOf)),
      };
    },
    put(state: Omit<KeptOutage, 'before'>, moved: KeptOutage['before']): void {
      put.run({ state: JSON.stringify(state) });
      for (const [contact, summary] of moved)
        putBefore.run({ contact, summary: summary === null ? null : JSON.stringify(summary) });
    },
    remove(): void {
      remove.run();
      removeBefore.run();
    },
  };
}

/** One stored contact as it was, parsed. */
function beforeOf(row: unknown): [ContactId, ContactSummary | null] {
  const { contact, summary } = row as { readonly contact: string; readonly summary: string | null };
  return [
    contactIdSchema.parse(contact),
    summary === null ? null : contactSummarySchema.parse(JSON.parse(summary)),
  ];
}

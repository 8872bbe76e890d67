import type Database from 'better-sqlite3';
import { requests, type OpenTabs } from '../../shared/contract/workstation.ts';
import type { HandlerId } from '../../shared/domain/ids.ts';
import { missedWholeSchema, type MissedWhole } from './kept-outage.ts';

/** The statements on `tabs` and `missed`: what the window shows again after the program was closed. */
export function windowRows(db: Database) {
  const tabs = db.prepare('select tabs from tabs where handler = ?');
  const putTabs = db.prepare(`
    insert into tabs (handler, tabs) values (:handler, :tabs)
    on conflict (handler) do update set tabs = excluded.tabs`);
  const removeTabs = db.prepare('delete from tabs');
  const missed = db.prepare('select report from missed where one = 1');
  const putMissed = db.prepare(`
    insert into missed (one, report) values (1, :report)
    on conflict (one) do update set report = excluded.report`);
  const removeMissed = db.prepare('delete from missed');

  return {
    tabs(handler: HandlerId): OpenTabs | null {
      const row = tabs.get(handler) as { readonly tabs: string } | undefined;
      return row === undefined ? null : requests['tabs.read'].output.parse(JSON.parse(row.tabs));
    },
    putTabs: (handler: HandlerId, open: OpenTabs) =>
      void putTabs.run({ handler, tabs: JSON.stringify(open) }),
    removeTabs: () => void removeTabs.run(),
    missed(): MissedWhole | null {
      const row = missed.get() as { readonly report: string } | undefined;
      return row === undefined ? null : missedWholeSchema.parse(JSON.parse(row.report));
    },
    putMissed(report: MissedWhole | null): void {
      if (report === null) removeMissed.run();
      else putMissed.run({ report: JSON.stringify(report) });
    },
  };
}

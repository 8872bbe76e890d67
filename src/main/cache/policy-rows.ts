import type Database from 'better-sqlite3';
import { asInstant } from '../../shared/domain/time.ts';
import type { KeptPolicy } from './kept-policy.ts';

interface PolicyRow extends Omit<KeptPolicy, 'fetchedAt'> {
  readonly fetchedAt: number;
}

/** The statements on `policy`: what the queue has served, by name. */
export function policyRows(db: Database) {
  const all = db.prepare('select name, version, digest, fetched_at as fetchedAt from policy order by name');
  const read = db.prepare('select text from policy where name = ?');
  const insert = db.prepare(`
    insert into policy (name, version, digest, fetched_at, text)
    values (:name, :version, :digest, :fetchedAt, :text)
    on conflict (name) do update set
      version = excluded.version, digest = excluded.digest, fetched_at = excluded.fetched_at, text = excluded.text`);
  const remove = db.prepare('delete from policy where name = ?');

  return {
    all: (): KeptPolicy[] =>
      (all.all() as PolicyRow[]).map((row) => ({ ...row, fetchedAt: asInstant(row.fetchedAt) })),
    text: (name: string): string | null =>
      (read.get(name) as { readonly text: string } | undefined)?.text ?? null,
    put: (policy: KeptPolicy, text: string) => void insert.run({ ...policy, text }),
    remove: (name: string) => void remove.run(name),
  };
}

import type { ContactId } from '../../shared/domain/ids.ts';
import type { HistoryEnd, HistoryStore, SealedHistory } from './history-rows.ts';

/** The index of twelve months in memory. */
export function memoryHistory(): HistoryStore & { readonly dropHistoryKey: () => void } {
  const rows = new Map<ContactId, SealedHistory>();
  let key: string | null = null;
  let printed: string | null = null;
  let end: HistoryEnd | null = null;
  return {
    historyKey: () => key,
    keepHistoryKey(next, print) {
      if (printed !== null && printed !== print) {
        rows.clear();
        end = null;
      }
      [key, printed] = [next, print];
    },
    historyEnd: () => end,
    keepHistory(page, to) {
      for (const row of page) rows.set(row.contact, row);
      if (to !== null) end = { closedAt: to.closedAt, contact: to.contact };
    },
    historyOf(keys, limit) {
      const newest = [...rows.values()].sort((a, b) => b.receivedAt - a.receivedAt);
      const found = (['number', 'address', 'name'] as const).flatMap((kind) =>
        keys[kind] === null ? [] : newest.filter((row) => row.keys[kind] === keys[kind]).slice(0, limit),
      );
      return [...new Set(found)];
    },
    forgetHistory(before) {
      for (const [id, { closedAt }] of rows) if (closedAt < before) rows.delete(id);
    },
    dropHistoryKey() {
      key = null;
    },
  };
}

import type { ContactId } from '../../shared/domain/ids.ts';
import { asContactId } from '../../shared/domain/ids.ts';

/** Where the ids are kept: the page's session storage, which outlives a crash of the page but not the program. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem'>;

export interface OpenTabs {
  readonly tabs: readonly ContactId[];
  readonly active: ContactId | null;
}

const KEY = 'open-tabs';
const none: OpenTabs = { tabs: [], active: null };
const isId = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f-]{36}$/i.test(value);

/** Which contacts were open, so that a page that had to be loaded again opens the same. Ids only: nobody's words. */
export class TabMemory {
  readonly #storage: TabStorage;

  constructor(storage: TabStorage) {
    this.#storage = storage;
  }

  read(): OpenTabs {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(KEY) ?? 'null');
      if (typeof kept !== 'object' || kept === null || !('tabs' in kept) || !Array.isArray(kept.tabs))
        return none;
      const tabs = [...new Set(kept.tabs.filter(isId))].map(asContactId);
      const active = 'active' in kept ? tabs.find((id) => id === kept.active) : undefined;
      return { tabs, active: active ?? tabs[0] ?? null };
    } catch {
      return none;
    }
  }

  write(open: OpenTabs): void {
    try {
      this.#storage.setItem(KEY, JSON.stringify(open));
    } catch {
      // Without it a page that is loaded again opens with no tabs; drafts are kept by the desk all the same.
    }
  }
}

import type { Draft, OpenTabs } from '../../shared/contract/workstation.ts';
import type { ContactId, HandlerId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { DeskStore, KeptDraft } from './desk-store.ts';
import type { KeptOutage, MissedWhole } from './kept-outage.ts';
import { nobodyNamed, nobodyYet, type KeptSession, type KnownPerson } from './kept-session.ts';

/** Half-typed words in memory, by writer and contact. */
function memoryDrafts() {
  let drafts: readonly KeptDraft[] = [];
  const isOf = (handler: HandlerId, contact: ContactId) => (one: KeptDraft) =>
    one.handler === handler && one.contact === contact;

  return {
    save(handler: HandlerId, contact: ContactId, draft: Draft | null, savedAt: Instant): void {
      const is = isOf(handler, contact);
      const others = drafts.filter((one) => !is(one));
      drafts = draft === null ? others : [...others, { handler, contact, draft, savedAt }];
    },
    get: (handler: HandlerId, contact: ContactId): Draft | null =>
      drafts.find(isOf(handler, contact))?.draft ?? null,
    all: (handler: HandlerId): readonly KeptDraft[] =>
      drafts
        .filter((one) => one.handler === handler)
        .toSorted((a, b) => b.savedAt - a.savedAt || (a.contact < b.contact ? -1 : 1)),
    areOn: (contact: ContactId): boolean => drafts.some((one) => one.contact === contact),
    adopt(handler: HandlerId): void {
      drafts = drafts
        .filter((one) => one.handler !== nobodyNamed || !drafts.some(isOf(handler, one.contact)))
        .map((one) => (one.handler === nobodyNamed ? { ...one, handler } : one));
    },
  };
}

type People = Pick<
  DeskStore,
  | 'heardAt'
  | 'keepHeardAt'
  | 'session'
  | 'keepSession'
  | 'seenAt'
  | 'keepSeenAt'
  | 'latestAt'
  | 'keepLatestAt'
  | 'people'
  | 'keepPerson'
  | 'forgetPerson'
  | 'tabs'
  | 'keepTabs'
  | 'missed'
  | 'keepMissed'
  | 'outage'
  | 'keepOutage'
  | 'endOutage'
  | 'reservePaper'
>;

/** What the memory store keeps of people: session, drafts, tabs, the report, paper numbers. */
export function memoryPeople(): People & {
  readonly drafts: ReturnType<typeof memoryDrafts>;
  readonly forgetWindow: () => void;
} {
  let session: KeptSession = nobodyYet;
  let hasSession = false;
  let heardAt: Instant | null = null;
  let seenAt: Instant | null = null;
  let latestAt: Instant | null = null;
  let missed: MissedWhole | null = null;
  let outage: KeptOutage | null = null;
  let lastPaper = 0;
  const people = new Map<HandlerId, KnownPerson>();
  const tabs = new Map<HandlerId, OpenTabs>();

  return {
    drafts: memoryDrafts(),
    forgetWindow() {
      tabs.clear();
      missed = null;
      outage = null;
    },
    heardAt: () => heardAt,
    keepHeardAt(at) {
      heardAt = at;
    },
    session: () => session,
    keepSession(next) {
      session = next;
      hasSession = true;
    },
    seenAt: () => seenAt,
    keepSeenAt(at) {
      if (hasSession) seenAt = at;
    },
    latestAt: () => latestAt,
    keepLatestAt(at) {
      if (hasSession) latestAt = at;
    },
    people: () => [...people.values()].toSorted((a, b) => (a.person.handler < b.person.handler ? -1 : 1)),
    keepPerson: (known) => void people.set(known.person.handler, known),
    forgetPerson: (handler) => void people.delete(handler),
    tabs: (handler) => tabs.get(handler) ?? null,
    keepTabs: (handler, open) => void tabs.set(handler, open),
    missed: () => missed,
    keepMissed(report) {
      missed = report;
    },
    outage: () => outage,
    keepOutage(so, moved) {
      const before = new Map(outage?.before);
      for (const [id, was] of moved) if (!before.has(id)) before.set(id, was);
      outage = { ...so, before };
    },
    endOutage(report) {
      missed = report;
      outage = null;
    },
    reservePaper(count) {
      lastPaper += count;
      return lastPaper - count + 1;
    },
  };
}

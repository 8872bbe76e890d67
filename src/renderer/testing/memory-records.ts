import type { Draft, OpenTabs, RequestHandlers, SearchHit } from '../../shared/contract/workstation.ts';
import { summaryOf, type Contact } from '../../shared/domain/contact.ts';
import type { ContactId, HandlerId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';

type RecordHandlers = Pick<
  RequestHandlers,
  | 'draft.save'
  | 'drafts.read'
  | 'search.read'
  | 'history.read'
  | 'tabs.read'
  | 'tabs.save'
  | 'paper.reserve'
  | 'paper.print'
>;

export interface RecordsOptions {
  readonly contacts: () => readonly Contact[];
  readonly now: () => Instant;
  readonly diskFull: () => boolean;
  readonly deskNumber: number;
  /** Whose drafts and tabs are meant: who is signed in, or was until a moment ago. */
  readonly writer: () => HandlerId;
}

interface Own {
  readonly drafts: Map<ContactId, { readonly draft: Draft; readonly savedAt: Instant }>;
  tabs: OpenTabs;
}

const newestFirst = (a: Contact, b: Contact): number => b.receivedAt - a.receivedAt;

/** Everything the window reads and keeps beside the inbox: drafts, search, history, open tabs, paper. */
export class MemoryRecords {
  /** What each handler has of their own. */
  readonly #own = new Map<HandlerId, Own>();
  readonly #writer: RecordsOptions['writer'];
  /** What the next print-out comes to. */
  print: Awaited<ReturnType<RequestHandlers['paper.print']>> = { kind: 'printed', printer: 'Control room' };
  #paper = 0;

  get #mine(): Own {
    const writer = this.#writer();
    const own = this.#own.get(writer) ?? { drafts: new Map(), tabs: { tabs: [], active: null } };
    this.#own.set(writer, own);
    return own;
  }

  get tabs(): OpenTabs {
    return this.#mine.tabs;
  }

  /** The drafts of whoever works here. */
  get drafts(): Own['drafts'] {
    return this.#mine.drafts;
  }

  readonly handlers: RecordHandlers;

  constructor({ contacts, now, diskFull, deskNumber, writer }: RecordsOptions) {
    this.#writer = writer;
    const byId = (id: ContactId) => contacts().find((contact) => contact.id === id);
    this.handlers = {
      'draft.save': async ({ contact, draft }) => {
        if (diskFull()) return { kind: 'not-kept', code: 'SQLITE_FULL' };
        if (draft === null) this.drafts.delete(contact);
        else this.drafts.set(contact, { draft, savedAt: now() });
        return { kind: 'kept', at: now() };
      },
      'drafts.read': async () => ({
        drafts: [...this.drafts]
          .toSorted(([, a], [, b]) => b.savedAt - a.savedAt)
          .map(([contact, { draft, savedAt }]) => ({
            contact,
            ref: byId(contact)?.ref ?? null,
            title: byId(contact)?.title ?? null,
            savedAt,
            characters: draft.text.length,
          })),
      }),
      'search.read': async ({ text, limit }) => {
        const all = contacts();
        const hits = [...all].sort(newestFirst).flatMap((contact) => hitOf(contact, text) ?? []);
        return { hits: hits.slice(0, limit), complete: hits.length <= limit, searched: all.length };
      },
      'history.read': async ({ contact: id }) => {
        const about = byId(id);
        if (about === undefined) return { items: [] };
        const items = [...contacts()].sort(newestFirst).flatMap((other) => {
          const because = sameness(about, other);
          return other.id === id || because.length === 0 ? [] : [{ summary: summaryOf(other), because }];
        });
        return { items };
      },
      'tabs.read': async () => this.tabs,
      'tabs.save': async (tabs) => {
        this.#mine.tabs = tabs;
        return {};
      },
      'paper.reserve': async ({ count }) => {
        const first = this.#paper + 1;
        this.#paper += count;
        const numbers = Array.from(
          { length: count },
          (_, at) => `P${deskNumber}-${String(first + at).padStart(4, '0')}`,
        );
        return { numbers };
      },
      'paper.print': async () => this.print,
    };
  }
}

/** Where every word of the search is found as the beginning of a word; `null`: nowhere. */
function hitOf(contact: Contact, text: string): SearchHit | null {
  const wanted = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const fields: readonly (readonly [SearchHit['in'], string | null])[] = [
    ['reference', contact.ref],
    ['title', contact.title],
    ['place', contact.place],
    ['caller', [contact.caller.name, contact.caller.number, contact.caller.address].join(' ')],
    ['account', contact.account],
    ...contact.messages.map((message) => ['message', message.text] as const),
    ...contact.notes.map((note) => ['note', note.text] as const),
  ];
  const begins = (words: string, word: string) => ` ${words.toLowerCase()}`.search(` ${escaped(word)}`);
  const whole = fields.map(([, words]) => words ?? '').join(' ');
  const [first] = wanted;
  if (first === undefined || wanted.some((word) => begins(whole, word) < 0)) return null;
  const found = fields.find(([, words]) => words !== null && begins(words, first) >= 0);
  if (found === undefined) return null;
  const [where, words] = found;
  const from = begins(words ?? '', first);
  return {
    summary: summaryOf(contact),
    in: where,
    excerpt: { text: words ?? '', from, to: from + first.length },
  };
}

const escaped = (word: string): string => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function sameness(a: Contact, b: Contact) {
  const same = (x: string | null, y: string | null) => x !== null && x === y;
  const because: ('same-number' | 'same-address' | 'same-name')[] = [];
  if (same(a.caller.number, b.caller.number)) because.push('same-number');
  if (same(a.caller.address, b.caller.address)) because.push('same-address');
  if (same(a.caller.name, b.caller.name)) because.push('same-name');
  return because;
}

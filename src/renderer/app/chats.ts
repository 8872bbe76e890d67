import { TYPING_HOLDS_MS, TYPING_TOLD_EVERY_MS } from '../../shared/domain/chat/chat.ts';
import { ownerOf, type ContactSummary } from '../../shared/domain/contact.ts';
import { asCommandId, type ContactId } from '../../shared/domain/ids.ts';
import type { ActKind } from '../../shared/domain/command.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import type { ChatPolicy } from '../../shared/domain/policy/chat.ts';
import { Cell } from './cell.ts';
import { paintNow } from './paint-now.ts';
import type { Workplace } from './workplace.ts';

/** The chats of this desk: who is typing, where the handler writes, how many there are, and what an emergency puts aside. */
export class Chats {
  readonly #workplace: Workplace;
  readonly #monotonic: () => number;
  readonly #typing = new Map<ContactId, Cell<boolean>>();
  readonly #heard = new Map<ContactId, number>();
  readonly #told = new Map<ContactId, number>();
  /** Chats in whose note the handler wrote last; in every other they write to the public. */
  readonly #notes = new Set<ContactId>();
  /** Asked for once although there were enough: asked for again it is taken. */
  #insisted: ContactId | null = null;

  constructor(workplace: Workplace, { monotonic }: { readonly monotonic: () => number }) {
    this.#workplace = workplace;
    this.#monotonic = monotonic;
  }

  start(): () => void {
    return this.#workplace.bridge.subscribe('chat.public-typing', ({ contact }) =>
      this.#publicTypes(contact),
    );
  }

  /** Whether the public is typing there now. */
  typingOf(id: ContactId): Cell<boolean> {
    const cell = this.#typing.get(id) ?? new Cell(false);
    this.#typing.set(id, cell);
    return cell;
  }

  /** Told to the public's page now and then while it lasts (rule CH-05). */
  typed(id: ContactId): void {
    const now = this.#monotonic();
    if (now - (this.#told.get(id) ?? Number.NEGATIVE_INFINITY) < TYPING_TOLD_EVERY_MS) return;
    this.#told.set(id, now);
    void this.#workplace.bridge.request('chat.typing', { contact: id }).catch(() => undefined);
    // Whoever types is there again (rule CH-06).
    if (this.#workplace.store.rows.get(id)?.summary.work === 'parked') this.#ask(id, { kind: 'resume' });
  }

  writesIn(id: ContactId, field: 'message' | 'note'): void {
    if (field === 'note') this.#notes.add(id);
    else this.#notes.delete(id);
  }

  /** Where the handler's words go on: back to the field they wrote in last. */
  goToWords(): boolean {
    // What the same key has changed is painted first: the field may be new.
    paintNow();
    const id = this.#workplace.active.read();
    const toPublic = id !== null && !this.#notes.has(id) && this.#workplace.elements.has('message');
    return this.#workplace.goTo(toPublic ? 'message' : 'note');
  }

  /** The chats that go on at this desk. */
  mine(): readonly ContactSummary[] {
    const { store } = this.#workplace;
    const me = store.desk.read()?.me?.desk;
    return [...store.rows.values()].flatMap(({ summary }) =>
      isGoingOn(summary) && me !== undefined && ownerOf(summary)?.desk === me ? [summary] : [],
    );
  }

  /**
   * Why one more chat is not taken just like that (rule CH-14): a sentence, or `null`. Nobody in danger is kept out by a number: the same key
   * again takes it.
   */
  whyNotOneMore(id: ContactId): string | null {
    const row = this.#workplace.store.rows.get(id)?.summary;
    if (row === undefined || !isGoingOn(row) || row.band === 'A' || this.#insisted === id) return null;
    const limit = this.#limit();
    const { length } = this.mine();
    if (limit === null || length < limit.n) return null;
    this.#insisted = id;
    const many = length === 1 ? 'a chat' : `${length} chats`;
    const because = limit.isRisk ? ', and risk is flagged' : '';
    return `Not claimed: you have ${many}${because}. ${limit.n} at once is your limit. Claim it again to take it all the same.`;
  }

  /** How many at once, by policy; `null` while it is not there. */
  #limit(): { readonly n: number; readonly isRisk: boolean } | null {
    const { policies, store } = this.#workplace;
    const view = policies.of('chat').read();
    const session = store.desk.read()?.session;
    if (view.kind !== 'here' || session?.kind !== 'signed-in') return null;
    const { atOnce }: ChatPolicy = view.value;
    const isRisk = this.mine().some(({ flags, band }) => flags.lookFirst || band === 'A');
    return { n: isRisk ? atOnce.whenRisk : atOnce[session.person.role], isRisk };
  }

  /** An emergency has become the handler's, or what is theirs an emergency: their other chats are put aside, and each page says so (rule CH-06). */
  answered({ kind, contact }: { readonly kind: ActKind; readonly contact: ContactId }): void {
    const { store } = this.#workplace;
    const row = store.rows.get(contact)?.summary;
    const isTaken = kind === 'claim' && row?.band === 'A';
    const isMade =
      kind === 'promote' && row !== undefined && ownerOf(row)?.desk === store.desk.read()?.me?.desk;
    if (!isTaken && !isMade) return;
    for (const { id, band, work } of this.mine())
      if (id !== contact && band === 'B' && work !== 'parked')
        this.#ask(id, { kind: 'park', because: 'emergency' });
  }

  /** Chats that have just come: one may be of a person whom this handler had (rule CH-12). */
  arrived(rows: readonly InboxRow[]): void {
    const handler = this.#workplace.store.desk.read()?.me?.handler;
    const back = rows.find(({ summary: { marks } }) => marks.backTo !== null && marks.backTo === handler);
    if (back === undefined) return;
    this.#workplace.say(
      `Possibly the same person as in a chat of yours is back: ${back.summary.ref}.`,
      'warning',
    );
  }

  /** Not the handler's own act: it takes nothing from what one key takes back. */
  #ask(contact: ContactId, act: { kind: 'park'; because: 'emergency' } | { kind: 'resume' }): void {
    const { bridge, acts } = this.#workplace;
    const id = asCommandId(acts.newId());
    void bridge.request('command.submit', { id, contact, act }).catch(() => undefined);
  }

  #publicTypes(id: ContactId): void {
    this.#heard.set(id, this.#monotonic());
    this.typingOf(id).set(true);
    this.#workplace.after(TYPING_HOLDS_MS, () => {
      if (this.#monotonic() - (this.#heard.get(id) ?? 0) >= TYPING_HOLDS_MS) this.typingOf(id).set(false);
    });
  }

  /** Their line has come: what they were typing is there. */
  stoppedTyping(id: ContactId): void {
    this.#typing.get(id)?.set(false);
  }

  /** Somebody else sits here now. */
  forget(): void {
    for (const cell of this.#typing.values()) cell.set(false);
    this.#notes.clear();
    this.#insisted = null;
  }
}

const isGoingOn = ({ channel, channelState, ownership }: ContactSummary): boolean =>
  channel === 'web-chat' &&
  channelState !== 'ended' &&
  channelState !== 'left-by-exit' &&
  ownership.kind !== 'closed';

import { TYPING_HOLDS_MS, TYPING_TOLD_EVERY_MS } from '../../shared/domain/chat/chat.ts';
import { ownerOf, type ContactSummary } from '../../shared/domain/contact.ts';
import { asCommandId, type ContactId } from '../../shared/domain/ids.ts';
import type { ActKind } from '../../shared/domain/command.ts';
import type { InboxRow } from '../../shared/domain/view.ts';
import { Cell } from './cell.ts';
import { paintNow } from './paint-now.ts';
import type { Workplace } from './workplace.ts';

interface LineField {
  readonly send: () => void;
  readonly askForReply: () => void;
}

/** The chats of this desk: who is typing, where the handler writes, how many there are, and what an emergency puts aside. */
export class Chats {
  readonly #workplace: Workplace;
  readonly #monotonic: () => number;
  readonly #typing = new Map<ContactId, Cell<boolean>>();
  readonly #heard = new Map<ContactId, number>();
  readonly #told = new Map<ContactId, number>();
  /** Chats in whose note the handler wrote last; in every other they write to the public. */
  readonly #notes = new Set<ContactId>();
  readonly #resuming = new Set<ContactId>();
  #field: LineField | null = null;

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
    this.#resume(id);
    const now = this.#monotonic();
    if (now - (this.#told.get(id) ?? Number.NEGATIVE_INFINITY) < TYPING_TOLD_EVERY_MS) return;
    this.#told.set(id, now);
    void this.#workplace.bridge.request('chat.typing', { contact: id }).catch(() => undefined);
  }

  /** Whoever types is there again (rule CH-06); asked for once, until the row says so. */
  #resume(id: ContactId): void {
    const isParked = this.#workplace.store.rows.get(id)?.summary.work === 'parked';
    if (!isParked) this.#resuming.delete(id);
    else if (!this.#resuming.has(id)) {
      this.#resuming.add(id);
      this.#ask(id, { kind: 'resume' });
    }
  }

  /** What the keys of the line to the public do while it is on screen. */
  get field(): LineField | null {
    return this.#field;
  }

  /** The line to the public is on screen. Returns what says that it is gone. */
  offer(field: LineField): () => void {
    this.#field = field;
    return () => {
      if (this.#field === field) this.#field = null;
    };
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
    this.#resuming.clear();
  }
}

const isGoingOn = ({ channel, channelState, ownership }: ContactSummary): boolean =>
  channel === 'web-chat' &&
  channelState !== 'ended' &&
  channelState !== 'left-by-exit' &&
  ownership.kind !== 'closed';

import type { AnswerEnd, Asked, FoundPart, UpFrame, Welcome } from '../../shared/contract/queue-link.ts';
import { ASKED_CONTACTS, ASKS_AT_ONCE } from '../../shared/contract/queue-link.ts';
import { colleagueSchema } from '../../shared/contract/chat-schemas.ts';
import type { Colleague } from '../../shared/domain/chat/colleague.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asLsn, type ContactId } from '../../shared/domain/ids.ts';
import { SECOND, type Instant, type Timers } from '../../shared/domain/time.ts';
import type { Logger } from '../../platform/log.ts';
import type { Committed, DeskStore } from '../cache/desk-store.ts';
import type { FaultList } from './fault-list.ts';
import type { Inbox } from './inbox.ts';
import { SnapshotText } from './snapshot-text.ts';

/** What came of a question, for the handler. */
export type LookedUp =
  /** They are on this desk now. */
  | { readonly kind: 'found'; readonly contacts: readonly ContactId[] }
  | { readonly kind: 'not-there' }
  | { readonly kind: 'not-yours' }
  | { readonly kind: 'too-many' }
  /** The queue cannot be asked, or has not answered. */
  | { readonly kind: 'away' }
  /** It was found, and this desk's disk has not taken it. */
  | { readonly kind: 'not-kept' };

export interface LookUpsOptions {
  readonly store: Pick<DeskStore, 'wanted' | 'unwant' | 'takeInAsked'>;
  readonly inbox: Pick<Inbox, 'changed'>;
  readonly faults: Pick<FaultList, 'guard'>;
  readonly timers: Timers;
  readonly log: Logger;
  readonly link: { readonly isUp: boolean; send(frame: UpFrame): void; takenIn(): void };
  readonly queueTime: () => Instant;
  /** Something was taken in, or is not wanted any more. */
  readonly onTaken: () => void;
}

interface Question {
  readonly asked: Asked;
  readonly text: SnapshotText;
  readonly tries: number;
  readonly until: Disposable;
  readonly resolve: (answer: LookedUp) => void;
  /** The lines of the answer, where they are no contacts. */
  readonly onLines?: (lines: readonly string[]) => void;
}

/** An answer is waited for no longer than this. Milliseconds. */
const ANSWER_WITHIN_MS = 10 * SECOND;
/** What the queue would not tell yet is asked for again after this. Milliseconds. */
const AGAIN_AFTER_MS = 10 * SECOND;
/** An answer that the log has overtaken is asked for again; so often. */
const TRIES = 4;
/** The first version of the queue that can be asked. */
const ASK_SINCE = 5;

/**
 * What this desk asks the queue for because it does not hold it (rule L-24): a contact that somebody looks up, and what the log has spoken of and
 * is not here. An answer is of one moment of the queue and comes at another place in the log. What it is ahead by is passed over when it comes
 * (`takeIn`); what went by while the contact was not here is remembered until the answer, and an answer older than that is asked for again.
 */
export class LookUps {
  readonly #options: LookUpsOptions;
  readonly #questions = new Map<number, Question>();
  #asked = 0;
  #canAsk = false;
  #isWanting = false;
  #again: Disposable | null = null;
  /** How far contacts that are not here have come in the log while something is asked. */
  readonly #unseen = new Map<ContactId, number>();

  constructor(options: LookUpsOptions) {
    this.#options = options;
  }

  /** Another connection has been welcomed. */
  begins({ v }: Pick<Welcome, 'v'>): void {
    this.ends();
    this.#canAsk = (v ?? 0) >= ASK_SINCE;
    this.wantSome();
  }

  /** The connection is over: nothing is answered any more. */
  ends(): void {
    this.#canAsk = false;
    this.#asked = 0;
    this.#again?.[Symbol.dispose]();
    for (const n of [...this.#questions.keys()]) this.#settle(n, { kind: 'away' });
    this.#unseen.clear();
  }

  /** Whether this connection can be asked for what is lacking: otherwise only a new copy of everything brings it. */
  get canAsk(): boolean {
    return this.#canAsk;
  }

  /** Whether the copy lacks a contact that it should have. */
  get isLacking(): boolean {
    return this.#options.store.wanted(1).length > 0;
  }

  /** Asks the queue. What it finds is on this desk when the promise resolves; it never rejects. */
  ask(asked: Asked): Promise<LookedUp> {
    // One is left for what the copy lacks, and one for the history.
    if (this.#questions.size >= ASKS_AT_ONCE - 2) return Promise.resolve({ kind: 'too-many' });
    return new Promise((resolve) => this.#send(asked, 1, resolve));
  }

  /** Who is signed in, as the queue has it now; `null` when it cannot be asked, or has not answered. Never rejects. */
  async colleagues(): Promise<readonly Colleague[] | null> {
    if (this.#questions.size >= ASKS_AT_ONCE - 2) return null;
    const lines = await this.lines({ kind: 'colleagues' });
    return lines?.map((line) => colleagueSchema.parse(JSON.parse(line))) ?? null;
  }

  /** The lines of an answer that are no contacts; `null` when it has not come. Never rejects. */
  lines(asked: Asked): Promise<readonly string[] | null> {
    return new Promise((resolve) => this.#send(asked, 1, () => resolve(null), resolve));
  }

  /** The log went on about contacts that are not here. */
  unseen(unseen: Committed['unseen']): void {
    if (this.#questions.size > 0)
      for (const { contact, rev } of unseen)
        this.#unseen.set(contact, Math.max(rev, this.#unseen.get(contact) ?? 0));
    if (unseen.length > 0) this.wantSome();
  }

  /** Asks for what is lacking, some at a time. */
  wantSome(): void {
    const { store, faults, log } = this.#options;
    if (this.#isWanting || !this.#canAsk) return;
    const contacts = store.wanted(ASKED_CONTACTS);
    if (contacts.length === 0) return;
    this.#isWanting = true;
    const asked: Asked = { kind: 'contacts', contacts: [...contacts] };
    void new Promise<LookedUp>((resolve) => this.#send(asked, 1, resolve)).then((answer) => {
      this.#isWanting = false;
      if (answer.kind === 'away' || answer.kind === 'too-many' || answer.kind === 'not-kept')
        return this.#wantAgain();
      faults.guard(() => {
        const got = new Set(answer.kind === 'found' ? answer.contacts : []);
        const refused = contacts.filter((id) => !got.has(id));
        if (refused.length > 0)
          log.warn('the queue does not give what it spoke of', { count: refused.length });
        for (const id of refused) store.unwant(id);
      });
      this.#options.onTaken();
      this.wantSome();
    });
  }

  found({ n, part, data }: FoundPart): void {
    this.#questions.get(n)?.text.add({ id: String(n), part, data });
    this.#options.link.takenIn();
  }

  answered({ n, outcome, count, sha256 }: AnswerEnd): void {
    this.#options.link.takenIn();
    const question = this.#questions.get(n);
    if (question === undefined) return;
    const end = { id: String(n), asOf: asLsn(0), count, sha256 };
    if (question.onLines !== undefined) {
      const lines = question.text.lines(end);
      this.#remove(n);
      return question.onLines(lines);
    }
    const contacts = question.text.finish(end);
    if (outcome !== 'found') return this.#settle(n, { kind: outcome });
    const isOvertaken = contacts.some(({ id, rev }) => rev < (this.#unseen.get(id) ?? 0));
    if (isOvertaken) {
      const { asked, tries, resolve } = question;
      this.#remove(n);
      if (tries >= TRIES) resolve({ kind: 'away' });
      else this.#send(asked, tries + 1, resolve);
      return;
    }
    this.#settle(n, this.#takeIn(contacts));
  }

  #takeIn(contacts: readonly Contact[]): LookedUp {
    const { store, inbox, faults, queueTime } = this.#options;
    const ids = contacts.map(({ id }) => id);
    const at = queueTime();
    const fault = faults.guard(() => {
      for (const contact of contacts) store.takeInAsked(contact, at);
      inbox.changed(ids);
    });
    return fault === null ? { kind: 'found', contacts: ids } : { kind: 'not-kept' };
  }

  #send(
    asked: Asked,
    tries: number,
    resolve: (answer: LookedUp) => void,
    onLines?: Question['onLines'],
  ): void {
    const { link, timers } = this.#options;
    if (!this.#canAsk || !link.isUp) return resolve({ kind: 'away' });
    const n = (this.#asked += 1);
    const until = timers.after(ANSWER_WITHIN_MS, () => this.#settle(n, { kind: 'away' }));
    this.#questions.set(n, {
      asked,
      text: new SnapshotText(String(n)),
      tries,
      until,
      resolve,
      ...(onLines === undefined ? {} : { onLines }),
    });
    link.send({ t: 'ASK', n, asked });
  }

  #settle(n: number, answer: LookedUp): void {
    const question = this.#questions.get(n);
    if (question === undefined) return;
    this.#remove(n);
    question.resolve(answer);
  }

  #remove(n: number): void {
    this.#questions.get(n)?.until[Symbol.dispose]();
    this.#questions.delete(n);
    if (this.#questions.size === 0) this.#unseen.clear();
  }

  #wantAgain(): void {
    this.#again?.[Symbol.dispose]();
    this.#again = this.#canAsk ? this.#options.timers.after(AGAIN_AFTER_MS, () => this.wantSome()) : null;
  }
}

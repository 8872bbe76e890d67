import type { Input, Output, Payload } from '../../shared/contract/workstation.ts';
import type { Act } from '../../shared/domain/command.ts';
import { isOpenEmergency } from '../../shared/domain/contact.ts';
import { asCommandId, type CommandId, type ContactId, type NewId } from '../../shared/domain/ids.ts';
import type * as ActWords from './act-words.ts';
import { isLinkDown } from './link-down.ts';
import { NO_ANSWER, type Kept } from './kept.ts';
import type { Said } from './said.ts';
import { Undo, type Done } from './undo.ts';
import type { Workplace } from './workplace.ts';

type Answer = Payload<'command.answered'>;

/** An act that was asked for and is not known to be kept: asked again in the same words it has the same id. */
interface Asked {
  readonly id: CommandId;
  readonly words: string;
}

type Submitted = Output<'command.submit'>;
const noAnswer: Submitted = { kind: 'not-kept', code: NO_ANSWER };

/** What the transcript says by itself, or the program has asked for: no sentence of its own. */
const unsaid: ReadonlySet<Answer['kind']> = new Set<Answer['kind']>(['consult', 'reply', 'park', 'resume']);

/** Answers may overtake the word that the command was kept, so the last few are remembered. */
const REMEMBERED_ANSWERS = 64;

/** The workstation is starting again: the outbox is asked for until it answers. Milliseconds. */
const RETRY_MS = 1_000;

/** What is said of an act: needed once the first has been done, and fetched after the first painting. */
let actWords: typeof ActWords | null = null;
export const fetchActWords = async (): Promise<typeof ActWords> =>
  (actWords ??= await import('./act-words.ts'));
/** At once; only in the first moment of a window the words may still be on their way. */
function inWords(task: (words: typeof ActWords) => void): void {
  if (actWords !== null) task(actWords);
  else void fetchActWords().then(task);
}

export interface ActsOptions {
  readonly newId: NewId;
  readonly after: (ms: number, task: () => void) => void;
}

/** Everything a handler does goes through here: asked for, kept, answered, and said in a sentence. */
export class Acts {
  /** The last act, while one key takes it back (rule X-10). */
  readonly undo: Undo;
  readonly newId: NewId;
  readonly #workplace: Workplace;
  readonly #after: (ms: number, task: () => void) => void;
  readonly #waiting = new Map<CommandId, (answer: Answer | null) => void>();
  readonly #early = new Map<CommandId, Answer>();
  /** By contact and kind: what is not known to be kept. */
  readonly #asked = new Map<string, Asked>();
  /** By contact and kind: what the workstation has not answered yet, and how to stop waiting for it. */
  readonly #inFlight = new Map<string, () => void>();

  constructor(workplace: Workplace, { newId, after }: ActsOptions) {
    this.#workplace = workplace;
    this.newId = newId;
    this.#after = after;
    this.undo = new Undo({ now: () => workplace.clock.now(), after });
    workplace.store.onAnswer((answer) => this.#answered(answer));
  }

  /**
   * Asks for an act. Refusals are said; the words the handler typed are the caller's to keep. While one of its kind is
   * not answered for the contact nothing is asked again, and what may not have been kept is asked for under its first
   * id: nothing is done twice, however often a key is pressed (rule X-03).
   */
  async submit(contact: ContactId, act: Act): Promise<Kept> {
    const seen = this.#seen(contact);
    const kept = await this.#submit(contact, act, null);
    if (kept.kind === 'kept') {
      const isReceived = this.#early.get(kept.id)?.status === 'applied';
      this.undo.done({ ...seen, contact, command: kept.id, act, isReceived });
    }
    return kept;
  }

  /**
   * Asks for an act under an id that its form has made and kept: asked for again after a crash it is still the same one
   * (rule X-03). What a form wrote down is not taken back with a key.
   */
  async submitAs(id: CommandId, contact: ContactId, act: Act): Promise<Kept> {
    const kept = await this.#submit(contact, act, id);
    if (kept.kind === 'kept') this.undo.take();
    return kept;
  }

  /** Asks for what the window keeps of its own accord: the last act of the handler stays the one that a key takes back (rule X-10). */
  submitUnasked(contact: ContactId, act: Act): Promise<Kept> {
    return this.#submit(contact, act, null);
  }

  async #submit(contact: ContactId, act: Act, given: CommandId | null): Promise<Kept> {
    const key = `${contact} ${act.kind}`;
    if (this.#inFlight.has(key)) return { kind: 'busy' };
    const words = JSON.stringify(act);
    const before = this.#asked.get(key);
    const id = given ?? (before?.words === words ? before.id : asCommandId(this.newId()));
    this.#asked.set(key, { id, words });
    const answer = await this.#request(key, { id, contact, act });
    if (answer.kind !== 'not-kept') {
      if (this.#asked.get(key)?.id === id) this.#asked.delete(key);
      if (answer.kind === 'refused') this.#say(({ refusalWords }) => refusalWords(answer.refusal), 'warning');
      // It may have been answered while nobody listened: then no answer comes any more.
      if (answer.kind === 'kept' && before?.id === id) this.#after(0, () => void this.settleForgotten());
      return answer;
    }
    this.#say(({ notKeptWords }) => notKeptWords(answer.code), 'warning');
    return answer;
  }

  async #request(key: string, input: Input<'command.submit'>): Promise<Submitted> {
    const abandoned = new Promise<Submitted>((resolve) => {
      this.#inFlight.set(key, () => resolve(noAnswer));
    });
    try {
      const asked = this.#workplace.bridge.request('command.submit', input).catch(() => noAnswer);
      return await Promise.race([asked, abandoned]);
    } finally {
      this.#inFlight.delete(key);
    }
  }

  /** The workstation is gone: what it has not answered it will not answer. */
  abandon(): void {
    for (const stop of [...this.#inFlight.values()]) stop();
  }

  /** Stops waiting for answers to commands that the outbox no longer holds: they were told while nobody listened. */
  async settleForgotten(): Promise<void> {
    // Taken before the outbox is read: what is kept later need not be in it yet.
    const waiting = [...this.#waiting.keys()];
    if (waiting.length === 0) return;
    const outbox = await this.#workplace.bridge.request('outbox.read', {}).catch(() => null);
    if (outbox === null) {
      this.#after(RETRY_MS, () => void this.settleForgotten());
      return;
    }
    for (const id of waiting) {
      const resolve = this.#waiting.get(id);
      const item = outbox.items.find((each) => each.id === id);
      if (item?.state === 'waiting' || resolve === undefined) continue;
      this.#waiting.delete(id);
      if (item === undefined) resolve(null);
      else {
        const { contact, act, state, refusal } = item;
        resolve({ id, contact, kind: act.kind, status: state, refusal });
      }
    }
  }

  /** Submits, and waits for the queue's word. `null`: it went no further than this desk, or nobody knows. */
  async ask(contact: ContactId, act: Act): Promise<Answer | null> {
    const kept = await this.submit(contact, act);
    if (kept.kind !== 'kept') return null;
    return this.#answerTo(kept.id);
  }

  async #answerTo(id: CommandId): Promise<Answer | null> {
    const early = this.#early.get(id);
    if (early !== undefined) return early;
    const answer = await new Promise<Answer | null>((resolve) => this.#waiting.set(id, resolve));
    if (answer === null) this.#say(({ NOT_KNOWN_TAKEN }) => NOT_KNOWN_TAKEN, 'warning');
    return answer;
  }

  /** True while only the queue could answer and it cannot be heard (rule X-08). */
  get linkIsDown(): boolean {
    return isLinkDown(this.#workplace.store.desk.read());
  }

  /** The queue's word on a command, if it comes soon enough. Milliseconds. */
  answerWithin(id: CommandId, ms: number): Promise<Answer | null> {
    const early = this.#early.get(id);
    if (early !== undefined) return Promise.resolve(early);
    return new Promise<Answer | null>((resolve) => {
      this.#waiting.set(id, resolve);
      this.#after(ms, () => {
        if (this.#waiting.get(id) === resolve) this.#waiting.delete(id);
        resolve(null);
      });
    });
  }

  /** Takes the last act back, by a command of its own behind it (rule X-10). The handler's own key. */
  async takeBack(): Promise<void> {
    const { law } = this.#workplace;
    const offer = this.undo.take();
    if (offer === null) {
      this.#workplace.say('Nothing to take back.', 'plain');
      return;
    }
    const ticket = law.ticket();
    const kept = await this.#submit(offer.contact, offer.counter, null);
    if (kept.kind === 'refused') {
      const { refusal } = kept;
      this.#say(({ notTakenBackWords }) => notTakenBackWords(refusal), 'warning');
      return;
    }
    if (kept.kind !== 'kept') {
      this.undo.giveBack(offer);
      return;
    }
    this.#say(({ doneWords }) => `Taken back, kept here: ${doneWords[offer.kind]} ${offer.ref}.`, 'plain');
    // What was closed is the work in hand again, with the words that stood in it.
    if (offer.kind === 'close') law.answer(ticket, () => this.#workplace.open(offer.contact));
  }

  /** Makes a contact mine, if the queue says so. What is open and where the focus is stays as it is. */
  async claim(contact: ContactId): Promise<void> {
    if (this.linkIsDown) {
      this.#say(({ refusalWords }) => refusalWords({ code: 'link-down' }), 'warning');
      return;
    }
    if (this.#workplace.store.rows.get(contact)?.summary.channel === 'web-chat') {
      const { whyNotOneMore } = await import('./chat-limit.ts');
      const enough = whyNotOneMore(this.#workplace, contact);
      if (enough !== null) {
        this.#workplace.say(enough, 'warning');
        return;
      }
    }
    await this.ask(contact, { kind: 'claim' });
  }

  /**
   * Takes the open emergency that has waited longest (rule O-09). It opens when the queue has said that it is ours, and
   * only if the handler has pressed nothing since; otherwise it waits in a tab.
   */
  async takeOldest(): Promise<void> {
    const { store, law, taking } = this.#workplace;
    const asked = taking.read();
    if (asked?.state === 'asked') {
      this.#workplace.say('Still taking the last emergency – waiting for the queue.', 'plain');
      return;
    }
    const oldest = store.facts.read().emergencies[0];
    if (oldest === undefined) {
      this.#workplace.say('No emergency is waiting.', 'plain');
      return;
    }
    if (this.linkIsDown) {
      this.#refuseTaking(oldest.summary.id, ({ refusalWords }) => refusalWords({ code: 'link-down' }));
      this.#say(({ refusalWords }) => refusalWords({ code: 'link-down' }), 'warning');
      return;
    }
    const { id } = oldest.summary;
    const ticket = law.ticket();
    taking.set({ contact: id, state: 'asked', words: 'Taking…' });
    const kept = await this.submit(id, { kind: 'claim' });
    if (kept.kind !== 'kept') {
      this.#refuseTaking(id, ({ notAskedWords }) => notAskedWords(kept));
      return;
    }
    const answer = await this.#answerTo(kept.id);
    if (answer === null) {
      this.#refuseTaking(id, ({ NOT_KNOWN_TAKEN }) => NOT_KNOWN_TAKEN);
      return;
    }
    if (answer.status !== 'applied') {
      const { refusal } = answer;
      this.#refuseTaking(id, ({ refusalWords }) =>
        refusal === null ? 'Not taken – you stay here.' : refusalWords(refusal),
      );
      return;
    }
    taking.set(null);
    this.#workplace.openAnswered(id, ticket);
  }

  /** Claims an opened contact when it is free; says nothing when it is somebody's. */
  claimIfFree(contact: ContactId): void {
    const row = this.#workplace.store.rows.get(contact);
    if (row === undefined || row.pending.some(({ kind }) => kind === 'claim')) return;
    const { kind } = row.summary.ownership;
    if (kind !== 'waiting' && kind !== 'verify') return;
    if (this.linkIsDown && !isOpenEmergency(row.summary)) {
      this.#workplace.say(
        'Opened, not claimed: the link is down. Claim it when the link is back.',
        'warning',
      );
      return;
    }
    void this.claim(contact);
  }

  #say(pick: (words: typeof ActWords) => string, tone: Said['tone']): void {
    inWords((words) => this.#workplace.say(pick(words), tone));
  }

  #refuseTaking(id: ContactId, pick: (words: typeof ActWords) => string): void {
    inWords((words) => this.#workplace.refuseTaking(id, pick(words)));
  }

  #answered(answer: Answer): void {
    this.undo.answered(answer);
    const ref = this.#refOf(answer.contact);
    if (answer.status === 'refused' && answer.refusal !== null) {
      const { refusal } = answer;
      this.#say(({ refusalWords }) => `${refusalWords(refusal)} ${ref}`.trim(), 'warning');
    } else if (answer.status === 'late') {
      this.#workplace.say(`Your words for ${ref} came late: kept on the record, marked late.`, 'warning');
    } else if (!unsaid.has(answer.kind)) {
      this.#say(({ doneWords }) => `${doneWords[answer.kind]} ${ref}`.trim(), 'plain');
    }
    if (answer.status === 'applied') this.#workplace.chats.answered(answer);
    // A claim that has been decided is over: the next one is another. Words may still stand in their field.
    const claim = `${answer.contact} claim`;
    if (this.#asked.get(claim)?.id === answer.id) this.#asked.delete(claim);
    const resolve = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    resolve?.(answer);
    this.#early.set(answer.id, answer);
    const oldest = this.#early.keys().next();
    if (this.#early.size > REMEMBERED_ANSWERS && oldest.done === false) this.#early.delete(oldest.value);
    this.#workplace.readings.refresh([answer.contact]);
  }

  /** The contact as it stands on screen: the details if it is open, otherwise its row. */
  #seen(contact: ContactId): Pick<Done, 'ref' | 'before'> {
    const { store, readings } = this.#workplace;
    const reading = readings.of(contact).read();
    const details = reading?.kind === 'here' ? reading.contact : null;
    const grade = details?.grade ?? store.rows.get(contact)?.summary.grade ?? null;
    return { ref: this.#refOf(contact), before: { grade, closing: details?.closing ?? null } };
  }

  /** A closed contact has left the inbox before its answer is told; if it is open here, its details still name it. */
  #refOf(contact: ContactId): string {
    const { store, readings } = this.#workplace;
    const reading = readings.of(contact).read();
    return store.rows.get(contact)?.summary.ref ?? (reading?.kind === 'here' ? reading.contact.ref : '');
  }
}

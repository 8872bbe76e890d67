import type { Payload } from '../../shared/contract/workstation.ts';
import type { Act } from '../../shared/domain/command.ts';
import { isOpenEmergency } from '../../shared/domain/contact.ts';
import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import { refusalWords } from './refusals.ts';
import type { Workplace } from './workplace.ts';

type Answer = Payload<'command.answered'>;

/** What became of an act, as far as this desk is concerned. */
export type Kept =
  | { readonly kind: 'kept'; readonly id: CommandId }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'not-kept' };

/** Answers may overtake the word that the command was kept, so the last few are remembered. */
const REMEMBERED_ANSWERS = 64;

const doneWords: Readonly<Record<Act['kind'], string>> = {
  claim: 'Claimed',
  release: 'Released',
  note: 'Note received',
  grade: 'Grade received',
  promote: 'Promoted to emergency',
  demote: 'No longer an emergency',
  close: 'Closed',
  reopen: 'Reopened: yours again',
  consult: 'Read',
};

/** Everything a handler does goes through here: asked for, kept, answered, and said in a sentence. */
export class Acts {
  readonly #workplace: Workplace;
  readonly #waiting = new Map<CommandId, (answer: Answer) => void>();
  readonly #early = new Map<CommandId, Answer>();

  constructor(workplace: Workplace) {
    this.#workplace = workplace;
    workplace.store.onAnswer((answer) => this.#answered(answer));
  }

  /** Asks for an act. Refusals are said; the words the handler typed are the caller's to keep. */
  async submit(contact: ContactId, act: Act): Promise<Kept> {
    const answer = await this.#workplace.bridge
      .request('command.submit', { contact, act })
      .catch(() => ({ kind: 'not-kept', code: 'no-answer' }) as const);
    if (answer.kind === 'refused') this.#workplace.say(refusalWords(answer.refusal), 'warning');
    if (answer.kind === 'not-kept') {
      this.#workplace.say(
        'Not kept: this desk could not write it down. Your words stay on screen; try again.',
        'warning',
      );
    }
    return answer;
  }

  /** Submits, and waits for the queue's word. `null`: it went no further than this desk. */
  async ask(contact: ContactId, act: Act): Promise<Answer | null> {
    const kept = await this.submit(contact, act);
    if (kept.kind !== 'kept') return null;
    const early = this.#early.get(kept.id);
    if (early !== undefined) return early;
    return new Promise((resolve) => this.#waiting.set(kept.id, resolve));
  }

  /** True while only the queue could answer and it cannot be heard (rule X-08). */
  get linkIsDown(): boolean {
    const kind = this.#workplace.store.desk.read()?.link.kind;
    return kind === 'down' || kind === 'refused' || kind === 'connecting';
  }

  /** Makes a contact mine, if the queue says so. What is open and where the focus is stays as it is. */
  async claim(contact: ContactId): Promise<void> {
    if (this.linkIsDown) {
      this.#workplace.say(refusalWords({ code: 'link-down' }), 'warning');
      return;
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
      const words = refusalWords({ code: 'link-down' });
      this.#workplace.refuseTaking(oldest.summary.id, words);
      this.#workplace.say(words, 'warning');
      return;
    }
    const { id } = oldest.summary;
    const ticket = law.ticket();
    taking.set({ contact: id, state: 'asked', words: 'Taking…' });
    const kept = await this.submit(id, { kind: 'claim' });
    if (kept.kind !== 'kept') {
      const words =
        kept.kind === 'refused' ? refusalWords(kept.refusal) : 'Not taken: this desk could not ask.';
      this.#workplace.refuseTaking(id, words);
      return;
    }
    const answer =
      this.#early.get(kept.id) ??
      (await new Promise<Answer>((resolve) => this.#waiting.set(kept.id, resolve)));
    if (answer.status !== 'applied') {
      const words = answer.refusal === null ? 'Not taken – you stay here.' : refusalWords(answer.refusal);
      this.#workplace.refuseTaking(id, words);
      return;
    }
    await this.#workplace.readings.open(id).catch(() => null);
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

  #answered(answer: Answer): void {
    const ref = this.#refOf(answer.contact);
    if (answer.status === 'refused' && answer.refusal !== null) {
      this.#workplace.say(`${refusalWords(answer.refusal)} ${ref}`.trim(), 'warning');
    } else if (answer.status === 'late') {
      this.#workplace.say(`Your words for ${ref} came late: kept on the record, marked late.`, 'warning');
    } else if (answer.kind !== 'consult') {
      this.#workplace.say(`${doneWords[answer.kind]} ${ref}`.trim(), 'plain');
    }
    const resolve = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    resolve?.(answer);
    this.#early.set(answer.id, answer);
    const oldest = this.#early.keys().next();
    if (this.#early.size > REMEMBERED_ANSWERS && oldest.done === false) this.#early.delete(oldest.value);
    this.#workplace.readings.refresh([answer.contact]);
  }

  /** A closed contact has left the inbox before its answer is told; if it is open here, its details still name it. */
  #refOf(contact: ContactId): string {
    const { store, readings } = this.#workplace;
    const reading = readings.of(contact).read();
    return store.rows.get(contact)?.summary.ref ?? (reading?.kind === 'here' ? reading.contact.ref : '');
  }
}

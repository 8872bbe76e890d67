import { flushSync } from 'react-dom';
import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';
import type { Ticket } from './focus-law.ts';
import { TabMemory } from './tab-memory.ts';
import type { Workplace } from './workplace.ts';

/** More tabs than Ctrl+1 to Ctrl+9 can reach would be lost to the keyboard. */
export const TAB_LIMIT = 9;

/** The contacts in hand: which are open in tabs, and which is in front. */
export class WorkTabs {
  readonly open = new Cell<readonly ContactId[]>([]);
  readonly active = new Cell<ContactId | null>(null);
  readonly #workplace: Workplace;
  readonly #memory: TabMemory;
  #before: ContactId | null = null;
  /** Whose tabs these are: a number for each handler who came. */
  #turn = 0;
  #restored = false;

  constructor(workplace: Workplace, options: { readonly after: (ms: number, task: () => void) => void }) {
    this.#workplace = workplace;
    this.#memory = new TabMemory({ bridge: workplace.bridge, after: options.after });
    for (const cell of [this.open, this.active]) cell.subscribe(() => this.#remember());
  }

  /** Opens a contact in a tab and shows it. The handler's own act. */
  add(id: ContactId): void {
    const pushedOut = this.#addTab(id);
    if (pushedOut !== '') this.#workplace.say(pushedOut, 'plain');
    this.#activate(id);
    this.#read(id);
  }

  /** Opens what the handler asked for, now that the answer is here; shows it only if nothing was pressed since. */
  addAnswered(id: ContactId, ticket: Ticket): void {
    const { law, elements } = this.#workplace;
    const pushedOut = this.#addTab(id);
    this.#read(id);
    if (!law.isCurrent(ticket)) {
      const number = this.open.read().indexOf(id) + 1;
      this.#workplace.say(`Yours, in tab ${number} – Ctrl+${number} shows it. ${pushedOut}`.trim(), 'plain');
      return;
    }
    if (pushedOut !== '') this.#workplace.say(pushedOut, 'plain');
    law.answer(ticket, () => {
      flushSync(() => this.#activate(id));
      law.focus(elements.get('message') ?? elements.get('note') ?? elements.get('work'));
    });
  }

  show(id: ContactId): void {
    if (this.open.read().includes(id)) this.#activate(id);
  }

  /** Closes a tab. The contact, and the draft in it, stay as they are. */
  close(id: ContactId): void {
    const { drafts, strip } = this.#workplace;
    void drafts.save(id);
    const tabs = this.open.read();
    const at = tabs.indexOf(id);
    const rest = tabs.filter((tab) => tab !== id);
    this.open.set(rest);
    if (strip.read()?.contact === id) strip.set(null);
    this.#workplace.release(id);
    if (this.active.read() === id) this.active.set(rest[Math.min(at, rest.length - 1)] ?? null);
  }

  /** Back to the work before the last switch. */
  back(): void {
    const before = this.#before;
    if (before === null || !this.open.read().includes(before))
      this.#workplace.say('There is no work before this.', 'plain');
    else this.#activate(before);
  }

  /**
   * Shows what this handler had open when the program was closed (rule W-22). Only the contact in front is read (rule
   * C-12), and nothing that the handler has opened or pressed meanwhile is changed by it (rule W-02).
   */
  async restore(): Promise<void> {
    const { law, drafts, readings } = this.#workplace;
    const turn = (this.#turn += 1);
    const ticket = law.ticket();
    const kept = await this.#memory.read(() => this.#turn === turn);
    if (kept === null) return;
    const own = this.open.read();
    const rest = [...new Set(kept.tabs)].filter((id) => !own.includes(id));
    const added = rest.slice(0, TAB_LIMIT - own.length);
    for (const id of added) drafts.expectStored(id);
    this.#restored = true;
    this.open.set([...own, ...added]);
    for (const id of added) readings.keep(id);
    const front = added.find((id) => id === kept.active) ?? added[0] ?? null;
    if (this.active.read() === null && law.isCurrent(ticket)) this.active.set(front);
  }

  /** The handler has gone: their tabs wait for them at the desk, and not on this screen. */
  forget(): void {
    this.#turn += 1;
    this.#restored = false;
    this.#memory.forget();
    this.#before = null;
    this.active.set(null);
    this.open.set([]);
  }

  #read(id: ContactId): void {
    const { readings } = this.#workplace;
    void readings
      .open(id)
      .catch(() =>
        this.#workplace.say(
          'Its details could not be read yet; they are asked for again. You can write.',
          'warning',
        ),
      );
  }

  /** Says which tab had to go for it, if one had. */
  #addTab(id: ContactId): string {
    const { drafts } = this.#workplace;
    const tabs = this.open.read();
    if (tabs.includes(id)) return '';
    drafts.expectStored(id);
    const out = tabs.length < TAB_LIMIT ? undefined : tabs.find((each) => each !== this.active.read());
    const words = out === undefined ? '' : `Closed tab ${this.#refOf(out)}; its draft is kept.`;
    this.open.set([...tabs.filter((tab) => tab !== out), id]);
    if (out !== undefined) {
      void drafts.save(out);
      this.#workplace.release(out);
    }
    return words;
  }

  #activate(id: ContactId): void {
    const { looking, covers, drafts, strip } = this.#workplace;
    // What is shown now is the work: a report that lay over it goes back to its line.
    covers.clear('work');
    // What was looked at is now the work itself; beside it stand its facts.
    if (looking.read() === id) looking.set(null);
    const now = this.active.read();
    if (now === id) return;
    if (now !== null) void drafts.save(now);
    this.#before = now;
    strip.set(null);
    this.active.set(id);
    this.#putAway();
  }

  /** What is closed leaves the tabs when the handler has gone on to something else; half-typed words keep it (rule W-23). */
  #putAway(): void {
    const { readings, drafts } = this.#workplace;
    const front = this.active.read();
    const done = this.open.read().filter((id) => {
      const reading = readings.of(id).read();
      const isClosed = reading?.kind === 'here' && reading.contact.ownership.kind === 'closed';
      return id !== front && isClosed && drafts.of(id).read().draft.text === '';
    });
    if (done.length === 0) return;
    this.open.set(this.open.read().filter((id) => !done.includes(id)));
    for (const id of done) this.#workplace.release(id);
    if (this.#before !== null && done.includes(this.#before)) this.#before = null;
  }

  #refOf(id: ContactId): string {
    const { readings, store } = this.#workplace;
    const reading = readings.of(id).read();
    const known = reading?.kind === 'here' ? reading.contact : store.rows.get(id)?.summary;
    return known?.ref ?? `${this.open.read().indexOf(id) + 1}`;
  }

  /** What was kept is not written over before it has been read. */
  #remember(): void {
    if (!this.#restored) return;
    this.#memory.write({ tabs: [...this.open.read()], active: this.active.read() });
  }
}

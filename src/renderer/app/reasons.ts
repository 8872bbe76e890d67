import type { ContactId } from '../../shared/domain/ids.ts';
import { Cell } from './cell.ts';
import type { ReasonedStrip } from './strip.ts';

/**
 * Half-typed reasons, one for each contact and kind of act, for as long as the window lives: whatever closes the strip,
 * they are there when it opens again, until they have been sent (rule W-06).
 */
export class Reasons {
  readonly #cells = new Map<string, Cell<string>>();
  readonly #proposals = new Map<string, string>();

  of(contact: ContactId, kind: ReasonedStrip['kind']): Cell<string> {
    const key = `${contact} ${kind}`;
    const cell = this.#cells.get(key) ?? new Cell('');
    this.#cells.set(key, cell);
    return cell;
  }

  /** A reason that the program offers where nothing has been typed; `null` takes the offer away. */
  propose(contact: ContactId, kind: ReasonedStrip['kind'], words: string | null): void {
    const key = `${contact} ${kind}`;
    if (words === null) this.#proposals.delete(key);
    else this.#proposals.set(key, words);
  }

  /** The handler is about to give a reason: what is offered stands there already, unless something was typed before. */
  begin(contact: ContactId, kind: ReasonedStrip['kind']): void {
    const proposal = this.#proposals.get(`${contact} ${kind}`);
    const cell = this.of(contact, kind);
    if (proposal !== undefined && cell.read() === '') cell.set(proposal);
  }

  /** Whether what stands there is the program's offer, untouched. */
  isProposal(contact: ContactId, kind: ReasonedStrip['kind']): boolean {
    const words = this.of(contact, kind).read();
    return words !== '' && this.#proposals.get(`${contact} ${kind}`) === words;
  }

  /** The reason was kept with its act. What has been typed instead meanwhile stays. */
  sent(contact: ContactId, kind: ReasonedStrip['kind'], reason: string): void {
    const cell = this.of(contact, kind);
    if (cell.read().trim() === reason) cell.set('');
  }

  /** Somebody else sits here now. */
  forget(): void {
    this.#cells.clear();
    this.#proposals.clear();
  }
}

import type { Payload } from '../../shared/contract/workstation.ts';
import type { Act, ActKind } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { CommandId, ContactId } from '../../shared/domain/ids.ts';
import { later, type Instant } from '../../shared/domain/time.ts';
import { counterActOf, UNDO_MS } from '../../shared/domain/undo.ts';
import { Cell } from './cell.ts';

/** An act that one key takes back, as the key bar shows it. */
export interface UndoOffer {
  readonly contact: ContactId;
  readonly ref: string;
  readonly kind: ActKind;
  /** The command that is taken back: its refusal ends the offer. */
  readonly command: CommandId;
  readonly counter: Act;
  /** By the window's clock, which counts it down. */
  readonly until: Instant;
  /** The queue has said so; until then it is only kept here, and a claim only asked for (rules ). */
  readonly isReceived: boolean;
}

/** What was just done: enough to put things back. */
export interface Done {
  readonly contact: ContactId;
  readonly ref: string;
  readonly command: CommandId;
  readonly act: Act;
  /** The contact as the handler saw it before. */
  readonly before: Pick<Contact, 'grade' | 'closing'>;
  readonly isReceived: boolean;
}

export interface UndoOptions {
  readonly now: () => Instant;
  readonly after: (ms: number, task: () => void) => void;
}

/** The last act, for as long as one key takes it back (rule X-10). Only the last: what was done before it stands. */
export class Undo {
  readonly offer = new Cell<UndoOffer | null>(null);
  readonly #options: UndoOptions;

  constructor(options: UndoOptions) {
    this.#options = options;
  }

  /** An act is kept. One that cannot be taken back is the last act all the same. */
  done({ contact, ref, command, act, before, isReceived }: Done): void {
    const counter = counterActOf(before, act, command);
    if (counter === null) {
      this.offer.set(null);
      return;
    }
    const until = later(this.#options.now(), UNDO_MS);
    this.offer.set({ contact, ref, kind: act.kind, command, counter, until, isReceived });
    this.#options.after(UNDO_MS, () => {
      if (this.offer.read()?.command === command) this.offer.set(null);
    });
  }

  /** The queue's word on it: received, or refused and then there is nothing to take back. */
  answered({ id, status }: Payload<'command.answered'>): void {
    const offer = this.offer.read();
    if (offer?.command !== id) return;
    this.offer.set(status === 'applied' ? { ...offer, isReceived: true } : null);
  }

  /** Hands the offer out, once: a second key finds nothing. */
  take(): UndoOffer | null {
    const offer = this.offer.read();
    this.offer.set(null);
    return offer;
  }

  /** The taking back was not kept: it can be asked for again while its time lasts. */
  giveBack(offer: UndoOffer): void {
    if (this.offer.read() !== null || this.#options.now() >= offer.until) return;
    this.offer.set(offer);
    this.#options.after(offer.until - this.#options.now(), () => {
      if (this.offer.read() === offer) this.offer.set(null);
    });
  }
}

const doneWords: Readonly<Partial<Record<ActKind, string>>> = {
  claim: 'Claimed',
  release: 'Released',
  // Given or asked for: what it became, the contact says.
  grade: 'Grade on',
  promote: 'Promoted',
  demote: 'Demoted',
  close: 'Closed',
  reopen: 'Reopened',
  attempt: 'Attempt on',
  link: 'Linked',
};

/** What would be taken back: "Claimed CON-…41". A claim is never called won before the queue has said so (rule X-05). */
export function offerWords({ kind, ref, isReceived }: UndoOffer): string {
  const word = kind === 'claim' && !isReceived ? 'Claiming' : (doneWords[kind] ?? '');
  const kept = kind !== 'claim' && !isReceived ? ', kept here' : '';
  return `${word} ${shortRef(ref)}${kept}`;
}

/** The reference as one says it to a colleague: its kind and the digits that tell it from today's others. */
const shortRef = (ref: string): string => ref.replace(/^([A-Z]+)-\d+-0*(\d+)$/, '$1-…$2');

import { createHash } from 'node:crypto';
import { salvagedContact } from '../../shared/contract/salvage.ts';
import { contactSchema } from '../../shared/contract/schemas.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import type { Lsn } from '../../shared/domain/ids.ts';

interface SnapshotEnd {
  readonly id: string;
  readonly asOf: Lsn;
  readonly count: number;
  readonly sha256: string;
}

/** Collects the parts of one snapshot until its end arrives (rule L-11). */
export class SnapshotText {
  readonly #id: string;
  #parts: string[] = [];

  constructor(id: string) {
    this.#id = id;
  }

  /** Parts come in order; a part out of place, or of another snapshot, is an error that resumes the link. */
  add(part: { readonly id: string; readonly part: number; readonly data: string }): void {
    if (part.id !== this.#id || part.part !== this.#parts.length + 1)
      throw new Error('snapshot part out of place');
    this.#parts.push(part.data);
  }

  /** The contacts, once count and hash agree with what the queue says it sent. */
  finish(end: SnapshotEnd): Contact[] {
    return this.lines(end).flatMap((line) => contactIn(line) ?? []);
  }

  /** The lines, likewise. */
  lines(end: SnapshotEnd): string[] {
    const text = this.#parts.join('');
    const hash = createHash('sha256').update(text, 'utf8').digest('hex');
    if (end.id !== this.#id || hash !== end.sha256) throw new Error('snapshot does not add up');
    const lines = text.split('\n').filter((line) => line !== '');
    if (lines.length !== end.count) throw new Error('snapshot is not complete');
    return lines;
  }
}

/** One contact that cannot be read whole keeps none of the others from being here (rule L-23); `null`: not even whose it is. */
function contactIn(line: string): Contact | null {
  const json: unknown = JSON.parse(line);
  const read = contactSchema.safeParse(json);
  return read.success ? read.data : (salvagedContact(json)?.value ?? null);
}

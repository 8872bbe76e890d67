import type { Missed } from '../../shared/contract/workstation.ts';
import type { Act } from '../../shared/domain/command.ts';
import {
  isOpenEmergency,
  needsPerson,
  ownerOf,
  type Contact,
  type ContactSummary,
} from '../../shared/domain/contact.ts';
import type { CommandId, ContactId, DeskId } from '../../shared/domain/ids.ts';
import type { Instant } from '../../shared/domain/time.ts';
import type { DeskStore, Held } from '../cache/desk-store.ts';
import { merged, withEachOnce } from './missed-lists.ts';
import type { Answer } from './outbox.ts';

export interface MissedReportOptions {
  readonly deskId: DeskId;
  readonly store: Pick<DeskStore, 'held' | 'revOf' | 'missed' | 'keepMissed'>;
  /** What a command that was just answered asked for, for its words; `null` when it is no longer here. */
  readonly actOf: (id: CommandId) => Act | null;
  /** A report is there, or has been put away. */
  readonly onChanged: () => void;
}

/** What is collected between the last word of the queue and the moment the copy is whole again. */
interface Outage {
  readonly from: Instant;
  /** Each contact that moved, as it was; `null`: it was not here. */
  readonly before: Map<ContactId, ContactSummary | null>;
  /** Own commands whose answer belongs to the report; `null` until the queue has greeted. */
  waiting: Set<CommandId> | null;
  readonly conflicts: Missed['conflicts'];
  sent: number;
}

/**
 * What came while this desk was cut off (rules ). It watches the copy being brought up to date: only contacts
 * that move are remembered, as they were before, and they are compared once the copy is whole.
 */
export class MissedReport {
  readonly #options: MissedReportOptions;
  #report: Missed | null;
  #outage: Outage | null = null;

  constructor(options: MissedReportOptions) {
    this.#options = options;
    this.#report = options.store.missed();
  }

  /** The report that has not been put away yet. */
  get report(): Missed | null {
    return this.#report;
  }

  /** Nothing is heard any more since `from`, by the queue's clock. One outage is one, however often the link is tried. */
  begins(from: Instant): void {
    this.#outage ??= { from, before: new Map(), waiting: null, conflicts: [], sent: 0 };
  }

  /** The queue has greeted this desk; `waiting`: own commands that it has not answered yet. */
  greeted(waiting: readonly CommandId[]): void {
    if (this.#outage !== null) this.#outage.waiting = new Set(waiting);
  }

  /** These contacts are about to change. */
  changes(ids: Iterable<ContactId>): void {
    if (this.#outage === null) return;
    const { before } = this.#outage;
    for (const id of ids) if (!before.has(id)) before.set(id, this.#options.store.held(id)?.summary ?? null);
  }

  /** A whole new copy is about to replace the old one; what is the same in both is not even read. */
  replaces(contacts: Iterable<Contact>): void {
    if (this.#outage === null) return;
    const { store } = this.#options;
    for (const contact of contacts) if (store.revOf(contact.id) !== contact.rev) this.changes([contact.id]);
  }

  answered(answers: readonly Answer[]): void {
    const outage = this.#outage;
    if (outage === null || outage.waiting === null) return;
    for (const { id, contact, kind, status, refusal } of answers) {
      if (!outage.waiting.delete(id) || kind === 'consult') continue;
      if (status === 'applied') outage.sent += 1;
      else {
        const summary = this.#options.store.held(contact)?.summary ?? null;
        const act = this.#options.actOf(id);
        const title = summary?.title ?? (act?.kind === 'log' ? act.title : '');
        outage.conflicts.push({
          contact,
          ref: summary?.ref ?? null,
          title,
          act: kind,
          outcome: status,
          refusal,
        });
      }
    }
  }

  /** The copy has caught up. The report is made when the queue has also answered what waited for it. */
  isWhole(to: Instant): void {
    const outage = this.#outage;
    if (outage?.waiting?.size !== 0) return;
    this.#outage = null;
    const fresh = this.#made(outage, to);
    if (fresh === null) return;
    this.#keep(this.#report === null ? fresh : merged(this.#report, fresh));
  }

  dismiss(): void {
    this.#keep(null);
  }

  /** Somebody else works here now, or nobody. */
  forget(): void {
    this.#outage = null;
    this.#report = null;
  }

  #keep(report: Missed | null): void {
    this.#report = report;
    this.#options.store.keepMissed(report);
    this.#options.onChanged();
  }

  /** `null` when there is nothing to tell. */
  #made({ from, before, conflicts, sent }: Outage, to: Instant): Missed | null {
    const { store, deskId } = this.#options;
    const report: Missed = {
      from,
      to,
      conflicts,
      newEmergencies: [],
      takenByOthers: [],
      closed: [],
      regraded: [],
      arrived: 0,
      sent,
    };
    for (const [id, was] of before) {
      const held = store.held(id);
      if (held !== null) sort(report, was, held, deskId);
    }
    const whole = withEachOnce(report);
    const { newEmergencies, takenByOthers, closed, regraded, arrived } = whole;
    const told = [whole.conflicts, newEmergencies, takenByOthers, closed, regraded].flat().length;
    return told + arrived + sent === 0 ? null : whole;
  }
}

/** Puts one contact into the lists where it fits. What this desk did itself is no news to it. */
function sort(report: Missed, was: ContactSummary | null, held: Held, deskId: DeskId): void {
  const { summary } = held;
  const isNewEmergency = isOpenEmergency(summary) && (was === null || !isOpenEmergency(was));
  if (isNewEmergency) report.newEmergencies.push(summary);
  if (was === null) {
    if (!isNewEmergency && needsPerson(summary)) report.arrived += 1;
    return;
  }
  const owner = ownerOf(summary);
  const wasMine = ownerOf(was)?.desk === deskId;
  if (owner !== null && owner.desk !== deskId && (wasMine || needsPerson(was)))
    report.takenByOthers.push(summary);
  const { ownership } = summary;
  if (ownership.kind === 'closed' && ownership.by.desk !== deskId && was.ownership.kind !== 'closed')
    report.closed.push(summary);
  const lastGrading = held.contact?.gradings.at(-1);
  if (summary.grade !== was.grade && lastGrading?.by.desk !== deskId)
    report.regraded.push({ before: was.grade, contact: summary });
}

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
import type { MissedWhole } from '../cache/kept-outage.ts';
import { merged, toldReport, withEachOnce } from './missed-lists.ts';
import type { Answer } from './outbox.ts';

export interface MissedReportOptions {
  readonly deskId: DeskId;
  readonly store: Pick<
    DeskStore,
    'held' | 'revOf' | 'missed' | 'keepMissed' | 'outage' | 'keepOutage' | 'endOutage'
  >;
  /** What a command that was just answered asked for, for its words; `null` when it is no longer here. */
  readonly actOf: (id: CommandId) => Act | null;
  /** A report is there, or has been put away. */
  readonly onChanged: () => void;
}

/** What is collected between the last word of the queue and the moment the copy is whole again. */
interface Outage {
  readonly from: Instant;
  /** Whether the link was red in it, or only lost for a moment: then what is nobody's business is not told. */
  isRed: boolean;
  /** Each contact that moved, as it was; `null`: it was not here. */
  readonly before: Map<ContactId, ContactSummary | null>;
  /** Those of them that are not written down yet. */
  readonly unkept: Map<ContactId, ContactSummary | null>;
  /** Own commands whose answer belongs to the report; `null` until the queue has greeted. */
  waiting: Set<CommandId> | null;
  readonly conflicts: Missed['conflicts'];
  /** What this desk gave back itself: nobody freed it. */
  readonly released: Set<ContactId>;
  sent: number;
}

/**
 * What came while this desk was cut off (rules ). It watches the copy being brought up to date: only contacts
 * that move are remembered, as they were before, and they are compared once the copy is whole. What was remembered is
 * durable before the copy moves, so that a program that ends in between misses nothing.
 */
export class MissedReport {
  readonly #options: MissedReportOptions;
  #report: MissedWhole | null;
  /** The report as the window is told it: made once, and not with each heart-beat. */
  #told: Missed | null;
  #outage: Outage | null;

  constructor(options: MissedReportOptions) {
    this.#options = options;
    this.#report = options.store.missed();
    this.#told = this.#report === null ? null : toldReport(this.#report);
    this.#outage = goesOn(options.store);
  }

  /** The report that has not been put away yet. */
  get report(): Missed | null {
    return this.#told;
  }

  /** Nothing is heard any more since `from`, by the queue's clock. One outage is one, however often the link is tried. */
  begins(from: Instant): void {
    this.breaks(from);
    if (this.#outage !== null) this.#outage.isRed = true;
  }

  /** The connection is lost, which may be for a moment only. What comes when it is back has been missed all the same. */
  breaks(from: Instant): void {
    this.#outage ??= {
      from,
      isRed: false,
      before: new Map(),
      unkept: new Map(),
      waiting: null,
      conflicts: [],
      released: new Set(),
      sent: 0,
    };
  }

  /** The queue has greeted this desk; `waiting`: commands of who is here that it has not answered yet. */
  greeted(waiting: readonly CommandId[]): void {
    if (this.#outage !== null) this.#outage.waiting = new Set(waiting);
  }

  /** These contacts are about to change. Writes nothing: an emergency is painted before the disk is asked. */
  changes(ids: Iterable<ContactId>): void {
    if (this.#outage === null) return;
    const { before, unkept } = this.#outage;
    for (const id of ids) {
      if (before.has(id)) continue;
      const was = this.#options.store.held(id)?.summary ?? null;
      before.set(id, was);
      unkept.set(id, was);
    }
  }

  /** Makes durable what was collected. Throws `SqliteFault` when the disk refuses. */
  secure(): void {
    if (this.#outage !== null && this.#outage.unkept.size > 0) this.#secure(this.#outage);
  }

  #secure(outage: Outage): void {
    const { from, conflicts, sent, released, unkept } = outage;
    this.#options.store.keepOutage({ from, conflicts, sent, released: [...released] }, unkept);
    unkept.clear();
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
    const known = { sent: outage.sent, conflicts: outage.conflicts.length, released: outage.released.size };
    for (const { id, contact, kind, status, refusal } of answers) {
      if ((kind === 'release' || kind === 'free') && status === 'applied') outage.released.add(contact);
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
    const { sent, conflicts, released } = outage;
    if (sent !== known.sent || conflicts.length !== known.conflicts || released.size !== known.released)
      this.#secure(outage);
  }

  /** The copy has caught up. The report is made when the queue has also answered what waited for it. */
  isWhole(to: Instant): void {
    const outage = this.#outage;
    if (outage?.waiting?.size !== 0) return;
    this.#outage = null;
    const fresh = this.#made(outage, to);
    if (fresh !== null) this.#become(this.#report === null ? fresh : merged(this.#report, fresh));
    this.#options.store.endOutage(this.#report);
    if (fresh !== null) this.#options.onChanged();
  }

  dismiss(): void {
    this.#become(null);
    this.#options.store.keepMissed(null);
    this.#options.onChanged();
  }

  /** Nobody works here now, or somebody else: what one handler missed is shown to no other (rule A-08). */
  forget(): void {
    this.#outage = null;
    this.#become(null);
    this.#options.store.endOutage(null);
  }

  #become(report: MissedWhole | null): void {
    this.#report = report;
    this.#told = report === null ? null : toldReport(report);
  }

  /** `null` when there is nothing to tell. */
  #made({ from, isRed, before, conflicts, sent, released }: Outage, to: Instant): MissedWhole | null {
    const { store, deskId } = this.#options;
    const report: MissedWhole = {
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
      if (held !== null) sort(report, was, held, { deskId, gaveBack: released.has(id) });
    }
    const whole = withEachOnce(report);
    const { newEmergencies, takenByOthers, closed, regraded, arrived } = whole;
    const told = [whole.conflicts, newEmergencies, takenByOthers, closed, regraded].flat().length;
    // After a moment's loss only what has become of contacts is worth a line, not what came and went as ever.
    return told + (isRed ? arrived + sent : 0) === 0 ? null : whole;
  }
}

/** The outage in which the program ended. */
function goesOn(store: MissedReportOptions['store']): Outage | null {
  const kept = store.outage();
  if (kept === null) return null;
  const { from, sent, before, conflicts, released } = kept;
  return {
    from,
    isRed: true,
    sent,
    before: new Map(before),
    unkept: new Map(),
    waiting: null,
    conflicts: [...conflicts],
    released: new Set(released),
  };
}

/** Puts one contact into the lists where it fits. What this desk did itself is no news to it. */
function sort(
  report: MissedWhole,
  was: ContactSummary | null,
  held: Held,
  { deskId, gaveBack }: { readonly deskId: DeskId; readonly gaveBack: boolean },
): void {
  const { summary } = held;
  const isNewEmergency = isOpenEmergency(summary) && (was === null || !isOpenEmergency(was));
  if (isNewEmergency) report.newEmergencies.push(summary);
  if (was === null) {
    if (!isNewEmergency && needsPerson(summary)) report.arrived += 1;
    return;
  }
  const owner = ownerOf(summary);
  const wasMine = ownerOf(was)?.desk === deskId;
  const { ownership } = summary;
  const isFreed = wasMine && owner === null && ownership.kind !== 'closed' && !gaveBack;
  const isTaken = owner !== null && owner.desk !== deskId && (wasMine || needsPerson(was));
  if (isFreed || isTaken) report.takenByOthers.push(summary);
  if (ownership.kind === 'closed' && ownership.by.desk !== deskId && was.ownership.kind !== 'closed')
    report.closed.push(summary);
  const lastGrading = held.contact?.gradings.at(-1);
  if (summary.grade !== was.grade && lastGrading?.by.desk !== deskId)
    report.regraded.push({ before: was.grade, contact: summary });
}

import type { Draft, Input, Output } from '../../shared/contract/workstation.ts';
import type { Command } from '../../shared/domain/command.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asCommandId, asFence, type ContactId, type HandlerId, type NewId } from '../../shared/domain/ids.ts';
import type { Refusal } from '../../shared/domain/lifecycle.ts';
import { parentOfClosing } from '../../shared/domain/record/close-duplicate.ts';
import type { Clock, Instant } from '../../shared/domain/time.ts';
import { must } from '../../shared/lib/assert.ts';
import type { DeskStore } from '../cache/desk-store.ts';
import { refusalOfSize } from './command-frame.ts';
import { ConsultationLog } from './consultation-log.ts';
import { isEmergency, type DiskSpace } from './disk-space.ts';
import type { FaultList } from './fault-list.ts';
import type { Inbox } from './inbox.ts';
import type { Outbox } from './outbox.ts';
import { isOfOthers } from './ownership-acts.ts';
import { refusalBeforehand, writeDown, type Acting } from './submission.ts';

export interface ActsOptions {
  readonly store: DeskStore;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly faults: FaultList;
  readonly disk: DiskSpace;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Who acts here; `null` before the queue first greeted this desk, or while nobody is signed in. */
  readonly me: () => Acting | null;
  /** Whose half-typed words the window's are. */
  readonly writer: () => HandlerId | null;
  /** The time at the queue, as far as this desk knows it. */
  readonly queueTime: () => Instant;
  /** Whether the queue would answer soon (rule X-08). */
  readonly canBeAsked: () => boolean;
  /** Something was kept: it is to be sent, and the outbox is to be shown again. */
  readonly onKept: (act: Command['act']) => void;
}

const refused = (refusal: Refusal): Output<'command.submit'> => ({ kind: 'refused', refusal });

/** What a handler does to contacts at this desk: reads, acts, writes down, types half a sentence. */
export class Acts {
  readonly #options: ActsOptions;
  readonly #consultations: ConsultationLog;

  constructor(options: ActsOptions) {
    this.#options = options;
    this.#consultations = new ConsultationLog(options.clock);
  }

  /** Reading is an act, too, and is kept as one (rule C-12). */
  read(contact: ContactId): Output<'contact.read'> {
    const { inbox, newId, faults } = this.#options;
    const reading = inbox.contact(contact);
    const by = this.#options.me()?.actor.handler;
    if (reading.kind === 'here' && by !== undefined && this.#consultations.isDue(contact, by)) {
      const { fence, rev } = reading.contact;
      const id = asCommandId(newId());
      faults.guard(() => this.#keep({ id, contact, fence, baseRev: rev, by, act: { kind: 'consult' } }));
    }
    return reading;
  }

  submit({ id, contact, act }: Input<'command.submit'>): Output<'command.submit'> {
    const { inbox, outbox, canBeAsked, me } = this.#options;
    // Asked again, because the answer to the first asking was lost on its way to the window.
    if (outbox.hasKept(id)) return { kind: 'kept', id };
    const mine = me();
    const held = inbox.held(contact);
    if (mine !== null && held === null && act.kind === 'log') return this.#log({ id, contact }, act, mine);
    if (mine === null || held === null) return refused({ code: 'unknown-contact' });
    // Only words that this desk has kept stand there: the queue does not know the contact, and never will.
    if (held.summary.rev === 0 && outbox.isLogRefused(contact)) return refused({ code: 'unknown-contact' });
    if (!canBeAsked() && this.#takesFromOthers(contact, act)) return refused({ code: 'link-down' });
    const parent = parentOfClosing(act);
    const { refusal, fence, rev } = refusalBeforehand({
      held,
      undecided: outbox.undecided(contact),
      act,
      now: this.#options.queueTime(),
      parent: parent === null ? null : (inbox.held(parent)?.summary ?? null),
      ...mine,
    });
    if (refusal !== null) return refused(refusal);
    return this.#kept({ id, contact, fence, baseRev: rev, by: mine.actor.handler, act });
  }

  /** A late one would steal a call (rule X-08). What this desk itself is about to close may be taken up again (rule X-10). */
  #takesFromOthers(contact: ContactId, act: Command['act']): boolean {
    return isOfOthers(act) || (act.kind === 'reopen' && !this.#options.outbox.isClosingUnanswered(contact));
  }

  /** Half-typed words, for whoever types them; `null` forgets them. */
  saveDraft(contact: ContactId, draft: Draft | null): Output<'draft.save'> {
    const { clock, store, disk, inbox, writer } = this.#options;
    const by = writer();
    if (by === null) return { kind: 'not-kept', code: 'signed-out' };
    const at = clock.now();
    // Of a form nobody knows yet whether it is an emergency's.
    const urgent = (inbox.held(contact)?.summary.band ?? 'A') === 'A';
    const fault = disk.write(() => store.saveDraft(by, contact, draft, at), { urgent });
    return fault === null ? { kind: 'kept', at } : { kind: 'not-kept', code: fault.kind };
  }

  /** The handler's own, newest first. */
  drafts(): Output<'drafts.read'> {
    const { store } = this.#options;
    const by = must(this.#options.writer(), 'writer');
    return {
      drafts: store.drafts(by).map(({ contact, draft, savedAt }) => {
        const summary = store.held(contact)?.summary ?? null;
        const characters = draft.text.length;
        return { contact, ref: summary?.ref ?? null, title: summary?.title ?? null, savedAt, characters };
      }),
    };
  }

  /** A contact that no machine brought: there at once, theirs, and sent when it can be (rules P-03, P-04). */
  #log(
    { id, contact }: Pick<Input<'command.submit'>, 'id' | 'contact'>,
    act: Extract<Command['act'], { kind: 'log' }>,
    mine: Acting,
  ): Output<'command.submit'> {
    const written = writeDown(contact, act, mine, this.#options.queueTime());
    if (written.kind === 'refused') return refused(written.refusal);
    const command = { id, contact, fence: asFence(0), baseRev: 0, by: mine.actor.handler, act };
    return this.#kept(command, written.contact);
  }

  #kept(command: Command, provisional?: Contact): Output<'command.submit'> {
    const { disk, inbox } = this.#options;
    const tooLarge = refusalOfSize(command);
    if (tooLarge !== null) return refused(tooLarge);
    const on = inbox.held(command.contact)?.summary ?? null;
    if (disk.refuses(command.act, on)) return { kind: 'not-kept', code: 'disk-nearly-full' };
    const urgent = isEmergency(command.act, on);
    const fault = disk.write(() => this.#keep(command, provisional), { urgent });
    if (fault !== null) return { kind: 'not-kept', code: fault.kind };
    inbox.changed([command.contact]);
    return { kind: 'kept', id: command.id };
  }

  #keep(command: Command, provisional?: Contact): void {
    this.#options.outbox.keep(command, provisional);
    this.#options.onKept(command.act);
  }
}

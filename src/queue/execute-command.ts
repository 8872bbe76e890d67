import type { Act, Command } from '../shared/domain/command.ts';
import {
  isOpenEmergency,
  summaryOf,
  type Actor,
  type Contact,
  type ContactSummary,
} from '../shared/domain/contact.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { Incarnation } from '../shared/domain/ids.ts';
import { apply, decide, type Refusal } from '../shared/domain/lifecycle.ts';
import type { ServicePolicy } from '../shared/domain/service-level.ts';
import { MINUTE, type Instant } from '../shared/domain/time.ts';
import { must } from '../shared/lib/assert.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommandResult, CommittedEntry, DeskTime, StoreTransaction } from './store/queue-store.ts';
import { storableText } from './storable-text.ts';

/** A command as a desk sent it, with the number it was sent under. */
export interface NumberedCommand {
  readonly incarnation: Incarnation;
  readonly cmdSeq: number;
  readonly command: Command;
  readonly deskTime: DeskTime;
}

export type Execution =
  /** Decided now. `entry` is what it added to the log, or `null`. */
  | { readonly kind: 'decided'; readonly result: CommandResult; readonly entry: CommittedEntry | null }
  /** Decided before: the stored result (rules L-16, X-03). */
  | { readonly kind: 'repeated'; readonly result: CommandResult }
  /** Not a command the queue can place: the link must be closed with this reason. Nothing was written. */
  | { readonly kind: 'protocol-error'; readonly why: string };

/** What a command does to its contact. */
interface Effect {
  readonly refusal: Refusal | null;
  readonly before: Contact | null;
  readonly after: Contact | null;
  readonly event: ContactEvent | null;
}

interface Context {
  readonly by: Actor;
  readonly now: Instant;
  readonly policy: ServicePolicy;
}

/**
 * Executes one command exactly once, in one transaction: number, effect, event, audit entry and result together (rules
 * L-16, S-10). The number says whether it is new; its id says whether it was done under another number before.
 */
export async function executeCommand(
  tx: StoreTransaction,
  numbered: NumberedCommand,
  context: Context,
): Promise<Execution> {
  const { incarnation, cmdSeq, command } = numbered;
  const { by } = context;
  const digest = digestOf(command);
  const counted = await tx.lockCommandCounter(by.desk, incarnation);
  if (cmdSeq > counted + 1) return { kind: 'protocol-error', why: `command ${counted + 1} is missing` };

  const isRepeat = cmdSeq <= counted;
  if (isRepeat && (await tx.commandNumbered(by.desk, incarnation, cmdSeq)) !== command.id) {
    return { kind: 'protocol-error', why: `command ${cmdSeq} was another one` };
  }
  const stored = await tx.resultOf(command.id);
  if (stored !== null) {
    if (stored.digest !== digest || stored.desk !== by.desk) {
      return { kind: 'protocol-error', why: `command ${cmdSeq} has the id of another one` };
    }
    // Known by its id under an older number: a desk whose file was restored from a copy sends its outbox again.
    if (!isRepeat) await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
    return { kind: 'repeated', result: stored };
  }
  await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
  return decideNow(tx, numbered, digest, context);
}

async function decideNow(
  tx: StoreTransaction,
  numbered: NumberedCommand,
  digest: string,
  context: Context,
): Promise<Execution> {
  const { by, now } = context;
  const command = { ...numbered.command, act: storableAct(numbered.command.act) };
  const effect = await effectOf(tx, command, context);
  const { refusal, event, before, after } = effect;
  const late = event?.what.kind === 'noted' && event.what.late;
  const status = refusal !== null ? 'refused' : late ? 'late' : 'applied';
  const flash = flashOf(before, after);

  const isAudited = command.act.kind !== 'consult' || (await isFirstLook(tx, command, effect, context));
  const lsn = isAudited
    ? await tx.append(event, flash, {
        at: now,
        contact: command.contact,
        desk: by.desk,
        deskNumber: by.deskNumber,
        handler: by.handler,
        source: null,
        act: command.act.kind,
        outcome: refusal?.code ?? status,
        command: command.id,
        actDigest: digestOf(command.act),
      })
    : null;
  const result: CommandResult = {
    command: command.id,
    desk: by.desk,
    digest,
    status,
    refusal,
    lsn,
    rev: (after ?? before)?.rev ?? null,
    deskTime: numbered.deskTime,
  };
  await tx.keepResult(result);
  const entry =
    event === null ? null : { ...event, lsn: must(lsn, `position of command ${command.id}`), flash };
  return { kind: 'decided', result, entry };
}

/** One consultation per contact, handler and minute is an audit entry; the others are only answered (rule C-12). */
async function isFirstLook(
  tx: StoreTransaction,
  command: Command,
  effect: Effect,
  context: Context,
): Promise<boolean> {
  if (effect.before === null) return true;
  return tx.firstConsultation(command.contact, context.by.handler, Math.floor(context.now / MINUTE));
}

async function effectOf(tx: StoreTransaction, command: Command, context: Context): Promise<Effect> {
  if (command.act.kind === 'claim') {
    const claimed = await claim(tx, command, context);
    if (claimed !== null) return claimed;
  }
  const { by, now, policy } = context;
  const before = await tx.lockContact(command.contact);
  if (before === null) return { refusal: { code: 'unknown-contact' }, before, after: null, event: null };
  const decision = decide(before, command, by, policy);
  if (decision.kind === 'refused') return { refusal: decision.refusal, before, after: null, event: null };
  // It came free between the claim's update and this look; it is held now, so the claim cannot miss again.
  if (command.act.kind === 'claim') return must(await claim(tx, command, context), `claim of ${before.id}`);
  if (decision.what === null) return { refusal: null, before, after: null, event: null };

  const event: ContactEvent = { contact: before.id, rev: before.rev + 1, at: now, by, what: decision.what };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  return { refusal: null, before, after, event };
}

/** Rule C-05: the update itself decides. What stood before is known from what the update asked for. */
async function claim(tx: StoreTransaction, command: Command, { by, now }: Context): Promise<Effect | null> {
  const after = await tx.claimIfWaiting(command.contact, by, now);
  if (after === null) return null;
  const before: Contact = { ...after, rev: after.rev - 1, ownership: { kind: 'waiting', since: now } };
  const what = { kind: 'claimed', fence: after.fence } as const;
  return { refusal: null, before, after, event: { contact: after.id, rev: after.rev, at: now, by, what } };
}

/** The summary to flash when an open emergency was there before or is there now (rule L-09). */
function flashOf(before: Contact | null, after: Contact | null): ContactSummary | null {
  if (after === null) return null;
  const touches = (before !== null && isOpenEmergency(before)) || isOpenEmergency(after);
  return touches ? summaryOf(after) : null;
}

/** An act whose words can be kept whatever was typed or pasted. */
function storableAct(act: Act): Act {
  if ('text' in act) return { ...act, text: storableText(act.text) };
  return 'reason' in act ? { ...act, reason: storableText(act.reason) } : act;
}

import { refusalByRole, rights } from '../shared/domain/authorisation.ts';
import type { Command } from '../shared/domain/command.ts';
import { isOpenEmergency, summaryOf, type Contact, type ContactSummary } from '../shared/domain/contact.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { Incarnation } from '../shared/domain/ids.ts';
import { apply, decide } from '../shared/domain/lifecycle.ts';
import { MINUTE } from '../shared/domain/time.ts';
import { must } from '../shared/lib/assert.ts';
import { appendEvent } from './append-event.ts';
import { nothing, type CommandContext, type Effect, type GivenCommand } from './command-effect.ts';
import { logContact } from './log-contact.ts';
import { storableAct } from './storable-act.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommandResult, CommittedEntry, DeskTime, StoreTransaction } from './store/queue-store.ts';

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
  | { readonly kind: 'protocol-error'; readonly why: string }
  /** The account of this session's handler is closed: the link must be ended (rule A-12). Nothing was written. */
  | { readonly kind: 'revoked' };

/**
 * Executes one command exactly once, in one transaction: number, effect, event, audit entry and result together (rules
 * L-16, S-10). The number says whether it is new; its id says whether it was done under another number before.
 * `context.by` is who is signed in at the desk; whose act it is says the command (rule A-08).
 */
export async function executeCommand(
  tx: StoreTransaction,
  numbered: NumberedCommand,
  context: CommandContext,
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
    const isOther = stored.digest !== '' && stored.digest !== digest;
    if (isOther || stored.desk !== by.desk) {
      return { kind: 'protocol-error', why: `command ${cmdSeq} has the id of another one` };
    }
    // Known by its id under an older number: a desk whose file was restored from a copy sends its outbox again.
    if (!isRepeat) await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
    return { kind: 'repeated', result: stored };
  }
  const giver = await giverOf(tx, command, context);
  if ('kind' in giver) return giver;
  await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
  return decideNow(tx, numbered, digest, giver);
}

/** Whoever gave the command, at this desk, in the role in force now; or why the queue takes nothing in that name. */
async function giverOf(
  tx: StoreTransaction,
  { by: handler }: Command,
  { by, now, policy, realm }: CommandContext,
): Promise<GivenCommand | Extract<Execution, { kind: 'protocol-error' | 'revoked' }>> {
  const isOwn = handler === by.handler;
  if (!isOwn && !(await tx.hasSignedIn(handler, by.desk)))
    return {
      kind: 'protocol-error',
      why: 'a command in the name of somebody who never signed in at this desk',
    };
  const account = await tx.account(handler);
  if (account === null) return { kind: 'protocol-error', why: 'a command of somebody without an account' };
  // What somebody left unsent before their account was closed is still theirs, and is decided in their last role.
  if (isOwn && !account.isActive) return { kind: 'revoked' };
  return { by: { ...by, handler }, role: account.role, now, policy, realm };
}

async function decideNow(
  tx: StoreTransaction,
  numbered: NumberedCommand,
  digest: string,
  context: GivenCommand,
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
    ? await appendEvent(tx, event, flash, {
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
  context: GivenCommand,
): Promise<boolean> {
  if (effect.before === null) return true;
  return tx.firstConsultation(command.contact, context.by.handler, Math.floor(context.now / MINUTE));
}

async function effectOf(tx: StoreTransaction, command: Command, context: GivenCommand): Promise<Effect> {
  const { act } = command;
  const { by, role, now, policy } = context;
  // Only who may not do it with an emergency must look at the contact first; for all others the claim's update is the
  // decision and nothing is read before it (rules A-03, C-05).
  const asksContact = rights[act.kind][role] === 'not-emergencies';
  const seen = asksContact ? await tx.lockContact(command.contact) : null;
  const byRole = refusalByRole(role, act.kind, seen);
  if (byRole !== null) return nothing(byRole, seen);

  if (act.kind === 'claim') {
    const claimed = await claim(tx, command, context);
    if (claimed !== null) return claimed;
  }
  const before = seen ?? (await tx.lockContact(command.contact));
  if (before === null && act.kind === 'log') return logContact(tx, command.contact, act, context);
  if (before === null) return nothing({ code: 'unknown-contact' });
  const decision = decide(before, command, by, policy);
  if (decision.kind === 'refused') return nothing(decision.refusal, before);
  // It came free between the claim's update and this look; it is held now, so the claim cannot miss again.
  if (act.kind === 'claim') return must(await claim(tx, command, context), `claim of ${before.id}`);
  if (decision.what === null) return nothing(null, before);

  const event: ContactEvent = { contact: before.id, rev: before.rev + 1, at: now, by, what: decision.what };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  return { refusal: null, before, after, event };
}

/** Rule C-05: the update itself decides. What stood before is known from what the update asked for. */
async function claim(
  tx: StoreTransaction,
  command: Command,
  { by, now }: GivenCommand,
): Promise<Effect | null> {
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

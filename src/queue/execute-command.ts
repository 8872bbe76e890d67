import { refusalByRole, rights } from '../shared/domain/authorisation.ts';
import type { Command } from '../shared/domain/command.ts';
import { isOpenEmergency, summaryOf, type Contact, type ContactSummary } from '../shared/domain/contact.ts';
import { underPolicies } from '../shared/domain/decided-by.ts';
import type { ContactEvent } from '../shared/domain/event.ts';
import type { Incarnation } from '../shared/domain/ids.ts';
import { apply, decide, type Refusal } from '../shared/domain/lifecycle.ts';
import { refusalOfParent } from '../shared/domain/record/close-duplicate.ts';
import { refusalOfAgreeing } from '../shared/domain/record/floor-agreement.ts';
import { HOUR, later, MINUTE } from '../shared/domain/time.ts';
import { must } from '../shared/lib/assert.ts';
import { appendEvent } from './append-event.ts';
import { nothing, type CommandContext, type Effect, type GivenCommand } from './command-effect.ts';
import { logContact } from './log-contact.ts';
import { messageOf } from './outbound/message-of.ts';
import { atBothEnds, lockBothEnds, refusalOfWordsSince, withNumbers } from './record-effect.ts';
import { refusalOfColleague, refusalOfYes } from './offered-chat.ts';
import { storableAct } from './storable-act.ts';
import { toldToParents } from './told-by-child.ts';
import type { AuditDraft } from './store/audit-chain.ts';
import { digestOf } from './store/canonical-json.ts';
import type { CommandResult, CommittedEntry, DeskTime, StoreTransaction } from './store/queue-store.ts';

/** How long after somebody was last seen at a desk what they left unsent there is taken in their name (rule A-08). */
const LEFT_UNSENT_MS = 72 * HOUR;

/** A command as a desk sent it, with the number it was sent under. */
export interface NumberedCommand {
  readonly incarnation: Incarnation;
  readonly cmdSeq: number;
  readonly command: Command;
  readonly deskTime: DeskTime;
}

export type Execution =
  /** Decided now. `entry` is what it added to the log, or `null`. */
  | {
      readonly kind: 'decided';
      readonly result: CommandResult;
      readonly entry: CommittedEntry | null;
      /** What it added about contacts at the other end of a link (rules C-22, C-34). */
      readonly otherEntries: readonly CommittedEntry[];
    }
  /** Decided before: the stored result (rules L-16, X-03). */
  | { readonly kind: 'repeated'; readonly result: CommandResult }
  /** Not what a desk can mean by its numbers: the link must be closed with this reason. Nothing was written. */
  | { readonly kind: 'protocol-error'; readonly why: string }
  /** The account of this session's handler is closed: the link must be ended (rule A-12). Nothing was written. */
  | { readonly kind: 'revoked' };

/**
 * Executes one command exactly once, in one transaction: number, effect, event, audit entry and result together (rules
 * L-16, S-10). The number says whether it is new; its id says whether it was done under another number before.
 * `context.by` is who is signed in at the desk; whose act it is says the command (rule A-08). What the queue cannot place is
 * refused like anything else: a desk that could not get past it would send nothing any more.
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
    if (isOther || stored.desk !== by.desk)
      return refuseOutright(tx, numbered, context, { code: 'id-in-use' });
    // Known by its id under an older number: a desk whose file was restored from a copy sends its outbox again.
    if (!isRepeat) await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
    return { kind: 'repeated', result: stored };
  }
  const giver = await giverOf(tx, command, context);
  if (giver === 'revoked') return { kind: 'revoked' };
  if (giver === 'not-in-this-name') return refuseOutright(tx, numbered, context, { code: giver });
  await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
  return decideNow(tx, numbered, digest, giver);
}

/**
 * Whoever gave the command, at this desk, in the roles in force now; or why the queue takes nothing in that name. Who is signed in
 * vouches for what somebody else left there, so nothing is done for which either of the two may not answer (rule A-08).
 */
async function giverOf(
  tx: StoreTransaction,
  { by: handler }: Command,
  context: CommandContext,
): Promise<GivenCommand | 'revoked' | 'not-in-this-name'> {
  const { by, now } = context;
  const sender = await tx.account(by.handler);
  if (sender?.isActive !== true) return 'revoked';
  if (handler === by.handler) return { ...context, roles: [sender.role], sentBy: null };
  const lastSeen = await tx.lastSeenAt(handler, by.desk);
  if (lastSeen === null || lastSeen < later(now, -LEFT_UNSENT_MS)) return 'not-in-this-name';
  // What somebody left unsent before their account was closed is still theirs, and is decided in their last role.
  const giver = must(await tx.account(handler), `account of a sign-in of ${handler}`);
  return { ...context, by: { ...by, handler }, roles: [giver.role, sender.role], sentBy: by.handler };
}

/**
 * Numbers a command that the queue cannot place, and refuses it, so that the desk goes on with the next. The audit names who sent it
 * and nobody else: in whose name it was is not proved.
 */
export async function refuseOutright(
  tx: StoreTransaction,
  { incarnation, cmdSeq, command, deskTime }: NumberedCommand,
  { by, now }: CommandContext,
  refusal: Extract<Refusal, { code: 'not-in-this-name' | 'id-in-use' | 'not-whole' }>,
): Promise<Execution> {
  const result: CommandResult = {
    command: command.id,
    desk: by.desk,
    digest: digestOf(command),
    status: 'refused',
    refusal,
    lsn: null,
    rev: null,
    deskTime,
  };
  // Under an id that is in use there is a result already, and it stays. Asked again, the answer is the same.
  if (cmdSeq <= (await tx.lockCommandCounter(by.desk, incarnation))) return { kind: 'repeated', result };
  await tx.numberCommand(by.desk, incarnation, cmdSeq, command.id);
  const actDigest = digestOf(storableAct(command.act));
  await appendEvent(tx, null, null, auditOf(command, { by, now, sentBy: null }, refusal.code, actDigest));
  if (refusal.code !== 'id-in-use') await tx.keepResult(result);
  return { kind: 'decided', result, entry: null, otherEntries: [] };
}

/** A command as the audit has it: in whose name, and who sent it when that was somebody else (rules A-08, C-14). */
function auditOf(
  { id, contact, act }: Command,
  { by, now, sentBy }: Pick<GivenCommand, 'by' | 'now' | 'sentBy'>,
  outcome: string,
  actDigest: string,
): AuditDraft {
  const { desk, deskNumber, handler } = by;
  const source = sentBy === null ? null : `sent by ${sentBy}`;
  const at = { at: now, contact, desk, deskNumber, handler, source };
  return { ...at, act: act.kind, outcome, command: id, actDigest };
}

async function decideNow(
  tx: StoreTransaction,
  numbered: NumberedCommand,
  digest: string,
  context: GivenCommand,
): Promise<Execution> {
  const { by } = context;
  const command = { ...numbered.command, act: storableAct(numbered.command.act) };
  const effect = await effectOf(tx, command, context);
  const { refusal, event, before, after } = effect;
  const late = (event?.what.kind === 'noted' && event.what.late) || event?.what.kind === 'contributed';
  const status = refusal !== null ? 'refused' : late ? 'late' : 'applied';
  const flash = flashOf(before, after);

  const isAudited = command.act.kind !== 'consult' || (await isFirstLook(tx, command, effect, context));
  const lsn = isAudited
    ? await appendEvent(
        tx,
        event,
        flash,
        auditOf(command, context, refusal?.code ?? status, digestOf(command.act)),
      )
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
  return { kind: 'decided', result, entry, otherEntries: await appendOthers(tx, command, effect, context) };
}

/** The other end of a link follows its own in the log, in the same transaction. */
async function appendOthers(
  tx: StoreTransaction,
  command: Command,
  { others }: Effect,
  context: GivenCommand,
): Promise<readonly CommittedEntry[]> {
  const entries: CommittedEntry[] = [];
  for (const { before, after, event } of others) {
    await tx.writeContact(before, after);
    const flash = flashOf(before, after);
    const fact = { ...auditOf(command, context, 'applied', digestOf(command.act)), contact: after.id };
    const lsn = await appendEvent(tx, event, flash, { ...fact, act: 'join' });
    entries.push({ ...event, lsn: must(lsn, `position of the other end of ${command.id}`), flash });
  }
  return entries;
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
  const { by, roles, now, policy } = context;
  const otherEnd = await lockBothEnds(tx, command);
  // Only who may not do it with an emergency must look at the contact first; for all others the claim's update is the
  // decision and nothing is read before it (rules A-03, C-05).
  const asksContact = roles.some((role) => rights[act.kind][role] === 'not-emergencies');
  const seen = asksContact ? await tx.lockContact(command.contact) : null;
  for (const role of roles) {
    const byRole = refusalByRole(role, act.kind, seen);
    if (byRole !== null) return nothing(byRole, seen);
  }

  if (act.kind === 'claim') {
    const claimed = await claim(tx, command, context);
    if (claimed !== null) return claimed;
  }
  const before = seen ?? (await tx.lockContact(command.contact));
  if (before === null && act.kind === 'log') return logContact(tx, command.contact, act, context);
  if (before === null) return nothing({ code: 'unknown-contact' });
  if (act.kind === 'agree') {
    for (const role of roles) {
      const byFloor = refusalOfAgreeing(before, act, role, policy);
      if (byFloor !== null) return nothing(byFloor, before);
    }
  }
  const decision = decide(before, command, by, policy, context.now);
  if (decision.kind === 'refused') return nothing(decision.refusal, before);
  if (act.kind === 'offer-chat') {
    const byColleague = await refusalOfColleague(tx, before, act, context);
    if (byColleague !== null) return nothing(byColleague, before);
  }
  if (act.kind === 'answer-offer' && act.accepted) {
    const byLimit = await refusalOfYes(tx, before, context);
    if (byLimit !== null) return nothing(byLimit, before);
  }
  if (act.kind === 'close' && otherEnd !== null) {
    const parent = must(await tx.lockContact(otherEnd), `contact ${otherEnd} at the other end of a link`);
    const byParent = refusalOfParent(before, parent) ?? refusalOfWordsSince(before, parent, policy);
    if (byParent !== null) return nothing(byParent, before);
  }
  // It came free between the claim's update and this look; it is held now, so the claim cannot miss again.
  if (act.kind === 'claim') return must(await claim(tx, command, context), `claim of ${before.id}`);
  if (decision.what === null) return nothing(null, before);

  const ends = await atBothEnds(
    tx,
    before,
    command,
    await withNumbers(tx, before, decision.what, context),
    context,
  );
  if ('refusal' in ends) return ends;
  const { other } = ends;
  const what = underPolicies(ends.what, policy);
  const event: ContactEvent = { contact: before.id, rev: before.rev + 1, at: now, by, what };
  const after = apply(before, event);
  await tx.writeContact(before, after);
  if (what.kind === 'reference-ordered') await tx.keepMessage(messageOf(after, what, now));
  const told = await toldToParents(tx, { before, after, what: what.kind }, context);
  return { refusal: null, before, after, event, others: [...(other === null ? [] : [other]), ...told] };
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
  const event: ContactEvent = { contact: after.id, rev: after.rev, at: now, by, what };
  return { refusal: null, before, after, event, others: [] };
}

/** The summary to flash when an open emergency was there before or is there now (rule L-09). */
function flashOf(before: Contact | null, after: Contact | null): ContactSummary | null {
  if (after === null) return null;
  const touches = (before !== null && isOpenEmergency(before)) || isOpenEmergency(after);
  return touches ? summaryOf(after) : null;
}

import type { Command } from './command.ts';
import { summaryOf, type Actor, type Contact, type ContactSummary } from './contact.ts';
import type { CommandId } from './ids.ts';
import { apply, decide, type Refusal } from './lifecycle.ts';
import type { DecisionPolicy } from './decision-policy.ts';
import type { SameNumber } from './same-number.ts';
import type { Instant } from './time.ts';

/** A command that the queue has not answered yet. It is durable on this desk: "kept here". */
export interface Undecided {
  readonly command: Command;
  readonly keptAt: Instant;
}

/** A claim, grade … as the row and the work pane mark it: asked for, not yet received. */
export interface Pending {
  readonly id: CommandId;
  readonly kind: Command['act']['kind'];
  readonly keptAt: Instant;
  /** Set when the desk's own copy already shows that the queue will refuse it. */
  readonly doubt: Refusal | null;
}

/**
 * What the handler sees: the desk's copy of the truth with the desk's undecided commands on top.
 * Ownership is always the queue's: a claim is `pending`, never shown as won (rule X-05).
 */
export interface ContactView {
  readonly contact: Contact;
  readonly pending: readonly Pending[];
  /** Notes and gradings in `contact` that are only kept here so far. */
  readonly keptHere: ReadonlySet<CommandId>;
}

/** Acts whose effect may be shown before the queue has answered, because they are the owner's own words. */
const shownAtOnce: ReadonlySet<Command['act']['kind']> = new Set([
  'note',
  'grade',
  'triage',
  'describe',
  'place',
  'attempt',
  'hear',
  'discharge',
  'incident',
  'crime',
  'pass',
  'reply',
  'safe-contact',
  'choose-language',
  'send-reference',
]);

/**
 * Folds undecided commands over the copy, in the order they were given. There is nothing to roll back: when the copy
 * moves or a command is answered, the fold is simply made again (rule X-04).
 */
export function view(
  base: Contact,
  undecided: readonly Undecided[],
  me: Actor,
  policy: DecisionPolicy,
): ContactView {
  const { shown, pending, keptHere } = fold(base, undecided, me, policy);
  return { contact: { ...shown, rev: base.rev }, pending, keptHere };
}

/**
 * The contact if the queue accepts every undecided command. A desk asks `decide` about this one, so that a grade given
 * right after a claim is not refused for want of the claim's answer. Never shown.
 */
export function assume(
  base: Contact,
  undecided: readonly Undecided[],
  me: Actor,
  policy: DecisionPolicy,
): Contact {
  return fold(base, undecided, me, policy).assumed;
}

function fold(base: Contact, undecided: readonly Undecided[], me: Actor, policy: DecisionPolicy) {
  let shown = base;
  let assumed = base;
  const pending: Pending[] = [];
  const keptHere = new Set<CommandId>();
  for (const { command, keptAt } of undecided) {
    const { act, id } = command;
    if (command.contact !== base.id || act.kind === 'consult' || isReceived(base, command)) continue;
    if (act.kind === 'log') {
      // The copy was made from this very command (rule P-03): nothing to put on top of it.
      pending.push({ id, kind: act.kind, keptAt, doubt: null });
      continue;
    }
    const by = command.by === me.handler ? me : { ...me, handler: command.by };
    const decision = decide(assumed, command, by, policy, keptAt);
    const doubt = decision.kind === 'refused' ? decision.refusal : null;
    pending.push({ id, kind: act.kind, keptAt, doubt });
    if (decision.kind === 'refused' || decision.what === null) continue;
    const event = { contact: base.id, at: keptAt, by, what: decision.what };
    assumed = apply(assumed, { ...event, rev: assumed.rev + 1 });
    if (!shownAtOnce.has(act.kind)) continue;
    shown = apply(shown, { ...event, rev: shown.rev + 1 });
    keptHere.add(id);
  }
  return { shown, assumed, pending, keptHere };
}

/** Its event came before its result: the words are received, and one command writes one of them (rule X-03). */
function isReceived(base: Contact, { id, act }: Command): boolean {
  if (act.kind === 'log') return base.rev > 0;
  return writtenUnder(base).some((each) => each?.id === id);
}

/** Everything in a contact that one command writes once, and that carries its id. */
function writtenUnder(base: Contact): readonly ({ readonly id: CommandId } | null)[] {
  const {
    notes,
    gradings,
    asked,
    triage,
    descriptions,
    spots,
    attempts,
    heard,
    links,
    incident,
    crime,
    passedOn,
    major,
    earlierMajors,
    late,
    chat,
    safeContacts,
    sendings,
  } = base;
  return [
    ...notes,
    ...gradings,
    ...triage,
    ...descriptions,
    ...spots,
    ...attempts,
    ...heard,
    ...links,
    ...passedOn,
    ...earlierMajors,
    ...late,
    ...(chat?.replies ?? []),
    ...safeContacts,
    ...sendings,
    asked,
    incident,
    crime,
    major,
  ];
}

/** One row of the inbox, with what this desk still waits to hear about it. */
export interface InboxRow {
  readonly summary: ContactSummary;
  readonly pending: readonly Pending[];
  /** Who else is of the same number, while one of them must be rung back (rule TE-10); missing where nobody is. */
  readonly sameNumber?: readonly SameNumber[] | undefined;
}

export function rowOf(contactView: ContactView): InboxRow {
  return { summary: summaryOf(contactView.contact), pending: contactView.pending };
}

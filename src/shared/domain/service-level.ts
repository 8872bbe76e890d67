import type { Channel } from './channel.ts';
import type { Due, Flags, Grade } from './contact.ts';
import { later, type Instant } from './time.ts';

/** Classes of contact that share a target and an allowance. */
export const serviceClasses = [
  'emergency',
  '101',
  'chat',
  'report-scan',
  'report-complete',
  'text',
  'e-mail',
  'social',
  'partner',
  'counter',
  'video',
] as const;
export type ServiceClass = (typeof serviceClasses)[number];

/**
 * Targets and allowances: data with an owner and a version, served by the queue (`resources/policy`).
 * The version stands on every due instant computed from it.
 */
export interface ServicePolicy {
  readonly version: string;
  /** From received to answered (for reports: to scanned, then to completed). Milliseconds. */
  readonly targetMs: Readonly<Record<ServiceClass, number>>;
  /** Taken off the due instant for a vulnerable person, and again for a repeat caller. Milliseconds. */
  readonly allowanceMs: Readonly<Record<ServiceClass, number>>;
  /** "Look first": due this long before received (rule O-07). Milliseconds. */
  readonly lookFirstMs: number;
}

const classOfChannel: Readonly<Record<Channel, ServiceClass>> = {
  '999-voice': 'emergency',
  '999-silent': 'emergency',
  '999-dropped': 'emergency',
  '999-bsl': 'emergency',
  'crash-alert': 'emergency',
  '999-relay': 'emergency',
  '999-text': 'emergency',
  '101-voice': '101',
  '101-relay': '101',
  'web-chat': 'chat',
  'online-report': 'report-scan',
  text: 'text',
  'e-mail': 'e-mail',
  'social-message': 'social',
  'partner-line': 'partner',
  'front-counter': 'counter',
  video: 'video',
};

/**
 * Which clock runs: a report is first scanned for risk; its first grade ends the scan and starts the clock to
 * completion, which counts from receipt as crime recording does (rule K-03). What a person has made an emergency is one, whatever door it
 * came through (rule K-08).
 */
export function serviceClassOf(contact: {
  readonly channel: Channel;
  readonly grade: Grade | null;
  readonly band?: 'A' | 'B';
}): ServiceClass {
  const byChannel = classOfChannel[contact.channel];
  if (contact.band === 'A') return 'emergency';
  return byChannel === 'report-scan' && contact.grade !== null ? 'report-complete' : byChannel;
}

/**
 * The due instant: received + target − allowances; marked "look first": received − one hour, or earlier if the allowances
 * alone reach further back, so that risk words never put a contact lower; a graded report has been looked at (rules K-01, K-02, K-03, O-07). A function of facts
 * that only events change, so no due instant ever moves by itself (rule K-04). What was made an emergency counts from that moment, and a
 * person has looked at it already (rule K-08). `bandSince`: of whatever is in band A.
 */
export function dueOf(
  contact: {
    readonly channel: Channel;
    readonly grade: Grade | null;
    readonly flags: Flags;
    readonly receivedAt: Instant;
    readonly band?: 'A' | 'B';
    readonly bandSince?: Instant;
  },
  policy: ServicePolicy,
): Due {
  const serviceClass = serviceClassOf(contact);
  const isMade = serviceClass === 'emergency' && classOfChannel[contact.channel] !== 'emergency';
  const from = isMade ? (contact.bandSince ?? contact.receivedAt) : contact.receivedAt;
  const targetMs = policy.targetMs[serviceClass];
  const each = policy.allowanceMs[serviceClass];
  const reasons = (['vulnerable', 'repeat'] as const).filter((flag) => contact.flags[flag] && each > 0);
  const leftMs = targetMs - each * reasons.length;
  const isToBeLookedAt = contact.flags.lookFirst && serviceClass !== 'report-complete' && !isMade;
  if (isToBeLookedAt && -policy.lookFirstMs < leftMs) {
    const allowances = [{ because: 'look-first', ms: targetMs + policy.lookFirstMs } as const];
    return {
      at: later(contact.receivedAt, -policy.lookFirstMs),
      targetMs,
      allowances,
      policy: policy.version,
    };
  }
  const allowances = reasons.map((because) => ({ because, ms: each }));
  return { at: later(from, leftMs), targetMs, allowances, policy: policy.version };
}

/** How a due instant stands at `now`. `ms` is what is left, or by how much it is over. */
export type ClockState = { readonly kind: 'running' | 'soon' | 'over'; readonly ms: number };

/** The last quarter of the target is "soon" (rule K-05). */
export function clockState(due: Due, now: Instant): ClockState {
  const left = due.at - now;
  if (left < 0) return { kind: 'over', ms: -left };
  return { kind: left <= due.targetMs / 4 ? 'soon' : 'running', ms: left };
}

import type { DownFrame, Evt, Res, Welcome } from '../shared/contract/queue-link.ts';
import type { ContactSummary } from '../shared/domain/contact.ts';
import type { LogEntry } from '../shared/domain/event.ts';
import type { Lsn } from '../shared/domain/ids.ts';
import type { ServiceState } from '../shared/domain/language/translation.ts';
import type { Execution } from './execute-command.ts';
import type { QueueService } from './service.ts';

/** An entry of the log for a desk whose last position is `prev` (rule L-06). */
export function eventText(prev: Lsn, entry: LogEntry): string {
  const { lsn, contact, rev, at, by, what } = entry;
  const frame: Evt = { t: 'EVT', prev, lsn, contact, rev, at, by, what };
  return JSON.stringify(frame);
}

/** An emergency, outside the order of the log (rule L-09). `lsn` is where the log has this revision, or a later place. */
export function flashText(lsn: Lsn, summary: ContactSummary): string {
  const frame: DownFrame = { t: 'FLASH', lsn, summary };
  return JSON.stringify(frame);
}

/** Which policies are in force: what desks compare with what they have (rule Y-04). */
export const stampsOf = ({ policies }: QueueService): Welcome['policies'] =>
  policies.manifest.map(({ name, version, digest }) => ({ name, version, digest }));

/** Others are in force now (rule Y-05). */
export function policyText(service: QueueService): string {
  const frame: DownFrame = { t: 'POLICY', policy: service.policy, policies: stampsOf(service) };
  return JSON.stringify(frame);
}

/** The translation service stands otherwise now (rule LG-15). */
export function translationText(state: ServiceState): string {
  const frame: DownFrame = { t: 'TRANSLATION', state };
  return JSON.stringify(frame);
}

/**
 * The answer to a command. A repeated one is answered `duplicate` with what was stored; only `late` stays `late`, so
 * that a desk which lost the first answer still learns that its words were kept as a contribution (rule X-06).
 */
export function resultFrame(cmdSeq: number, execution: Extract<Execution, { result: unknown }>): Res {
  const { command, status, refusal, lsn, rev } = execution.result;
  const told = execution.kind === 'repeated' && status !== 'late' ? 'duplicate' : status;
  return { t: 'RES', cmdSeq, cmdId: command, status: told, refusal, lsn, rev };
}

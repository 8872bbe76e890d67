import type { Answer, Parcel } from '../../demand/parcel.ts';
import { parseContactBody } from '../../queue/intake/contact-body.ts';
import type { TelephonyAdapter } from '../../queue/intake/telephony/telephony-adapter.ts';
import { parseTelephonyEvent } from '../../queue/intake/telephony/telephony-event.ts';
import { parseUpdateBody } from '../../queue/intake/update-body.ts';
import type { QueueService } from '../../queue/service.ts';
import { unreachable } from '../../shared/lib/assert.ts';

/** Whose contacts these are, as the queue's record names the source. */
export const STORY = 'scenario';

const refused = ({ field, problem }: { readonly field: string; readonly problem: string }): Answer => ({
  kind: 'refused',
  why: `${field} ${problem}`,
});

/** The intake of a queue in the same process: the same bodies, read by the same parsers, kept by the same service (rule TS-07). */
export function intakeInProcess({
  service,
  adapter,
}: {
  readonly service: QueueService;
  readonly adapter: TelephonyAdapter;
}): (parcel: Parcel) => Promise<Answer> {
  async function contact(key: string, json: unknown): Promise<Answer> {
    const body = parseContactBody(json);
    if (!body.ok) return refused(body.refusal);
    const acceptance = await service.accept({ source: STORY, key, arrival: body.arrival });
    if (acceptance.kind === 'key-reused') return { kind: 'refused', why: acceptance.kind };
    return { kind: 'received', ref: acceptance.receipt.ref };
  }

  async function update(contactKey: string, key: string, json: unknown): Promise<Answer> {
    const body = parseUpdateBody(json);
    if (!body.ok) return refused(body.refusal);
    const { tiding } = body;
    if (tiding.kind === 'typing') {
      await service.publicTypes({ source: STORY, contactKey });
      return { kind: 'received', ref: '' };
    }
    const { kind } = await service.update({ source: STORY, contactKey, key, tiding });
    switch (kind) {
      case 'accepted':
      case 'known':
      case 'without-effect':
        return { kind: 'received', ref: '' };
      case 'closed':
      case 'left-by-exit':
        return { kind: 'closed' };
      case 'key-reused':
      case 'unknown-contact':
      case 'full':
        return { kind: 'refused', why: kind };
      default:
        return unreachable(kind);
    }
  }

  async function call(json: unknown): Promise<Answer> {
    const parsed = parseTelephonyEvent(json);
    if (!parsed.ok) return refused(parsed.refusal);
    const told = await adapter.tell(STORY, parsed.event);
    return told.kind === 'kept' || told.kind === 'known'
      ? { kind: 'received', ref: told.receipt?.ref ?? '' }
      : { kind: 'refused', why: told.kind };
  }

  return ({ key, to, body }) => {
    const json: unknown = JSON.parse(body);
    switch (to.kind) {
      case 'contact':
        return contact(key, json);
      case 'update':
        return update(to.contactKey, key, json);
      case 'call':
        return call(json);
      default:
        return unreachable(to);
    }
  };
}

import type { WorkstationBridge } from '../../../shared/contract/workstation.ts';
import {
  isOpenEmergency,
  needsPerson,
  ownerOf,
  type Contact,
  type ContactSummary,
} from '../../../shared/domain/contact.ts';
import type { DeskId, HandlerId } from '../../../shared/domain/ids.ts';
import { compareKeys, orderKey } from '../../../shared/domain/ordering.ts';
import type { Instant } from '../../../shared/domain/time.ts';
import type { Workplace } from '../../app/workplace.ts';

/** A contact on paper. Without `details` this desk had only its row. */
export interface PaperContact {
  readonly summary: ContactSummary;
  readonly details: Contact | null;
}

export interface PaperSection {
  readonly name: string;
  /** Lines to write on below each contact. */
  readonly lines: number;
  readonly contacts: readonly PaperContact[];
  /** Those besides: a line each, without lines to write on. */
  readonly rest: readonly ContactSummary[];
  /** How many there are beyond these. */
  readonly more: number;
}

/** Everything that goes on paper (rule P-06), gathered before anything is shown. */
export interface PaperPrint {
  readonly desk: string;
  readonly handler: HandlerId | null;
  readonly realm: 'live' | 'demo' | 'training';
  readonly madeAt: Instant;
  /** When the queue last confirmed the copy; `null`: never since this desk was started. */
  readonly confirmedAt: Instant | null;
  readonly sections: readonly PaperSection[];
  /** The numbers of the blank logs. */
  readonly blank: readonly string[];
}

/** So many of those that wait longest are told whole, with lines to write on. */
export const WAITING_LIMIT = 40;
/** So many more have a line each, six pages of them: beyond that paper is no way to work. */
export const REST_LIMIT = 400;
/** A shift without screens, at one desk. */
export const BLANK_LOGS = 10;
/** So many readings under way at once: the desk goes on answering keys meanwhile. */
const AT_ONCE = 8;

/** Which contacts go on paper, in the order of the rule: open emergencies, mine, what waits longest. */
export function chooseContacts(
  rows: Iterable<ContactSummary>,
  me: DeskId | null,
): readonly {
  readonly name: string;
  readonly lines: number;
  readonly rows: readonly ContactSummary[];
  readonly rest: readonly ContactSummary[];
  readonly more: number;
}[] {
  const all = [...rows].sort((a, b) => compareKeys(orderKey(a), orderKey(b)));
  const emergencies = all.filter(isOpenEmergency);
  const mine = all.filter((row) => me !== null && ownerOf(row)?.desk === me);
  const waiting = all
    .filter((row) => needsPerson(row) && !isOpenEmergency(row))
    .sort((a, b) => a.receivedAt - b.receivedAt || compareKeys(orderKey(a), orderKey(b)));
  return [
    { name: 'Open emergencies', lines: 3, rows: emergencies, rest: [], more: 0 },
    { name: 'Mine', lines: 3, rows: mine, rest: [], more: 0 },
    {
      name: 'Waiting longest',
      lines: 2,
      rows: waiting.slice(0, WAITING_LIMIT),
      rest: waiting.slice(WAITING_LIMIT, WAITING_LIMIT + REST_LIMIT),
      more: Math.max(0, waiting.length - WAITING_LIMIT - REST_LIMIT),
    },
  ];
}

/** Reads what goes on paper. Each reading is a consultation and logged as one (rule C-12). */
export async function gatherPaper({ bridge, store, clock }: Workplace): Promise<PaperPrint> {
  const desk = store.desk.read();
  const me = desk?.me ?? null;
  const summaries = [...store.rows.values()].map(({ summary }) => summary);
  const sections: PaperSection[] = [];
  for (const { name, lines, rows, rest, more } of chooseContacts(summaries, me?.desk ?? null))
    sections.push({ name, lines, rest, more, contacts: await readAll(bridge, rows) });
  // Without numbers the logs are printed all the same: a handler writes one.
  const { numbers } = await bridge
    .request('paper.reserve', { count: BLANK_LOGS })
    .catch(() => ({ numbers: Array.from({ length: BLANK_LOGS }, () => '') }));
  const confirmedAt = desk?.link.confirmedAt ?? null;
  return {
    desk: me === null ? '–' : String(me.deskNumber),
    handler: me?.handler ?? null,
    realm: desk?.realm ?? 'live',
    madeAt: clock.now(),
    confirmedAt: confirmedAt === null ? null : clock.toQueueTime(confirmedAt),
    sections,
    blank: numbers,
  };
}

async function readAll(
  bridge: WorkstationBridge,
  rows: readonly ContactSummary[],
): Promise<readonly PaperContact[]> {
  const read: PaperContact[] = [];
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    const some = rows.slice(from, from + AT_ONCE).map(async (summary): Promise<PaperContact> => {
      const reading = await bridge.request('contact.read', { contact: summary.id }).catch(() => null);
      return reading?.kind === 'here'
        ? { summary: reading.contact, details: reading.contact }
        : { summary, details: null };
    });
    read.push(...(await Promise.all(some)));
  }
  return read;
}

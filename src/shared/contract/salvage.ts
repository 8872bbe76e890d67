import { z } from 'zod';
import type { Contact, ContactSummary } from '../domain/contact.ts';
import type { Happening, LogEntry } from '../domain/event.ts';
import { asContactId, asFence } from '../domain/ids.ts';
import { noParts } from '../domain/record/parts.ts';
import { asInstant } from '../domain/time.ts';
import {
  actorSchema,
  contactIdSchema,
  fenceSchema,
  instantSchema,
  lsnSchema,
  whole,
} from './basic-schemas.ts';
import { downFrameSchema, parseFrame, type DownFrame, type Evt } from './queue-link.ts';
import { contactShape, summaryShape } from './schemas.ts';

/**
 * What a desk does with something of the queue's that it cannot read: it takes what it can, says so in the title, and goes on. Dropping the
 * link would bring the same thing again, for ever, and nothing behind it (rule L-23).
 */

/** Stands before the title of what could not be read whole. */
export const UNREAD_TITLE = 'Cannot be shown in full, ask IT';

export const unreadTitle = (title: string): string =>
  title.startsWith(UNREAD_TITLE) ? title : `${UNREAD_TITLE}${title === '' ? '' : ` · ${title}`}`;

/** Something happened to the contact, and this desk cannot read what. */
export interface Unread {
  readonly kind: 'unread';
}

/** An entry of the log as a desk has read it. */
export type ToldEntry = Omit<LogEntry, 'what'> & { readonly what: Happening | Unread };
export type ToldEvent = Omit<Evt, 'what'> & { readonly what: Happening | Unread };

/** A frame of the queue as far as it could be read. `lacking`: the fields that could not, never their values. */
export type ToldFrame =
  | {
      readonly ok: true;
      /** `null`: nothing of it could be read, and nothing behind it depends on it. */
      readonly frame: Exclude<DownFrame, Evt> | ToldEvent | null;
      readonly lacking: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

export interface Salvaged<T> {
  readonly value: T;
  readonly lacking: readonly string[];
}

const essential = z.object({ id: contactIdSchema, rev: whole, fence: fenceSchema });

/** Reads a frame; of one about contacts, what of it can be read. Everything else that is broken is refused as before. */
export function readDownFrame(text: string): ToldFrame {
  const parsed = parseFrame(downFrameSchema, text);
  if (parsed.ok) return { ...parsed, lacking: [] };
  const json = objectOf(parsedJson(text));
  switch (json?.['t']) {
    case 'EVT':
      return salvagedEvent(json) ?? parsed;
    case 'FLASH': {
      const summary = salvagedSummary(json['summary']);
      if (summary === null) return { ok: true, frame: null, lacking: ['summary'] };
      return reread({ ...json, summary: summary.value }, summary.lacking, parsed);
    }
    case 'WELCOME': {
      const told = Array.isArray(json['emergencies']) ? json['emergencies'] : [];
      const emergencies = told.flatMap((one) => salvagedSummary(one) ?? []);
      const lacking = emergencies.flatMap(({ lacking: fields }) => fields);
      return reread({ ...json, emergencies: emergencies.map(({ value }) => value) }, lacking, parsed);
    }
    default:
      return parsed;
  }
}

const headSchema = z.object({
  t: z.literal('EVT'),
  prev: lsnSchema,
  lsn: lsnSchema,
  contact: contactIdSchema,
  rev: whole,
  at: instantSchema,
  by: actorSchema.nullable().catch(null),
});

/** The place in the log and whose it is are enough: the desk knows that it has everything before and what it lacks. */
function salvagedEvent(json: Json): ToldFrame | null {
  const head = headSchema.safeParse(json);
  if (!head.success) return null;
  const what = objectOf(json['what']);
  const contact = what?.['kind'] === 'arrived' ? salvagedContact(what['contact']) : null;
  if (contact === null || contact.value.id !== head.data.contact)
    return { ok: true, frame: { ...head.data, what: { kind: 'unread' } }, lacking: ['what'] };
  return {
    ok: true,
    frame: { ...head.data, what: { kind: 'arrived', contact: contact.value } },
    lacking: contact.lacking,
  };
}

function reread(
  json: Json,
  lacking: readonly string[],
  refused: Extract<ToldFrame, { ok: false }>,
): ToldFrame {
  const again = downFrameSchema.safeParse(json);
  return again.success ? { ok: true, frame: again.data, lacking } : refused;
}

/** A summary with what could be read of it. What could not is taken for the graver: an emergency that rings. `null`: not even whose it is. */
export function salvagedSummary(json: unknown): Salvaged<ContactSummary> | null {
  return salvaged<ContactSummary>(json, summaryShape, emptySummary);
}

/** The same for a whole contact: of a list, the entries that can be read. */
export function salvagedContact(json: unknown): Salvaged<Contact> | null {
  return salvaged<Contact>(json, contactShape, emptyContact);
}

type Essential = z.infer<typeof essential>;

function salvaged<T extends { readonly title: string }>(
  json: unknown,
  shape: Readonly<Record<keyof T, z.ZodType>>,
  empty: (known: Essential, json: Json) => T,
): Salvaged<T> | null {
  const object = objectOf(json);
  const known = essential.safeParse(object);
  if (object === null || !known.success) return null;
  const fallback = empty(known.data, object);
  const lacking: string[] = [];
  const entries = Object.entries<z.ZodType>(shape).map(([field, schema]) => {
    const read = schema.safeParse(object[field]);
    if (read.success) return [field, read.data] as const;
    lacking.push(field);
    const told: unknown = object[field];
    const kept = fallback[field as keyof T];
    return [field, Array.isArray(told) && Array.isArray(kept) ? readable(told, schema) : kept] as const;
  });
  const value = Object.fromEntries(entries) as unknown as T;
  return lacking.length === 0
    ? { value, lacking }
    : { value: { ...value, title: unreadTitle(value.title) }, lacking };
}

/** The entries of a list that can be read. */
function readable(told: readonly unknown[], schema: z.ZodType): readonly unknown[] {
  return told.flatMap((one) => {
    const { data } = schema.safeParse([one]);
    return Array.isArray(data) ? (data as readonly unknown[]) : [];
  });
}

function emptySummary({ id, rev, fence }: Essential, json: Json): ContactSummary {
  const received = instantSchema.safeParse(json['receivedAt']);
  const at = received.success ? received.data : asInstant(0);
  return {
    id: asContactId(id),
    ref: '',
    channel: '999-voice',
    receivedAt: at,
    seq: 0,
    rev,
    fence: asFence(fence),
    band: 'A',
    bandSince: at,
    due: { at, targetMs: 0, allowances: [], policy: '' },
    ownership: { kind: 'waiting', since: at },
    channelState: 'ringing',
    work: 'open',
    callBackDue: false,
    title: '',
    place: null,
    language: null,
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    grade: null,
    marks: {
      isr: null,
      crimeDueAt: null,
      duties: [],
      major: null,
      markers: [],
      backTo: null,
      turnSince: null,
      weighed: null,
    },
  };
}

function emptyContact(known: Essential, json: Json): Contact {
  const summary = emptySummary(known, json);
  return {
    ...summary,
    ...noParts,
    enteredAt: summary.receivedAt,
    claimedReceivedAt: null,
    source: '',
    provisionalRef: null,
    paperLog: null,
    caller: { name: null, number: null, address: null },
    account: '',
    locations: [],
    messages: [],
    notes: [],
    gradings: [],
    bandChanges: [],
    closing: null,
  };
}

type Json = Readonly<Record<string, unknown>>;

const objectOf = (value: unknown): Json | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

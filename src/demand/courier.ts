import { unreachable } from '../shared/lib/assert.ts';
import type { ActOfHandler } from './exchange-acts.ts';
import type { CallTold, HandedContact, Update } from './handed-contact.ts';
import { backOffMs, type Answer, type Parcel } from './parcel.ts';
import type { Random } from '../shared/lib/random.ts';
import { createSlots } from './slots.ts';
import type { Step } from './step.ts';
import { lineOfNumber } from './telephone-line.ts';
import { callBody, ringBody } from './telephony.ts';
import { countOf, emptyTally, type Count, type Tally } from './tally.ts';

/** What a run says while it goes on: one line of JSON each. Keys, counts and codes; never anybody's words. */
export interface Said {
  readonly level: 'info' | 'problem';
  readonly line: Readonly<Record<string, string | number>>;
}

export interface CourierOptions {
  /** One try; see `handOver`. */
  readonly send: (parcel: Parcel, stop: AbortSignal) => Promise<Answer>;
  /** Begins every key of this run: what was handed over in another run is something else. */
  readonly run: string;
  readonly now: () => number;
  readonly pause: (ms: number) => Promise<void>;
  readonly random: Random;
  readonly say: (said: Said) => void;
  /** No further tries. */
  readonly stop: AbortSignal;
}

/** Hands steps over: each until the queue has said that it has it, those of one contact in their order. */
export interface Courier {
  /** Takes a step; it is under way from now on. */
  take(step: Step): void;
  /** A handler has done something with a call: it is told to the queue as the exchange tells it. The same act again does nothing. */
  did(act: ActOfHandler): void;
  /** Resolves when less is under way than the limit. */
  room(): Promise<void>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  readonly tally: Tally;
}

/** Steps made up and not yet received; while so many wait for the queue, no new ones are made up. */
const UNDER_WAY_LIMIT = 500;
/** Requests at one moment: fewer than the queue takes at once, so that others come through too. */
const ON_THE_WIRE_LIMIT = 32;
/** Calls and acts that are remembered for what handlers do; of more, the oldest are forgotten. */
const REMEMBERED_LIMIT = 5_000;

/** One contact and what is still to be said about it. */
interface Thread {
  /** Under which the queue knows it; another once its words went into a new contact. */
  key: string;
  contact: HandedContact;
  /** How many events of its call were told. */
  events: number;
  isRefused: boolean;
  /** Who has said that somebody has the caller: a handler by an act, or the story; `null` while nobody has. */
  answeredBy: 'handler' | 'story' | null;
  /** Its line is gone, as the story has it: no act brings it back. */
  isOver: boolean;
  /** Everything of this contact so far. */
  done: Promise<void>;
}

export function createCourier(options: CourierOptions): Courier {
  const { send, run, now, pause, random, say, stop } = options;
  const tally = emptyTally();
  const threads = new Map<string, Thread>();
  /** By the id under which the exchange knows them. A call is known until it has ended, whatever the story has left to tell. */
  const calls = new Map<string, Thread>();
  const acts = new Map<string, true>();
  const underWay = new Set<Promise<void>>();
  const wire = createSlots(ON_THE_WIRE_LIMIT);

  /** Tries until the queue has answered for good; `null` when it was told to stop before. `isContact`: a contact begins with it. */
  async function untilHeard(
    parcel: Parcel,
    { isContact }: { readonly isContact: boolean },
  ): Promise<Exclude<Answer, { kind: 'later' }> | null> {
    for (let tries = 1; !stop.aborted; tries += 1) {
      const answer = await wire.run(() => send(parcel, stop));
      if (answer.kind === 'received') {
        const { key } = parcel;
        const line = isContact ? { received: answer.ref, key, tries } : { updated: key, tries };
        say({ level: 'info', line });
      }
      if (answer.kind !== 'later') return answer;
      if (tries === 1 && !stop.aborted)
        say({ level: 'problem', line: { later: answer.why, key: parcel.key } });
      await pause(answer.afterMs + backOffMs(tries - 1, random));
    }
    say({ level: 'problem', line: { undelivered: parcel.key } });
    return null;
  }

  function settle(count: Count, key: string, answer: Answer | null): void {
    if (answer === null) count.undelivered += 1;
    else if (answer.kind === 'received') count.received += 1;
    else {
      count.refused += 1;
      say({ level: 'problem', line: { refused: answer.kind === 'refused' ? answer.why : answer.kind, key } });
    }
  }

  async function handOverContact(thread: Thread): Promise<void> {
    const { key, contact } = thread;
    const count = countOf(tally, contact.channel);
    count.handedOver += 1;
    // The moment at which it is first sent: how long it waited is then true on every desk.
    const { call, ...written } = contact;
    const parcel: Parcel =
      call === null
        ? { key, to: { kind: 'contact' }, body: JSON.stringify({ ...written, receivedAt: now() }) }
        : { key, to: { kind: 'call' }, body: ringBody(contact, key, now()) };
    thread.events = 1;
    const answer = await untilHeard(parcel, { isContact: true });
    settle(count, key, answer);
    thread.isRefused = answer?.kind === 'refused';
  }

  function updateParcel(thread: Thread, key: string, update: Update): Parcel {
    if (update.kind === 'call') {
      thread.events += 1;
      const body = callBody(update.told, { callId: thread.key, n: thread.events, at: now() });
      return { key, to: { kind: 'call' }, body };
    }
    const body = JSON.stringify({ ...update, at: now() });
    return { key, to: { kind: 'update', contactKey: thread.key }, body };
  }

  async function handOverUpdate(thread: Thread, key: string, update: Update): Promise<void> {
    if (isOvertaken(thread, update)) return;
    if (update.kind === 'call') {
      const { event } = update.told;
      if (event === 'answer') thread.answeredBy ??= 'story';
      if (event === 'end' || event === 'drop' || event === 'transfer') thread.isOver = true;
      if (event === 'ring') thread.isOver = false;
    }
    const { updates } = tally;
    updates.handedOver += 1;
    if (thread.isRefused) return settle(updates, key, { kind: 'refused', why: 'with its contact' });
    const answer = await untilHeard(updateParcel(thread, key, update), { isContact: false });
    if (answer?.kind !== 'closed') return settle(updates, key, answer);
    updates.late += 1;
    // A place or a state of the line is of no use any more; words of the public are never dropped.
    if (update.kind !== 'message' || update.from !== 'public') return;
    thread.key = `${key}-anew`;
    thread.contact = comesBack(thread.contact, update);
    await handOverContact(thread);
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
  }

  return {
    tally,
    take(step) {
      const key = `${run}-${step.key}`;
      if (step.kind === 'contact') {
        const { contact } = step;
        const begun = {
          events: 0,
          isRefused: false,
          answeredBy: null,
          isOver: false,
          done: Promise.resolve(),
        };
        const thread: Thread = { key, contact, ...begun };
        thread.done = handOverContact(thread);
        threads.set(step.contactKey, thread);
        if (contact.call !== null) remember(calls, key, thread);
      } else {
        // Of a contact that arrived before this run began nothing can be said.
        const thread = threads.get(step.contactKey);
        if (thread === undefined) return;
        thread.done = thread.done.then(() => handOverUpdate(thread, key, step.update));
      }
      const thread = threads.get(step.contactKey);
      if (thread === undefined) return;
      track(thread.done);
      if (step.isLast) threads.delete(step.contactKey);
    },
    did({ act, epoch, n, callId, extension }) {
      const thread = calls.get(callId);
      const name = `${epoch} ${n}`;
      if (thread === undefined || thread.isOver || acts.has(name)) return;
      remember(acts, name, true);
      const told = toldOfAct(act, extension);
      thread.answeredBy = act === 'release' ? null : 'handler';
      if (act === 'end') calls.delete(callId);
      const update = { kind: 'call', told, asked: true } as const;
      thread.done = thread.done.then(() => handOverUpdate(thread, `${callId}-act-${n}`, update));
      track(thread.done);
    },
    async room() {
      while (underWay.size >= UNDER_WAY_LIMIT) await Promise.race(underWay);
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

/** Words that came after their contact was closed: a contact of their own, from the same person. */
function comesBack(contact: HandedContact, words: Extract<Update, { kind: 'message' }>): HandedContact {
  return {
    ...contact,
    title: contact.title.startsWith('Writes again: ')
      ? contact.title
      : `Writes again: ${contact.title}`.slice(0, 160),
    language: words.language,
    account: words.text,
    flags: { ...contact.flags, repeat: true },
    channelState: null,
    // What was heard of the call before is not heard again.
    call: contact.call === null ? null : lineOfNumber(contact),
  };
}

/** What the exchange tells when a handler has done something: it has connected the caller, offers the call again, or has ended it. */
function toldOfAct(act: ActOfHandler['act'], extension: string): CallTold {
  switch (act) {
    case 'answer':
      return { event: 'answer', extension };
    case 'release':
      return { event: 'ring' };
    case 'end':
      return { event: 'end' };
    default:
      return unreachable(act);
  }
}

/** Whoever was answered meanwhile waits no more; where a handler did it, neither gives up nor is answered as the story has it. */
function isOvertaken({ answeredBy }: Thread, update: Update): boolean {
  if (answeredBy === null || update.kind !== 'call' || update.asked === true) return false;
  const { event } = update.told;
  if (event === 'queued') return true;
  return answeredBy === 'handler' && (event === 'ring' || event === 'answer' || event === 'end');
}

function remember<T>(known: Map<string, T>, key: string, value: T): void {
  known.set(key, value);
  const [first] = known.keys();
  if (known.size > REMEMBERED_LIMIT && first !== undefined) known.delete(first);
}

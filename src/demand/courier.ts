import type { HandedContact, Update } from './handed-contact.ts';
import { backOffMs, type Answer, type Parcel } from './intake.ts';
import type { Random } from './random.ts';
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

/** One contact and what is still to be said about it. */
interface Thread {
  /** Under which the queue knows it; another once its words went into a new contact. */
  key: string;
  contact: HandedContact;
  /** How many events of its call were told. */
  events: number;
  isRefused: boolean;
  /** Everything of this contact so far. */
  done: Promise<void>;
}

export function createCourier(options: CourierOptions): Courier {
  const { send, run, now, pause, random, say, stop } = options;
  const tally = emptyTally();
  const threads = new Map<string, Thread>();
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
        const thread: Thread = { key, contact, events: 0, isRefused: false, done: Promise.resolve() };
        thread.done = handOverContact(thread);
        threads.set(step.contactKey, thread);
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

import { memoryStore } from '../../src/main/cache/memory-store.ts';
import { acceptContact } from '../../src/queue/accept-contact.ts';
import { executeCommand } from '../../src/queue/execute-command.ts';
import { createMemoryStore } from '../../src/queue/store/memory-store.ts';
import type { Arrival } from '../../src/shared/domain/arrival.ts';
import { compileLinking } from '../../src/shared/domain/assist/link-traits.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import { compileRiskWords } from '../../src/shared/domain/assist/risk-words.ts';
import type { Act, Command } from '../../src/shared/domain/command.ts';
import type { Contact } from '../../src/shared/domain/contact.ts';
import type { DecisionPolicy } from '../../src/shared/domain/decision-policy.ts';
import {
  asCommandId,
  asIncarnation,
  asLsn,
  type CommandId,
  type ContactId,
} from '../../src/shared/domain/ids.ts';
import { later, type Instant } from '../../src/shared/domain/time.ts';
import { assume, view, type Undecided } from '../../src/shared/domain/view.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { anAccount } from './accounts.ts';
import { anArrival } from './arrivals.ts';
import { shippedLinking, shippedRiskWords } from './assist-data.ts';
import { anActor, anId, aPolicy, testStart } from './builders.ts';

export const linking = compileLinking(shippedLinking());
const policy: DecisionPolicy = {
  ...aPolicy(),
  facts: { riskWords: compileRiskWords(shippedRiskWords()), linking },
};

/** Three calls on one crash, one of them an emergency, a second emergency elsewhere, and a report of something else. */
const arrivals: readonly (Partial<Arrival> & { readonly title: string })[] = [
  {
    title: 'Alder collision',
    account: 'Two cars on the A414, the blue one is on its roof.',
    channel: '999-voice',
  },
  { title: 'Birch collision', account: 'I am behind a crash on the A414.' },
  { title: 'Cedar collision', account: 'A crash on the A414, I drove past it.' },
  { title: 'Damson quarrel', account: 'They are shouting next door.', channel: '999-voice' },
  { title: 'Elder bicycle', account: 'My bicycle is gone.', channel: 'online-report' },
];
/** The queue and three desks, each with what it has heard and what it has not sent. */
export class LinkingRoom {
  readonly ids: ContactId[] = [];
  #n = 0;
  #seconds = 0;
  readonly #newId = (): string => anId(0xf0000 + (this.#n += 1));
  readonly #queue = createMemoryStore({ realm: 'demo', newId: this.#newId });
  readonly desks = [1, 2, 3].map((deskNumber) => ({
    me: anActor({ deskNumber }),
    incarnation: asIncarnation(anId(0xe0000 + deskNumber)),
    store: memoryStore(asIncarnation(anId(0xe0000 + deskNumber))),
    sent: 0,
    unsent: [] as Undecided[],
    /** What it did, to take back the last of it. */
    done: [] as {
      readonly contact: ContactId;
      readonly before: Contact;
      readonly act: Act;
      readonly id: CommandId;
    }[],
  }));
  /** Links that are in force by what the queue has answered: the two, as a set of ids. */
  readonly linked = new Map<CommandId, readonly [ContactId, ContactId]>();

  get #now(): Instant {
    return later(testStart, 60_000 + this.#seconds * 1_000);
  }

  async open(): Promise<void> {
    const context = { policy, register: emptyRegister, realm: this.#queue.realm, newId: this.#newId };
    for (const { me } of this.desks)
      await this.#queue.transact((tx) => tx.putAccount(anAccount({ handler: me.handler })));
    for (const [n, over] of arrivals.entries()) {
      const caller = { name: null, number: `01632 ${960_100 + n}`, address: null };
      const handover = { source: 'telephony', key: `k${n}`, arrival: anArrival({ caller, ...over }) };
      const now = later(testStart, n * 1_000);
      const taken = await this.#queue.transact((tx) => acceptContact(tx, handover, { ...context, now }));
      if (taken.kind !== 'key-reused') this.ids.push(taken.receipt.contact);
    }
    for (const { store, me } of this.desks) {
      await this.hears(this.desks.findIndex((each) => each.me === me));
      store.keepTabs(me.handler, { tabs: this.ids, active: this.ids[0] ?? null });
    }
  }

  async contacts(): Promise<readonly Contact[]> {
    const found = await this.#queue.contacts(this.ids);
    return this.ids.map((id) =>
      must(
        found.find((one) => one.id === id),
        `contact ${id} at the queue`,
      ),
    );
  }

  /** A desk takes in what it has not heard yet. */
  async hears(desk: number): Promise<void> {
    const { store } = must(this.desks[desk], `desk ${desk}`);
    const entries = await this.#queue.entriesAfter(store.cursor()?.lsn ?? asLsn(0), 1_000);
    const lsn = entries.at(-1)?.lsn;
    if (lsn !== undefined) store.commitEvents(entries, { storeEpoch: this.#queue.storeEpoch, lsn });
  }

  /** What the desk shows of a contact, and what it takes the contact for. */
  seen(desk: number, contact: ContactId) {
    const { store, me, unsent } = must(this.desks[desk], `desk ${desk}`);
    const base = must(store.held(contact)?.contact, `contact ${contact} at desk ${desk}`);
    const mine = unsent.filter(({ command }) => command.contact === contact);
    return { base, shown: view(base, mine, me, policy).contact, assumed: assume(base, mine, me, policy) };
  }

  keep(desk: number, contact: ContactId, act: Act): void {
    const { unsent, me, done } = must(this.desks[desk], `desk ${desk}`);
    const { assumed } = this.seen(desk, contact);
    const id = asCommandId(this.#newId());
    const { fence, rev: baseRev } = assumed;
    const command: Command = { id, contact, fence, baseRev, by: me.handler, act };
    unsent.push({ command, keptAt: this.#now });
    done.push({ contact, before: assumed, act, id });
  }

  /** The queue decides the oldest of what the desk has not sent; `null` when there is none. */
  async sendsOne(desk: number): Promise<{ readonly command: Command; readonly outcome: string } | null> {
    const { unsent, me, incarnation } = must(this.desks[desk], `desk ${desk}`);
    const [first] = unsent;
    if (first === undefined) return null;
    unsent.shift();
    this.#seconds += 1;
    const cmdSeq = (must(this.desks[desk], `desk ${desk}`).sent += 1);
    const { command } = first;
    const deskTime = { mono: 0, wall: this.#now, offset: 0, err: 0 };
    const context = { by: me, now: this.#now, policy, register: emptyRegister, realm: this.#queue.realm };
    const execution = await this.#queue.transact((tx) =>
      executeCommand(tx, { incarnation, cmdSeq, command, deskTime }, context),
    );
    if (execution.kind !== 'decided') throw new Error(`not decided: ${execution.kind}`);
    const { refusal, status } = execution.result;
    const { act, id, contact } = command;
    if (refusal === null && act.kind === 'link') this.linked.set(id, [contact, act.to]);
    if (refusal === null && act.kind === 'part') this.linked.delete(act.link);
    return { command, outcome: refusal?.code ?? status };
  }
}

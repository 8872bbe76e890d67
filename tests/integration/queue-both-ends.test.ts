import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/platform/log.ts';
import { acceptContact } from '../../src/queue/accept-contact.ts';
import { executeCommand } from '../../src/queue/execute-command.ts';
import { openPostgresStore } from '../../src/queue/store/postgres-store.ts';
import type { QueueStore, StoreTransaction } from '../../src/queue/store/queue-store.ts';
import { emptyRegister } from '../../src/shared/domain/assist/on-record.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import type { Actor } from '../../src/shared/domain/contact.ts';
import {
  asCommandId,
  asFence,
  asIncarnation,
  type CommandId,
  type ContactId,
} from '../../src/shared/domain/ids.ts';
import { anAccount } from '../harness/accounts.ts';
import { anArrival } from '../harness/arrivals.ts';
import { aClosingRecord, anActor, aPolicy, testStart } from '../harness/builders.ts';
import { createTestDatabase, type TestDatabase } from '../harness/postgres.ts';

/** How long the first of two transactions waits for the other to hold something, before it goes on alone. Milliseconds. */
const MEET_MS = 400;

describe('two desks at the two ends of a link', () => {
  let database: TestDatabase;
  let store: QueueStore;
  let runAgain: number;
  const [one, two] = [anActor({ deskNumber: 1 }), anActor({ deskNumber: 2 })];
  beforeEach(async () => {
    database = await createTestDatabase();
    runAgain = 0;
    const log = {
      ...silentLogger,
      info: (words: string) => {
        if (words === 'a transaction is run again') runAgain += 1;
      },
    };
    const { connectionString } = database;
    store = await openPostgresStore({ connectionString, realm: 'demo', newId: randomUUID, log });
    await store.transact(async (tx) => {
      for (const { handler } of [one, two]) await tx.putAccount(anAccount({ handler }));
    });
  });
  afterEach(async () => {
    await store.close();
    await database.drop();
  });

  const policy = aPolicy();
  const give = async (
    of: Actor,
    contact: ContactId,
    act: Act,
    { fence = 1, meeting }: { readonly fence?: number; readonly meeting?: Meeting } = {},
  ) => {
    const id = asCommandId(randomUUID());
    const command = { id, contact, fence: asFence(fence), baseRev: 1, by: of.handler, act };
    const deskTime = { mono: 0, wall: testStart, offset: 0, err: 0 };
    const numbered = { incarnation: asIncarnation(randomUUID()), cmdSeq: 1, deskTime, command };
    const context = { by: of, now: testStart, policy, register: emptyRegister, realm: store.realm };
    const execution = await store.transact((tx) =>
      executeCommand(meeting === undefined ? tx : meeting.of(tx), numbered, context),
    );
    return execution.kind === 'decided'
      ? { id, outcome: execution.result.refusal?.code ?? execution.result.status }
      : { id, outcome: execution.kind };
  };
  const taken = async (of: Actor): Promise<ContactId> => {
    const handover = { source: 'telephony', key: randomUUID(), arrival: anArrival() };
    const context = {
      now: testStart,
      policy,
      register: emptyRegister,
      realm: store.realm,
      newId: randomUUID,
    };
    const acceptance = await store.transact((tx) => acceptContact(tx, handover, context));
    if (acceptance.kind === 'key-reused') throw new Error('key reused');
    const { contact } = acceptance.receipt;
    await give(of, contact, { kind: 'claim' }, { fence: 0 });
    return contact;
  };
  const linked = async (): Promise<{ child: ContactId; parent: ContactId; link: CommandId }> => {
    const [child, parent] = [await taken(one), await taken(two)];
    const { id } = await give(one, child, { kind: 'link', to: parent, as: 'same-incident', fact: '' });
    return { child, parent, link: id };
  };

  it('C-23 part at the same moment, and neither transaction stands in the other’s way', async () => {
    for (const swaps of [false, true]) {
      const { child, parent, link } = await linked();
      const part: Act = { kind: 'part', link, reason: 'another street' };
      const meeting = new Meeting();
      const asked: readonly (readonly [Actor, ContactId])[] = [
        [one, child],
        [two, parent],
      ];
      const all = await Promise.all(
        (swaps ? asked.toReversed() : asked).map(([of, contact]) => give(of, contact, part, { meeting })),
      );
      expect(all.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'not-linked']);
    }
    expect(runAgain).toBe(0);
  });

  it('C-22, R-11 part, link and close as a duplicate at the same moment, and no transaction stands in another’s way', async () => {
    const { child, parent, link } = await linked();
    const record = aClosingRecord({ category: 'AD-DUP', parent });
    const close: Act = { kind: 'close', outcome: 'duplicate', reason: 'in the other', record };
    const meeting = new Meeting();
    await Promise.all([
      give(one, child, close, { meeting }),
      give(two, parent, { kind: 'part', link, reason: 'another street' }, { meeting }),
    ]);
    expect(runAgain).toBe(0);
  });
});

/**
 * Two transactions that would take two contacts crosswise: each waits, once it holds its first, until the other holds one too. Where both
 * begin with the same contact only one of them can, and goes on when the time is over.
 */
class Meeting {
  #holding = 0;
  #met: () => void = () => undefined;
  readonly #both = new Promise<void>((resolve) => {
    this.#met = resolve;
  });

  of(tx: StoreTransaction): StoreTransaction {
    let isFirst = true;
    return {
      ...tx,
      lockContact: async (id) => {
        const contact = await tx.lockContact(id);
        if (isFirst) {
          isFirst = false;
          this.#holding += 1;
          if (this.#holding === 2) this.#met();
          await Promise.race([this.#both, sleep(MEET_MS)]);
        }
        return contact;
      },
    };
  }
}

import { setTimeout as wait } from 'node:timers/promises';
import { E2eQueue, startCluster, type Cluster } from '../harness/e2e-queue.ts';
import { contactAt } from './contacts.ts';

/** Contacts on their way into the queue at once. */
const AT_ONCE = 16;
/** What a desk has sent is in the queue's database after this long, or never. Milliseconds. */
const PATIENCE_MS = 10_000;

/** What the queue has kept of the looks at the risk of a contact. */
export interface KeptLooks {
  /** Versions on the contact: author, time and what changed stand on each. */
  readonly versions: number;
  /** Entries in the audit for them. */
  readonly audited: number;
}

/** The queue as a program of its own, on a PostgreSQL of its own: everything a desk sends is decided, kept and audited. */
export class StoringQueue implements AsyncDisposable {
  readonly #cluster: Cluster;
  readonly #queue: E2eQueue;

  private constructor(cluster: Cluster, queue: E2eQueue) {
    this.#cluster = cluster;
    this.#queue = queue;
  }

  /** With so many contacts in it, which came in by its public door and wait; none of them is an emergency. */
  static async start(contacts: number): Promise<StoringQueue> {
    const cluster = await startCluster();
    try {
      const queue = await E2eQueue.start(cluster);
      let next = 0;
      const some = async (): Promise<void> => {
        while (next < contacts) {
          const { channel, title, place, caller, account } = contactAt(next++, contacts);
          await queue.arrive({
            channel: channel === '999-voice' ? 'front-counter' : channel,
            title,
            place,
            caller,
            account,
          });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, some));
      return new StoringQueue(cluster, queue);
    } catch (error) {
      await cluster[Symbol.asyncDispose]();
      throw error;
    }
  }

  get url(): string {
    return this.#queue.deskUrl;
  }

  get port(): number {
    return this.#queue.port;
  }

  get intakeKeyFile(): string {
    return this.#queue.intakeKeyFile;
  }

  get door(): E2eQueue['door'] {
    return this.#queue.door;
  }

  get pid(): number {
    return this.#queue.pid;
  }

  /** Looks into the database, past the queue. */
  sql<R extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.#queue.sql<R>(text, values);
  }

  /** A 999 call comes in. Returns the contact's id. */
  async ring(): Promise<string> {
    const { id } = await this.#queue.emergency({
      title: 'Shouting, then silence',
      place: 'Fretherne Road, Welwyn Garden City',
      account: 'He is breaking the door down. My children are upstairs.',
    });
    return id;
  }

  /** Waits until a desk has taken a contact. */
  async taken(contact: string): Promise<void> {
    for (let waited = 0; waited < PATIENCE_MS; waited += 50) {
      if ((await this.#queue.contact(contact)).owner !== null) return;
      await wait(50);
    }
    throw new Error('no desk has taken the call');
  }

  /** What has been kept of a contact's looks. */
  async looks(contact: string): Promise<KeptLooks> {
    const [row] = await this.#queue.sql<{ versions: string; audited: string }>(
      `select jsonb_array_length(body->'triage') as versions,
              (select count(*) from audit where contact = $1 and act = 'triage' and outcome = 'applied') as audited
         from contact where id = $1`,
      [contact],
    );
    return { versions: Number(row?.versions ?? 0), audited: Number(row?.audited ?? 0) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#queue[Symbol.asyncDispose]();
    await this.#cluster[Symbol.asyncDispose]();
  }
}

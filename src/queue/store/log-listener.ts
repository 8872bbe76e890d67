import { Client, type ClientConfig } from 'pg';
import { errorCode, type Logger } from '../../platform/log.ts';
import { WAKE_CHANNEL } from './log-rows.ts';

/**
 * Hears of commits of other nodes. A wake-up only: losing one costs at most the poll's half second, so a listener whose
 * connection ends is opened again at the next commit of this node or the next poll, without hurry.
 */
export class LogListener {
  readonly #connection: ClientConfig;
  readonly #log: Logger;
  readonly #woken: () => void;
  #client: Client | null = null;
  #isStopped = false;
  /** So that a database which stays away is told of once. */
  #isTold = false;

  constructor(options: {
    readonly connection: ClientConfig;
    readonly log: Logger;
    readonly woken: () => void;
  }) {
    this.#connection = options.connection;
    this.#log = options.log;
    this.#woken = options.woken;
  }

  /** Begins to listen, if it does not already. Never rejects: without a connection, the poll does its work. */
  start(): void {
    if (this.#client !== null || this.#isStopped) return;
    // Silent for as long as nothing happens: the operating system asks now and then whether the other end is there.
    const client = new Client({ ...this.#connection, keepAlive: true });
    this.#client = client;
    const lose = (error: unknown) => {
      if (this.#client !== client) return;
      this.#client = null;
      if (this.#isStopped || this.#isTold) return;
      this.#isTold = true;
      this.#log.warn('not listening to the database', { error: errorCode(error) });
    };
    client.on('error', lose);
    client.on('end', () => lose(null));
    client.on('notification', () => this.#woken());
    client
      .connect()
      .then(() => client.query(`listen ${WAKE_CHANNEL}`))
      .then(() => {
        this.#isTold = false;
        this.#woken();
      })
      .catch(lose);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    const client = this.#client;
    this.#client = null;
    await client?.end().catch(() => undefined);
  }
}

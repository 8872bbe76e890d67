import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger } from '../../src/platform/log.ts';
import type { SqliteFault } from '../../src/platform/sqlite.ts';
import { realSurroundings } from '../../src/main/workstation/real-surroundings.ts';
import { startWorkstation, type Surroundings } from '../../src/main/workstation/start-workstation.ts';
import type { Realm } from '../../src/shared/contract/realm.ts';
import { serve } from '../../src/shared/contract/serve.ts';
import {
  pushes,
  type DeskState,
  type Input,
  type Output,
  type Payload,
} from '../../src/shared/contract/workstation.ts';
import type { PushName, RequestName } from '../../src/shared/contract/workstation-names.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { asCommandId, type ContactId } from '../../src/shared/domain/ids.ts';
import type { InboxRow } from '../../src/shared/domain/view.ts';
import { quickPins } from './quick-pins.ts';
import { testPin } from './test-pin.ts';

export interface DeskOptions {
  readonly queueUrl: string | null;
  /** A profile's folder that is there already, and is kept; without one the desk has a folder of its own, removed at its end. */
  readonly folder?: string;
  /** `null` keeps everything in memory. */
  readonly key?: string | null;
  readonly realm?: Realm;
  /** Who signs in; `null`: nobody does. */
  readonly handler?: string | null;
  /** Their PIN, where it is not that of the tests' accounts. */
  readonly pin?: string;
  /** Clocks, timers, chance, ids and network, where a test steps them. */
  readonly surroundings?: Partial<Surroundings>;
}

/** A push as the window gets it. */
export type Push = { readonly [N in PushName]: { readonly name: N; readonly payload: Payload<N> } }[PushName];

/** A whole desk without its window, in this process: real store, real link, driven by the window's contract. */
export interface Desk extends Disposable {
  readonly folder: string;
  readonly key: string | null;
  /** Every push so far, each checked against the contract. */
  readonly pushes: readonly Push[];
  /** Faults that would have ended the process. */
  readonly broken: readonly SqliteFault[];
  /** Asks as the window does; what is not about signing in waits until somebody has. */
  request<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  submit(contact: ContactId, act: Act): Promise<Output<'command.submit'>>;
  /** All rows of the inbox, in order. */
  inbox(): Promise<readonly InboxRow[]>;
  /** Asks again after every push until the answer is `fits`, and returns it. */
  until<T>(ask: () => Promise<T> | T, fits: (value: T) => boolean): Promise<T>;
  untilLink(kind: DeskState['link']['kind']): Promise<DeskState>;
  /** Everything asked for so far has the queue's word: nothing waits in the outbox. */
  untilReceived(): Promise<void>;
  stop(options?: { readonly keepFolder?: boolean }): void;
}

export function startDesk(options: DeskOptions): Desk {
  const {
    queueUrl,
    key = 'd5'.repeat(32),
    realm = 'demo',
    handler = '4711',
    pin = testPin,
    surroundings = {},
  } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'fcr-desk-'));
  const collected: Push[] = [];
  const broken: SqliteFault[] = [];
  let listeners: (() => void)[] = [];
  const wake = (): void => {
    const waiting = listeners;
    listeners = [];
    for (const listener of waiting) listener();
  };
  const running = startWorkstation({
    start: {
      folder,
      profile: 'test',
      realm,
      appVersion: 'test',
      queue: queueUrl,
      key,
      faults: [],
      demoSignIn: null,
    },
    log: silentLogger,
    push(name, payload) {
      // The window's side of the contract: what does not parse there is a bug here.
      collected.push({ name, payload: pushes[name].parse(payload) } as Push);
      wake();
    },
    onStoreBroken: (fault) => void broken.push(fault),
    surroundings: { ...realSurroundings, pins: quickPins, ...surroundings },
  });
  let isStopped = false;

  const askAtOnce: Desk['request'] = async (name, input) => {
    const envelope = await serve(running.workstation.handlers, name, input);
    if (!envelope.ok) throw new Error(envelope.why);
    return envelope.value as Output<typeof name>;
  };
  const arriving = handler === null ? null : signInAs(handler);
  async function signInAs(number: string): Promise<void> {
    const answer = await askAtOnce('session.sign-in', { handler: number, pin });
    if (answer.kind !== 'signed-in' && !isStopped) throw new Error(`signing in: ${JSON.stringify(answer)}`);
  }
  // Whoever asks first hears of it.
  arriving?.catch(() => undefined);
  const request: Desk['request'] = async (name, input) => {
    if (!name.startsWith('session.')) await arriving;
    return askAtOnce(name, input);
  };
  const until: Desk['until'] = async (ask, fits) => {
    for (;;) {
      const changed = new Promise<void>((resolve) => listeners.push(resolve));
      const value = await ask();
      if (fits(value)) return value;
      if (isStopped) throw new Error('the desk was stopped before it came to that');
      await changed;
    }
  };
  const stop: Desk['stop'] = ({ keepFolder = options.folder !== undefined } = {}) => {
    if (isStopped) return;
    isStopped = true;
    running[Symbol.dispose]();
    if (!keepFolder) rmSync(folder, { recursive: true, force: true });
    wake();
  };
  return {
    folder,
    key,
    pushes: collected,
    broken,
    request,
    submit: (contact, act) => request('command.submit', { id: asCommandId(randomUUID()), contact, act }),
    async inbox() {
      const rows: InboxRow[] = [];
      let page = await request('inbox.read', { after: null, limit: 500 });
      rows.push(...page.rows);
      while (page.next !== null) {
        page = await request('inbox.read', { after: page.next, limit: 500 });
        rows.push(...page.rows);
      }
      return rows;
    },
    until,
    untilLink: (kind) =>
      until(
        () => request('desk.read', {}),
        ({ link }) => link.kind === kind,
      ),
    async untilReceived() {
      await until(
        () => request('outbox.read', {}),
        ({ items }) => items.every(({ state }) => state !== 'waiting'),
      );
    },
    stop,
    [Symbol.dispose]: () => stop(),
  };
}

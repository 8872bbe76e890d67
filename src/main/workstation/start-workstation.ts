import { join } from 'node:path';
import type { Fault } from '../../shared/contract/fault.ts';
import type { Payload } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';
import type { NewId } from '../../shared/domain/ids.ts';
import type { Clock, Timers } from '../../shared/domain/time.ts';
import { errorCode, type Logger } from '../../platform/log.ts';
import { SqliteFault } from '../../platform/sqlite.ts';
import { checkDeskFile, openDeskStore } from '../cache/open-desk-store.ts';
import { Checkpoints } from '../cache/checkpoints.ts';
import { databaseName, markDamaged } from '../cache/set-aside.ts';
import type { ConnectSocket } from '../link/link-socket.ts';
import { parseQueueAddress } from '../link/queue-address.ts';
import { demoAccounts } from './demo-accounts.ts';
import { diskOf } from './disk.ts';
import type { PinHasher } from './pin-hash.ts';
import type { ConnectPolicies } from './policy-client.ts';
import type { ConnectPhotos } from './photo-client.ts';
import type { Start } from './process-protocol.ts';
import type { ConnectSignIn } from './sign-in-client.ts';
import type { SessionOptions } from './session.ts';
import { Workstation } from './workstation.ts';

/** Reading the whole file waits until the window has been painted. Milliseconds. */
const CHECK_AFTER_MS = 3_000;
/** So does the thread that takes the log of commits into the file. Milliseconds. */
const CHECKPOINTS_AFTER_MS = 2_000;

/** What a run of the workstation takes from its surroundings: the machine's (`real-surroundings.ts`), training's, or a test's. */
export interface Surroundings {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: () => number;
  readonly newId: NewId;
  readonly connect: ConnectSocket;
  readonly connectSignIn: ConnectSignIn;
  readonly connectPolicies: ConnectPolicies;
  readonly connectPhotos: ConnectPhotos;
  readonly pins: PinHasher;
}

export interface StartOptions {
  readonly start: Omit<Start, 'kind'>;
  readonly log: Logger;
  readonly push: <N extends PushName>(name: N, payload: Payload<N>) => void;
  readonly onStoreBroken: (fault: SqliteFault) => void;
  /** The program of `cache/checkpoint-thread.ts`; without it the store takes its log into the file by itself. */
  readonly checkpointScript?: string | URL;
  readonly surroundings: Surroundings;
  /** The accounts that the sign-in page offers; those of the demonstration, in its realm, when left out. */
  readonly offered?: SessionOptions['demo'];
}

export interface RunningWorkstation extends Disposable {
  readonly workstation: Workstation;
}

/**
 * Composition root of the desk without its window: opens the profile's store in whatever state it is, reads the queue's
 * address, and joins the two.
 *
 * @throws SqliteFault `busy` or `io` when the profile's folder cannot be used at all.
 */
export function startWorkstation(options: StartOptions): RunningWorkstation {
  const { start, log, push, onStoreBroken, checkpointScript, surroundings } = options;
  const { folder, realm, key, profile, appVersion, queue } = start;
  const broken = (fault: SqliteFault): void => {
    markDamaged(folder);
    onStoreBroken(fault);
  };
  const opened = openDeskStore({ folder, realm, key, newId: surroundings.newId, clock: surroundings.clock });
  const address = queue === null ? null : parseQueueAddress(queue, realm);
  const addressFaults: Fault[] =
    queue !== null && address?.ok === false
      ? [{ kind: 'queue-address-wrong', address: queue, why: address.why }]
      : [];
  const demo = options.offered ?? demoAccounts(realm);
  const workstation = new Workstation({
    ...surroundings,
    deskId: opened.deskId,
    realm,
    profile,
    appVersion,
    store: opened.store,
    queueUrl: address?.ok === true ? address.url : null,
    log,
    demo,
    ...(opened.store.kind === 'file' ? { disk: diskOf(folder) } : {}),
    faults: [...start.faults, ...told(opened.faults, start.faults), ...addressFaults],
    push,
    onStoreBroken: broken,
  });
  const account = demo.find(({ person }) => person.handler === start.demoSignIn);
  if (account !== undefined) void signInForPicture(workstation, account.person.handler, account.pin);
  const check = (): void => {
    if (key === null) return;
    try {
      const wrong = checkDeskFile(folder, key);
      log.info('desk file checked after an unclean end', { sound: wrong === null });
      if (wrong !== null) broken(new SqliteFault('damaged'));
    } catch (error) {
      log.warn('desk file could not be checked', { code: errorCode(error) });
    }
  };
  const isToCheck = opened.uncleanEnd && opened.store.kind === 'file';
  const checking = isToCheck ? surroundings.timers.after(CHECK_AFTER_MS, check) : null;
  let checkpoints: Checkpoints | null = null;
  const beginCheckpoints = (): void => {
    if (checkpointScript === undefined || key === null) return;
    const path = join(folder, databaseName);
    checkpoints = new Checkpoints({
      ...surroundings,
      path,
      key,
      script: checkpointScript,
      store: opened.store,
      log,
    });
  };
  const beginning =
    opened.store.kind === 'file' ? surroundings.timers.after(CHECKPOINTS_AFTER_MS, beginCheckpoints) : null;
  return {
    workstation,
    [Symbol.dispose]() {
      checking?.[Symbol.dispose]();
      beginning?.[Symbol.dispose]();
      checkpoints?.[Symbol.dispose]();
      workstation[Symbol.dispose]();
      opened.release();
    },
  };
}

/** A restarted desk goes on with whoever was there. */
async function signInForPicture(workstation: Workstation, handler: string, pin: string): Promise<void> {
  const { session } = await workstation.handlers['desk.read']({});
  if (session.kind === 'signed-out') await workstation.handlers['session.sign-in']({ handler, pin });
}

/** Faults of the store, without the one the shell has already told: why there is no key. */
function told(faults: readonly Fault[], byShell: readonly Fault[]): readonly Fault[] {
  const isWhyNoKey = ({ kind }: Fault): boolean => kind === 'no-keychain' || kind === 'cache-key-wrong';
  return byShell.some(isWhyNoKey) ? faults.filter((fault) => !isWhyNoKey(fault)) : faults;
}

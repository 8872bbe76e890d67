import type { ActOfHandler } from '../../demand/exchange-acts.ts';
import type { Answer, Parcel } from '../../demand/parcel.ts';
import type { ConnectSocket } from '../../main/link/link-socket.ts';
import type { Logger } from '../../platform/log.ts';
import { hashPin, type RandomBytes, type ScryptCost } from '../../queue/accounts/pin-hash.ts';
import { SignIns } from '../../queue/accounts/sign-ins.ts';
import type { ToldAct } from '../../queue/exchange/exchange-act.ts';
import { ExchangeTeller } from '../../queue/exchange/exchange-teller.ts';
import { createTelephonyAdapter } from '../../queue/intake/telephony/telephony-adapter.ts';
import { LogTail } from '../../queue/log-tail.ts';
import type { Carrier } from '../../queue/outbound/carrier.ts';
import { Sender } from '../../queue/outbound/sender.ts';
import type { PolicySource } from '../../queue/policy/policy-source.ts';
import { QueueService } from '../../queue/service.ts';
import { Sessions } from '../../queue/sessions.ts';
import { createMemoryStore } from '../../queue/store/memory-store.ts';
import type { Register } from '../../shared/domain/assist/on-record.ts';
import type { NewId } from '../../shared/domain/ids.ts';
import type { Clock, Timers } from '../../shared/domain/time.ts';
import { doorsInProcess } from './in-process-doors.ts';
import { intakeInProcess, STORY } from './in-process-intake.ts';
import { connectInProcess } from './in-process-link.ts';
import { trainingAccount } from './training-account.ts';

export interface PrivateQueueOptions {
  readonly policies: PolicySource;
  readonly register: Register;
  /** The scenario's. */
  readonly clock: Clock;
  /** The machine's: heart-beats are between programs, not in the story. */
  readonly timers: Timers;
  readonly newId: NewId;
  readonly random: RandomBytes;
  readonly nextTurn: () => Promise<void>;
  readonly log: Logger;
  /** A handler has done something with a call: the exchange of the story is told. */
  readonly onAct: (act: ActOfHandler) => void;
}

/** The whole central queue inside the training program, without any door to the outside. */
export interface PrivateQueue extends Disposable {
  readonly service: QueueService;
  readonly connect: ConnectSocket;
  readonly doors: ReturnType<typeof doorsInProcess>;
  /** What the story hands over. */
  readonly take: (parcel: Parcel) => Promise<Answer>;
}

/** The account's PIN is on the page: hashing it dearly would protect nothing, and delay the first ring. */
const cost: ScryptCost = { n: 16, r: 1, p: 1 };

/** Whatever is sent to a person in an exercise goes nowhere, and counts as sent (rule TS-06). */
const nowhere: Carrier = { carry: async () => ({ kind: 'taken', detail: 'training' }) };

/**
 * Opens it: the real service, its rules and its sessions, over the store that keeps nothing (rule TS-07). Everything the program `queue` serves
 * over the network is left out, and nothing else.
 */
export async function openPrivateQueue(options: PrivateQueueOptions): Promise<PrivateQueue> {
  const { policies, register, clock, timers, newId, random, nextTurn, log, onAct } = options;
  const store = createMemoryStore({ realm: 'training', newId });
  const { person, pin } = trainingAccount;
  const hash = await hashPin(pin, cost, random);
  await store.transact((tx) => tx.putAccount({ ...person, isActive: true, pin: hash }));
  const service = new QueueService({ store, policies, register, clock, newId });
  const tail = new LogTail({ service, timers, log });
  const signIns = new SignIns({ store, clock, random, cost });
  const sessions = new Sessions({ service, signIns, tail, timers, log, newId, nextTurn });
  await tail.start();
  const post = async (body: string) => {
    const { desk, extension, ...act } = JSON.parse(body) as ToldAct;
    onAct({ ...act, extension: extension ?? `desk-${desk ?? 0}` });
    return { kind: 'taken' } as const;
  };
  const exchange = new ExchangeTeller({ source: STORY, service, tail, timers, log, post });
  await exchange.start();
  const sender = new Sender({ service, tail, carriers: { 'e-mail': nowhere, text: nowhere }, timers, log });
  sender.start();
  return {
    service,
    connect: connectInProcess(sessions),
    doors: doorsInProcess({ signIns, policies }),
    take: intakeInProcess({ service, adapter: createTelephonyAdapter({ service }) }),
    [Symbol.dispose]() {
      for (const part of [sender, exchange, sessions, tail]) part[Symbol.dispose]();
    },
  };
}

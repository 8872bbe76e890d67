import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from '../platform/log.ts';
import { SECOND, type Clock, type Timers } from '../shared/domain/time.ts';
import { ChatRooms } from './chat/chat-rooms.ts';
import { KeptChats } from './chat/kept-chats.ts';
import type { FirstTierKnowledge } from './chat/first-tier.ts';
import type { Place, Visit } from './context.ts';
import { readAssets } from './http/assets.ts';
import { FormTokens } from './http/security.ts';
import { Sessions } from './http/sessions.ts';
import { readKnowledge } from './knowledge.ts';
import { languageName } from './languages.ts';
import type { PublicOptions } from './options.ts';
import { cardPath } from './pages/signpost-pages.ts';
import { Courier } from './queue/courier.ts';
import { HeldPhotos } from './photos/held-photos.ts';
import { KeptParcels } from './queue/kept-parcels.ts';
import { createQueueDoor, type QueueDoor } from './queue/queue-door.ts';
import { openKey } from './queue/sealed-lines.ts';
import { readForms } from './report/form-file.ts';
import { startPublicServer, type PublicServer, type PublicServerOptions } from './server.ts';
import { Waits } from './waits.ts';
import { en } from './words/en.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const resources = fileURLToPath(new URL('../../resources/', import.meta.url));

export interface StartPublicOptions extends Pick<
  PublicOptions,
  'port' | 'host' | 'origin' | 'dataDir' | 'policyDir' | 'exitTo' | 'behindProxy'
> {
  /** The queue’s address and the key of our source; or a door of its own, for tests. */
  readonly queue: { readonly address: string; readonly key: string } | QueueDoor;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Logger;
  readonly random: (length: number) => Buffer;
  readonly limits?: PublicServerOptions['limits'] | undefined;
}

export interface PublicPages extends AsyncDisposable {
  readonly server: PublicServer;
  readonly place: Place;
}

/** Starts the pages: reads what they know, opens what is kept, and listens. Throws an `Error` with a sentence when something cannot be used. */
export async function startPublic(options: StartPublicOptions): Promise<PublicPages> {
  const { clock, timers, log, random, exitTo } = options;
  const forms = readForms(join(resources, 'public'));
  const knowledge = readKnowledge(options.policyDir ?? join(resources, 'policy'));
  const assets = readAssets({ files: join(here, 'files'), scripts: join(here, 'browser') });
  const kept = await KeptParcels.open({ dir: options.dataDir, clock });
  if (kept.unreadable > 0)
    log.error('lines of what was kept could not be read; the file was set aside', { lines: kept.unreadable });
  const chats = new KeptChats({ dir: options.dataDir, log });
  const pause = (ms: number, stop: AbortSignal): Promise<void> => pauseWith(timers, ms, stop);
  const held = new HeldPhotos({
    dir: options.dataDir,
    wanted: kept.waiting.flatMap(({ photo }) => photo ?? []),
    room: options.limits?.photos,
  });
  const door =
    'hand' in options.queue
      ? options.queue
      : createQueueDoor({
          queue: options.queue.address,
          key: options.queue.key,
          photo: (photo) => held.read(photo),
        });
  const courier = new Courier({ door, kept, log, pause, random: () => random(4).readUInt32BE() / 2 ** 32 });
  // What the queue has is not kept here; what it would not take is, for a person to look at.
  courier.settled.subscribe(({ parcel, handed }) => {
    if (parcel.photo !== undefined && handed.kind === 'received') void held.remove(parcel.photo.id);
  });
  const newId = (): string => random(24).toString('base64url');
  const tier: FirstTierKnowledge = {
    ...knowledge,
    words: en.chat.tier,
    // Whoever reads the chat reads the address: it must be whole.
    pageOf: (card) => `${server.origin}${cardPath(card)}/no`,
  };
  const place: Place = {
    shell: { words: en, asset: (name) => assets.address(name), exitTo },
    forms,
    knowledge,
    tier,
    visits: new Sessions<Visit>({
      newId: () => random(32).toString('base64url'),
      monotonic: () => clock.monotonic(),
    }),
    tokens: new FormTokens(openKey(join(options.dataDir, 'visits.key'))),
    kept,
    courier,
    held,
    rooms: new ChatRooms({
      door,
      courier,
      chats,
      knowledge: tier,
      words: en.chat,
      clock,
      log,
      newId,
      pause,
      languageName,
    }),
    waits: new Waits({ door, clock }),
    clock,
    timers,
    log,
    random,
    newId,
  };
  const server: PublicServer = await startPublicServer({ ...options, place, assets });
  let stopping: Promise<void> | null = null;
  const stop = async (): Promise<void> => {
    await server.drain();
    await courier[Symbol.asyncDispose]();
    await chats.settled();
    await kept.close();
  };
  return { server, place, [Symbol.asyncDispose]: () => (stopping ??= stop()) };
}

function pauseWith(timers: Timers, ms: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = timers.after(Math.min(ms, 60 * SECOND), () => {
      stop.removeEventListener('abort', done);
      resolve();
    });
    const done = (): void => {
      timer[Symbol.dispose]();
      resolve();
    };
    stop.addEventListener('abort', done, { once: true });
  });
}

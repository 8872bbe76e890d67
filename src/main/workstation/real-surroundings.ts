import { randomUUID } from 'node:crypto';
import { systemClock, systemTimers } from '../../platform/clock.ts';
import { connectWebSocket } from '../link/link-socket.ts';
import { httpPhotos } from './photo-client.ts';
import { scryptHasher } from './pin-hash.ts';
import { httpPolicies } from './policy-client.ts';
import { httpSignIn } from './sign-in-client.ts';
import type { Surroundings } from './start-workstation.ts';

/** The machine's clocks and chance, and the network: a desk with a queue elsewhere. The training program never holds this file (rule TS-04). */
export const realSurroundings: Surroundings = {
  clock: systemClock,
  timers: systemTimers,
  random: Math.random,
  newId: randomUUID,
  connect: connectWebSocket,
  connectSignIn: httpSignIn,
  connectPolicies: httpPolicies,
  connectPhotos: httpPhotos,
  pins: scryptHasher,
};

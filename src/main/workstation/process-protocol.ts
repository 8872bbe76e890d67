import { z } from 'zod';
import { realms } from '../../shared/contract/realm.ts';
import { faultSchema } from '../../shared/contract/fault.ts';
import type { Envelope } from '../../shared/contract/workstation.ts';
import type { PushName } from '../../shared/contract/workstation-names.ts';

/** What the shell tells the workstation process at its start. The key travels here and nowhere else: not in arguments, not in the environment. */
export const startSchema = z.object({
  kind: z.literal('start'),
  /** The profile's folder. */
  folder: z.string(),
  profile: z.string(),
  realm: z.enum(realms),
  appVersion: z.string(),
  /** As typed; `null`: there is no queue to connect to. */
  queue: z.string().nullable(),
  /** A demo account that is signed in by itself, for a picture of the desk; none outside the demo realm (rule A-12). */
  demoSignIn: z.string().nullable(),
  /** 32 bytes in hexadecimal; `null` keeps everything in memory. */
  key: z.string().nullable(),
  /** What the shell has to tell the handler: no keychain, a restart. */
  faults: z.array(faultSchema),
  /** What is practised; left out but in training, which has a program of its own (rule TS-01). */
  training: z
    .strictObject({
      /** The folder of what comes with the program: scenarios, registers. */
      resources: z.string(),
      /** The scenario that is played, such as E02. */
      scenario: z.string(),
    })
    .optional(),
});
export type Start = z.infer<typeof startSchema>;

/** Shell → workstation process. */
export const toProcessSchema = z.discriminatedUnion('kind', [
  startSchema,
  z.object({ kind: z.literal('request'), id: z.int(), name: z.string(), input: z.unknown() }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToProcess = z.infer<typeof toProcessSchema>;

/** Workstation process → shell. The shell relays answers and pushes without looking inside. */
export type FromProcess =
  | { readonly kind: 'ready' }
  /** It cannot start, and starting it again will not help until a person has done something. */
  | { readonly kind: 'cannot-start'; readonly why: 'busy' | 'io' }
  /** It was asked for what cannot be; the sentence says what, and what to do. */
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'answer'; readonly id: number; readonly envelope: Envelope }
  | { readonly kind: 'push'; readonly name: PushName; readonly payload: unknown };

/** How the two talk, whichever kind of process it is. */
export interface ProcessPort {
  send(message: FromProcess): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The other side is gone: nothing is left to do. */
  onClosed(listener: () => void): void;
}

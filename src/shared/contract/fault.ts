import { z } from 'zod';

/**
 * What can go wrong around the program and may cross a boundary: a closed set. Each is recovered by its owner; the
 * handler is told what happened, what still works and what to do. The words are the window's (`features/notices`).
 */
const cacheFaults = [
  /** The database file was damaged: set aside whole, a new one is in use. `unsent` lists what could not be carried over. */
  z.object({
    kind: z.literal('cache-damaged'),
    setAside: z.string(),
    salvaged: z.int(),
    unsent: z.array(z.string()),
    /** True when the damaged file could not be read for unsent work at all. */
    unreadable: z.boolean(),
  }),
  /** The file was written by a newer program. Left untouched; this run keeps nothing on disk. */
  z.object({ kind: z.literal('cache-newer'), found: z.int(), known: z.int() }),
  /** The file belongs to another key. Left untouched; this run keeps nothing on disk. */
  z.object({ kind: z.literal('cache-key-wrong') }),
  /** The file belongs to another realm. Left untouched; this run keeps nothing on disk. */
  z.object({ kind: z.literal('cache-realm-wrong') }),
  /** The disk refused a write. What was asked for was not kept. */
  z.object({ kind: z.literal('cache-write-failed'), code: z.string() }),
  /** No keychain to hold the database key: a live desk keeps nothing on disk. */
  z.object({ kind: z.literal('no-keychain') }),
  /** The demo realm runs without a keychain: its key lies beside its file. */
  z.object({ kind: z.literal('demo-key-in-file') }),
] as const;

export const faultSchema = z.discriminatedUnion('kind', [
  ...cacheFaults,
  /** The queue's address is not one this desk may use. */
  z.object({
    kind: z.literal('queue-address-wrong'),
    address: z.string(),
    why: z.enum(['not-an-address', 'not-secure']),
  }),
  /** The queue closed the link for good. `code` is the socket's close code. */
  z.object({ kind: z.literal('queue-refused'), code: z.int(), why: z.string() }),
  /** The queue ends the link again and again for the same reason. The desk goes on trying. */
  z.object({ kind: z.literal('link-unsteady'), code: z.int(), why: z.string(), times: z.int() }),
  /** The workstation process died and was started again. `times` in this run of the window. */
  z.object({ kind: z.literal('workstation-restarted'), times: z.int(), cause: z.string() }),
]);
export type Fault = z.infer<typeof faultSchema>;

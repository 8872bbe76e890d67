import { SECOND } from '../../shared/domain/time.ts';

/** What opening one photo may take (rule PH-05): far more than a telephone's picture asks for, far less than would be felt. */

/** More than the largest that a usual telephone takes. Pixels. */
export const PIXELS_LIMIT = 64_000_000;
/** Pictures in one file, of which the first is shown. */
export const FRAMES_LIMIT = 200;
/** The whole process. Bytes. */
export const MEMORY_LIMIT = 768 * 1024 * 1024;
export const MEMORY_TRIED_EVERY_MS = 25;
/** From the first byte to the last. Milliseconds. */
export const OPENING_LIMIT_MS = 20 * SECOND;
/** Nobody looks at a photo again after it has broken the program so often, as one node has seen. */
export const BREAKS_LIMIT = 3;
/**
 * Nor after so many looks of which nobody knows the end, or whose breaks several nodes have seen: the queue itself was ended meanwhile, which is seldom a
 * photo’s doing.
 */
export const TRIES_LIMIT = 10;

/** What the program says of a photo. */
export type Opened =
  | { readonly kind: 'picture'; readonly width: number; readonly height: number }
  | { readonly kind: 'unreadable'; readonly trouble: 'damaged' | 'too-large' };

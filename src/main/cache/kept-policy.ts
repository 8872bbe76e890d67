import type { Instant } from '../../shared/domain/time.ts';

/** A policy that the queue has served to this desk, without its text (rule Y-06). */
export interface KeptPolicy {
  /** Any name: a desk that was set back may find one that it does not know. */
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the text. Hexadecimal. */
  readonly digest: string;
  /** By this desk's clock. */
  readonly fetchedAt: Instant;
}

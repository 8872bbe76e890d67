import type { Instant } from '../../shared/domain/time.ts';

/** A sentence about the last act: in the key bar, where eyes go after a key. Never moves anything. */
export interface Said {
  readonly text: string;
  /** `warning`: something did not happen. */
  readonly tone: 'plain' | 'warning';
  readonly at: Instant;
}

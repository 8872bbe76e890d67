import type { Signpost } from '../signposts/signpost.ts';
import type { PolicyHeader } from './header.ts';

/** `resources/policy/signposts.yaml`. */
export interface SignpostsPolicy extends PolicyHeader {
  readonly signposts: readonly Signpost[];
}

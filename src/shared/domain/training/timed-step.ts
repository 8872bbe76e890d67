import type { Channel } from '../channel.ts';
import type { ChannelState } from '../contact.ts';

/** As much of a scenario's step as its course hangs on; the rest goes through to whoever plays it. */
export interface TimedStep {
  /** Since the scenario's start. Milliseconds. */
  readonly after: number;
  readonly only?: 'demand' | 'training' | undefined;
  readonly cue?: string | undefined;
  readonly contact?:
    { readonly name?: string | undefined; readonly channel: Channel; readonly account: string } | undefined;
  readonly location?: { readonly of?: string | undefined } | undefined;
  readonly message?: { readonly of?: string | undefined; readonly text: string } | undefined;
  readonly line?: { readonly of?: string | undefined; readonly state: ChannelState } | undefined;
  readonly call?: { readonly of?: string | undefined; readonly event: string } | undefined;
  readonly start?: string | undefined;
}

/** A step with the contact that it is about. */
export interface PlacedStep<S extends TimedStep> {
  readonly at: number;
  readonly contact: string;
  readonly step: S;
}

import type { PolicyHeader } from './header.ts';

/** What a marker changes in how a contact is handled. Each is offered or asked of a person. Floors under grades are the triage policy's. */
export const markerEffects = [
  'no-cold-call-back',
  'lock-downgrade',
  'domestic-questions',
  'stalking-timeline',
  'no-family-interpreter',
  'safeguarding-referral',
  'risk-questions',
  'plain-language',
  'herbert-protocol',
  'hate-qualifier',
  'banking-protocol',
  'no-tip-off',
  'contact-method',
  'tell-dispatcher',
  'consider-raising',
  'show-plan',
  'suggest-link',
] as const;
export type MarkerEffect = (typeof markerEffects)[number];

/** A sort of marker. Source of the sorts and of what they do: national guidance on vulnerability, and the force's own choice. */
export interface MarkerKind {
  readonly id: string;
  /** As a handler reads it: "High-risk domestic abuse". */
  readonly name: string;
  /** What to do about it, in one sentence. */
  readonly advice: string;
  readonly effects: readonly MarkerEffect[];
}

/** The sorts of markers, gravest first: the order in which they are shown. */
export interface MarkerKindsPolicy extends PolicyHeader {
  /** How near a place must be known before a marker about it counts as this contact's (rule AS-16). */
  readonly places: {
    /** A wider circle than this is told as "may be", and nothing rests on it. Metres. */
    readonly sureRadiusMetres: number;
    /** Of such uncertain ones no more than so many are told, the nearest to the middle first. */
    readonly mayBeAtMost: number;
    /** Why these numbers: said to whoever looks the policy through. */
    readonly because: string;
  };
  readonly kinds: readonly MarkerKind[];
}

import { useEffect, useState } from 'react';
import { buildGazetteer, type Gazetteer } from '../../shared/domain/place/gazetteer.ts';
import type { PlacesPolicy } from '../../shared/domain/policy/places.ts';
import { usePolicy } from './policies.ts';

/** The places of this desk as a feature sees them. */
export type GazetteerView =
  /** Asked for, or being made ready. */
  | { readonly kind: 'loading' }
  | { readonly kind: 'here'; readonly gazetteer: Gazetteer }
  /** A sentence for the handler. */
  | { readonly kind: 'not-there'; readonly sentence: string };

/** Built once for each version that is in force: the policy is the same object for as long as it counts. */
const built = new WeakMap<PlacesPolicy, GazetteerView & { readonly kind: 'here' }>();

const loading: GazetteerView = { kind: 'loading' };

/** Building takes several frames' time with a whole county's streets: never while a key is being answered. */
const whenIdle = (task: () => void): (() => void) => {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(task, 0);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(task, { timeout: 1_000 });
  return () => cancelIdleCallback(idle);
};

/**
 * One gazetteer for the whole window (rule PL-12), read and built when something first wants it. While another version is being built the
 * one before it goes on answering.
 */
export function useGazetteer(): GazetteerView {
  const policy = usePolicy('places');
  const value = policy.kind === 'here' ? policy.value : null;
  const ready = value === null ? undefined : built.get(value);
  const [last, setLast] = useState<GazetteerView>(loading);
  if (ready !== undefined && ready !== last) setLast(ready);
  useEffect(() => {
    if (value === null || built.has(value)) return undefined;
    return whenIdle(() => {
      const made = built.get(value) ?? { kind: 'here', gazetteer: buildGazetteer(value) };
      built.set(value, made);
      setLast(made);
    });
  }, [value]);
  return policy.kind === 'not-there' ? policy : (ready ?? last);
}

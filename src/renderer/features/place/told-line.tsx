import { useMemo } from 'react';
import type { Location } from '../../../shared/domain/location.ts';
import type { Gazetteer } from '../../../shared/domain/place/gazetteer.ts';
import { nearWords } from '../../../shared/domain/place/nearest-place.ts';
import { machineWords } from '../../app/machine-location.ts';
import { useNow } from '../../app/use-now.ts';
import { shortLengthWords } from '../../ui/time-words.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import styles from './place-sheet.module.css';

export interface ToldLineProps {
  readonly location: Location | null;
  readonly gazetteer: Gazetteer | null;
}

/** What a machine says, in a line that is kept for it: it may come while something is being typed (rule PL-60). */
export function ToldLine({ location, gazetteer }: ToldLineProps) {
  const now = useNow();
  const near = useMemo(
    () =>
      location === null || gazetteer === null ? null : nearWords(gazetteer, location, location.radiusMetres),
    [location, gazetteer],
  );
  if (location === null) return <p className={styles.told}>No machine has told a location.</p>;
  const { place, at } = location;
  const words = place ?? near ?? `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
  const line = `${machineWords(location)}, ${shortLengthWords(Math.max(0, now - at))} ago: ${words}`;
  return (
    <p className={styles.told} data-told title={line}>
      <span>{line}</span>
      <KeyHint>Alt+1</KeyHint> takes it
    </p>
  );
}

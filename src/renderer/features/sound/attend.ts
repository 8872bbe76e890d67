import type { Workplace } from '../../app/workplace.ts';

/** Tells the shell how many emergencies wait, so that it points at a window nobody looks at (rule W-34). Returns what stops it. */
export function attendTo({ bridge, store, session, after }: Workplace): () => void {
  let told = 0;
  // Painted first: to point at the window may come a moment later.
  const tell = (): void =>
    after(0, () => {
      const door = session.door.read();
      const emergencies = door === 'open' || door === 'locked' ? store.facts.read().emergencyCount : 0;
      if (emergencies === told) return;
      told = emergencies;
      void bridge.request('window.attend', { emergencies }).catch(() => undefined);
    });
  const stops = [store.facts.subscribe(tell), session.door.subscribe(tell)];
  tell();
  return () => {
    for (const stop of stops) stop();
  };
}

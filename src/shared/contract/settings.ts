/** How a handler can like the window. Names without parsers: the shell reads them before it has any. */
export const themes = ['day', 'night', 'system'] as const;
export const densities = ['compact', 'comfortable'] as const;

export interface Settings {
  readonly theme: (typeof themes)[number];
  readonly density: (typeof densities)[number];
  /** WCAG 2.1.4: letters as commands can be switched off; the same acts stay on other keys. */
  readonly singleLetterKeys: boolean;
  /** How loud the desk's sounds are, 0 to 100. Emergencies are never below `LEAST_EMERGENCY_VOLUME` (rule SO-06). */
  readonly volume: number;
  /** Percentages of the panes, left to right; none: the usual ones. */
  readonly layout: readonly number[];
}

export const defaultSettings: Settings = {
  theme: 'system',
  density: 'comfortable',
  singleLetterKeys: true,
  volume: 80,
  layout: [],
};

/** An emergency can be silenced until the next, but not turned down further. Percent. */
export const LEAST_EMERGENCY_VOLUME = 30;

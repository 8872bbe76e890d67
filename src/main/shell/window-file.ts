import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings, densities, themes, type Settings } from '../../shared/contract/settings.ts';

/** Where the window last stood. Pixels of the screen. */
export interface WindowPlace {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number;
  readonly height: number;
  readonly maximised: boolean;
}

/** What is kept of a window. Nothing about the public. */
export interface WindowFile {
  readonly settings: Settings;
  readonly place: WindowPlace;
}

/** The file's name in the profile's folder, without its ending. */
export const WINDOW_FILE = 'window';

export const firstWindow: WindowFile = {
  settings: defaultSettings,
  place: { x: null, y: null, width: 1600, height: 960, maximised: true },
};

/**
 * Reads it before the window is opened. What is missing, torn by a power cut or not understood is as at the first start,
 * field by field: no file keeps a window shut.
 */
export function readWindowFile(folder: string): WindowFile {
  const { settings, place } = fieldsOf(parsedFile(join(folder, `${WINDOW_FILE}.json`)));
  return { settings: settingsOf(fieldsOf(settings)), place: placeOf(fieldsOf(place)) };
}

type Fields = Readonly<Record<string, unknown>>;

function parsedFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

function settingsOf({ theme, density, singleLetterKeys, volume, layout }: Fields): Settings {
  const usual = firstWindow.settings;
  const widths = Array.isArray(layout) ? (layout as unknown[]).filter(isNumber) : [];
  return {
    theme: themes.find((known) => known === theme) ?? usual.theme,
    density: densities.find((known) => known === density) ?? usual.density,
    singleLetterKeys: typeof singleLetterKeys === 'boolean' ? singleLetterKeys : usual.singleLetterKeys,
    volume: isNumber(volume) && volume >= 0 && volume <= 100 ? Math.round(volume) : usual.volume,
    layout: widths.length === 3 ? widths : usual.layout,
  };
}

function placeOf({ x, y, width, height, maximised }: Fields): WindowPlace {
  const usual = firstWindow.place;
  return {
    x: isNumber(x) ? x : usual.x,
    y: isNumber(y) ? y : usual.y,
    width: isNumber(width) ? width : usual.width,
    height: isNumber(height) ? height : usual.height,
    maximised: typeof maximised === 'boolean' ? maximised : usual.maximised,
  };
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

import type Store from 'electron-store';
import type { Settings } from '../../shared/contract/settings.ts';
import {
  firstWindow,
  readWindowFile,
  WINDOW_FILE,
  type WindowFile,
  type WindowPlace,
} from './window-file.ts';

/** How this handler likes the window, and where it stood: in memory from the start, in its file once that can be written. */
export class SettingsFile {
  readonly #folder: string;
  #now: WindowFile;
  #store: Store<WindowFile> | null = null;

  constructor(folder: string) {
    this.#folder = folder;
    this.#now = readWindowFile(folder);
  }

  get settings(): Settings {
    return this.#now.settings;
  }

  get place(): WindowPlace {
    return this.#now.place;
  }

  /** Changes something, and keeps it. */
  keep(change: Partial<WindowFile>): void {
    this.#now = { ...this.#now, ...change };
    this.#store?.set(change);
  }

  /** From here on changes are kept on disk, those made before too. The library that writes takes long to load. */
  writeWith(Library: typeof Store): void {
    this.#store = new Library<WindowFile>({
      cwd: this.#folder,
      name: WINDOW_FILE,
      // A file torn by a power cut is replaced by the defaults rather than keeping the window shut.
      clearInvalidConfig: true,
      defaults: firstWindow,
    });
    this.#store.set(this.#now);
  }
}

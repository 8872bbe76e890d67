import Store from 'electron-store';
import {
  defaultSettings,
  requests,
  type RequestHandlers,
  type Settings,
} from '../../shared/contract/workstation.ts';

/** Where the window last stood. Pixels of the screen. */
export interface WindowPlace {
  readonly x: number | null;
  readonly y: number | null;
  readonly width: number;
  readonly height: number;
  readonly maximised: boolean;
}

const firstPlace: WindowPlace = { x: null, y: null, width: 1600, height: 960, maximised: true };

/** How this handler likes the window, and where it stood. Nothing about the public is kept here. */
export class SettingsFile {
  readonly #store: Store<{ settings: Settings; place: WindowPlace }>;

  constructor(folder: string) {
    this.#store = new Store({
      cwd: folder,
      name: 'window',
      // A file torn by a power cut is replaced by the defaults rather than keeping the window shut.
      clearInvalidConfig: true,
      defaults: { settings: defaultSettings, place: firstPlace },
    });
  }

  get place(): WindowPlace {
    return { ...firstPlace, ...this.#store.get('place') };
  }

  set place(place: WindowPlace) {
    this.#store.set('place', place);
  }

  /** The requests of the window's contract that the shell answers itself. */
  readonly handlers: Pick<RequestHandlers, 'settings.read' | 'settings.save'> = {
    'settings.read': async () => {
      const stored = requests['settings.read'].output.safeParse(this.#store.get('settings'));
      return stored.success ? stored.data : defaultSettings;
    },
    'settings.save': async (settings) => {
      this.#store.set('settings', settings);
      return {};
    },
  };
}

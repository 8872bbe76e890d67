import { factsOf, isProgram, type Edge, type FileFacts, type Tree } from './source-tree.ts';

/**
 * The import law: who may know whom. A folder may always import itself. What is not said is forbidden, also for
 * types: a type that crosses a border is knowledge that crosses it.
 */
interface Folder {
  /** Its path; a `*` stands for one name, so that `features/*` is many folders which do not know each other. */
  readonly at: string;
  /** Folders or files of the project it may import. */
  readonly may: readonly string[];
  /** What it may not import although it lies in `may`. */
  readonly never?: readonly string[];
  /** What it may import as types only. */
  readonly types?: readonly string[];
  /** npm packages it may import. */
  readonly packages?: readonly string[];
  /** Whether it may use Node's own modules. */
  readonly node?: boolean;
}

const shared = ['src/shared/'];
/** The domain's words without its decisions: what a folder may know that only carries or shows contacts. */
const decisions = [
  'src/shared/domain/lifecycle.ts',
  'src/shared/domain/ordering.ts',
  'src/shared/domain/view.ts',
];
const react = ['react', 'react-dom'];
const tables = ['@tanstack/react-table'];

export const folders: readonly Folder[] = [
  { at: 'src/shared/lib/', may: [] },
  { at: 'src/shared/domain/', may: ['src/shared/lib/'] },
  { at: 'src/shared/contract/', may: ['src/shared/domain/', 'src/shared/lib/'], packages: ['zod'] },
  {
    at: 'src/platform/',
    may: ['src/shared/lib/', 'src/shared/domain/time.ts', 'src/shared/domain/ids.ts'],
    packages: ['better-sqlite3', 'yaml', 'zod'],
    node: true,
  },
  {
    at: 'src/queue/',
    may: [...shared, 'src/platform/', 'src/queue/store/', 'src/queue/embedded-postgres/'],
    never: ['src/platform/sqlite.ts'],
    packages: ['ws', 'zod', 'pino', 'eld', 'nodemailer', 'sharp'],
    node: true,
  },
  {
    at: 'src/queue/store/',
    may: [...shared, 'src/platform/'],
    never: ['src/platform/sqlite.ts'],
    packages: ['pg', 'zod'],
    node: true,
  },
  {
    at: 'src/queue/embedded-postgres/',
    may: ['src/shared/lib/', 'src/platform/log.ts'],
    packages: ['embedded-postgres'],
    node: true,
  },
  // The one reader of the scenario files, for the public's day and for training alike.
  {
    at: 'src/scenario/',
    may: [...shared, 'src/platform/'],
    never: ['src/platform/sqlite.ts', ...decisions],
    node: true,
  },
  // Scenarios in the terminal: no window, no queue, no network.
  {
    at: 'src/training/',
    may: [...shared, 'src/platform/', 'src/scenario/'],
    never: ['src/platform/sqlite.ts', ...decisions],
    node: true,
  },
  // A client of the intake door like any other: it knows what is said there, not how the queue works.
  {
    at: 'src/demand/',
    may: [...shared, 'src/platform/', 'src/scenario/'],
    never: ['src/platform/sqlite.ts'],
    packages: ['zod', 'yaml'],
    node: true,
  },
  // Training: a desk, a queue without its doors, and the demand's stories, in one process that holds no socket.
  {
    at: 'src/training/room/',
    may: [
      ...shared,
      'src/platform/',
      'src/scenario/',
      'src/main/workstation/',
      'src/queue/',
      ...['courier', 'parcel', 'play', 'london', 'scenario-folder', 'scenario-steps'].map(
        (name) => `src/demand/${name}.ts`,
      ),
    ],
    never: ['src/platform/sqlite.ts', 'src/main/workstation/real-surroundings.ts', 'src/queue/server.ts'],
    types: ['src/demand/', 'src/main/link/'],
    node: true,
  },
  {
    at: 'src/training/process.ts',
    may: ['src/training/room/', 'src/platform/clock.ts', 'src/main/workstation/host-process.ts'],
    node: true,
  },
  // The public's pages: another client of the intake door.
  {
    at: 'src/public/',
    may: [...shared, 'src/platform/'],
    never: ['src/platform/sqlite.ts', ...decisions, 'src/public/browser/'],
    packages: ['zod'],
    node: true,
  },
  // The reader of e-mails: another client of the intake door.
  {
    at: 'src/mail/',
    may: [...shared, 'src/platform/'],
    never: ['src/platform/sqlite.ts', ...decisions],
    packages: ['zod', 'imapflow', 'postal-mime'],
    node: true,
  },
  // Sent to browsers as it stands, each file alone.
  { at: 'src/public/browser/', may: [] },
  {
    at: 'src/main/workstation/',
    may: [...shared, 'src/platform/', 'src/scenario/', 'src/main/cache/', 'src/main/link/'],
    packages: ['zod'],
    node: true,
  },
  {
    at: 'src/main/cache/',
    may: [...shared, 'src/platform/'],
    packages: ['better-sqlite3', 'zod'],
    node: true,
  },
  {
    at: 'src/main/link/',
    may: [...shared, 'src/platform/'],
    never: ['src/platform/sqlite.ts'],
    packages: ['ws'],
    node: true,
  },
  {
    at: 'src/main/shell/',
    may: [...shared, 'src/platform/', 'src/main/workstation/process-protocol.ts'],
    never: [...decisions, 'src/platform/sqlite.ts'],
    packages: ['electron', 'electron-log', 'electron-store', 'zod'],
    node: true,
  },
  {
    at: 'src/main/index.ts',
    may: [...shared, 'src/platform/', 'src/main/shell/'],
    never: [...decisions, 'src/platform/sqlite.ts'],
    packages: ['electron'],
    node: true,
  },
  // The sandboxed bridge carries the names; the parsers stay outside.
  {
    at: 'src/preload/',
    may: ['src/shared/contract/workstation-names.ts'],
    types: ['src/shared/contract/'],
    packages: ['electron'],
  },
  {
    at: 'src/renderer/ui/',
    may: ['src/shared/lib/', 'src/shared/domain/time.ts', 'src/shared/domain/london.ts'],
    packages: react,
  },
  {
    at: 'src/renderer/commands/',
    may: [...shared, 'src/renderer/ui/', 'src/renderer/app/'],
    packages: react,
  },
  {
    at: 'src/renderer/features/*/',
    may: [...shared, 'src/renderer/ui/', 'src/renderer/commands/', 'src/renderer/app/'],
    packages: [...react, ...tables],
  },
  {
    at: 'src/renderer/app/',
    may: [...shared, 'src/renderer/ui/', 'src/renderer/commands/'],
    packages: react,
  },
  // Where the window is put together: the only files that name features.
  ...['app.tsx', 'features.ts', 'start-window.tsx'].map((file) => ({
    at: `src/renderer/app/${file}`,
    may: [...shared, 'src/renderer/'],
    never: ['src/renderer/testing/'],
    packages: react,
  })),
  {
    at: 'src/renderer/main.tsx',
    may: [...shared, 'src/renderer/app/', 'src/renderer/commands/', 'src/renderer/styles/'],
    packages: [...react, '@fontsource-variable/inter'],
  },
  { at: 'src/renderer/styles/', may: [] },
];

/** Files that are no code: a style sheet beside its component, data under `resources/`. */
const isData = (path: string): boolean =>
  /\.(css|json|svg|woff2)$/.test(path) && !path.endsWith('package.json');

/** Where clocks, timers and chance come from; everybody else is handed them (house style: time, ids, randomness are passed in). */
const ambientPlaces: readonly string[] = [
  'src/platform/',
  'src/renderer/app/',
  'src/main/index.ts',
  'src/main/workstation/host-process.ts',
  'src/main/workstation/real-surroundings.ts',
  'src/training/process.ts',
  'src/queue/index.ts',
  'src/demand/index.ts',
  'src/public/index.ts',
  'src/mail/index.ts',
  'src/training/index.ts',
  // Runs in the public's browsers, where nobody hands it a clock.
  'src/public/browser/',
  // Drives a foreign process and its files: real waiting, names that nobody may guess.
  'src/queue/embedded-postgres.ts',
  'src/queue/embedded-postgres/',
];

/** SQL is written in row files and migrations, and where those are run: each store's own account of its version. */
const sqlPlaces: readonly string[] = ['src/platform/sqlite.ts', 'src/queue/store/migrate.ts'];
const isSqlPlace = (path: string): boolean =>
  /-rows\.ts$|\/migrations\//.test(path) || sqlPlaces.includes(path);

/** Statements as they are written, in one case throughout: "Select a contact from the list" is a sentence. */
const sql =
  /^\s*(?:(?:with\b[^]*?\b)?select\b[^]*\bfrom\b|(?:with\b[^]*?\b)?insert (?:or \w+ )?into\b|(?:with\b[^]*?\b)?update\s+[\w."?]+\s+set\b|(?:with\b[^]*?\b)?delete from\b|create (?:unique |temp |virtual )*(?:table|index|trigger|view)\b|alter table\b|drop (?:table|index)\b)/;
export const isSql = (text: string): boolean =>
  sql.test(text) || (/^\s*[A-Z]{4,}\b/.test(text) && sql.test(text.toLowerCase()));

const lies = (path: string, places: readonly string[]): boolean =>
  places.some((place) => (place.endsWith('/') ? path.startsWith(place) : path === place));

/** The folder of the law in which a path lies, the most particular one, and which of its many it is. */
function placeOf(
  path: string,
  law: readonly Folder[],
): { readonly folder: Folder; readonly home: string } | null {
  const places = law.flatMap((folder) => {
    const pattern = folder.at.replaceAll('.', String.raw`\.`).replaceAll('*', '[^/]+');
    const home = new RegExp(`^${pattern}${folder.at.endsWith('/') ? '' : '$'}`).exec(path)?.[0];
    return home === undefined ? [] : [{ folder, home }];
  });
  return places.sort((a, b) => b.home.length - a.home.length)[0] ?? null;
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function forbids({ from, to, typeOnly }: Edge, law: readonly Folder[]): boolean {
  const place = placeOf(from, law);
  if (place === null) return true;
  const { folder, home } = place;
  if (to.startsWith('node:')) return folder.node !== true;
  if (!/^(src|resources|docs|scripts|tests|node_modules)\//.test(to))
    return !(folder.packages ?? []).includes(packageOf(to));
  if (to.startsWith('resources/') && isData(to)) return false;
  if (lies(to, folder.never ?? [])) return true;
  // Its own folder; a folder with a law of its own inside it is another one.
  if (placeOf(to, law)?.home === home) return false;
  return !lies(to, folder.may) && !(typeOnly && lies(to, folder.types ?? []));
}

/** One line for each thing in the tree that the law forbids: where it is, and what is wrong with it. */
export function breaches(tree: Tree, law: readonly Folder[] = folders): string[] {
  return Object.entries(tree)
    .filter(([path]) => isProgram(path))
    .flatMap(([path, text]) => breachesOf(factsOf(path, text), law));
}

function breachesOf(facts: FileFacts, law: readonly Folder[]): string[] {
  const { path } = facts;
  const declares = path.endsWith('.d.ts');
  const at = (line: number, what: string): string => `${path}:${line} ${what}`;
  return [
    ...(placeOf(path, law) === null ? [at(1, 'has no place in the import law')] : []),
    ...facts.edges
      .filter((edge) => forbids(edge, law))
      .map(({ line, to, typeOnly }) => at(line, `→ ${to}${typeOnly ? ' (type)' : ''}`)),
    ...facts.unreadable.map((line) => at(line, 'imports what cannot be read from the text')),
    ...(declares ? [] : facts.defaultExports.map((line) => at(line, 'default export'))),
    ...facts.reExports
      .filter(({ all }) => all || facts.onlyReExports || /\/index\.tsx?$/.test(path))
      .map(({ line }) => at(line, 'barrel')),
    ...(lies(path, ambientPlaces) ? [] : facts.ambient.map(({ line, name }) => at(line, `uses ${name}`))),
    ...(isSqlPlace(path)
      ? []
      : facts.texts.filter(({ text }) => isSql(text)).map(({ line }) => at(line, 'holds SQL'))),
  ];
}

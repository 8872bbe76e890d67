import { parseArgs } from 'node:util';
import { realms, type Realm } from '../../shared/contract/realm.ts';

/** How this window was started. */
export interface Arguments {
  /** The queue's address as typed. */
  readonly queue: string;
  /** Whose data: a name of letters, digits, `-` and `_`. */
  readonly profile: string;
  readonly realm: Realm;
  /** Where profiles are kept; `null`: the operating system's place for this program. */
  readonly data: string | null;
  /** In the demo realm: the account that is signed in by itself, for a picture; otherwise `null`. */
  readonly demoSignIn: string | null;
  /** Saves a picture of the window here, some seconds after it was painted. */
  readonly screenshot: string | null;
}

export type ParsedArguments =
  { readonly ok: true; readonly value: Arguments } | { readonly ok: false; readonly sentence: string };

const usage = `usage: --queue ws://HOST:PORT  --profile NAME  [--realm live|demo]  [--data FOLDER]  [--screenshot FILE]  [--demo-sign-in NUMBER]`;

/** Reads the words after the program's name. Chromium's own switches may stand among them and are passed over. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const text = { type: 'string' } as const;
  const options = {
    queue: text,
    profile: text,
    realm: text,
    data: text,
    screenshot: text,
    'demo-sign-in': text,
  };
  const own = words.filter((word, index) => isOwn(word, words[index - 1], Object.keys(options)));
  let values: Partial<Record<keyof typeof options, string>>;
  try {
    values = parseArgs({ args: [...own], options, strict: true }).values;
  } catch (error) {
    return { ok: false, sentence: `${error instanceof Error ? error.message : 'Not understood.'}\n${usage}` };
  }
  const { queue, profile = 'desk', realm = 'demo', data = null, screenshot = null } = values;
  const demoSignIn = values['demo-sign-in'] ?? null;
  if (queue === undefined) {
    return { ok: false, sentence: `Name the central queue: --queue ws://HOST:PORT\n${usage}` };
  }
  if (!/^[\w-]{1,40}$/.test(profile)) {
    return { ok: false, sentence: `The profile's name may have letters, digits, - and _ only.\n${usage}` };
  }
  if (realm === 'training' || !realms.includes(realm as Realm)) {
    return { ok: false, sentence: `The realm is live or demo.\n${usage}` };
  }
  if (demoSignIn !== null && realm !== 'demo')
    return { ok: false, sentence: `--demo-sign-in is for the demo realm only.\n${usage}` };
  return { ok: true, value: { queue, profile, realm: realm as Realm, data, screenshot, demoSignIn } };
}

/** Our switches and their values. Any other switch may be one of Chromium's hundreds. */
function isOwn(word: string, before: string | undefined, names: readonly string[]): boolean {
  if (!word.startsWith('--')) return before !== undefined && names.includes(before.slice(2));
  return names.includes(word.slice(2).split('=')[0] ?? '');
}

import { parseArgs } from 'node:util';
import { realms, type Realm } from '../../shared/contract/realm.ts';

/** How this window was started. */
export interface Arguments {
  /** The queue's address as typed; `null` in training, which has its own. */
  readonly queue: string | null;
  /** Whose data: a name of letters, digits, `-` and `_`. */
  readonly profile: string;
  readonly realm: Realm;
  /** The scenario that is practised; `null` outside training. */
  readonly scenario: string | null;
  /** Where profiles are kept; `null`: the operating system's place for this program. */
  readonly data: string | null;
  /** In the demo realm: the account that is signed in by itself, for a picture; otherwise `null`. */
  readonly demoSignIn: string | null;
  /** Saves a picture of the window here, some seconds after it was painted. */
  readonly screenshot: string | null;
}

export type ParsedArguments =
  { readonly ok: true; readonly value: Arguments } | { readonly ok: false; readonly sentence: string };

const usage = `usage: --queue ws://HOST:PORT  --profile NAME  [--realm live|demo]  [--data FOLDER]  [--screenshot FILE]  [--demo-sign-in NUMBER]\n   or: --training  [--scenario E02]  [--profile NAME]  [--data FOLDER]  [--screenshot FILE]`;

/** What is practised when nothing else is asked for. */
const FIRST_SCENARIO = 'E01';

/** Reads the words after the program's name. Chromium's own switches may stand among them and are passed over. */
export function parseArguments(words: readonly string[]): ParsedArguments {
  const text = { type: 'string' } as const;
  const options = {
    training: { type: 'boolean' } as const,
    scenario: text,
    queue: text,
    profile: text,
    realm: text,
    data: text,
    screenshot: text,
    'demo-sign-in': text,
  };
  const own = words.filter((word, index) => isOwn(word, words[index - 1], Object.keys(options)));
  let values: Wish;
  try {
    values = parseArgs({ args: [...own], options, strict: true }).values;
  } catch (error) {
    return { ok: false, sentence: `${error instanceof Error ? error.message : 'Not understood.'}\n${usage}` };
  }
  if (!/^[\w-]{1,40}$/.test(values.profile ?? 'desk')) {
    return { ok: false, sentence: `The profile's name may have letters, digits, - and _ only.\n${usage}` };
  }
  return values.training === true ? inTraining(values) : connected(values);
}

interface Wish {
  readonly training?: boolean;
  readonly scenario?: string;
  readonly queue?: string;
  readonly profile?: string;
  readonly realm?: string;
  readonly data?: string;
  readonly screenshot?: string;
  readonly 'demo-sign-in'?: string;
}

/** Training has a realm and a queue of its own, and nothing of a live start may come along (rule TS-01). */
function inTraining(values: Wish): ParsedArguments {
  const { profile = 'desk', data = null, screenshot = null, scenario = FIRST_SCENARIO } = values;
  for (const name of ['queue', 'realm', 'demo-sign-in'] as const)
    if (values[name] !== undefined)
      return { ok: false, sentence: `--${name} does not go with --training.\n${usage}` };
  if (!/^[A-Z]\d{2}$/.test(scenario))
    return { ok: false, sentence: `The scenario is one such as E02.\n${usage}` };
  const value = {
    queue: null,
    profile,
    realm: 'training',
    scenario,
    data,
    screenshot,
    demoSignIn: null,
  } as const;
  return { ok: true, value };
}

function connected(values: Wish): ParsedArguments {
  const { queue, profile = 'desk', realm = 'demo', data = null, screenshot = null } = values;
  const demoSignIn = values['demo-sign-in'] ?? null;
  if (values.scenario !== undefined)
    return { ok: false, sentence: `--scenario goes with --training only.\n${usage}` };
  if (queue === undefined) {
    return { ok: false, sentence: `Name the central queue: --queue ws://HOST:PORT\n${usage}` };
  }
  if (realm === 'training' || !realms.includes(realm as Realm)) {
    return { ok: false, sentence: `The realm is live or demo.\n${usage}` };
  }
  if (demoSignIn !== null && realm !== 'demo')
    return { ok: false, sentence: `--demo-sign-in is for the demo realm only.\n${usage}` };
  const value = { queue, profile, realm: realm as Realm, scenario: null, data, screenshot, demoSignIn };
  return { ok: true, value };
}

/** Of a live start: what names the queue and the world, and is left behind on the way into training. */
const liveOnly: ReadonlySet<string> = new Set(['queue', 'realm', 'demo-sign-in', 'screenshot', 'scenario']);

/** The words of this start as they begin training with the same profile and the same browser's switches (rule TS-01). */
export function wordsOfTraining(words: readonly string[]): readonly string[] {
  const isLiveOnly = (word: string): boolean =>
    word.startsWith('--') && liveOnly.has(word.slice(2).split('=')[0] ?? '');
  const kept = words.filter((word, at) => {
    const before = words[at - 1] ?? '';
    const isValueOf = !word.startsWith('--') && !before.includes('=') && isLiveOnly(before);
    return !isLiveOnly(word) && !isValueOf && word !== '--training';
  });
  return [...kept, '--training'];
}

/** Our switches and their values. Any other switch may be one of Chromium's hundreds. */
function isOwn(word: string, before: string | undefined, names: readonly string[]): boolean {
  if (!word.startsWith('--')) return before !== undefined && names.includes(before.slice(2));
  return names.includes(word.slice(2).split('=')[0] ?? '');
}

import { z } from 'zod';
import { durationMs } from '../shared/domain/duration.ts';
import {
  channel,
  flags,
  languageTag,
  lineState,
  messageFrom,
  rowText,
  version,
  words,
} from '../shared/contract/scenario/fields.ts';
import { readYaml, type FieldPath, type YamlContent } from '../platform/yaml-file.ts';

/** `40s-90s`: at random between the two. Read as milliseconds. */
const durationRange = z.string().transform((text, context): readonly [number, number] => {
  const [from = '', to = from] = text.split('-');
  const ends = [durationMs(from), durationMs(to)] as const;
  if (ends[0] !== null && ends[1] !== null && ends[0] <= ends[1]) return [ends[0], ends[1]];
  context.addIssue({ code: 'custom', message: 'is not a length of time such as 40s-90s' });
  return z.NEVER;
});

const townSchema = z.strictObject({
  name: words,
  district: words,
  /** The first half of a postcode; the second is made up, with letters that are never used. */
  postcode: z.string().regex(/^[A-Z]{2}\d{1,2}$/, 'is not the first half of a postcode'),
  latitude: z.number(),
  longitude: z.number(),
  /** Main roads there. */
  roads: z.array(words).min(1),
});

const parts = z.record(z.string().regex(/^[a-z][a-z-]*$/), z.array(words).min(1));

const laterSchema = z
  .strictObject({
    after: durationRange,
    chance: z.number().min(0).max(1).default(1),
    message: words.optional(),
    from: messageFrom.default('public'),
    line: lineState.optional(),
  })
  .refine(({ message, line }) => (message === undefined) !== (line === undefined), {
    error: 'must hold either message or line',
  });

const storySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'is not an id such as lost-wallet'),
  kind: words,
  channel,
  /** How often it comes, against the others of its kind. */
  weight: z.number().positive().default(1),
  title: rowText,
  place: rowText.nullable().default('{street}, {town}'),
  language: languageTag.nullable().default(null),
  /** `person`: name, number, address. `mobile`: a number alone. `first-name`: as in a chat. Or an organisation's name. */
  caller: z.union([
    z.enum(['person', 'mobile', 'first-name', 'nobody']),
    z.strictObject({ organisation: words }),
  ]),
  /** What they say: one of these. */
  account: z.array(words).min(1),
  /** What others say who see the same. With these, an event may be reported by several callers. */
  others: z.array(words).default([]),
  /** Words for this story's own places in its texts. */
  with: parts.default({}),
  flags: flags.default({}),
  state: lineState.exclude(['left-by-exit']).nullable().default(null),
  later: z.array(laterSchema).default([]),
});

const callsSchema = z
  .strictObject({
    networks: z.array(words).min(1),
    /** What the exchange's operator heard before anybody here did, of a caller who speaks and of one who does not. */
    heard: z.array(words),
    heardNobody: z.array(words),
  })
  .default({ networks: ['Mobile network'], heard: [], heardNobody: [] });

const everydaySchema = z.strictObject({
  version,
  towns: z.array(townSchema).min(1),
  parts,
  /** What somebody says who rings or writes again about the same. */
  again: z.array(words).min(1),
  stories: z.array(storySchema).min(1),
  /** What an exchange says of ordinary lines. */
  calls: callsSchema,
});

/** The stories of an ordinary day, and the words they are varied with. */
export type Everyday = z.infer<typeof everydaySchema>;
export type EverydayStory = Everyday['stories'][number];
export type Town = Everyday['towns'][number];

/** Words that are made up for each contact, beside the file's own parts. */
export const madeUp = [
  'town',
  'road',
  'the-road',
  'name',
  'first-name',
  'house',
  'postcode',
  'plate',
] as const;
/** Of these, what a row may show (rule C-11). */
const inRows: ReadonlySet<string> = new Set(['town', 'road']);

/** Reads the everyday stories. Throws an `Error` with one sentence: file, line, column, field, reason, what to do. */
export function readEveryday(file: string, text: string): YamlContent<Everyday> {
  const content = readYaml(file, text, everydaySchema);
  const { stories, parts: shared, again } = content.value;
  const ids = new Set<string>();
  for (const [n, story] of stories.entries()) {
    const at = ['stories', n];
    if (ids.has(story.id)) {
      throw content.complain(
        [...at, 'id'],
        `is used twice: ${story.id}`,
        'Give each story an id of its own.',
      );
    }
    ids.add(story.id);
    const known = new Set<string>([...Object.keys(shared), ...Object.keys(story.with), ...madeUp]);
    const rowKnown = new Set([...known].filter((name) => inRows.has(name) || !isMadeUp(name)));
    checkGaps(content, [...at, 'title'], story.title, rowKnown);
    checkGaps(content, [...at, 'place'], story.place ?? '', rowKnown);
    for (const list of ['account', 'others'] as const) {
      for (const [m, line] of story[list].entries()) checkGaps(content, [...at, list, m], line, known);
    }
    for (const [m, { message = '' }] of story.later.entries()) {
      checkGaps(content, [...at, 'later', m, 'message'], message, known);
    }
  }
  for (const [n, line] of again.entries()) checkGaps(content, ['again', n], line, new Set());
  return content;
}

const isMadeUp = (name: string): boolean => madeUp.some((one) => one === name);

/** Every `{word}` of a text must be one that can be filled in there. */
function checkGaps(
  content: YamlContent<Everyday>,
  path: FieldPath,
  text: string,
  known: ReadonlySet<string>,
): void {
  for (const [, name = ''] of text.matchAll(gap)) {
    if (known.has(name)) continue;
    const reason = `has {${name}}, for which there are no words here`;
    throw content.complain(path, reason, 'Add the words under parts or with, or take it out.');
  }
}

/** A place in a text where a word is to stand. */
export const gap = /\{([^{}]*)\}/g;

import { unreachable } from '../../lib/assert.ts';
import type { Anchor, Exercise, Expected, MustNot, Sign, Skill } from './exercise.ts';
import type { Entry, Recording } from './recording.ts';
import { isVerbatim } from './verbatim.ts';

/**
 * What became of a point.
 * - `met`, `late`, `missed`: of something expected
 * - `kept`, `broken`: of a must-not
 * - `not-reached`: what it waits for never came, so that it counts neither way
 */
export type Verdict = 'met' | 'late' | 'missed' | 'kept' | 'broken' | 'not-reached';

/** One point of the debrief, traceable to the moment and to the sentence of the scenario (rule TR-31). */
export interface ScoreLine {
  readonly id: string;
  readonly kind: 'expected' | 'must-not';
  readonly skill: Skill;
  readonly verdict: Verdict;
  /** Gained; for a broken must-not what it cost, below zero. */
  readonly points: number;
  /** To be gained. */
  readonly of: number;
  /** From when it was counted, and when it was met or broken. Milliseconds since the start; `null` where there was no such moment. */
  readonly from: number | null;
  readonly at: number | null;
  /** The entry of the recording that decided it, by its place; `null` when nothing did. */
  readonly entry: number | null;
  readonly says: string;
  readonly because: string;
}

export interface Score {
  readonly scenario: string;
  readonly points: number;
  readonly of: number;
  /** 0 to 100, whole. */
  readonly percent: number;
  readonly passed: boolean;
  readonly lines: readonly ScoreLine[];
  readonly bySkill: Readonly<Partial<Record<Skill, { readonly points: number; readonly of: number }>>>;
  readonly measures: Measures;
  /** What no program can judge, for the mentor's form (rule TR-33). */
  readonly notJudged: readonly string[];
}

/** Times that are shown whether or not a scenario gives points for them. Milliseconds; `null`: it was never done. */
export interface Measures {
  readonly toAnswer: number | null;
  /** From the answer to the place being asked for or written down. */
  readonly toPlace: number | null;
  readonly toSafety: number | null;
  readonly toLog: number | null;
  readonly byKeys: number;
  readonly byMouse: number;
}

/** What became of a point that others wait for. */
interface Met {
  readonly at: number | null;
  readonly missed: boolean;
}

/** Half the points are left until twice the time. */
const LATE_SHARE = 0.5;

/** Scores a recording against what its scenario says is right. The same recording has the same score, always (rule TR-30). */
export function scoreOf(exercise: Exercise, recording: Recording): Score {
  const { entries } = recording;
  const met = new Map<string, Met>();
  const lines: ScoreLine[] = [];
  // A point may wait for another: as often as there are points, each can be settled by then.
  let waiting: readonly Expected[] = exercise.expected;
  for (let round = 0; waiting.length > 0 && round <= exercise.expected.length; round += 1) {
    const ready = waiting.filter((point) => isSettled(point.from, met) && isSettled(point.before, met));
    for (const point of ready.length > 0 ? ready : waiting) {
      const line = expectedLine(point, entries, met);
      met.set(point.id, {
        at: line.verdict === 'missed' ? null : line.at,
        missed: line.verdict === 'missed',
      });
      lines.push(line);
    }
    waiting = ready.length > 0 ? waiting.filter((point) => !ready.includes(point)) : [];
  }
  const order = exercise.expected.map(({ id }) => id);
  lines.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  lines.push(...exercise.mustNots.map((point) => mustNotLine(point, entries, met)));
  const of = sum(lines.map((line) => line.of));
  const points = Math.max(0, sum(lines.map((line) => line.points)));
  const percent = of === 0 ? 0 : Math.round((100 * points) / of);
  const failed = new Set(exercise.mustNots.filter(({ fails }) => fails).map(({ id }) => id));
  return {
    scenario: recording.scenario,
    points,
    of,
    percent,
    passed:
      percent >= exercise.pass && !lines.some(({ id, verdict }) => verdict === 'broken' && failed.has(id)),
    lines,
    bySkill: bySkill(lines),
    measures: measuresOf(entries),
    notJudged: [...alwaysLeftToMentor, ...exercise.mentor],
  };
}

/** Points that were lost, by id: late counts as lost. */
export const lostIn = ({ lines }: Score): readonly string[] =>
  lines
    .filter(({ verdict }) => verdict === 'missed' || verdict === 'late' || verdict === 'broken')
    .map(({ id }) => id);

const alwaysLeftToMentor: readonly string[] = [
  'Tone of voice: how it was said, not what.',
  'Whether what was typed as said was what was said aloud.',
  'Whether the reasons in the record are good ones: only that they name what matters was looked at.',
];

const isSettled = (anchor: Anchor | null, met: ReadonlyMap<string, Met>): boolean =>
  anchor?.kind !== 'done' || met.has(anchor.id);

function expectedLine(point: Expected, entries: readonly Entry[], met: ReadonlyMap<string, Met>): ScoreLine {
  const from = momentOf(point.from, point.contact, entries, met);
  const base = lineOf(point, 'expected', from);
  // What waits for something that was left out is left out with it.
  if (from === null && point.from.kind === 'done' && met.get(point.from.id)?.missed === true) return base;
  if (from === null) return { ...base, verdict: 'not-reached', of: 0 };
  const before = point.before === null ? null : momentOf(point.before, point.contact, entries, met);
  const found = firstSign(point, entries, { from, until: before });
  if (found === null) return base;
  const took = found.at - from;
  const isInTime = point.within === null || took <= point.within;
  const isLate = point.within !== null && took <= 2 * point.within;
  if (isInTime) return { ...base, ...found, verdict: 'met', points: point.points };
  return isLate
    ? { ...base, ...found, verdict: 'late', points: point.points * LATE_SHARE }
    : { ...base, ...found };
}

function mustNotLine(point: MustNot, entries: readonly Entry[], met: ReadonlyMap<string, Met>): ScoreLine {
  const from = momentOf(point.from, point.contact, entries, met);
  const base = { ...lineOf(point, 'must-not', from), of: 0 };
  if (from === null) return { ...base, verdict: 'not-reached' };
  const until = point.until === null ? null : momentOf(point.until, point.contact, entries, met);
  const found = firstSign(point, entries, { from, until });
  return found === null
    ? { ...base, verdict: 'kept' }
    : { ...base, ...found, verdict: 'broken', points: -point.points };
}

const lineOf = (
  { id, skill, points, says, because }: Expected | MustNot,
  kind: ScoreLine['kind'],
  from: number | null,
): ScoreLine => ({
  id,
  kind,
  skill,
  verdict: 'missed',
  points: 0,
  of: points,
  from,
  at: null,
  entry: null,
  says,
  because,
});

/** The first moment of an anchor; `null` when it has not come. */
function momentOf(
  anchor: Anchor,
  contact: string,
  entries: readonly Entry[],
  met: ReadonlyMap<string, Met>,
): number | null {
  const first = (is: (entry: Entry) => boolean): number | null => entries.find(is)?.at ?? null;
  switch (anchor.kind) {
    case 'start':
      return 0;
    case 'arrived':
      return first((entry) => entry.kind === 'arrived' && entry.contact === contact);
    case 'answered':
      return first(
        (entry) => entry.kind === 'deed' && entry.deed.kind === 'claim' && entry.contact === contact,
      );
    case 'cue':
      return first(
        (entry) =>
          (entry.kind === 'step' && entry.cue === anchor.cue) ||
          (entry.kind === 'line' && entry.line.cue === anchor.cue),
      );
    case 'done':
      return met.get(anchor.id)?.at ?? null;
    default:
      return unreachable(anchor);
  }
}

/** The first deed that shows it, from a moment on and before another. */
function firstSign(
  { by, contact }: Expected | MustNot,
  entries: readonly Entry[],
  { from, until }: { readonly from: number; readonly until: number | null },
): { readonly at: number; readonly entry: number } | null {
  for (const [n, entry] of entries.entries()) {
    if (entry.kind !== 'deed' || entry.contact !== contact || entry.at < from) continue;
    if (until !== null && entry.at >= until) return null;
    if (by.some((sign) => shows(sign, entry, entries.slice(0, n)))) return { at: entry.at, entry: n };
  }
  return null;
}

function shows(
  sign: Sign,
  { deed, meanings }: Extract<Entry, { kind: 'deed' }>,
  before: readonly Entry[],
): boolean {
  if (sign.kind === 'asked') return meanings.some((meaning) => sign.meanings.includes(meaning));
  const text = deed.words.toLowerCase();
  return (
    sign.deeds.includes(deed.kind) &&
    (sign.of.length === 0 || sign.of.some((value) => deed.values.includes(value))) &&
    sign.all.every((value) => deed.values.includes(value)) &&
    sign.words.every((group) => group.some((word) => text.includes(word.toLowerCase()))) &&
    (!sign.verbatim || isVerbatim(deed.words, before.flatMap(theirWords)))
  );
}

/** What people have said or written by then. */
const theirWords = (entry: Entry): readonly string[] =>
  entry.kind === 'line'
    ? [entry.line.text]
    : entry.kind === 'arrived' || entry.kind === 'step'
      ? [entry.words]
      : [];

function bySkill(lines: readonly ScoreLine[]): Score['bySkill'] {
  const found: Partial<Record<Skill, { points: number; of: number }>> = {};
  for (const { skill, points, of } of lines) {
    const before = found[skill] ?? { points: 0, of: 0 };
    found[skill] = { points: before.points + points, of: before.of + of };
  }
  return found;
}

/** Questions about danger: the first of them is the safety question. */
const safety: readonly string[] = [
  'safe-now',
  'hurt',
  'weapons',
  'suspect-where',
  'can-talk',
  'tap',
  'still-going',
];
const place: readonly string[] = ['where', 'confirm-place'];

function measuresOf(entries: readonly Entry[]): Measures {
  const deeds = entries.filter((entry) => entry.kind === 'deed');
  const first = (is: (entry: (typeof deeds)[number]) => boolean): number | null => deeds.find(is)?.at ?? null;
  const meant =
    (names: readonly string[]) =>
    ({ meanings }: (typeof deeds)[number]): boolean =>
      meanings.some((meaning) => names.includes(meaning));
  const arrived = entries.find(({ kind }) => kind === 'arrived')?.at ?? null;
  const answered = first(({ deed }) => deed.kind === 'claim');
  const since = (start: number | null, at: number | null): number | null =>
    start === null || at === null ? null : at - start;
  return {
    toAnswer: since(arrived, answered),
    toPlace: since(
      answered,
      first((entry) => entry.deed.kind === 'place' || meant(place)(entry)),
    ),
    toSafety: since(answered, first(meant(safety))),
    toLog: since(
      answered,
      first(({ deed }) => deed.kind === 'incident'),
    ),
    byKeys: deeds.filter(({ deed }) => deed.by === 'keys').length,
    byMouse: deeds.filter(({ deed }) => deed.by === 'mouse').length,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

import { unreachable } from '../../lib/assert.ts';
import type { Act, ActKind } from '../command.ts';
import { letters } from '../triage/thrive.ts';
import type { TriageEntry } from '../triage/entry.ts';

/**
 * What a trainee does that is no act on a contact: speaks, chooses a prompt, rings somebody, ends the call, looks into the history, shows
 * or reads out a signpost.
 */
const otherDeeds = ['say', 'ask', 'ring', 'hang-up', 'search', 'signpost'] as const;

/** Every act once; a new one does not compile until it stands here. */
const acts: Readonly<Record<ActKind, true>> = {
  claim: true,
  release: true,
  free: true,
  note: true,
  grade: true,
  agree: true,
  triage: true,
  describe: true,
  place: true,
  attempt: true,
  'promise-call-back': true,
  hear: true,
  link: true,
  part: true,
  discharge: true,
  incident: true,
  crime: true,
  pass: true,
  major: true,
  'stand-down': true,
  reply: true,
  'check-exit': true,
  'end-chat': true,
  park: true,
  resume: true,
  'safe-contact': true,
  'choose-language': true,
  'send-reference': true,
  'offer-chat': true,
  'answer-offer': true,
  'withdraw-offer': true,
  promote: true,
  demote: true,
  close: true,
  reopen: true,
  log: true,
  consult: true,
};

export type DeedKind = ActKind | (typeof otherDeeds)[number];
export const allDeeds: readonly DeedKind[] = [...otherDeeds, ...(Object.keys(acts) as ActKind[])];

/** One thing that a trainee did, as far as points are about it: its kind, the codes in it and its words (rule TR-30). */
export interface Deed {
  readonly kind: DeedKind;
  readonly values: readonly string[];
  readonly words: string;
  /** How it was done; `null` where nobody could see. */
  readonly by: 'keys' | 'mouse' | null;
}

const deed = (
  kind: DeedKind,
  values: readonly (string | null | undefined)[],
  words: readonly (string | null)[] = [],
): Deed => ({
  kind,
  values: values.filter((value) => typeof value === 'string'),
  words: words.filter((part) => part !== null && part !== '').join('\n'),
  by: null,
});

/** The same act as points see it. Total: a new act says here what of it can be right or wrong. */
export function deedOf(act: Act): Deed {
  switch (act.kind) {
    case 'claim':
    case 'resume':
    case 'consult':
    case 'withdraw-offer':
      return deed(act.kind, []);
    case 'release':
    case 'free':
    case 'reopen':
    case 'promote':
    case 'demote':
    case 'stand-down':
      return deed(act.kind, [], [act.reason ?? null]);
    case 'note':
    case 'reply':
      return deed(act.kind, [], [act.text]);
    case 'grade':
      return deed('grade', [act.grade], [act.reason, ...Object.values(act.rationale ?? {})]);
    case 'agree':
      return deed('agree', [act.agreed ? 'agreed' : 'declined'], [act.reason]);
    case 'triage':
      return triageDeed(act.entry);
    case 'describe':
      return deed('describe', [], [JSON.stringify(act.said)]);
    case 'place':
      return deed('place', [act.spot.readBack ? 'read-back' : null], [act.spot.words, act.spot.detail]);
    case 'attempt':
      return deed('attempt', [act.attempt.safe, act.attempt.way, act.attempt.result], [act.attempt.words]);
    case 'promise-call-back':
    case 'discharge':
    case 'check-exit':
    case 'answer-offer':
    case 'offer-chat':
      return deed(act.kind, [], [act.words]);
    case 'hear':
      return deed('hear', [], [JSON.stringify(act.sound)]);
    case 'link':
      return deed('link', [act.as], [act.fact]);
    case 'part':
      return deed('part', [], [act.reason]);
    case 'incident':
      return deed('incident', [act.category]);
    case 'crime':
      return deed('crime', [act.decision.kind, ...crimeCodes(act)], [JSON.stringify(act.decision)]);
    case 'pass':
      return deed(
        'pass',
        [act.passed.to, act.passed.stayedOn ? 'stayed-on' : null],
        [act.passed.pack, act.passed.takenBy, act.passed.theirRef],
      );
    case 'major':
      return deed('major', [], [act.name, JSON.stringify(act.report)]);
    case 'end-chat':
      return deed('end-chat', [act.reason]);
    case 'park':
      return deed('park', [act.because]);
    case 'safe-contact':
      return deed('safe-contact', [], [JSON.stringify(act.safe)]);
    case 'choose-language':
      return deed('choose-language', [act.code]);
    case 'send-reference':
      return deed('send-reference', [act.way, act.neutral ? 'neutral' : null], [act.to]);
    case 'close':
      return closeDeed(act);
    case 'log':
      return deed('log', [act.channel], [act.title, act.account]);
    default:
      return unreachable(act);
  }
}

const crimeCodes = ({ decision }: Extract<Act, { kind: 'crime' }>): readonly (string | null)[] =>
  decision.kind === 'recorded' ? [decision.offenceClass] : [];

/** Letters that are answered as `threat`, questions as `asked:weapons`, the call type as it is called. */
function triageDeed({ callType, answers, thrive, different }: TriageEntry): Deed {
  return deed(
    'triage',
    [
      callType,
      ...letters.filter((letter) => thrive[letter] !== null),
      ...Object.keys(answers).map((id) => `asked:${id}`),
    ],
    [different, JSON.stringify(thrive)],
  );
}

function closeDeed({ outcome, reason, record }: Extract<Act, { kind: 'close' }>): Deed {
  return deed(
    'close',
    [
      outcome,
      record?.category ?? null,
      ...(record?.qualifiers ?? []),
      record === null ? null : `crime:${record.crime.kind}`,
    ],
    [reason, record?.result ?? null, record?.callerTold?.words ?? null, record?.withoutIncident ?? null],
  );
}

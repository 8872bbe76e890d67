import {
  chatOf,
  replyReached,
  type Reply,
  type ReplyReached,
  type SafeContactVersion,
} from '../../../shared/domain/chat/chat.ts';
import type { Actor, Closing, Contact, Grading, Message, Note } from '../../../shared/domain/contact.ts';
import { isDecided } from '../../../shared/domain/record/crime-decision.ts';
import type { Description } from '../../../shared/domain/record/description.ts';
import type {
  AskedGrading,
  CallBackAttempt,
  CrimeStanding,
  Heard,
  Incident,
  LateContribution,
  LaterFacts,
  Link,
  MajorIncident,
  PassedOn,
} from '../../../shared/domain/record/parts.ts';
import type { Sending } from '../../../shared/domain/outbound/sending.ts';
import type { QuestionPolicy } from '../../../shared/domain/policy/questions.ts';
import { handOverLine } from '../../app/hand-over-words.ts';
import { lookLines, type LookLine } from '../../app/look-words.ts';
import type { Instant } from '../../../shared/domain/time.ts';

type What =
  | { readonly kind: 'message'; readonly message: Message }
  | { readonly kind: 'reply'; readonly reply: Reply; readonly reached: ReplyReached; readonly by: Actor }
  | { readonly kind: 'exit' | 'hand-over' | 'promise'; readonly words: string; readonly by: Actor }
  | { readonly kind: 'safe'; readonly safe: SafeContactVersion; readonly by: Actor }
  | { readonly kind: 'sending'; readonly sending: Sending; readonly by: Actor }
  | { readonly kind: 'note'; readonly note: Note; readonly by: Actor }
  | { readonly kind: 'grading'; readonly grading: Grading; readonly by: Actor }
  | { readonly kind: 'band'; readonly to: 'A' | 'B'; readonly reason: string; readonly by: Actor }
  | { readonly kind: 'incident'; readonly incident: Incident; readonly by: Actor }
  | { readonly kind: 'crime'; readonly crime: CrimeStanding; readonly by: Actor }
  | { readonly kind: 'link' | 'parting'; readonly link: Link; readonly by: Actor }
  | {
      readonly kind: 'child-told';
      readonly link: Link;
      readonly facts: LaterFacts;
      readonly by: Actor | null;
    }
  | { readonly kind: 'attempt'; readonly attempt: CallBackAttempt; readonly by: Actor }
  | { readonly kind: 'look'; readonly look: LookLine; readonly by: Actor }
  | { readonly kind: 'told'; readonly words: string; readonly by: Actor }
  | { readonly kind: 'asked'; readonly asked: AskedGrading; readonly by: Actor }
  | { readonly kind: 'major'; readonly words: string; readonly said: string; readonly by: Actor }
  | { readonly kind: 'late'; readonly late: LateContribution; readonly by: Actor }
  | { readonly kind: 'caller'; readonly description: Description; readonly by: Actor }
  | { readonly kind: 'sound'; readonly sound: Heard; readonly by: Actor }
  | { readonly kind: 'passing'; readonly passing: PassedOn; readonly by: Actor }
  | {
      readonly kind: 'closing';
      readonly closing: Closing;
      /** The decision about a crime that the closing itself has settled; `null` when it was settled before. */
      readonly crime: CrimeStanding | null;
      readonly by: Actor;
    };

/** One thing on the record. */
export interface Entry {
  /** The id of the command that wrote it, where there is one. */
  readonly key: string;
  readonly what: What;
  readonly at: Instant;
  /** Only on this desk so far: the queue has not received it. */
  readonly kept: boolean;
}

type Found = Omit<Entry, 'kept'>;

/** Each kind of thing on the record; a new kind is one more of these, its words in `record.tsx`. */
type CallTypes = QuestionPolicy['callTypes'];

const kinds: readonly ((contact: Contact, callTypes: CallTypes) => readonly Found[])[] = [
  notes,
  exitChecks,
  handOvers,
  promises,
  safeContacts,
  sent,
  gradings,
  askings,
  looks,
  tellings,
  majors,
  contributions,
  bandChanges,
  incidents,
  crimes,
  descriptions,
  attempts,
  sounds,
  passings,
  links,
  childrensWords,
  partings,
  closings,
];

/** Everything since the account, in order of time; what only this desk has stands last, because the queue will date it later. */
export function recordOf(
  contact: Contact,
  keptHere: ReadonlySet<string>,
  callTypes: CallTypes,
): readonly Entry[] {
  const marked = (found: Found): Entry => ({ ...found, kept: keptHere.has(found.key) });
  const others = kinds
    .flatMap((of) => of(contact, callTypes))
    .map(marked)
    .toSorted((a, b) => Number(a.kept) - Number(b.kept) || a.at - b.at);
  return merged(conversation(contact).map(marked), others);
}

/** What both sides wrote, in the order in which the queue has it: of two clocks neither can say who was first (rule CH-04). */
function conversation(contact: Contact): readonly Found[] {
  const chat = chatOf(contact);
  const written = contact.messages.map((message): Found => ({
    key: `message ${message.key}`,
    at: message.at,
    what: { kind: 'message', message },
  }));
  // Without a word of ours there is nothing to put in between: as they were written.
  if (chat.replies.length === 0) return written.toSorted((a, b) => a.at - b.at);
  const replies = chat.replies.map((reply) => ({
    reply,
    found: replyFound(reply, replyReached(chat, reply)),
  }));
  const before = (count: number): readonly Found[] =>
    replies.filter(({ reply }) => reply.after === count).map(({ found }) => found);
  return [...before(0), ...written.flatMap((found, at) => [found, ...before(at + 1)])];
}

const replyFound = (reply: Reply, reached: ReplyReached): Found => ({
  key: reply.id,
  at: reply.at,
  what: { kind: 'reply', reply, reached, by: reply.by },
});

/** Both in their own order; what only this desk has stands last. */
function merged(talk: readonly Entry[], others: readonly Entry[]): readonly Entry[] {
  const [kept, rest] = [others.filter((entry) => entry.kept), others.filter((entry) => !entry.kept)];
  const all: Entry[] = [];
  let next = 0;
  for (const entry of talk) {
    while (next < rest.length && (rest[next]?.at ?? 0) < entry.at) all.push(...rest.slice(next, (next += 1)));
    all.push(entry);
  }
  return [...all, ...rest.slice(next), ...kept];
}

function exitChecks({ chat }: Contact): readonly Found[] {
  const checked = chat?.exit?.checked ?? null;
  if (checked === null) return [];
  return [{ key: 'exit', at: checked.at, what: { kind: 'exit', words: checked.words, by: checked.by } }];
}

/** What they were told of being rung (rule C-37). */
function promises({ promised }: Contact): readonly Found[] {
  return (promised ?? []).map(({ id, words, by, at }) => ({
    key: id,
    at,
    what: { kind: 'promise', words, by },
  }));
}

/** Each try to hand the chat on, and what came of it (rule CH-16). */
function handOvers({ chat }: Contact): readonly Found[] {
  return (chat?.handOvers ?? []).map((tried) => ({
    key: tried.id,
    at: tried.at,
    what: { kind: 'hand-over', words: handOverLine(tried), by: tried.by },
  }));
}

function safeContacts({ safeContacts: all }: Contact): readonly Found[] {
  return all.map((safe) => ({ key: safe.id, at: safe.at, what: { kind: 'safe', safe, by: safe.by } }));
}

function sent({ sendings }: Contact): readonly Found[] {
  return sendings.map((sending) => ({
    key: sending.id,
    at: sending.at,
    what: { kind: 'sending', sending, by: sending.by },
  }));
}

function notes({ notes: all }: Contact): readonly Found[] {
  return all.map((note) => ({ key: note.id, at: note.at, what: { kind: 'note', note, by: note.by } }));
}

function gradings({ gradings: all }: Contact): readonly Found[] {
  return all.map((grading) => ({
    key: grading.id,
    at: grading.at,
    what: { kind: 'grading', grading, by: grading.by },
  }));
}

/** A lower grade that waits for a second person; once answered the grading or the duty says what came of it. */
function askings({ asked }: Contact): readonly Found[] {
  return asked === null
    ? []
    : [{ key: asked.id, at: asked.at, what: { kind: 'asked', asked, by: asked.by } }];
}

/** Each look at the risk, a line each (rule T-03). */
function looks({ triage }: Contact, callTypes: CallTypes): readonly Found[] {
  return lookLines(triage, callTypes).map((look) => ({
    key: look.version.id,
    at: look.version.at,
    what: { kind: 'look', look, by: look.version.by },
  }));
}

/** What was said to whoever believed the earlier answer, and a second person's word (rules T-15, T-16). */
function tellings({ duties }: Contact): readonly Found[] {
  return duties.flatMap(({ id, kind, done }): readonly Found[] => {
    if (done === null || done.words === '' || kind === 're-thrive') return [];
    const name = kind === 'agree' ? 'A word on the lower grade' : 'Caller told';
    const words = `${name}: ${done.words}`;
    return [{ key: `done ${id}`, at: done.at, what: { kind: 'told', words, by: done.by } }];
  });
}

/** Who it is and what it is about, each version (rule R-24). */
function descriptions({ descriptions: all }: Contact): readonly Found[] {
  return all.map((description) => ({
    key: description.id,
    at: description.at,
    what: { kind: 'caller', description, by: description.by },
  }));
}

function majors({ major, earlierMajors }: Contact): readonly Found[] {
  return [...earlierMajors, ...(major === null ? [] : [major])].flatMap(versionOf);
}

function versionOf(major: MajorIncident): readonly Found[] {
  const said = Object.values(major.report).filter((line) => line !== null && line.trim() !== '');
  const accepted =
    major.acceptedBy === undefined ? [] : [`handed on to here, accepted by ${major.acceptedBy}`];
  const declared: Found = {
    key: major.id,
    at: major.at,
    what: {
      kind: 'major',
      words: `Major incident ${major.name}`,
      said: [...accepted, ...said].join(' · '),
      by: major.by,
    },
  };
  if (major.stoodDown === null) return [declared];
  const { at, by, reason } = major.stoodDown;
  const over: Found = {
    key: `over ${major.id}`,
    at,
    what: { kind: 'major', words: 'Major incident stood down', said: reason, by },
  };
  return [declared, over];
}

function bandChanges({ bandChanges: all }: Contact): readonly Found[] {
  return all.map(({ to, reason, by, at }, place) => ({
    key: `band ${place}`,
    at,
    what: { kind: 'band', to, reason, by },
  }));
}

function incidents({ incident }: Contact): readonly Found[] {
  if (incident === null) return [];
  return [{ key: incident.id, at: incident.at, what: { kind: 'incident', incident, by: incident.by } }];
}

/** A crime that the closing itself has settled stands in the closing's entry. */
function crimes({ crime, closing }: Contact): readonly Found[] {
  if (crime === null || !isDecided(crime.decision) || crime.at === closing?.at) return [];
  return [{ key: crime.id, at: crime.at, what: { kind: 'crime', crime, by: crime.by } }];
}

function attempts({ attempts: all }: Contact): readonly Found[] {
  return all.map((attempt) => ({
    key: attempt.id,
    at: attempt.at,
    what: { kind: 'attempt', attempt, by: attempt.by },
  }));
}

/** What an earlier owner said late (rule C-10): on the record, and without effect. */
function contributions({ late }: Contact): readonly Found[] {
  return late.map((one) => ({ key: one.id, at: one.at, what: { kind: 'late', late: one, by: one.by } }));
}

function sounds({ heard }: Contact): readonly Found[] {
  return heard.map((sound) => ({
    key: sound.id,
    at: sound.at,
    what: { kind: 'sound', sound, by: sound.by },
  }));
}

function passings({ passedOn }: Contact): readonly Found[] {
  return passedOn.map((passing) => ({
    key: passing.id,
    at: passing.at,
    what: { kind: 'passing', passing, by: passing.by },
  }));
}

function links({ links: all }: Contact): readonly Found[] {
  return all.map((link) => ({ key: link.id, at: link.at, what: { kind: 'link', link, by: link.by } }));
}

/** What a linked contact was told since, each time with its time (rule C-34). */
function childrensWords({ links: all }: Contact): readonly Found[] {
  return all.flatMap((link) =>
    (link.later ?? []).map((facts, n) => ({
      key: `later ${link.id} ${n}`,
      at: facts.at,
      what: { kind: 'child-told', link, facts, by: facts.by } as const,
    })),
  );
}

function partings({ links: all }: Contact): readonly Found[] {
  return all.flatMap((link): readonly Found[] => {
    if (link.parted === null) return [];
    const { at, by } = link.parted;
    return [{ key: `parted ${link.id}`, at, what: { kind: 'parting', link, by } }];
  });
}

function closings({ closing, crime }: Contact): readonly Found[] {
  if (closing === null) return [];
  const settled = crime?.at === closing.at ? crime : null;
  return [
    {
      key: 'closing',
      at: closing.at,
      what: { kind: 'closing', closing, crime: settled, by: closing.by },
    },
  ];
}

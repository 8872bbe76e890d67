import type { ActKind } from './command.ts';
import type { ContactSummary } from './contact.ts';
import type { HappeningKind } from './event.ts';
import type { Refusal } from './lifecycle.ts';
import type { Role } from './role.ts';

/** `not-emergencies`: only on what stands in band B. */
type Right = 'yes' | 'no' | 'not-emergencies';

const everybody = { handler: 'yes', trainee: 'yes', mentor: 'yes', 'team-leader': 'yes' } as const;

/**
 * Who may do what (rules ): the one table, asked by the queue before each command and by the desk before each
 * key. A trainee answers 101 and text alone, and an emergency only at a mentor's desk; what keeps people safe (a note, a
 * promotion, a new contact) nobody is ever refused.
 */
export const rights: Readonly<Record<ActKind, Readonly<Record<Role, Right>>>> = {
  claim: { ...everybody, trainee: 'not-emergencies' },
  release: everybody,
  free: { handler: 'no', trainee: 'no', mentor: 'yes', 'team-leader': 'yes' },
  note: everybody,
  grade: everybody,
  promote: everybody,
  demote: { ...everybody, trainee: 'no' },
  close: { ...everybody, trainee: 'not-emergencies' },
  reopen: { ...everybody, trainee: 'not-emergencies' },
  log: everybody,
  consult: everybody,
  triage: everybody,
  describe: everybody,
  place: everybody,
  attempt: { ...everybody, trainee: 'not-emergencies' },
  'promise-call-back': everybody,
  hear: everybody,
  link: everybody,
  part: everybody,
  discharge: everybody,
  incident: everybody,
  crime: everybody,
  pass: { ...everybody, trainee: 'not-emergencies' },
  major: everybody,
  reply: everybody,
  'check-exit': everybody,
  'end-chat': everybody,
  park: everybody,
  resume: everybody,
  'safe-contact': everybody,
  'choose-language': everybody,
  'send-reference': everybody,
  'offer-chat': everybody,
  // As a claim: what somebody may not take, a colleague cannot give them.
  'answer-offer': { ...everybody, trainee: 'not-emergencies' },
  'withdraw-offer': everybody,
  // A second person is one who answers for the first (rule C-29).
  agree: { handler: 'no', trainee: 'no', mentor: 'yes', 'team-leader': 'yes' },
  'stand-down': { handler: 'no', trainee: 'no', mentor: 'no', 'team-leader': 'yes' },
};

/** Why somebody in this role may not do it, or `null`. `contact`: as it stands; `null` when there is none yet. */
export function refusalByRole(role: Role, act: ActKind, contact: ContactSummary | null): Refusal | null {
  const right = rights[act][role];
  if (right === 'yes') return null;
  if (right === 'not-emergencies' && contact?.band !== 'A') return null;
  return { code: 'role', role, act, emergency: right === 'not-emergencies' };
}

/**
 * Who may look up a contact that desks do not hold any more (rules S-12, A-13): whatever a call names. A trainee is shown what is not an
 * emergency, as in everything else; for the others they ask their mentor.
 */
export const lookUpRights: Readonly<Record<Role, Right>> = { ...everybody, trainee: 'not-emergencies' };

/** Whether somebody in this role may see a contact that they have looked up. */
export function mayLookUp(role: Role, contact: Pick<ContactSummary, 'band'>): boolean {
  const right = lookUpRights[role];
  return right === 'yes' || (right === 'not-emergencies' && contact.band !== 'A');
}

/** Who can have caused an event: a source at the intake, or a person at a desk (rule A-05). */
export const causes: Readonly<Record<HappeningKind, readonly ('source' | 'person')[]>> = {
  arrived: ['source', 'person'],
  located: ['source'],
  said: ['source'],
  line: ['source'],
  call: ['source'],
  claimed: ['person'],
  released: ['person'],
  freed: ['person'],
  noted: ['person'],
  graded: ['person'],
  promoted: ['person'],
  demoted: ['person'],
  closed: ['person'],
  reopened: ['person'],
  'grade-asked': ['person'],
  'grade-answered': ['person'],
  triaged: ['person'],
  described: ['person'],
  placed: ['person'],
  tried: ['person'],
  'call-back-promised': ['person'],
  heard: ['person'],
  linked: ['person'],
  joined: ['person'],
  'child-told': ['source', 'person'],
  parted: ['person'],
  discharged: ['person'],
  'incident-opened': ['person'],
  'crime-decided': ['person'],
  'passed-on': ['person'],
  'major-declared': ['person'],
  'stood-down': ['person'],
  contributed: ['person'],
  replied: ['person'],
  reached: ['source'],
  translated: ['source'],
  attached: ['source'],
  'exit-checked': ['person'],
  'chat-ended': ['person'],
  parked: ['person'],
  resumed: ['person'],
  'safe-contact-agreed': ['person'],
  'language-chosen': ['person'],
  'reference-ordered': ['person'],
  carried: ['source'],
  'chat-offered': ['person'],
  'taken-over': ['person'],
  'offer-declined': ['person'],
  'offer-withdrawn': ['person'],
};

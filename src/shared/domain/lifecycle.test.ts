import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { must } from '../lib/assert.ts';
import {
  aCall,
  aClosing,
  aClosingRecord,
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  aRationale,
  carryOut,
  testStart,
} from '../../../tests/harness/builders.ts';
import { anOffer, chatActs } from '../../../tests/harness/chat-acts.ts';
import { asking, linking, recordActs } from '../../../tests/harness/record-acts.ts';
import { newChat, type Chat } from './chat/chat.ts';
import { NOTE_LIMIT, REASON_LIMIT, type Act, type ActKind } from './command.ts';
import { isOpenEmergency, type Contact, type Ownership } from './contact.ts';
import type { Happening } from './event.ts';
import { asCommandId, asContactId, asFence } from './ids.ts';
import { apply, decide, ownershipEdges, type Decision } from './lifecycle.ts';
import { noMarks } from './record/row-marks.ts';
import { dueOf } from './service-level.ts';
import { HOUR, later } from './time.ts';
import { emptyMethane } from './triage/major-incident.ts';

const mine = anActor({ deskNumber: 1 });
const other = anActor({ deskNumber: 2 });
const since = later(testStart, 5_000);
const at = later(testStart, 90_000);
const policy = aPolicy();

const ownerships: Readonly<Record<Ownership['kind'], Ownership>> = {
  waiting: { kind: 'waiting', since },
  owned: { kind: 'owned', by: mine, since },
  'link-lost': { kind: 'link-lost', by: mine, since },
  verify: { kind: 'verify', lastOwner: mine, since },
  closed: { kind: 'closed', by: mine, since },
};
const kinds = Object.keys(ownerships) as Ownership['kind'][];

const acts: Readonly<Record<ActKind, Act>> = {
  claim: { kind: 'claim' },
  release: { kind: 'release' },
  note: { kind: 'note', text: 'Spoke to the neighbour', happenedAt: null },
  grade: { kind: 'grade', grade: 'G2', reason: 'children in the house' },
  promote: { kind: 'promote', reason: 'he has a knife' },
  demote: { kind: 'demote', reason: 'a child playing with the phone' },
  close: aClosing(),
  reopen: { kind: 'reopen', reason: 'closed by mistake' },
  free: { kind: 'free', reason: 'his desk lost power' },
  log: {
    kind: 'log',
    channel: '101-voice',
    receivedAt: testStart,
    title: 'Bicycle taken from the station',
    place: null,
    language: null,
    caller: { name: null, number: null, address: null },
    account: '',
    flags: { vulnerable: false, repeat: false, lookFirst: false },
    paperLog: null,
    provisionalRef: 'PROV-K7M2QX',
  },
  consult: { kind: 'consult' },
  ...recordActs,
  ...chatActs,
};
const actKinds = Object.keys(acts) as ActKind[];

/** Offered to the other desk by the one that has it. */
const chatOffered: Chat = {
  ...newChat,
  handOvers: [
    {
      id: anOffer,
      to: other,
      words: 'she is in Hitchin',
      until: later(at, 60_000),
      fence: asFence(2),
      ended: null,
      by: mine,
      at: since,
    },
  ],
};

/** What each act needs to be on the record, so that only whose contact it is decides. */
const needs: Partial<Readonly<Record<ActKind, Partial<Contact>>>> = {
  demote: { band: 'A' },
  reply: { channel: 'web-chat' },
  'check-exit': { channel: 'web-chat', channelState: 'left-by-exit' },
  'end-chat': { channel: 'web-chat' },
  resume: { channel: 'web-chat', work: 'parked' },
  'offer-chat': { channel: 'web-chat' },
  'answer-offer': { channel: 'web-chat', chat: chatOffered },
  'withdraw-offer': { channel: 'web-chat', chat: chatOffered },
  agree: {
    asked: {
      id: asking,
      grade: 'G4',
      reason: 'he has left',
      rationale: aRationale(),
      by: anActor({ deskNumber: 3 }),
      at: since,
    },
  },
  part: {
    links: [
      {
        id: linking,
        kind: 'same-incident',
        side: 'child',
        other: { contact: asContactId(anId(77)), ref: 'CON-20261122-000077' },
        fact: '',
        found: [],
        parted: null,
        by: mine,
        at: since,
      },
    ],
  },
  'send-reference': {
    form: { kind: 'crime', answers: [], reach: { way: 'e-mail', to: 'ann@example.com', neutral: false } },
    crime: {
      id: asCommandId(anId(0xc4)),
      decision: { kind: 'recorded', offence: 'Burglary', offenceClass: null },
      ref: null,
      provisionalRef: '',
      by: mine,
      at: since,
    },
  },
  discharge: {
    duties: [{ id: 'tell-caller@6', kind: 'tell-caller', because: 'downgrade', since, done: null }],
  },
  'stand-down': {
    major: {
      id: asCommandId(anId(0xc3)),
      name: 'Coach on the A1(M)',
      report: emptyMethane,
      stoodDown: null,
      by: mine,
      at: since,
    },
  },
};

/** A contact under its second ownership (or after it), as the act needs it. */
const contactFor = (act: ActKind, ownership: Ownership): Contact =>
  aContact({ ownership, fence: asFence(2), rev: 7, band: 'B', ...needs[act] });

const wordFor = (decision: Decision): string => {
  if (decision.kind === 'refused') return decision.refusal.code;
  const { what } = decision;
  return what === null ? 'audited' : what.kind === 'noted' && what.late ? 'noted-late' : what.kind;
};

describe('what a handler may do', () => {
  /**
   * Each cell: my desk and its copy is current · my desk and its copy is behind · another desk, current · another desk,
   * behind. "My desk" is the one named in the ownership. `same` stands for all four.
   */
  const effect = (done: string): Record<Ownership['kind'], string> => ({
    waiting: 'not-yours fenced not-yours fenced',
    owned: `${done} fenced not-yours fenced`,
    'link-lost': `${done} fenced not-yours fenced`,
    verify: 'not-yours fenced not-yours fenced',
    closed: 'closed closed closed closed',
  });
  const everywhere = (cell: string): Record<Ownership['kind'], string> => ({
    waiting: cell,
    owned: cell,
    'link-lost': cell,
    verify: cell,
    closed: cell,
  });
  /** Words that are kept also when they come late (rule C-10). */
  const said = (done: string): Record<Ownership['kind'], string> =>
    Object.fromEntries(
      Object.entries(effect(done)).map(([kind, cells]) => {
        const [mineNow = '', , theirsNow = ''] = cells.split(' ');
        return [kind, `${mineNow} contributed ${theirsNow} contributed`];
      }),
    ) as Record<Ownership['kind'], string>;
  const expected: Record<ActKind, Record<Ownership['kind'], string>> = {
    claim: {
      waiting: 'claimed claimed claimed claimed',
      owned: 'already-yours already-yours taken taken',
      'link-lost': 'already-yours already-yours taken taken',
      verify: 'claimed claimed claimed claimed',
      closed: 'closed closed closed closed',
    },
    release: effect('released'),
    grade: effect('graded'),
    demote: effect('demoted'),
    close: effect('closed'),
    promote: {
      ...effect('promoted'),
      waiting: 'promoted promoted promoted promoted',
      verify: 'promoted promoted promoted promoted',
    },
    reopen: {
      ...everywhere('not-closed not-closed not-closed not-closed'),
      closed: 'reopened reopened reopened reopened',
    },
    note: everywhere('noted noted-late noted noted-late'),
    free: {
      ...everywhere('not-yours not-yours not-yours not-yours'),
      owned: 'freed fenced freed fenced',
      'link-lost': 'freed fenced freed fenced',
      closed: 'closed closed closed closed',
    },
    log: everywhere('already-logged already-logged already-logged already-logged'),
    consult: everywhere('audited audited audited audited'),
    // The second person's word counts whoever has the contact, and so does the end of a major incident.
    agree: everywhere('grade-answered grade-answered grade-answered grade-answered'),
    'stand-down': everywhere('stood-down stood-down stood-down stood-down'),
    triage: said('triaged'),
    describe: effect('described'),
    place: effect('placed'),
    attempt: said('tried'),
    hear: said('heard'),
    'promise-call-back': effect('call-back-promised'),
    link: effect('linked'),
    part: effect('parted'),
    discharge: effect('discharged'),
    incident: effect('incident-opened'),
    crime: effect('crime-decided'),
    pass: said('passed-on'),
    reply: effect('replied'),
    'check-exit': effect('exit-checked'),
    'end-chat': effect('chat-ended'),
    park: effect('parked'),
    resume: effect('resumed'),
    'safe-contact': effect('safe-contact-agreed'),
    'choose-language': effect('language-chosen'),
    // Whoever closed it may still send word of it (rule MX-01).
    'send-reference': {
      ...effect('reference-ordered'),
      closed: 'reference-ordered closed closed closed',
    },
    'offer-chat': effect('chat-offered'),
    'withdraw-offer': effect('offer-withdrawn'),
    // Theirs alone to answer: whoever has the contact, and under whichever fence they have seen it.
    'answer-offer': {
      waiting: 'offer-gone offer-gone offer-gone offer-gone',
      owned: 'offer-gone offer-gone taken-over taken-over',
      'link-lost': 'offer-gone offer-gone taken-over taken-over',
      verify: 'offer-gone offer-gone offer-gone offer-gone',
      closed: 'offer-gone offer-gone offer-gone offer-gone',
    },
    major: {
      ...effect('major-declared'),
      waiting: 'major-declared major-declared major-declared major-declared',
      verify: 'major-declared major-declared major-declared major-declared',
    },
  };

  it('C-05, C-06, C-07, C-10, C-29, C-30: every act on every ownership by every desk has its one answer', () => {
    const answers = Object.fromEntries(
      actKinds.map((act) => [
        act,
        Object.fromEntries(
          kinds.map((kind) => {
            const contact = contactFor(act, ownerships[kind]);
            const cells = [mine, other].flatMap((by) =>
              [2, 1].map((fence) => {
                const command = aCommand({ on: contact, act: acts[act], fence: asFence(fence) });
                return wordFor(decide(contact, command, by, policy, at));
              }),
            );
            return [kind, cells.join(' ')];
          }),
        ),
      ]),
    );
    expect(answers).toEqual(expected);
  });

  const owned = aContact({ ownership: ownerships.owned, fence: asFence(2) });
  const closed = aContact({ ownership: ownerships.closed, fence: asFence(2) });
  const waiting = aContact({ fence: asFence(2) });
  it.each<[string, Contact, Act, number, object]>([
    [
      'C-05: who is too late is told who has it and since when',
      owned,
      acts.claim,
      2,
      { code: 'taken', by: mine, since },
    ],
    [
      'C-06: a fenced desk is told who has the contact now',
      owned,
      acts.close,
      1,
      { code: 'fenced', by: mine },
    ],
    [
      'C-06: a fenced desk is told when nobody has the contact',
      waiting,
      acts.grade,
      1,
      { code: 'fenced', by: null },
    ],
    [
      'A-04: a freeing that comes late takes nothing from the new owner, and says who that is',
      owned,
      acts.free,
      1,
      { code: 'fenced', by: mine },
    ],
    [
      'C-04: an act on a closed contact is told who closed it and when',
      closed,
      acts.grade,
      2,
      { code: 'closed', by: mine, since },
    ],
    [
      'C-07: promoting what is in band A already says so',
      aContact({ channel: '999-voice' }),
      acts.promote,
      0,
      { code: 'already-in-band', band: 'A' },
    ],
  ])('%s', (_title, contact, act, fence, refusal) => {
    const command = aCommand({ on: contact, act, fence: asFence(fence) });
    expect(decide(contact, command, other, policy, at)).toEqual({ kind: 'refused', refusal });
  });

  it('C-07: its owner is told that a contact is not in band A when demoting it', () => {
    const command = aCommand({ on: owned, act: acts.demote });
    expect(decide(owned, command, mine, policy, at)).toEqual({
      kind: 'refused',
      refusal: { code: 'already-in-band', band: 'B' },
    });
  });
});

describe('words an act needs', () => {
  const contactOf = (act: Act): Contact => {
    if (act.kind === 'reopen') return aContact({ ownership: ownerships.closed });
    return { ...contactFor(act.kind, ownerships.owned), fence: asFence(0) };
  };
  const worded: readonly [ActKind, number, (words: string) => Act][] = [
    ['note', NOTE_LIMIT, (text) => ({ kind: 'note', text, happenedAt: null })],
    ['grade', REASON_LIMIT, (reason) => ({ kind: 'grade', grade: 'G1', reason })],
    ['promote', REASON_LIMIT, (reason) => ({ kind: 'promote', reason })],
    ['demote', REASON_LIMIT, (reason) => ({ kind: 'demote', reason })],
    ['close', REASON_LIMIT, (reason) => aClosing({ reason })],
    ['reopen', REASON_LIMIT, (reason) => ({ kind: 'reopen', reason })],
    ['agree', REASON_LIMIT, (reason) => ({ kind: 'agree', grading: asking, agreed: true, reason })],
    ['part', REASON_LIMIT, (reason) => ({ kind: 'part', link: linking, reason })],
    ['discharge', REASON_LIMIT, (words) => ({ kind: 'discharge', duty: 'tell-caller@6', words })],
    ['stand-down', REASON_LIMIT, (reason) => ({ ...acts['stand-down'], reason }) as Act],
  ];
  it.each(worded)(
    'C-07, C-13, C-23, C-25, C-29: %s without words, or with more than %i characters, is refused',
    (_kind, limit, make) => {
      const answer = (words: string) => {
        const act = make(words);
        const contact = contactOf(act);
        const decision = decide(contact, aCommand({ on: contact, act }), mine, policy, at);
        return decision.kind === 'refused' ? decision.refusal : decision.kind;
      };
      expect(['', ' \t\n', 'x', 'x'.repeat(limit), 'x'.repeat(limit + 1)].map(answer)).toEqual([
        { code: 'text-missing' },
        { code: 'text-missing' },
        'accepted',
        'accepted',
        { code: 'text-too-long', limit, length: limit + 1 },
      ]);
    },
  );
});

describe('where ownership may go', () => {
  it('C-04: the edges are those of the rule, no more and no fewer', () => {
    const page = readFileSync(new URL('../../../docs/spec/contact.md', import.meta.url), 'utf8');
    const rule = /\*\*C-04\*\*[^]*?edges:([^]*?)\.\n/.exec(page)?.[1] ?? '';
    const fromPage = Object.fromEntries(
      rule.split('·').map((edge) => {
        const [from = '', to = ''] = edge.split('→').map((side) => side.trim());
        return [from, to.split(',').map((kind) => kind.trim())];
      }),
    );
    expect(ownershipEdges).toEqual(fromPage);
  });

  it('C-04: an event along an edge that does not exist is a bug and stops there', () => {
    const happenings: readonly [Ownership['kind'], Happening][] = [
      ['owned', { kind: 'claimed', fence: asFence(3) }],
      ['waiting', { kind: 'released' }],
      [
        'closed',
        {
          kind: 'closed',
          outcome: 'resolved',
          reason: 'done',
          record: null,
          crimeRef: null,
          closing: null,
        },
      ],
      ['owned', { kind: 'reopened', fence: asFence(3), reason: 'once more' }],
    ];
    const reached = kinds.flatMap((from) =>
      happenings.map(([to, what]) => {
        const contact = contactFor('claim', ownerships[from]);
        const event = { contact: contact.id, rev: 8, at: since, by: other, what };
        try {
          return `${from} → ${apply(contact, event).ownership.kind} by ${what.kind}`;
        } catch (error) {
          return `${from} ✗ ${to} by ${what.kind}: ${(error as Error).message.startsWith('bug: ') ? 'bug' : String(error)}`;
        }
      }),
    );
    const wanted = kinds.flatMap((from) =>
      happenings.map(([to, { kind }]) =>
        ownershipEdges[from].includes(to) ? `${from} → ${to} by ${kind}` : `${from} ✗ ${to} by ${kind}: bug`,
      ),
    );
    expect(reached).toEqual(wanted);
  });
});

describe('what an event changes', () => {
  const owned = aContact({ ownership: ownerships.owned, fence: asFence(2), rev: 7 });
  const once = aContact({ ownership: ownerships.owned, fence: asFence(2), rev: 7, grade: 'G2' });
  const graded = { ...once, gradings: once.gradings.map((each) => ({ ...each, at })) };
  const slip = asCommandId(anId(0xc0f00));
  const closed = aContact({
    channel: '999-dropped',
    ownership: ownerships.closed,
    fence: asFence(2),
    rev: 7,
  });
  const id = asCommandId(anId(0xc0001));
  const cases: readonly [string, Contact, Act, Partial<Contact>][] = [
    [
      'C-05: a claim makes its desk the owner under the next fence',
      aContact({ fence: asFence(2), rev: 7 }),
      acts.claim,
      { ownership: { kind: 'owned', by: mine, since: at }, fence: asFence(3) },
    ],
    [
      'C-05: taking what must be verified is a claim',
      aContact({ ownership: ownerships.verify, fence: asFence(2), rev: 7 }),
      acts.claim,
      { ownership: { kind: 'owned', by: mine, since: at }, fence: asFence(3) },
    ],
    [
      'C-04: a release gives it back to everybody',
      owned,
      acts.release,
      { ownership: { kind: 'waiting', since: at } },
    ],
    [
      'C-10: a note adds its words and changes nothing else',
      owned,
      acts.note,
      { notes: [{ id, text: 'Spoke to the neighbour', by: mine, at, happenedAt: null, late: false }] },
    ],
    [
      'O-08: a grade is kept with its reason and moves nothing',
      owned,
      acts.grade,
      {
        grade: 'G2',
        gradings: [{ id, grade: 'G2', reason: 'children in the house', rationale: null, by: mine, at }],
        marks: {
          ...noMarks,
          crimeDueAt: later(testStart, 24 * HOUR),
          weighed: { gradedAt: at, lookedAt: at },
        },
      },
    ],
    [
      'C-07: promotion puts it into band A from now on, with the reason',
      owned,
      acts.promote,
      {
        band: 'A',
        bandSince: at,
        due: dueOf({ ...owned, band: 'A', bandSince: at }, policy),
        bandChanges: [{ to: 'A', reason: 'he has a knife', fence: asFence(2), by: mine, at }],
      },
    ],
    [
      'C-07: demotion puts it back to where it was received, with the reason',
      { ...owned, band: 'A', bandSince: since },
      acts.demote,
      {
        band: 'B',
        bandSince: testStart,
        due: dueOf({ ...owned, band: 'B' }, policy),
        bandChanges: [{ to: 'B', reason: 'a child playing with the phone', fence: asFence(2), by: mine, at }],
      },
    ],
    [
      'C-08, C-13: closing keeps outcome, reason and person, and ends the duty to ring back',
      aContact({ channel: '999-dropped', ownership: ownerships.owned, fence: asFence(2), rev: 7 }),
      acts.close,
      {
        ownership: { kind: 'closed', by: mine, since: at },
        callBackDue: false,
        closing: { outcome: 'no-reply', reason: 'Nobody answered', record: aClosingRecord(), by: mine, at },
        crime: { id, decision: { kind: 'not-yet' }, ref: null, provisionalRef: '', by: mine, at },
        marks: noMarks,
      },
    ],
    [
      'C-08: re-opening a dropped call brings the duty to ring back again, under a new fence',
      closed,
      acts.reopen,
      {
        ownership: { kind: 'owned', by: mine, since: at },
        fence: asFence(3),
        callBackDue: true,
        closing: null,
        reopened: { id, at, closing: must(closed.closing, 'closing'), rev: closed.rev + 1, by: mine },
        marks: { ...noMarks, crimeDueAt: later(testStart, 24 * HOUR) },
      },
    ],
    [
      'C-08: re-opening an emergency whose line was lost brings the duty to ring back again',
      { ...closed, channel: '999-voice', channelState: 'dropped', band: 'A' },
      acts.reopen,
      {
        ownership: { kind: 'owned', by: mine, since: at },
        fence: asFence(3),
        callBackDue: true,
        closing: null,
        reopened: { id, at, closing: must(closed.closing, 'closing'), rev: closed.rev + 1, by: mine },
        marks: { ...noMarks, crimeDueAt: later(testStart, 24 * HOUR) },
      },
    ],
    [
      'A-04: freed from a desk it waits for everybody, under a new fence',
      owned,
      acts.free,
      { ownership: { kind: 'waiting', since: at }, fence: asFence(3) },
    ],
    [
      'X-10: a grade taken back leaves none, and says so on the record',
      graded,
      { kind: 'grade', grade: null, reason: 'Taken back by the handler', undoes: slip },
      {
        grade: null,
        gradings: [
          ...graded.gradings,
          {
            id,
            grade: null,
            reason: 'Taken back by the handler',
            rationale: null,
            undoes: slip,
            by: mine,
            at,
          },
        ],
        marks: { ...graded.marks, weighed: null },
      },
    ],
    ['C-12: reading changes nothing, not even the revision', owned, acts.consult, { rev: 7 }],
  ];
  it.each(cases)('%s', (_title, contact, act, change) => {
    const outcome = carryOut(contact, aCommand({ on: contact, act }), { by: mine, at });
    expect(outcome.contact).toEqual({ ...contact, rev: 8, ...change });
  });

  it('C-10: a note under an old fence is kept and marked late; the owner keeps everything', () => {
    const command = aCommand({ on: owned, act: acts.note, fence: asFence(1) });
    expect(carryOut(owned, command, { by: other, at }).contact).toEqual({
      ...owned,
      rev: 8,
      notes: [{ id, text: 'Spoke to the neighbour', by: other, at, happenedAt: null, late: true }],
    });
  });

  it('C-08: a dropped 999 call that is given back is an open emergency again, still due a call back', () => {
    const start = aContact({ channel: '999-dropped' });
    const claimed = carryOut(start, aCommand({ on: start, act: acts.claim })).contact;
    const released = carryOut(claimed, aCommand({ on: claimed, act: acts.release })).contact;
    const facts = [start, claimed, released].map((contact) => [
      isOpenEmergency(contact),
      contact.callBackDue,
    ]);
    expect(facts).toEqual([
      [true, true],
      [false, true],
      [true, true],
    ]);
  });

  it.each<[string, Contact | null, object]>([
    ['its contact is not here', null, { rev: 2 }],
    ['it leaves a revision out', owned, { rev: owned.rev + 2 }],
    ['it was applied before', owned, { rev: owned.rev }],
    ['nobody did it', owned, { by: null }],
    ['the contact arrives a second time', owned, { what: { kind: 'arrived', contact: owned } }],
  ])('C-09: an event is a bug when %s', (_why, contact, over) => {
    const what: Happening = { kind: 'released' };
    const event = { contact: owned.id, rev: owned.rev + 1, at, by: mine, what, ...over };
    expect(() => apply(contact, event)).toThrow(/^bug: /);
  });
});

describe('what a source tells later', () => {
  const waiting = aContact({ channel: '999-voice', place: 'Old Tannery Row, Hemel Hempstead' });
  const told = (contact: Contact, what: Happening): Contact =>
    apply(contact, { contact: contact.id, rev: contact.rev + 1, at: since, by: null, what });
  const location = {
    method: 'aml',
    latitude: 51.75,
    longitude: -0.47,
    radiusMetres: 28,
    place: 'Tannery Row, Hemel Hempstead',
    at: since,
  } as const;

  it('C-16: a location joins those before, and the newest one says where in the row', () => {
    const older = { ...location, method: 'cell', place: null, radiusMetres: 900 } as const;
    const contact = told(told(waiting, { kind: 'located', location: older }), { kind: 'located', location });
    expect(contact).toEqual({
      ...waiting,
      rev: 3,
      locations: [older, location],
      place: 'Tannery Row, Hemel Hempstead',
    });
  });

  it('C-16: a location that comes late stands before those measured after it, and moves no place', () => {
    const early = { ...location, method: 'cell', place: 'The mast at Boxmoor', at: testStart } as const;
    const newest = told(waiting, { kind: 'located', location });
    expect(told(newest, { kind: 'located', location: early })).toEqual({
      ...newest,
      rev: 3,
      locations: [early, location],
    });
    const wordless = told(waiting, { kind: 'located', location: { ...location, place: null } });
    expect(told(wordless, { kind: 'located', location: early }).place).toBe('The mast at Boxmoor');
  });

  it('C-16: a location without words leaves the place as it was told', () => {
    const what = { kind: 'located', location: { ...location, place: null } } as const;
    expect(told(waiting, what).place).toBe(waiting.place);
  });

  it('C-17: a message joins those before and touches no word of the account', () => {
    const message = { key: 'm1', from: 'public', text: 'still here', language: null, at: since } as const;
    expect(told(waiting, { kind: 'said', message })).toEqual({ ...waiting, rev: 2, messages: [message] });
  });

  it.each<[string, Partial<Contact>, boolean]>([
    ['an emergency that waits', {}, true],
    ['an emergency that somebody has', { ownership: ownerships.owned }, true],
    ['a promoted chat', { channel: 'web-chat', band: 'A' }, true],
    ['an emergency that is closed', { ownership: ownerships.closed }, false],
    ['an ordinary call', { channel: '101-voice', band: 'B' }, false],
  ])('C-08: a dropped line makes a call-back due where there is danger: %s', (_what, over, due) => {
    const contact = told({ ...waiting, ...over }, { kind: 'line', state: 'dropped' });
    expect([contact.channelState, contact.callBackDue]).toEqual(['dropped', due]);
  });

  it('C-08: a call-back once due stays due, whatever the line does next', () => {
    const due = { ...waiting, callBackDue: true };
    expect(told(due, { kind: 'line', state: 'ended' }).callBackDue).toBe(true);
  });

  it('C-04: nothing that a source tells moves ownership, fence, band or order', () => {
    const happenings: readonly Happening[] = [
      { kind: 'located', location },
      { kind: 'said', message: { key: 'm', from: 'public', text: 'x', language: null, at: since } },
      { kind: 'line', state: 'left-by-exit' },
      { kind: 'call', call: aCall() },
    ];
    for (const kind of kinds) {
      const contact = aContact({ ownership: ownerships[kind] });
      for (const what of happenings) {
        const { ownership, fence, band, bandSince, due } = contact;
        expect(told(contact, what)).toMatchObject({ ownership, fence, band, bandSince, due });
      }
    }
  });
});

describe('a promotion taken back', () => {
  const promoted = carryOut(aContact(), aCommand({ act: acts.promote }), { by: mine }).contact;
  const demote = (by: typeof mine) =>
    wordFor(decide(promoted, aCommand({ on: promoted, act: acts.demote }), by, policy, at));

  it('C-07: who promoted what waits may demote it again, and nobody else may', () => {
    expect([demote(mine), demote(other), demote({ ...mine, handler: other.handler })]).toEqual([
      'demoted',
      'not-yours',
      'not-yours',
    ]);
  });

  it('C-07, X-10: it counts as a slip only at once, by the queue’s clock, and under the fence of then', () => {
    const command = aCommand({ on: promoted, act: acts.demote });
    const late = decide(promoted, command, mine, policy, later(at, 3 * HOUR));
    const claimed = carryOut(promoted, aCommand({ on: promoted, act: acts.claim }), { by: other }).contact;
    const left = carryOut(claimed, aCommand({ on: claimed, act: acts.release }), { by: other }).contact;
    const answers = [left.fence, promoted.fence].map((fence) =>
      wordFor(
        decide(left, aCommand({ on: left, act: acts.demote, fence: asFence(fence) }), mine, policy, at),
      ),
    );
    expect([wordFor(late), ...answers]).toEqual(['not-yours', 'not-yours', 'fenced']);
  });

  it('C-07: once somebody has it, only they may', () => {
    const taken = carryOut(promoted, aCommand({ on: promoted, act: acts.claim }), { by: other }).contact;
    const command = aCommand({ on: taken, act: acts.demote });
    expect([
      decide(taken, command, mine, policy, at).kind,
      decide(taken, command, other, policy, at).kind,
    ]).toEqual(['refused', 'accepted']);
  });
});

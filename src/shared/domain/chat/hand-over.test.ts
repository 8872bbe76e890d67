import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always } from '../../../../tests/harness/arbitraries.ts';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import { must } from '../../lib/assert.ts';
import type { Act } from '../command.ts';
import { ownerOf, type Actor, type Contact } from '../contact.ts';
import { asCommandId, asFence } from '../ids.ts';
import { decide } from '../lifecycle.ts';
import type { ChatPolicy } from '../policy/chat.ts';
import { later, MINUTE, SECOND, type Instant } from '../time.ts';
import { whyCannotTake, type Colleague } from './colleague.ts';
import { isColleagueNew } from './hand-over.ts';
import { hasRunOut, standingOffer } from './standing-offer.ts';

const giver = anActor({ deskNumber: 1 });
const taker = anActor({ deskNumber: 2 });
const third = anActor({ deskNumber: 3 });
const at = later(testStart, MINUTE);
const policy = aPolicy();

let count = 0;
const nextId = () => asCommandId(anId(0xe0000 + (count += 1)));

const chat = aContact({
  channel: 'web-chat',
  channelState: 'active',
  ownership: { kind: 'owned', by: giver, since: testStart },
  fence: asFence(1),
});

/** The contact after an act, or the code of its refusal. */
function after(
  contact: Contact,
  act: Act,
  { by, now = at, fence = contact.fence }: { by: Actor; now?: Instant; fence?: number },
): Contact | string {
  const command = aCommand({ on: contact, act, id: nextId(), fence: asFence(fence), by: by.handler });
  const decision = decide(contact, command, by, policy, now);
  if (decision.kind === 'refused')
    return 'because' in decision.refusal ? decision.refusal.because : decision.refusal.code;
  return carryOut(contact, command, { by, at: now, policy }).contact;
}
const done = (contact: Contact | string): Contact => {
  if (typeof contact === 'string') throw new Error(`refused: ${contact}`);
  return contact;
};
const offer = (contact: Contact, to = taker, now = at): Contact =>
  done(
    after(
      contact,
      { kind: 'offer-chat', to, words: 'She is in Hitchin with two children' },
      { by: giver, now },
    ),
  );
const answer = (contact: Contact, accepted: boolean): Act => ({
  kind: 'answer-offer',
  offer: contact.chat?.handOvers?.at(-1)?.id ?? nextId(),
  accepted,
  words: accepted ? '' : 'I have a 999',
});

describe('handing a chat on (rule CH-16)', () => {
  it('CH-16: stays with who offered it until the colleague has said yes, and is theirs from that moment', () => {
    const offered = offer(chat);
    expect(ownerOf(offered)).toEqual(giver);
    expect(offered.marks.offer).toMatchObject({ to: taker, until: later(at, 60 * SECOND) });
    const taken = done(after(offered, answer(offered, true), { by: taker }));
    expect([ownerOf(taken), taken.fence, taken.marks.offer]).toEqual([taker, 2, undefined]);
    // What the giver was still typing has no effect any more, and its words are theirs.
    expect(after(taken, { kind: 'reply', text: 'and', canned: null }, { by: giver, fence: 1 })).toBe(
      'fenced',
    );
  });

  it('CH-16: with a no, or taken back, it stays where it is, and nobody can take it by that offer any more', () => {
    const offered = offer(chat);
    const declined = done(after(offered, answer(offered, false), { by: taker }));
    const withdrawn = done(
      after(
        offered,
        { kind: 'withdraw-offer', offer: standingOffer(offered)?.id ?? nextId() },
        { by: giver },
      ),
    );
    for (const [contact, how] of [
      [declined, 'declined'],
      [withdrawn, 'withdrawn'],
    ] as const) {
      expect([ownerOf(contact), standingOffer(contact), contact.marks.offer]).toEqual([
        giver,
        null,
        undefined,
      ]);
      expect(after(contact, answer(contact, true), { by: taker })).toBe(how);
    }
    expect(declined.chat?.handOvers?.at(-1)?.ended).toMatchObject({ words: 'I have a 999', by: taker });
  });

  it('CH-16: an offer runs out with nobody taking it, and can be taken off the screens after that', () => {
    const offered = offer(chat);
    const late = later(at, 60 * SECOND + 1);
    const standing = standingOffer(offered);
    expect([standing !== null && hasRunOut(standing, late), ownerOf(offered)]).toEqual([true, giver]);
    expect(after(offered, answer(offered, true), { by: taker, now: late })).toBe('run-out');
    const id = standing?.id ?? nextId();
    expect(
      standingOffer(done(after(offered, { kind: 'withdraw-offer', offer: id }, { by: giver, now: late }))),
    ).toBeNull();
  });

  it('CH-16: is for one colleague alone: for whoever was meant, and for the last who was asked', () => {
    const first = offer(chat);
    expect(after(first, answer(first, true), { by: third })).toBe('not-you');
    expect(after(first, answer(first, true), { by: { ...taker, handler: third.handler } })).toBe('not-you');
    const second = offer(first, third);
    expect(after(second, answer(first, true), { by: taker })).toBe('withdrawn');
    expect(ownerOf(done(after(second, answer(second, true), { by: third })))).toEqual(third);
  });

  it('CH-16: what goes another way meanwhile takes the offer with it', () => {
    const offered = offer(chat);
    const released = done(after(offered, { kind: 'release' }, { by: giver }));
    expect([standingOffer(released), after(released, answer(offered, true), { by: taker })]).toEqual([
      null,
      'overtaken',
    ]);
    const claimed = done(after(released, { kind: 'claim' }, { by: third }));
    expect([standingOffer(claimed), after(claimed, answer(offered, true), { by: taker })]).toEqual([
      null,
      'overtaken',
    ]);
  });

  it('CH-16: only who has it offers it, only a chat, only with a line for who takes it, and to somebody else', () => {
    const act = { kind: 'offer-chat', to: taker, words: 'for you' } as const;
    expect([
      after(chat, act, { by: third }),
      after({ ...chat, channel: 'online-report' }, act, { by: giver }),
      after(chat, { ...act, words: ' ' }, { by: giver }),
      after(chat, { ...act, to: giver }, { by: giver }),
    ]).toEqual(['not-yours', 'not-a-chat', 'text-missing', 'yourself']);
  });

  it('CH-17: their page is told that a colleague is there from the yes on, until they write', () => {
    const offered = offer(chat);
    const taken = done(after(offered, answer(offered, true), { by: taker }));
    const written = done(
      after(
        taken,
        { kind: 'reply', text: 'Hello, I have read it all', canned: null },
        { by: taker, now: later(at, 1) },
      ),
    );
    expect([offered, taken, written].map(isColleagueNew)).toEqual([false, true, false]);
  });

  it('CH-17: given back with a word, the word stands on the record for whoever takes it next', () => {
    const back = done(after(chat, { kind: 'release', reason: 'needs Polish' }, { by: giver }));
    expect(ownerOf(back)).toBeNull();
    expect(back.chat?.handOvers).toMatchObject([{ to: null, words: 'needs Polish', by: giver }]);
    expect(isColleagueNew(done(after(back, { kind: 'claim' }, { by: taker })))).toBe(false);
  });

  it('CH-16: whoever offers, answers, takes back, releases and claims, in whatever order: one owner at a time, and a new one only by a yes or a claim', () => {
    const people = [giver, taker, third] as const;
    const anyStep = fc.record({
      by: fc.constantFrom(...people),
      to: fc.constantFrom(...people),
      kind: fc.constantFrom(
        'offer-chat',
        'offer-chat',
        'yes',
        'yes',
        'no',
        'withdraw-offer',
        'release',
        'claim',
      ),
      gapMs: fc.constantFrom(1, 1, 30 * SECOND, 61 * SECOND),
      nth: fc.nat({ max: 3 }),
    });
    const seen = new Set<string>();
    always(
      fc.property(fc.array(anyStep, { minLength: 3, maxLength: 30 }), (steps) => {
        let contact: Contact = chat;
        let now: Instant = at;
        const owners = new Map<number, string>();
        for (const { by, to, kind, gapMs, nth } of steps) {
          now = later(now, gapMs);
          const before = contact;
          const offers = before.chat?.handOvers ?? [];
          const named = offers.at(-1 - nth)?.id ?? nextId();
          const act: Act =
            kind === 'offer-chat'
              ? { kind, to, words: 'for you' }
              : kind === 'yes' || kind === 'no'
                ? { kind: 'answer-offer', offer: named, accepted: kind === 'yes', words: '' }
                : kind === 'withdraw-offer'
                  ? { kind, offer: named }
                  : { kind };
          const next = after(before, act, { by, now });
          if (typeof next === 'string') continue;
          contact = next;
          seen.add(kind);
          const [was, is] = [ownerOf(before), ownerOf(contact)];
          if (kind === 'yes') {
            expect([was === null, is]).toEqual([false, by]);
            expect(contact.fence).toBe(before.fence + 1);
          } else if (kind === 'release') expect([was, is]).toEqual([by, null]);
          else if (kind === 'claim') expect([was, is]).toEqual([null, by]);
          else expect([is, contact.fence]).toEqual([was, before.fence]);
          if (is !== null) {
            expect(owners.get(contact.fence) ?? is.desk).toBe(is.desk);
            owners.set(contact.fence, is.desk);
          }
          const open =
            contact.chat?.handOvers?.filter(
              (each) =>
                standingOffer({ ...contact, chat: { ...must(contact.chat, 'chat'), handOvers: [each] } }) !==
                null,
            ) ?? [];
          expect(open.length).toBeLessThanOrEqual(1);
          expect(contact.marks.offer?.id).toBe(open[0]?.id);
        }
      }),
      { runs: 1_000 },
    );
    expect([...seen].sort()).toEqual(['claim', 'no', 'offer-chat', 'release', 'withdraw-offer', 'yes']);
  });
});

const atOnce: ChatPolicy['atOnce'] = { trainee: 1, handler: 2, mentor: 3, 'team-leader': 3, whenRisk: 1 };
const colleague: Colleague = {
  actor: taker,
  name: 'P. Osei',
  role: 'handler',
  status: 'available',
  chats: 0,
  hasRisk: false,
};

describe('who can be offered a chat (rules CH-14, CH-16)', () => {
  it.each<[string, Partial<Colleague> | null, Partial<Contact>, string | null]>([
    ['somebody available with room', {}, {}, null],
    ['one chat of two', { chats: 1 }, {}, null],
    ['as many as their role has at once', { chats: 2 }, {}, 'limit'],
    ['more for a mentor', { role: 'mentor', chats: 2 }, {}, null],
    ['risk in the one they have', { chats: 1, hasRisk: true }, {}, 'risk'],
    ['risk in this one', { chats: 1 }, { flags: { ...chat.flags, lookFirst: true } }, 'risk'],
    ['risk in this one, and none in hand', {}, { flags: { ...chat.flags, lookFirst: true } }, null],
    ['on a break', { status: 'break' }, {}, 'not-available'],
    ['a trainee and an emergency', { role: 'trainee' }, { band: 'A' }, 'role'],
    ['a trainee and no emergency', { role: 'trainee' }, {}, null],
    ['nobody any more', null, {}, 'gone'],
    ['oneself', { actor: giver }, {}, 'yourself'],
  ])('CH-16: %s', (_name, over, of, expected) => {
    const who = over === null ? null : { ...colleague, ...over };
    expect(whyCannotTake({ ...chat, ...of }, who, { by: giver, atOnce })).toBe(expected);
  });
});

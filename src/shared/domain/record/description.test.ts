import { describe, expect, it } from 'vitest';
import {
  aCommand,
  aContact,
  anActor,
  anId,
  aPolicy,
  carryOut,
  testStart,
} from '../../../../tests/harness/builders.ts';
import type { Contact } from '../contact.ts';
import { asCommandId, asFence } from '../ids.ts';
import { TITLE_LIMIT } from '../command.ts';
import { descriptionOf, otherNumberOf, toldCaller, type SaidDescription } from './description.ts';

const mine = anActor({ deskNumber: 1 });
const bare = { name: null, number: '07700 900114', address: null };
const call = (over: Partial<Contact> = {}): Contact =>
  aContact({
    title: '999 call from a mobile',
    caller: bare,
    ownership: { kind: 'owned', by: mine, since: testStart },
    fence: asFence(1),
    ...over,
  });
const said = (over: Partial<SaidDescription> = {}): SaidDescription => ({
  title: 'Neighbour shouts through the wall',
  caller: { name: 'Imogen Vale', number: null, address: '4 Orchard Way, Royston' },
  language: 'pl',
  ...over,
});
const describeIt = (contact: Contact, what: SaidDescription, n = 1) =>
  carryOut(
    contact,
    aCommand({ on: contact, act: { kind: 'describe', said: what }, id: asCommandId(anId(0xc0000 + n)) }),
    {
      by: mine,
      policy: aPolicy(),
    },
  );

describe('who the caller is, and what it is about', () => {
  it('R-24: is written down by its handler, and the row, the caller and the language go by it at once', () => {
    const { contact } = describeIt(call(), said());
    expect([contact.title, contact.caller.name, contact.caller.address, contact.language]).toEqual([
      'Neighbour shouts through the wall',
      'Imogen Vale',
      '4 Orchard Way, Royston',
      'pl',
    ]);
  });

  it('R-24: never overwrites the number that the line showed: another one stands beside it', () => {
    const other = { name: null, number: '01632 960333', address: null };
    const { contact } = describeIt(call(), said({ caller: other }));
    expect([contact.caller.number, otherNumberOf(contact)]).toEqual(['07700 900114', '01632 960333']);
  });

  it('R-24: a number that was said takes the place of one that was never shown, and can be corrected', () => {
    const number = (digits: string) => ({ name: null, number: digits, address: null });
    const first = describeIt(
      call({ caller: { ...bare, number: null } }),
      said({ caller: number('01632 960333') }),
    );
    const second = describeIt(first.contact, said({ caller: number('01632 960334') }), 2);
    expect([first.contact.caller.number, second.contact.caller.number]).toEqual([
      '01632 960333',
      '01632 960334',
    ]);
    expect(otherNumberOf(second.contact)).toBeNull();
  });

  it('R-24: every version stays with what stood before it, and what the source told can be read for ever', () => {
    const before = call({ caller: { ...bare, name: 'A Vale' } });
    const first = describeIt(before, said()).contact;
    const { contact } = describeIt(first, said({ title: 'Neighbour hurts his wife' }), 2);
    expect(contact.descriptions.map((each) => each.before)).toEqual([
      descriptionOf(before),
      descriptionOf(first),
    ]);
    expect(toldCaller(contact)).toEqual(before.caller);
  });

  it('R-24: nothing to stand in the row is refused, and so is what does not fit, which is never cut', () => {
    const refusal = (what: SaidDescription) => {
      const { decision } = describeIt(call(), what);
      return decision.kind === 'refused' ? decision.refusal : null;
    };
    const long = 'x'.repeat(TITLE_LIMIT + 1);
    expect([
      refusal(said({ title: '  ' })),
      refusal(said({ title: long })),
      refusal(said({ caller: { ...bare, number: '0'.repeat(41) } })),
    ]).toEqual([
      { code: 'text-missing' },
      { code: 'text-too-long', limit: TITLE_LIMIT, length: long.length },
      { code: 'text-too-long', limit: 40, length: 41 },
    ]);
  });
});

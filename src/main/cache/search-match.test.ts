import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyContact, anyWords } from '../../../tests/harness/arbitraries.ts';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import type { Contact } from '../../shared/domain/contact.ts';
import { asCommandId } from '../../shared/domain/ids.ts';
import { EXCERPT_LIMIT, hitIn } from './search-match.ts';
import { queryOf } from './search-query.ts';

const find = (typed: string, over: Partial<Contact> = {}) => {
  const contact = aContact({ account: 'They left.', title: 'A title', place: null, ...over });
  return hitIn({ summary: contact, contact }, queryOf(typed));
};

/** Where it was found, and the find between brackets. */
function shown(typed: string, over: Partial<Contact> = {}): string | null {
  const hit = find(typed, over);
  if (hit === null) return null;
  const { text, from, to } = hit.excerpt;
  return `${hit.in}: ${text.slice(0, from)}[${text.slice(from, to)}]${text.slice(to)}`;
}

const note = (text: string) => ({
  id: asCommandId(anId(1)),
  text,
  by: anActor(),
  at: testStart,
  happenedAt: null,
  late: false,
});
const number = (written: string): Partial<Contact> => ({
  caller: { name: null, number: written, address: null },
});

describe('what a search finds', () => {
  it('W-20: a find is told with the place where it is, and marked in the words around it', () => {
    const over: Partial<Contact> = {
      title: 'Shouting upstairs',
      place: 'Mill Lane',
      account: 'Two men\nfight by the garage.',
      messages: [{ key: 'm', from: 'public', text: 'One has a stick', language: null, at: testStart }],
      notes: [note('Rang back')],
      caller: { name: 'Siân O’Brien', number: '07700 900114', address: '12 Mill Lane' },
    };
    expect(
      ['shout', 'mill', 'sian', 'fig', 'stick', 'ran', '000001', 'obri', "o'br"].map((typed) =>
        shown(typed, over),
      ),
    ).toEqual([
      'title: [Shout]ing upstairs',
      'place: [Mill] Lane',
      'caller: [Siân] O’Brien · 07700 900114 · 12 Mill Lane',
      'account: Two men [fig]ht by the garage.',
      'message: One has a [stick]',
      'note: [Ran]g back',
      'reference: CON-20261122-[000001]',
      'caller: Siân [O’Bri]en · 07700 900114 · 12 Mill Lane',
      'caller: Siân [O]’Brien · 07700 900114 · 12 Mill Lane',
    ]);
  });

  it('W-20: each typed word must be found, wherever it is; the place that holds most of them is told', () => {
    const over = { title: 'Noise', account: 'A dog barks, noise all night' };
    expect([shown('noise', over), shown('noise dog', over), shown('noise cat', over)]).toEqual([
      'title: [Noise]',
      'account: A [dog] barks, noise all night',
      null,
    ]);
  });

  it('W-20: only the beginning of a word is found', () => {
    expect([shown('oise', { title: 'Noise' }), shown('noises', { title: 'Noise' })]).toEqual([null, null]);
  });

  it('W-20: a telephone number is found however it is spaced, by all of it or by at least four digits of an end', () => {
    const stored = [
      '07700 900114',
      '07700900114',
      '+447700900114',
      '+44 (0)7700 900-114',
      '0044 7700 900114',
      '(07700) 900 114',
    ];
    const typed = [
      '07700 900114',
      '07700900114',
      '+447700900114',
      '+44 7700 900114',
      '0044 7700 900114',
      '0770',
      '0114',
      '7700900114',
      '07700 9001',
    ];
    const missed = stored.flatMap((one) =>
      typed.filter((text) => find(text, number(one))?.in !== 'caller').map((text) => `${text} in ${one}`),
    );
    expect(missed).toEqual([]);
  });

  it('W-20: a telephone number is not found by another one, by its middle, or by three digits of its end', () => {
    const typed = ['07700 900115', '77009001', '114', '+487700900114', '4114'];
    expect(typed.map((text) => shown(text, number('07700900114')))).toEqual(typed.map(() => null));
  });

  it('W-20: a telephone number in somebody’s words is found as well', () => {
    expect(shown('+447700900115', { account: 'Ring her on 07700 900 115, not me.' })).toBe(
      'account: Ring her on [07700 900 115], not me.',
    );
  });

  it('W-20, P-03: a reference is found by the end of its number, and every reference a contact had is found', () => {
    const over = { ref: 'CON-20261122-000041', provisionalRef: 'PROV-7KQ2MX', paperLog: 'P12-0007' };
    expect(
      ['41', '041', '000041', 'con-20261122-000041', '7kq', 'P12-0007', '007', '4'].map((typed) =>
        shown(typed, over),
      ),
    ).toEqual([
      'reference: CON-20261122-[000041]',
      'reference: CON-20261122-[000041]',
      'reference: CON-20261122-[000041]',
      'reference: [CON]-20261122-000041',
      'reference: PROV-[7KQ]2MX',
      'reference: [P12]-0007',
      'reference: P12-[0007]',
      null,
    ]);
  });

  it('W-20: an excerpt has the find in it, and at most 160 characters, of which none is cut in two', () => {
    const long = `${'👮🏽‍♀️ patrol '.repeat(60)}needle${' 👮🏽‍♀️ patrol'.repeat(60)}`;
    const { text, from, to } = find('need', { account: long })?.excerpt ?? { text: '', from: 0, to: 0 };
    expect([
      text.slice(from, to),
      text.length <= EXCERPT_LIMIT,
      encodeURIComponent(text).length > 0,
      text[0],
      text.at(-1),
    ]).toEqual(['need', true, true, '…', '…']);
  });

  it('W-20: whatever a contact says, the find is inside its excerpt and begins with what was typed', () => {
    always(
      fc.property(anyContact, anyWords, (contact, typed) => {
        const hit = hitIn({ summary: contact, contact }, queryOf(typed.slice(0, 200)));
        if (hit === null) return;
        const { text, from, to } = hit.excerpt;
        expect([text.length <= EXCERPT_LIMIT, from >= 0 && from < to && to <= text.length]).toEqual([
          true,
          true,
        ]);
      }),
    );
    always(
      fc.property(anyContact, ({ account, ...contact }) => {
        const typed = Array.from(account).slice(0, 60).join('');
        if (queryOf(typed).length > 0)
          expect(
            hitIn({ summary: { ...contact }, contact: { ...contact, account } }, queryOf(typed)),
          ).not.toBeNull();
      }),
    );
  });
});

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyInbox } from '../../../tests/harness/arbitraries.ts';
import { aContact } from '../../../tests/harness/builders.ts';
import { asLsn } from '../../shared/domain/ids.ts';
import { SnapshotText } from './snapshot-text.ts';

const textOf = (contacts: readonly unknown[]): string =>
  contacts.map((contact) => `${JSON.stringify(contact)}\n`).join('');
const endOf = (text: string, count: number) => ({
  id: 's',
  asOf: asLsn(9),
  count,
  sha256: createHash('sha256').update(text, 'utf8').digest('hex'),
});

const contacts = [aContact({ seq: 1 }), aContact({ seq: 2, account: 'He said “no”, 👮🏽‍♀️ זה' })];
const text = textOf(contacts);
const halves = [text.slice(0, 700), text.slice(700)] as const;

function received(
  parts: readonly { readonly id?: string; readonly part: number; readonly data: string }[],
): SnapshotText {
  const snapshot = new SnapshotText('s');
  for (const part of parts) snapshot.add({ id: 's', ...part });
  return snapshot;
}

describe('a snapshot on its way', () => {
  it('L-11: gives the contacts when every part came, in order, and count and hash agree', () => {
    const snapshot = received(halves.map((data, index) => ({ part: index + 1, data })));
    expect(snapshot.finish(endOf(text, 2))).toEqual(contacts);
  });

  it('L-11: may be of no contact at all', () => {
    expect(received([]).finish(endOf('', 0))).toEqual([]);
  });

  it('L-11: gives the same contacts wherever its text was cut', () => {
    always(
      fc.property(anyInbox, fc.array(fc.nat({ max: 5_000 }), { maxLength: 6 }), (any, cuts) => {
        const whole = textOf(any);
        const places = [...cuts.map((cut) => Math.min(cut, whole.length)), 0, whole.length].sort(
          (a, b) => a - b,
        );
        const parts = places
          .slice(1)
          .map((place, index) => ({ part: index + 1, data: whole.slice(places[index], place) }));
        expect(received(parts).finish(endOf(whole, any.length))).toEqual(any);
      }),
      { runs: 60 },
    );
  });

  it.each([
    ['a part missing', [{ part: 2, data: halves[1] }]],
    [
      'a part twice',
      [
        { part: 1, data: halves[0] },
        { part: 1, data: halves[0] },
      ],
    ],
    [
      'parts the wrong way round',
      [
        { part: 2, data: halves[1] },
        { part: 1, data: halves[0] },
      ],
    ],
    ['a part of another snapshot', [{ id: 't', part: 1, data: halves[0] }]],
  ])('L-11: %s is not taken', (_what, parts) => {
    expect(() => received(parts)).toThrow('out of place');
  });

  it.each([
    ['cut short', [{ part: 1, data: halves[0] }], endOf(text, 2)],
    ['changed on the way', [{ part: 1, data: text.replace('no', 'on') }], endOf(text, 2)],
    ['of another id', [{ part: 1, data: text }], { ...endOf(text, 2), id: 't' }],
    ['with a contact fewer than was said', [{ part: 1, data: text }], endOf(text, 3)],
    ['with a contact more than was said', [{ part: 1, data: text }], endOf(text, 1)],
  ])('L-11: a snapshot %s is not installed', (_what, parts, end) => {
    expect(() => received(parts).finish(end)).toThrow(/does not add up|not complete/);
  });

  it('L-23: a contact that cannot be read whole is here with what can be, and keeps no other from being here', () => {
    const [one, two, three] = [aContact({ seq: 1 }), aContact({ seq: 2 }), aContact({ seq: 3 })];
    const broken = textOf([one, { ...two, channelState: 'on fire' }, { ...three, rev: 'one' }]);
    const [whole, part, ...others] = received([{ part: 1, data: broken }]).finish(endOf(broken, 3));
    expect(whole).toEqual(one);
    expect(part).toMatchObject({
      id: two.id,
      seq: 2,
      account: two.account,
      title: `Cannot be shown in full, ask IT · ${two.title}`,
    });
    expect(others).toEqual([]);
  });
});

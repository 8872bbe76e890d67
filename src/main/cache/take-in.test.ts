import { describe, expect, it } from 'vitest';
import { aCall, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import type { Happening } from '../../shared/domain/event.ts';
import { asCommandId, asFence, asLsn } from '../../shared/domain/ids.ts';
import { later, MINUTE } from '../../shared/domain/time.ts';
import { takeIn } from './take-in.ts';

const contact = aContact();
const id = asCommandId(anId(0xc1));
const call = aCall({ handOver: 'ended', endedAt: testStart });
const about = (what: Happening) =>
  takeIn(null, {
    lsn: asLsn(9),
    contact: contact.id,
    rev: 9,
    at: later(testStart, MINUTE),
    by: anActor(),
    what,
  }).kind;

describe('S-15: what comes about a contact that this desk has forgotten', () => {
  it.each<[string, Happening]>([
    ['a recording', { kind: 'call', call }],
    ['the end of a line', { kind: 'line', state: 'dropped' }],
    ['a note', { kind: 'noted', note: id, text: 'x', happenedAt: null, late: false }],
    [
      'a link',
      {
        kind: 'linked',
        link: id,
        as: 'same-caller',
        parent: { contact: contact.id, ref: 'r' },
        fact: '',
        found: [],
      },
    ],
    [
      'the other end of one',
      {
        kind: 'joined',
        link: id,
        as: 'same-caller',
        child: { contact: contact.id, ref: 'r' },
        fact: '',
        found: [],
        due: null,
      },
    ],
    ['a duty that is done', { kind: 'discharged', duty: 'tell-caller@1', words: 'told' }],
    ['a crime decision', { kind: 'crime-decided', crime: id, decision: { kind: 'not-yet' }, ref: null }],
  ])('%s is passed over', (_, what) => {
    expect(about(what)).toBe('passed-over');
  });

  it.each<[string, Happening]>([
    ['that somebody opened again', { kind: 'reopened', fence: asFence(3), reason: 'x' }],
    ['whose caller is back', { kind: 'call', call: aCall(), reopens: asFence(3) }],
    ['whose line is alive again', { kind: 'line', state: 'connected', reopens: asFence(3) }],
    ['that is somebody’s now', { kind: 'claimed', fence: asFence(3) }],
  ])('one %s is lacking', (_, what) => {
    expect(about(what)).toBe('lacking');
  });
});

import { describe, expect, it } from 'vitest';
import { aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { aLook } from '../../../tests/harness/record-acts.ts';
import type { Contact } from './contact.ts';
import { asCommandId, asFence } from './ids.ts';
import { apply } from './lifecycle.ts';
import type { Location } from './location.ts';
import type { Duty } from './record/parts.ts';
import { later } from './time.ts';

const at = later(testStart, 60_000);
const location: Location = {
  method: 'aml',
  latitude: 51.75,
  longitude: -0.47,
  radiusMetres: 28,
  place: null,
  at: testStart,
};
const telling: Duty = {
  id: 'tell-caller@3',
  kind: 'tell-caller',
  because: 'downgrade',
  since: testStart,
  done: null,
};
const looked = [{ id: asCommandId(anId(0xd1)), entry: aLook, by: anActor(), at: testStart }];
const closed = (over: Partial<Contact>): Contact =>
  aContact({
    ownership: { kind: 'closed', by: anActor(), since: testStart },
    fence: asFence(1),
    callBackDue: false,
    duties: [telling],
    ...over,
  });
const located = (contact: Contact, isBack: boolean): Contact =>
  apply(contact, {
    contact: contact.id,
    rev: contact.rev + 1,
    at,
    by: null,
    what: { kind: 'located', location, ...(isBack && { reopens: asFence(contact.fence + 1) }) },
  });

describe('a place that comes after the closing', () => {
  it('C-32, C-08: brings back who was to be rung back with that duty, and anybody else without', () => {
    const back = (over: Partial<Contact>) => {
      const { ownership, fence, callBackDue, closing } = located(closed(over), true);
      return [ownership.kind, fence, callBackDue, closing];
    };
    expect(back({ channel: '999-dropped' })).toEqual(['waiting', 2, true, null]);
    expect(back({ channel: '999-voice', channelState: 'dropped' })).toEqual(['waiting', 2, true, null]);
    expect(back({ channel: '999-voice', channelState: 'ended' })).toEqual(['waiting', 2, false, null]);
  });

  it('C-32, C-25: opens no duty of its own, since nobody rang: what is on record there asks for the look', () => {
    expect(located(closed({ channel: '999-voice', triage: looked }), true).duties).toEqual([telling]);
  });

  it('C-18: without a marker there it is kept, and the contact stays closed', () => {
    const { ownership, locations, duties } = located(closed({}), false);
    expect([ownership.kind, locations, duties]).toEqual(['closed', [location], [telling]]);
  });
});

import { describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { HOUR } from '../shared/domain/time.ts';
import { readDemandData } from './data-files.ts';
import { isCallChannel } from '../shared/domain/channel.ts';
import type { HandedContact } from './handed-contact.ts';
import { planOf } from './plan.ts';
import { stepsOf, type Step } from './step.ts';
import { eventOfState, lineOfNumber } from './telephone-line.ts';

const contact: HandedContact = {
  channel: '101-voice',
  title: 'A row',
  place: null,
  language: null,
  caller: { name: null, number: '01632 960001', address: null },
  account: 'Words.',
  flags: {},
  channelState: null,
  call: { line: 'fixed' },
};
const steps = (over: Partial<HandedContact>): readonly Step[] =>
  stepsOf({ id: 'T01', kind: 'card' }, 'c1', { at: 5, contact: { ...contact, ...over } }, [
    { at: 9, update: { kind: 'line', state: 'ended' } },
  ]);
const updates = (over: Partial<HandedContact>) =>
  steps(over).flatMap((step) => (step.kind === 'update' ? [[step.at, step.update]] : []));

const data = readDemandData(fileURLToPath(new URL('../../resources', import.meta.url)));
function aDay(): readonly Step[] {
  const day: Step[] = [];
  const start = Date.UTC(2026, 10, 20);
  const plan = planOf({ ...data, seed: 11, start });
  for (let step = plan.next().value; step.at < start + 24 * HOUR; step = plan.next().value) day.push(step);
  return day;
}

describe('TE-02: what the generator tells of a line as an exchange', () => {
  it('is an event of the call, when the contact rang', () => {
    expect(updates({})).toEqual([[9, { kind: 'call', told: { event: 'end' } }]]);
    expect(updates({ channel: 'web-chat', call: null })).toEqual([[9, { kind: 'line', state: 'ended' }]]);
  });

  it('comes at once with the ring when the line is not as it usually is', () => {
    expect(updates({ channelState: 'queued' })[0]).toEqual([5, { kind: 'call', told: { event: 'queued' } }]);
    expect(updates({ channelState: 'ringing' })).toHaveLength(1);
    expect(updates({ channel: '999-dropped', channelState: 'dropped' })).toHaveLength(1);
    expect(steps({ channelState: 'queued' }).map(({ isLast }) => isLast)).toEqual([false, false, true]);
  });

  it('leaves states that no telephone has as they are', () => {
    expect(eventOfState('left-by-exit')).toBeNull();
    expect(eventOfState('delivered')).toBeNull();
    expect(eventOfState('dropped')).toEqual({ event: 'drop' });
  });

  it('knows a line by its channel and number alone when nothing else is said', () => {
    expect(lineOfNumber(contact)).toEqual({ line: 'fixed' });
    expect(lineOfNumber({ ...contact, caller: { ...contact.caller, number: '07700 900001' } })).toEqual({
      line: 'mobile',
    });
    expect(lineOfNumber({ ...contact, channel: '999-relay' })).toEqual({
      line: 'relay',
      marks: ['relay-user'],
    });
    expect(lineOfNumber({ ...contact, caller: { ...contact.caller, number: null } })).toEqual({
      line: 'unknown',
    });
  });
});

describe('TE-01: the lines of an ordinary day', () => {
  const day = aDay();
  const rung = day.flatMap((step) =>
    step.kind === 'contact' && step.contact.call !== null
      ? [{ ...step.contact, call: step.contact.call }]
      : [],
  );
  const share = (which: (one: (typeof rung)[number]) => boolean): number =>
    rung.filter(which).length / rung.length;

  it('belong to all that rings and to nothing else', () => {
    for (const step of day) {
      if (step.kind === 'contact')
        expect(step.contact.call !== null).toBe(isCallChannel(step.contact.channel));
    }
    expect(rung.length).toBeGreaterThan(1_000);
  });

  it('are as in life: mobiles with a mast, landlines, internet lines whose address comes late and may be wrong', () => {
    expect(share(({ call }) => call.line === 'mobile')).toBeGreaterThan(0.5);
    expect(share(({ call }) => call.line === 'fixed')).toBeGreaterThan(0.1);
    expect(share(({ call }) => call.line === 'internet')).toBeGreaterThan(0.02);
    for (const { call, caller } of rung) {
      if (call.line === 'mobile' && call.cell !== undefined) expect(call.cell).toMatch(/^Mast at /);
      if (call.marks?.includes('limited-service') === true) expect(caller.number).toBeNull();
    }
    const late = day.flatMap((step) =>
      step.kind === 'update' && step.update.kind === 'call' && step.update.told.event === 'particulars'
        ? (step.update.told.subscriber ?? [])
        : [],
    );
    expect(late.some(({ address }) => address?.includes('Old Orchard Road') === true)).toBe(true);
  });

  it('have waited when they ring 101, and an operator with them when they ring 999', () => {
    for (const { channel, call } of rung) {
      if (channel === '101-voice' && call.waited === undefined) expect(call.line).toBeDefined();
      if (channel === '999-voice') expect(call.waited).toBeUndefined();
    }
    const operators = day.filter(
      (step) =>
        step.kind === 'update' && step.update.kind === 'call' && step.update.told.event === 'operator',
    );
    expect(operators.length).toBeGreaterThan(200);
  });
});

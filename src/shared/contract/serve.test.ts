import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alwaysEventually, anyWords } from '../../../tests/harness/arbitraries.ts';
import { anId } from '../../../tests/harness/builders.ts';
import { serve } from './serve.ts';
import { isRequestName } from './workstation-names.ts';
import { requestNames } from './workstation-names.ts';
import { type RequestHandlers } from './workstation.ts';
import { defaultSettings } from './settings.ts';

const secret = 'Robin Marsh 07700 900123';

describe('answering the window', () => {
  it('W-14: a request with a good input is handled, and its answer comes in an envelope', async () => {
    const asked: unknown[] = [];
    const handlers: Partial<RequestHandlers> = {
      'settings.save': async (input) => {
        asked.push(input);
        return {};
      },
    };
    expect(await serve(handlers, 'settings.save', defaultSettings)).toEqual({ ok: true, value: {} });
    expect(asked).toEqual([defaultSettings]);
  });

  it.each<[string, unknown, unknown, string]>([
    ['a name that is none of the contract’s', 'disk.format', {}, 'no such request'],
    ['a name that every object has', 'toString', {}, 'no such request'],
    ['a name that is no text', { toString: () => 'desk.read' }, {}, 'no such request'],
    ['a request that this program does not serve', 'desk.read', {}, 'desk.read is not served here'],
    ['a field that is not valid', 'contact.read', { contact: secret }, 'contact.read: contact is not valid'],
    [
      'a field deep inside',
      'command.submit',
      { id: anId(2), contact: anId(1), act: { kind: 'grade', grade: secret, reason: secret } },
      'command.submit: act.grade is not valid',
    ],
    ['no input at all', 'contact.read', undefined, 'contact.read: input is not valid'],
  ])('W-14: %s is refused, and no handler runs', async (_what, name, input, why) => {
    const ran: string[] = [];
    const watch = async (): Promise<never> => {
      ran.push('ran');
      throw new Error('must not run');
    };
    const handlers: Partial<RequestHandlers> = { 'contact.read': watch, 'command.submit': watch };
    expect({ envelope: await serve(handlers, name, input), ran }).toEqual({
      envelope: { ok: false, why },
      ran: [],
    });
  });

  it('W-14: a handler that fails is told by its kind, never by its words', async () => {
    const failure = new TypeError(`cannot read ${secret}`);
    const handlers: Partial<RequestHandlers> = { 'desk.read': () => Promise.reject(failure) };
    expect(await serve(handlers, 'desk.read', {})).toEqual({ ok: false, why: 'desk.read failed: TypeError' });
  });

  it('W-14: whatever the window sends, there is an answer, and a refusal repeats none of it', async () => {
    const anything = fc.anything({ withNullPrototype: true, withDate: true, withMap: true });
    const tagged = fc.oneof(
      anything,
      anyWords,
      fc.constantFrom(secret, { contact: secret }, { [secret]: secret }),
    );
    await alwaysEventually(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...requestNames), anything), tagged, async (name, input) => {
        const envelope = await serve({}, name, input);
        expect(envelope).toEqual({ ok: false, why: expect.stringMatching(/^[\w.: -]+$/) });
        if (!envelope.ok) expect(envelope.why).not.toContain('Marsh');
      }),
    );
  });

  it('W-13: the names of the contract are known, and nothing else is', () => {
    expect(requestNames.filter((name) => !isRequestName(name))).toEqual([]);
    expect(['constructor', '', 'desk.read ', 'DESK.READ', null, 7].filter(isRequestName)).toEqual([]);
  });
});

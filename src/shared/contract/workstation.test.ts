import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyAct, anyContact } from '../../../tests/harness/arbitraries.ts';
import { aCommand, anActor, anId, aPolicy, testStart } from '../../../tests/harness/builders.ts';
import { asCommandId } from '../domain/ids.ts';
import { orderKey } from '../domain/ordering.ts';
import { rowOf, view } from '../domain/view.ts';
import { faultSchema, type Fault } from './fault.ts';
import { inboxRowSchema, requests } from './workstation.ts';
import { defaultSettings } from './settings.ts';

const overTheBridge = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const anyView = fc.tuple(anyContact, fc.array(anyAct, { maxLength: 5 })).map(([base, acts]) => {
  const undecided = acts.map((act, index) => ({
    command: aCommand({ on: base, act, id: asCommandId(anId(index + 1)) }),
    keptAt: testStart,
  }));
  return view(base, undecided, anActor(), aPolicy());
});

describe('what crosses to the window', () => {
  it('X-04: every row that the domain makes, with what is pending on it, arrives word for word', () => {
    always(
      fc.property(anyView, (seen) => {
        const row = rowOf(seen);
        expect(inboxRowSchema.safeParse(overTheBridge(row))).toEqual({ success: true, data: row });
      }),
    );
  });

  it('X-04: every contact that the domain shows, with what is kept here, arrives word for word', () => {
    always(
      fc.property(anyView, ({ contact, pending, keptHere }) => {
        const reading = { kind: 'here', contact, pending, keptHere: [...keptHere], draft: null } as const;
        const parsed = requests['contact.read'].output.safeParse(overTheBridge(reading));
        expect(parsed).toEqual({ success: true, data: reading });
      }),
    );
  });

  it('O-01: the place where a page of the inbox ends can be handed back to ask for the next', () => {
    always(
      fc.property(anyContact, (contact) => {
        const input = { after: orderKey(contact), limit: 200 };
        expect(requests['inbox.read'].input.safeParse(overTheBridge(input))).toEqual({
          success: true,
          data: input,
        });
      }),
    );
  });

  it('W-14: an act with a field nobody knows is refused before it is acted on', () => {
    const input = { contact: anId(1), act: { kind: 'claim', force: true } };
    expect(requests['command.submit'].input.safeParse(input).success).toBe(false);
  });

  it.each([0, -1, 2_001, 1.5, '10', null])('W-14: a page of %s rows is refused', (limit) => {
    expect(requests['inbox.read'].input.safeParse({ after: null, limit }).success).toBe(false);
  });

  it('W-14: the settings a new desk starts with are settings it may save', () => {
    expect(requests['settings.save'].input.safeParse(defaultSettings)).toEqual({
      success: true,
      data: defaultSettings,
    });
  });

  it('S-06: every fault that may be told crosses word for word', () => {
    const faults: { readonly [K in Fault['kind']]: Extract<Fault, { kind: K }> } = {
      'cache-damaged': {
        kind: 'cache-damaged',
        setAside: 'desk.db.damaged',
        salvaged: 2,
        unsent: ['note'],
        unreadable: false,
      },
      'cache-newer': { kind: 'cache-newer', found: 9, known: 1 },
      'cache-key-wrong': { kind: 'cache-key-wrong' },
      'cache-realm-wrong': { kind: 'cache-realm-wrong' },
      'cache-write-failed': { kind: 'cache-write-failed', code: 'SQLITE_FULL' },
      'no-keychain': { kind: 'no-keychain' },
      'demo-key-in-file': { kind: 'demo-key-in-file' },
      'queue-address-wrong': { kind: 'queue-address-wrong', address: 'ws://queue', why: 'not-secure' },
      'queue-refused': { kind: 'queue-refused', code: 4009, why: 'displaced' },
      'link-unsteady': { kind: 'link-unsteady', code: 4002, why: 'command 3 is missing', times: 3 },
      'workstation-restarted': { kind: 'workstation-restarted', times: 1, cause: 'exit 139' },
    };
    const all = Object.values(faults);
    expect(all.map((fault) => faultSchema.parse(overTheBridge(fault)))).toEqual(all);
  });
});

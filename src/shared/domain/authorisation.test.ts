import { describe, expect, it } from 'vitest';
import { aContact, anActor, testStart } from '../../../tests/harness/builders.ts';
import { causes, refusalByRole, rights } from './authorisation.ts';
import type { ActKind } from './command.ts';
import { roles } from './role.ts';

const actKinds = Object.keys(rights) as ActKind[];
const ordinary = aContact();
const emergency = aContact({ channel: '999-voice' });

/** Which acts somebody is refused, on what stands in each band. */
const refusedTo = (role: (typeof roles)[number]) => ({
  emergency: actKinds.filter((act) => refusalByRole(role, act, emergency) !== null),
  ordinary: actKinds.filter((act) => refusalByRole(role, act, ordinary) !== null),
});

describe('who may do what', () => {
  it('A-03: a trainee works what is not an emergency, and moves nothing out of band A', () => {
    expect(refusedTo('trainee')).toEqual({
      emergency: [
        'claim',
        'free',
        'demote',
        'close',
        'reopen',
        'attempt',
        'pass',
        'answer-offer',
        'agree',
        'stand-down',
      ],
      ordinary: ['free', 'demote', 'agree', 'stand-down'],
    });
  });

  it('A-03, A-04, C-29, C-30: a handler does all but free what another holds, be the second person, and end a major incident', () => {
    const refused = ['free', 'agree', 'stand-down'];
    expect(refusedTo('handler')).toEqual({ emergency: refused, ordinary: refused });
  });

  it('A-04, C-30: a team leader is refused nothing, a mentor only the end of a major incident', () => {
    expect(refusedTo('team-leader')).toEqual({ emergency: [], ordinary: [] });
    expect(refusedTo('mentor')).toEqual({ emergency: ['stand-down'], ordinary: ['stand-down'] });
  });

  it('A-03: what keeps people safe nobody is ever refused', () => {
    const safe = [
      ...([
        'note',
        'grade',
        'promote',
        'log',
        'consult',
        'release',
        'triage',
        'describe',
        'place',
        'hear',
        'link',
      ] as const),
      ...(['part', 'discharge', 'incident', 'crime', 'major'] as const),
    ];
    for (const role of roles) {
      for (const act of safe) expect(refusalByRole(role, act, emergency)).toBeNull();
    }
  });

  it('A-03: the band counts, not the channel: a promoted chat is an emergency', () => {
    const promoted = aContact({ channel: 'web-chat', band: 'A', bandSince: testStart });
    const owned = aContact({
      channel: '999-voice',
      band: 'B',
      ownership: { kind: 'owned', by: anActor(), since: testStart },
    });
    expect(refusalByRole('trainee', 'claim', promoted)).toEqual({
      code: 'role',
      role: 'trainee',
      act: 'claim',
      emergency: true,
    });
    expect(refusalByRole('trainee', 'claim', owned)).toBeNull();
  });

  it('A-03: writing down a new contact needs no contact to look at', () => {
    expect(roles.map((role) => refusalByRole(role, 'log', null))).toEqual([null, null, null, null]);
  });

  it('A-05: only an arrival, and what a linked contact was told, can come from a source or from a person; everything else from one of them', () => {
    const both = Object.entries(causes).filter(([, by]) => by.length === 2);
    const source = Object.entries(causes).filter(([, by]) => by.join() === 'source');
    expect(both.map(([kind]) => kind)).toEqual(['arrived', 'child-told']);
    expect(source.map(([kind]) => kind)).toEqual([
      'located',
      'said',
      'line',
      'call',
      'reached',
      'translated',
      'attached',
      'carried',
    ]);
  });
});

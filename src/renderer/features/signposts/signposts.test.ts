import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { directoryPolicySchema } from '../../../shared/contract/policy/directory.ts';
import { placesPolicySchema } from '../../../shared/contract/policy/places.ts';
import type { Location } from '../../../shared/domain/location.ts';
import { buildAreas } from '../../../shared/domain/place/areas.ts';
import { questionPolicySchema } from '../../../shared/contract/policy/questions.ts';
import { asCommandId } from '../../../shared/domain/ids.ts';
import { asInstant } from '../../../shared/domain/time.ts';
import { emptyEntry } from '../../../shared/domain/triage/entry.ts';
import { aContact, anActor, START } from '../../testing/builders.ts';
import { forceOfPlace } from './force-of-place.ts';
import { guideStanding } from './guide-answers.ts';
import {
  blankPass,
  missingInPass,
  newLines,
  packOf,
  passedOf,
  readPass,
  withNews,
  withPack,
} from './pass-form.ts';
import { packLines } from './pass-pack.ts';

const policyText = (name: string) =>
  readFileSync(new URL(`../../../../resources/policy/${name}.yaml`, import.meta.url), 'utf8');
const directory = readYaml('directory', policyText('directory'), directoryPolicySchema).value;
const areas = buildAreas(readYaml('places', policyText('places'), placesPolicySchema).value);

const aml = (latitude: number, longitude: number, radiusMetres: number): Location => ({
  method: 'aml',
  latitude,
  longitude,
  radiusMetres,
  place: null,
  at: asInstant(0),
});

describe('whose place it is', () => {
  it('C-28: a location in Enfield proposes the Metropolitan Police, and says why (E24)', () => {
    const where = { spots: [], place: null, locations: [aml(51.6521, -0.0811, 55)] };
    const proposal = forceOfPlace(where, directory, areas);
    expect(proposal?.entry.id).toBe('force-met');
    expect(proposal?.because).toMatch(/newest location .*within 55 m/);
  });

  it('C-28: a town that the place names proposes its force where no map says anything', () => {
    const where = { spots: [], place: 'Fallowgate Parade, Enfield', locations: [] };
    expect(forceOfPlace(where, directory, areas)).toMatchObject({
      entry: { id: 'force-met' },
      because: 'The place names Enfield, which is theirs.',
    });
    expect(forceOfPlace({ ...where, place: 'Enfieldstead Way, Watford' }, directory, null)).toBeNull();
  });

  it('C-28: what lies well inside the county is nobody else’s', () => {
    const where = { spots: [], place: 'Welwyn Garden City', locations: [aml(51.8031, -0.2087, 30)] };
    expect(forceOfPlace(where, directory, areas)).toBeNull();
  });
});

describe('a pack', () => {
  const lines = ['Caller: Sunil', 'Place: Enfield'];

  it('C-28: follows the record until it is edited; then what comes later is offered and never put in by itself', () => {
    expect(packOf(blankPass, [...lines, 'AML'])).toBe('Caller: Sunil\nPlace: Enfield\nAML');
    const edited = withPack(blankPass, 'Mine\nPlace: Enfield', lines);
    expect(packOf(edited, [...lines, 'AML'])).toBe('Mine\nPlace: Enfield');
    expect(newLines(edited, [...lines, 'AML'])).toEqual(['AML']);
    const together = withNews(edited, [...lines, 'AML']);
    expect(packOf(together, [...lines, 'AML'])).toBe('Mine\nPlace: Enfield\nAML');
    expect(newLines(together, [...lines, 'AML'])).toEqual([]);
  });

  it('C-28: asks who it goes to; who took it and their reference may be open', () => {
    expect(missingInPass(blankPass, lines, false)).toMatch(/who it goes to/);
    expect(passedOf({ ...blankPass, to: ' Metropolitan Police ' }, lines, false)).toEqual({
      to: 'Metropolitan Police',
      takenBy: null,
      theirRef: null,
      stayedOn: false,
      pack: 'Caller: Sunil\nPlace: Enfield',
    });
  });

  it('C-28: an emergency that they took without us on the line asks why, and the reason stands by itself, not in what they are told', () => {
    const taken = { ...blankPass, to: 'Met', takenBy: 'desk 4' };
    expect(missingInPass(taken, lines, true)).toMatch(/write why not/);
    expect(missingInPass({ ...taken, takenBy: '' }, lines, true)).toBeNull();
    expect(missingInPass(taken, lines, false)).toBeNull();
    expect(passedOf({ ...taken, leftBecause: ' two calls waited' }, lines, true)).toMatchObject({
      leftBecause: 'two calls waited',
      pack: 'Caller: Sunil\nPlace: Enfield',
    });
    expect(
      passedOf({ ...taken, stayedOn: true, leftBecause: 'old' }, lines, true)?.leftBecause,
    ).toBeUndefined();
  });

  it('C-28: is never cut', () => {
    const long = withPack({ ...blankPass, to: 'Met' }, 'x'.repeat(4_001), lines);
    expect(missingInPass(long, lines, false)).toMatch(/1 characters too long/);
    expect(passedOf(long, lines, false)).toBeNull();
  });

  it('X-09: reads what it wrote, and nothing else', () => {
    const form = withPack({ ...blankPass, to: 'Met', stayedOn: true }, 'Mine', lines);
    expect(readPass(JSON.parse(JSON.stringify(form)))).toEqual(form);
    expect(readPass({ to: 3 })).toBeNull();
  });
});

describe('what they are told', () => {
  const done = { id: asCommandId('c'), by: anActor(1), at: START };
  const spoken = aContact({
    n: 1,
    channel: '999-voice',
    notes: [{ ...done, text: 'He has stabbed my mate,\nblack hoodie', happenedAt: null, late: false }],
    heard: [{ ...done, what: 'tap', means: 'yes', words: 'Are you in danger? Once for yes, twice for no.' }],
    triage: [
      {
        ...done,
        entry: {
          ...emptyEntry,
          answers: {
            hurt: { kind: 'yes' },
            direction: { kind: 'text', text: 'to the station' },
            where: { kind: 'place', text: 'Kings Arms', readBack: false },
          },
        },
      },
    ],
  });
  const questions = readYaml('questions', policyText('questions'), questionPolicySchema).value.questions;

  it('C-28: what was noted, answered and tapped goes with it: on the telephone there is nothing else', () => {
    const lines = packLines(spoken, { kinds: [], questions }, START);
    expect(lines).toContain('Noted 14:05:00: “He has stabbed my mate, / black hoodie”');
    expect(lines).toContain('Anyone hurt: yes.');
    expect(lines).toContain('Direction: to the station.');
    expect(lines).toContain('Heard 14:05:00: “Are you in danger? Once for yes, twice for no.” – tap: yes.');
    expect(lines.join()).not.toContain('Kings Arms');
  });

  it('C-28: an answer is not left out where the questions are not on the desk', () => {
    expect(packLines(spoken, { kinds: [], questions: [] }, START)).toContain('hurt: yes.');
  });
});

describe('the safety questions of a card', () => {
  const card = {
    checkFirst: [
      { ask: 'Is anybody hurt?', thenPolice: 'Grade it now.' },
      { ask: 'Are you afraid?', thenPolice: 'Assess it.' },
    ],
  };

  it('SG-02: “not known” is asked past, and is no “no”', () => {
    expect([
      guideStanding(card, []),
      guideStanding(card, ['not-known']),
      guideStanding(card, ['not-known', 'no']),
      guideStanding(card, ['no', 'not-known']),
      guideStanding(card, ['no', 'no']),
      guideStanding(card, ['not-known', 'yes']).kind,
    ]).toEqual([
      { kind: 'ask', next: 0 },
      { kind: 'ask', next: 1 },
      { kind: 'unknown' },
      { kind: 'unknown' },
      { kind: 'signpost' },
      'police',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../platform/yaml-file.ts';
import { categoriesPolicySchema } from '../../contract/policy/categories.ts';
import { directoryPolicySchema } from '../../contract/policy/directory.ts';
import { signpostsPolicySchema } from '../../contract/policy/signposts.ts';
import { categoryIndex, findCategories } from '../record/categories.ts';
import { controlOf } from './directory.ts';
import {
  councilFor,
  directoryIndex,
  districtOf,
  entriesFor,
  findDirectory,
  findHelp,
  helpIndex,
} from './find-directory.ts';
import { findSignposts, signpostIndex } from './find-signposts.ts';
import { signpostStanding } from './signpost.ts';

const policyText = (name: string) =>
  readFileSync(new URL(`../../../../resources/policy/${name}.yaml`, import.meta.url), 'utf8');
const categories = readYaml('categories', policyText('categories'), categoriesPolicySchema).value;
const signposts = readYaml('signposts', policyText('signposts'), signpostsPolicySchema).value;
const directory = readYaml('directory', policyText('directory'), directoryPolicySchema).value;

const help = helpIndex(signposts, directory);
const cards = signpostIndex(signposts.signposts);
const people = directoryIndex(directory);
const codes = categoryIndex(categories);
const found = (typed: string) =>
  findHelp(help, typed).map((hit) => (hit.kind === 'signpost' ? hit.signpost.id : hit.entry.id));
const category = (typed: string) => findCategories(codes, typed, { use: 'opening' })[0]?.code;
const card = (id: string) => signposts.signposts.find((each) => each.id === id);

describe('one search over cards and directory', () => {
  it.each([
    ['E11', 'fail to', 'collision-report', 'fail to stop', 'TR-DMG'],
    ['E11', 'coll rep', 'collision-report', 'rtc dam', 'TR-DMG'],
    ['E13', 'noi', 'noise', 'noi', 'AS-NUI'],
    ['E13', 'noise watf', 'council-watford', 'party', 'AS-NUI'],
    ['E14', 'frau', 'report-fraud', 'scam', 'CR-FRD'],
    ['E14', '159', 'bank-159', 'fra', 'CR-FRD'],
    ['E14', 'action fraud', 'report-fraud', 'fra', 'CR-FRD'],
    ['E15', 'courier', 'report-fraud', 'cour', 'CR-FRD'],
    ['E15', 'banking', 'economic-crime', 'safe acc', 'CR-FRD'],
    ['E19', 'care team', 'welfare-check', 'missed app', 'PS-CFS'],
    ['E19', 'hpft', 'hpft', 'welf', 'PS-CFS'],
    ['E19', 'clin', 'clinician', 'conc', 'PS-CFS'],
    ['E22', 'waltham', 'team-waltham-cross', 'hate', 'CR-HAT'],
    ['E24', 'enfield', 'force-met', 'robb', 'CR-ROB'],
    ['E24', 'met', 'force-met', 'other force', 'AD-OTH'],
  ])('SG-07: %s: “%s” finds %s, and “%s” the category %s', (_, typed, id, words, code) => {
    expect([found(typed).slice(0, 3).includes(id), category(words)]).toEqual([true, code]);
  });

  it('SG-07, SG-09: an officer is found by name and by number, beside their team', () => {
    expect([found('farr').slice(0, 2).toSorted(), found('1187')[0], found('loxley')[0]]).toEqual([
      ['officer-1187', 'team-cheshunt'],
      'officer-1187',
      'officer-2041',
    ]);
    const officers = directory.entries.filter(({ kind }) => kind === 'officer');
    const sergeants = directory.entries.flatMap((each) => (each.kind === 'team' ? [each.sergeant] : []));
    expect(sergeants.filter((one) => officers.every(({ name }) => `Sgt ${name}` !== one))).toEqual([]);
  });

  it.each([
    ['fim', 'fim'],
    ['rasp', null],
    ['rsp', 'animals'],
    ['111', 'medical'],
    ['111 option 2', 'mental-health'],
    ['anonym', 'crimestoppers'],
    ['btp', 'btp'],
    ['hatfield pol', 'station-hatfield'],
    ['bishops stort', 'team-bishops-stortford'],
    ['03001232040', 'report-fraud'],
    ['0300 123 5000', 'trunk-roads'],
    ['SGT Penhale', 'team-st-albans-south-and-london-colney'],
    ['taxi', 'no-service'],
  ])('SG-07: “%s” finds %s first or nearly so', (typed, id) => {
    if (id === null) expect(found(typed)).toEqual([]);
    else expect(found(typed).slice(0, 4)).toContain(id);
  });

  it('SG-07: every card is found by its id, and by the first three letters of what people say, among the first five', () => {
    for (const { id, triggers } of signposts.signposts) {
      expect([id, findSignposts(cards, id)[0]?.id]).toEqual([id, id]);
      const [first = ''] = (triggers[0] ?? '').split(' ');
      const ids = findSignposts(cards, first.slice(0, 3)).map((each) => each.id);
      expect([id, ids.slice(0, 5).includes(id)]).toEqual([id, true]);
    }
  });

  it('SG-07: every entry is found by its name', () => {
    for (const { id, name } of directory.entries)
      expect([name, findDirectory(people, name).some((each) => each.id === id)]).toEqual([name, true]);
  });

  it('SG-01: the courier on the way is asked about before the card for fraud says a word (E15)', () => {
    const fraud = card('report-fraud');
    expect(fraud?.checkFirst[0]?.ask).toMatch(/courier/);
    expect(signpostStanding(fraud ?? { checkFirst: [] }, ['yes']).kind).toBe('police');
  });

  it('SG-02: a care team’s request is for the police when the risk is real and immediate (E19)', () => {
    const check = card('welfare-check');
    expect(check?.checkFirst[0]?.ask).toMatch(/real and immediate/);
    const answers = check?.checkFirst.map(() => 'no' as const) ?? [];
    expect(signpostStanding(check ?? { checkFirst: [] }, answers).kind).toBe('signpost');
    expect(check?.say).toMatch(/not attending/);
  });

  it('SG-06: the council is that of the place: the town named last', () => {
    const council = (place: string) => councilFor(directory, place)?.id ?? null;
    expect(
      [
        'Marlpit Road, Watford',
        'Watford Road, St Albans',
        'High Street, Bishops Stortford',
        'LONDON COLNEY',
        'Fallowgate Parade, Enfield',
        '',
        'Hatfield Road, Potters Bar',
      ].map(council),
    ).toEqual([
      'council-watford',
      'council-st-albans',
      'council-east-herts',
      'council-st-albans',
      null,
      null,
      'council-hertsmere',
    ]);
    expect(districtOf(directory.districts, 'Welwyn Garden City')?.id).toBe('welwyn-hatfield');
  });

  it('SG-06: near a place its own team stands first, then the district’s (E22)', () => {
    const near = entriesFor(directory, 'Swan Parade, Waltham Cross').map(({ id }) => id);
    expect(near[0]).toBe('team-waltham-cross');
    expect(near).toEqual(
      expect.arrayContaining(['station-cheshunt', 'council-broxbourne', 'team-hoddesdon']),
    );
    expect(entriesFor(directory, 'Enfield')).toEqual([]);
  });

  it('SG-08: a control room’s number is apart from what the public may be given', () => {
    for (const entry of directory.entries) {
      const control = controlOf(entry);
      if (control !== null) expect(entry.ways.map(({ to }) => to)).not.toContain(control.to);
    }
    const met = directory.entries.filter(({ id }) => id === 'force-met');
    expect(met.map(controlOf)).toEqual([expect.objectContaining({ kind: 'phone' })]);
  });
});

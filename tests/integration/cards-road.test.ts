import { describe, expect, it } from 'vitest';
import { buildGazetteer } from '../../src/shared/domain/place/gazetteer.ts';
import { findPlaces } from '../../src/shared/domain/place/find-place.ts';
import { readBack } from '../../src/shared/domain/place/read-back.ts';
import { controlOf } from '../../src/shared/domain/signposts/directory.ts';
import { findHelp, helpIndex } from '../../src/shared/domain/signposts/find-directory.ts';
import { claim, close, grade, incident, link, pass, place, promote } from '../harness/card-acts.ts';
import { minutes, playCard, seconds, type PlayedCard } from '../harness/card.ts';

/** The places that the handler's desk finds for some words, from the file that it was served. */
const found = async ({ handler }: PlayedCard, words: string) =>
  findPlaces(buildGazetteer(await handler.policy('places')), words);

describe('E04: a crash on the A414, one car on its roof', () => {
  it('PL-31, T-05, T-09: the place is found, its direction asked, somebody trapped makes it G1: six acts to the ambulance', async () => {
    await using card = await playCard('E04', { upTo: seconds(40) });
    const { handler } = card;
    const [roundabout] = await found(card, 'A414 Longwater roundabout Hatfield');
    expect(roundabout).toMatchObject({ name: 'Longwater roundabout', town: 'Hatfield', isHome: true });
    const road = (await found(card, 'A414 Hatfield')).find(({ kind }) => kind === 'road');
    expect(road === undefined ? '' : readBack(road)).toMatch(/Which way: .+, or .+\?/);
    expect(await handler.asks('collision', {}, 4)).toEqual([
      'where',
      'road-direction',
      'marker-post',
      'trapped',
    ]);

    await handler.does(
      claim,
      place('A414 at the Longwater roundabout, Hatfield', 'towards Hertford, before the roundabout'),
      await handler.look('collision', { trapped: 'yes', 'road-direction': '=towards Hertford' }),
      grade('G1', 'Somebody is trapped'),
      incident('TR-INJ'),
      pass('Ambulance', 'A414 at Longwater towards Hertford: two cars, one on its roof, one trapped'),
    );
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      incident: { ref: '2026-11-20/0001' },
      triage: [
        { entry: { recommended: { grade: 'G1', because: expect.arrayContaining(['trapped']) as string[] } } },
      ],
      spots: [{ readBack: true }],
    });
    expect(handler.accepted).toHaveLength(6);
  });
});

describe('E05: the same crash, the other carriageway named', () => {
  it('AS-11, AS-14, AS-15, C-24: is suggested, linked in one act, and what contradicts and who bleeds raise the parent', async () => {
    await using card = await playCard('E04', { upTo: minutes(2), store: 'postgres' });
    const first = card.handler;
    await first.does(claim, await first.look('collision', { trapped: 'yes' }), grade('G2', 'As it sounds'));
    const before = await card.contact();

    const handler = first.on({ card: 'E05' });
    const parent = await card.id();
    const [suggestion] = (await handler.related()).suggestions;
    expect(suggestion).toMatchObject({
      summary: { id: parent },
      kinds: ['same-incident'],
      strength: 'strong',
    });
    await handler.does(
      claim,
      link(parent, 'same-incident', 'Red Fiesta, driver bleeding, side away from Hertford'),
    );
    const child = await card.contact({ card: 'E05' });
    const raised = await card.contact();
    expect(child).toMatchObject({
      ownership: { kind: 'owned' },
      account: expect.stringContaining('blood all down her face') as string,
      links: [{ side: 'child', found: expect.arrayContaining(['injury', 'direction-conflict']) as string[] }],
    });
    expect(raised).toMatchObject({
      flags: { lookFirst: true },
      links: [{ side: 'parent', other: { contact: child.id, ref: child.ref }, found: child.links[0]?.found }],
      duties: [{ kind: 're-thrive', because: 'linked-adds-facts', done: null }],
    });
    expect(raised.due.at).toBeLessThanOrEqual(before.due.at);
  });

  it('R-06, C-24: is not closed unread as a duplicate: the link with what it adds comes first', async () => {
    await using card = await playCard('E04', { upTo: minutes(2) });
    const handler = card.handler.on({ card: 'E05' });
    const parent = await card.id();
    await handler.does(claim);
    const missing = { code: 'record-incomplete', missing: ['parent'] };
    expect(await handler.refused(close('duplicate', 'AD-DUP', 'Known already'))).toEqual(missing);
    expect(await handler.refused(close('duplicate', 'AD-DUP', 'Known already', { parent }))).toEqual(missing);
    await handler.does(link(parent, 'same-incident', 'Driver bleeding'));
    await handler.does(close('duplicate', 'AD-DUP', 'In E04', { parent }));
    expect(await card.contact()).toMatchObject({
      links: [{ side: 'parent' }],
      marks: { duties: ['re-thrive'] },
    });
  });
});

describe('E06: the same crash by 101, a driver walking off drunk', () => {
  it('C-07, C-22, AS-14: promoted with its reason, linked, and somebody leaving stands in the parent: three acts', async () => {
    await using card = await playCard('E04');
    const handler = card.handler.on({ card: 'E06' });
    expect(await card.contact({ card: 'E06' })).toMatchObject({ band: 'B', channel: '101-voice' });
    const parent = await card.id();
    const { suggestions } = await handler.related();
    expect(suggestions.map(({ summary }) => summary.id)).toContain(parent);
    await handler.does(
      promote('A drunk driver is leaving a crash'),
      claim,
      link(parent, 'same-incident', 'Driver of the van walking up the lane, grey hoodie, drunk'),
    );
    expect(await card.contact({ card: 'E06' })).toMatchObject({ band: 'A', bandChanges: [{ to: 'A' }] });
    const { links, duties, flags } = await card.contact();
    expect(links[0]).toMatchObject({ fact: expect.stringContaining('grey hoodie') as string });
    expect(links[0]?.found).toContain('leaving');
    expect([duties[0]?.because, flags.lookFirst]).toEqual(['linked-adds-facts', true]);
    expect(handler.accepted).toEqual(['promote', 'claim', 'link']);
  });

  it('C-25, T-09: one key that calls it a duplicate does not end it, and its parent is not closed over what is new', async () => {
    await using card = await playCard('E04');
    const first = card.handler;
    const parent = await card.id();
    await first.does(claim);
    const handler = first.on({ card: 'E06' });
    await handler.does(claim);
    expect(await handler.refused(close('duplicate', 'AD-DUP', 'One more witness', { parent }))).toEqual({
      code: 'record-incomplete',
      missing: ['parent'],
    });
    const asked = { hurt: 'yes', 'driver-left': 'yes', 'drink-drugs': 'yes' } as const;
    expect((await handler.recommends('collision', asked)).reasons).toMatchObject([
      { rule: 'drunk-driver-leaving' },
      {},
      {},
    ]);
    await handler.does(link(parent, 'same-incident', 'Driver leaving'));
    const ended = close('no-reply', 'TR-INJ', 'Handed over');
    expect(await first.refused(ended)).toMatchObject({ missing: ['triage', 'crime', 're-thrive'] });
    await first.does(await first.look('collision', { 'driver-left': 'yes', 'drink-drugs': 'yes' }));
    expect((await card.contact()).marks.duties).toEqual([]);
  });
});

describe('E20: a man beyond the parapet above the motorway', () => {
  it('PL-05, PL-31, T-09, SG-08: bridge and marker post are found, danger now is G1, and National Highways has a control number', async () => {
    await using card = await playCard('E20');
    const { handler } = card;
    const [bridge] = await found(card, 'bridge over the A1(M) Knebworth');
    expect(bridge).toMatchObject({ kind: 'bridge', town: 'Knebworth', district: 'North Herts' });
    const [post] = await found(card, 'A1(M) A 45.2');
    expect(post).toMatchObject({ kind: 'marker-post', direction: 'northbound' });
    expect(await handler.asks('concern', {}, 2)).toEqual(['where', 'doing-now']);

    const help = helpIndex(await handler.policy('signposts'), await handler.policy('directory'));
    const entries = findHelp(help, 'national highways').flatMap((hit) =>
      hit.kind === 'entry' ? [hit.entry] : [],
    );
    const [highways] = entries;
    expect(highways).toMatchObject({ id: 'national-highways', kind: 'partner', mait: 'NH' });
    expect(highways === undefined ? null : controlOf(highways)?.to).toBe('01632 960061');

    await handler.does(
      claim,
      place('Bridge over the A1(M), Knebworth', 'above the northbound side'),
      await handler.look('concern', { 'doing-now': 'yes' }),
      grade('G1', 'Beyond the parapet, one hand'),
      incident('PS-CFS'),
      pass(
        'National Highways',
        'A1(M) at the Knebworth bridge, northbound: close it, man beyond the parapet',
      ),
      pass('Ambulance', 'Man beyond the parapet, A1(M) bridge, Knebworth'),
    );
    expect(await card.contact()).toMatchObject({
      grade: 'G1',
      place: 'Bridge over the A1(M), Knebworth',
      triage: [
        {
          entry: {
            recommended: { grade: 'G1', because: expect.arrayContaining(['danger-this-moment']) as string[] },
          },
        },
      ],
      passedOn: [{ to: 'National Highways', stayedOn: true }, { to: 'Ambulance' }],
    });
  });

  it('C-16, R-06, T-15: a later position does not move what was agreed; it is neither closed as nothing nor lowered by one person', async () => {
    await using card = await playCard('E20', { upTo: seconds(23) });
    const { handler } = card;
    await handler.does(claim, place('Bridge over the A1(M), Knebworth', 'northbound'), grade('G1', 'Life'));
    await card.goOn();
    const { locations, place: shown } = await card.contact();
    expect([locations.length, shown]).toEqual([2, 'Bridge over the A1(M), Knebworth']);
    expect(await handler.refused(close('advice', 'PS-CFS', 'Gone'))).toMatchObject({
      missing: ['triage', 'incident', 'crime'],
    });
    expect(await handler.refused(grade('G4', 'Quiet now'))).toMatchObject({ code: 'rationale-missing' });
  });
});

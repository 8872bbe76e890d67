import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../shared/domain/time.ts';
import { readDemandData } from './data-files.ts';
import { isCallChannel } from '../shared/domain/channel.ts';
import { planOf } from './plan.ts';
import { scenarioSteps } from './scenario-steps.ts';
import type { Step } from './step.ts';

const resources = fileURLToPath(new URL('../../resources', import.meta.url));
const data = readDemandData(resources);
const { scenarios } = data;

/** A card as it is played from instant 0. */
function played(id: string): readonly Step[] {
  const scenario = scenarios.get(id);
  if (scenario === undefined) throw new Error(`there is no ${id}`);
  return scenarioSteps(scenario, scenarios, { at: 0, key: id });
}

const ids = Array.from({ length: 25 }, (_, n) => `E${String(n + 1).padStart(2, '0')}`);
/** Three days of demand. */
function daysOf(seed: number): readonly Step[] {
  const steps: Step[] = [];
  const start = Date.UTC(2026, 10, 21);
  const plan = planOf({ ...data, seed, start });
  for (let step = plan.next().value; step.at < start + 72 * HOUR; step = plan.next().value) steps.push(step);
  return steps;
}

/** Callers who speak for a place, not for themselves. */
const organisations: ReadonlySet<string> = new Set([
  ...data.everyday.stories.map(({ caller }) => (typeof caller === 'object' ? caller.organisation : '')),
  'Residential worker on duty',
  'Duty nurse, community mental health',
]);

describe('D-04: the invented public', () => {
  const files = [
    'demand/everyday.yaml',
    ...readdirSync(join(resources, 'scenarios')).map((name) => `scenarios/${name}`),
  ];
  const texts: readonly (readonly [string, string])[] = [
    ...files.map((file) => [file, readFileSync(join(resources, file), 'utf8')] as const),
    ['three days of demand', JSON.stringify(daysOf(3))],
  ];

  it.each(texts)(
    'is nobody who could exist: numbers for drama, postcodes and plates that are never given (%s)',
    (_, text) => {
      for (const number of text.match(/\b0[\d ]{9,12}\d\b/g) ?? [])
        expect(number).toMatch(/^(?:07700 900\d{3}|01632 960\d{3})$/);
      for (const postcode of text.match(/\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b/g) ?? [])
        expect(postcode).toMatch(/[CIKMOV]{2}$/);
      for (const plate of text.match(/\b[A-Z]{2}\d{2} ?[A-Z]{3}\b/g) ?? [])
        expect(plate).toMatch(/[IQ][A-Z]{0,2}$/);
    },
  );

  it('holds numbers, postcodes and plates at all, so that the guard above guards something', () => {
    const text = texts.map(([, one]) => one).join('\n');
    expect(text.match(/07700 900\d{3}/g)?.length).toBeGreaterThan(100);
    expect(text.match(/\b[A-Z]{1,2}\d{1,2} \d[CIKMOV]{2}\b/g)?.length).toBeGreaterThan(100);
    expect(text.match(/\b[A-Z]{2}\d{2} [A-Z]{3}\b/g)?.length).toBeGreaterThan(10);
  });

  it('C-11 gives rows no house number, no telephone number, no plate and no name of a caller', () => {
    const steps = [...ids.flatMap(played), ...daysOf(4)];
    for (const step of steps) {
      if (step.kind !== 'contact') continue;
      const { title, place, caller } = step.contact;
      const row = `${title} ${place}`;
      expect(place ?? '').not.toMatch(/^(?:Flat )?\d/);
      expect(row).not.toMatch(/\d{5}|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b|\d[CIKMOV]{2}\b/);
      if (caller.name === null || organisations.has(caller.name)) continue;
      for (const name of caller.name.split(' ')) expect(row.split(/[ ,]+/)).not.toContain(name);
    }
  });

  it('says everything about itself: no gap of a text is left unfilled', () => {
    expect(JSON.stringify(daysOf(5))).not.toMatch(/\{[a-z-]+\}/);
  });

  it('has stories for every day: sixty and more, in all ten districts', () => {
    expect(data.everyday.stories.length).toBeGreaterThanOrEqual(60);
    expect(new Set(data.everyday.towns.map(({ district }) => district)).size).toBe(10);
  });
});

describe('D-03: the contact cards', () => {
  it('are twenty-five', () => {
    expect([...scenarios.keys()]).toEqual(ids);
  });

  it.each(ids)('%s plays its timeline from the contact on, in order', (id) => {
    const steps = played(id);
    expect(steps[0]).toMatchObject({ kind: 'contact', at: 0, key: `${id}-1` });
    expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).sort((a, b) => a - b));
    const { timeline } = scenarios.get(id) ?? { timeline: [] };
    const own = steps.filter(({ story }) => story.id === id);
    expect(own.length).toBe(
      timeline.filter(({ start, only }) => start === undefined && only !== 'training').length,
    );
    // The last of each contact is marked, so that nothing of it needs to be remembered.
    const contacts = new Set(steps.map(({ contactKey }) => contactKey));
    expect(steps.filter(({ isLast }) => isLast).length).toBe(contacts.size);
  });

  it('E01 tells its place seventeen seconds late', () => {
    const located = played('E01').find((step) => step.kind === 'update' && step.update.kind === 'location');
    expect(located).toMatchObject({
      at: 17 * SECOND,
      contactKey: 'E01-1',
      update: { kind: 'location', location: { method: 'aml', radiusMetres: 22 } },
    });
  });

  it('TE-01 the cards that ring tell their line, and what the operator heard before they were answered', () => {
    const calls = ids.flatMap(played).flatMap((step) => (step.kind === 'contact' ? step.contact : []));
    for (const { channel, call } of calls) expect(call !== null, channel).toBe(isCallChannel(channel));
    expect(calls.filter(({ call }) => call?.line === 'internet').length).toBeGreaterThanOrEqual(2);
    expect(calls.filter(({ call }) => (call?.waited?.menu ?? 0) > 0).length).toBeGreaterThanOrEqual(5);
    const [ring, heard] = played('E01');
    expect(ring).toMatchObject({ contact: { call: { line: 'mobile', network: 'EE' } } });
    expect(heard).toMatchObject({
      at: 2 * SECOND,
      update: { kind: 'call', told: { event: 'operator', state: 'on-line' } },
    });
    expect(
      played('E07').map((step) =>
        step.kind === 'update' && step.update.kind === 'call' ? step.update.told.event : step.kind,
      ),
    ).toEqual(['contact', 'queued', 'ring']);
    // An address that is not where she is comes after the call has begun.
    expect(played('E13')[1]).toMatchObject({
      update: { told: { event: 'particulars', subscriber: { name: 'K. Oduya' } } },
    });
  });

  it('TE-02 of what rings, a line is told as the exchange tells it, and of a chat as before', () => {
    const told = (id: string) => played(id).flatMap((step) => (step.kind === 'update' ? step.update : []));
    expect(told('E02').at(-1)).toEqual({ kind: 'call', told: { event: 'end' } });
    expect(told('E18').map((update) => (update.kind === 'call' ? update.told.event : update.kind))).toContain(
      'drop',
    );
    expect(told('E08').at(-1)).toEqual({ kind: 'line', state: 'left-by-exit' });
  });

  it('E04 arrives as three callers, the third by 101', () => {
    const callers = played('E04').filter((step) => step.kind === 'contact');
    expect(callers.map(({ story, at, contact }) => [story.id, at, contact.channel])).toEqual([
      ['E04', 0, '999-voice'],
      ['E05', 58 * SECOND, '999-voice'],
      ['E06', 6 * MINUTE, '101-voice'],
    ]);
  });

  it('E08 is written line by line and left by the quick exit', () => {
    const updates = played('E08').flatMap((step) => (step.kind === 'update' ? step.update : []));
    expect(updates.filter(({ kind }) => kind === 'message').length).toBeGreaterThan(4);
    expect(updates.at(-1)).toEqual({ kind: 'line', state: 'left-by-exit' });
  });

  it('E09 is handed over in the words in which it was written', () => {
    const messages = played('E09').flatMap((step) =>
      step.kind === 'update' && step.update.kind === 'message' ? step.update : [],
    );
    expect(messages.map(({ language }) => language)).toEqual(messages.map(() => 'pl'));
    expect(messages[0]?.text).toContain('zamek');
  });

  it('E12 comes nineteen times from one number by 999, 101 and chat, the last time otherwise', () => {
    const contacts = played('E12').flatMap((step) => (step.kind === 'contact' ? step.contact : []));
    expect(contacts.map(({ caller }) => caller.number)).toEqual(contacts.map(() => '07700 900956'));
    const by = (channel: string) => contacts.filter((each) => each.channel === channel).length;
    expect([contacts.length, by('999-voice'), by('101-voice'), by('web-chat')]).toEqual([19, 7, 9, 3]);
    expect(contacts.at(-1)?.flags).toEqual({ repeat: true, vulnerable: true });
  });

  it('E21 brings the same text again after three minutes', () => {
    const [first] = played('E21');
    expect(played('E21').at(-1)).toMatchObject({
      at: 3 * MINUTE,
      update: { kind: 'message', text: first?.kind === 'contact' ? first.contact.account : '' },
    });
  });
});

describe('D-05: a broken file of demand', () => {
  let folder: string | null = null;
  afterEach(() => {
    if (folder !== null) rmSync(folder, { recursive: true });
    folder = null;
  });
  /** What is said when one place of a file reads otherwise. */
  function said(file: string, from: string | RegExp, to: string): string {
    folder = mkdtempSync(join(tmpdir(), 'fcr-demand-'));
    cpSync(resources, folder, { recursive: true });
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const broken = text.replace(from, to);
    expect(broken, 'the place to break is there').not.toBe(text);
    writeFileSync(path, broken);
    try {
      readDemandData(folder);
    } catch (error) {
      return (error as Error).message;
    }
    return 'nothing';
  }

  it.each([
    [
      'demand/profile.yaml',
      'perDay: 500',
      'perDay: many',
      /^resources\/demand\/profile\.yaml, line \d+, column \d+: streams\.999\.perDay is not a number\./,
    ],
    [
      'demand/profile.yaml',
      'silent: 8',
      'silent: 8, sielnt: 1',
      /streams\.999\.kinds\.sielnt has no story in resources\/demand\/everyday\.yaml\./,
    ],
    [
      'demand/profile.yaml',
      'version: 1',
      'version: 2',
      /line \d+, column 1: version is not the version that is known here, 1\./,
    ],
    [
      'demand/everyday.yaml',
      'title: Car parked across a driveway',
      "title: 'Car of {name} parked'",
      /stories\[\d+\]\.title has \{name\}, for which there are no words here\./,
    ],
    [
      'demand/everyday.yaml',
      'kind: not-police',
      'kind: no-police',
      /stories\[\d+\]\.kind is no-police, which resources\/demand\/profile\.yaml does not have for 101-voice\./,
    ],
    [
      'scenarios/E04.yaml',
      'start: E05',
      'start: E55',
      /^resources\/scenarios\/E04\.yaml, line \d+, column \d+: timeline\[\d\]\.start names E55, which is not there\./,
    ],
  ])('%s: “%s” as “%s” is told in one sentence', (file, from, to, sentence) => {
    const message = said(file, from, to);
    expect(message).toMatch(sentence);
    expect(message).not.toContain('\n');
  });

  it('that is gone is named', () => {
    folder = mkdtempSync(join(tmpdir(), 'fcr-demand-'));
    expect(() => readDemandData(folder ?? '')).toThrow(
      'resources/demand/profile.yaml cannot be read (ENOENT). Put it back and start again.',
    );
  });
});

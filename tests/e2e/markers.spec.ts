import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { E2eQueue } from '../harness/e2e-queue.ts';
import { programFolder } from '../harness/e2e-program.ts';
import { expect, test } from './fixtures.ts';

/** Two of one kind: one that should have been looked at again long ago, on a number; one that stands, on an address. */
const old = `
  - id: MK-0901
    kind: treat-as-urgent
    concerns: The number of a former tenant
    source: Safety planning of the winter before
    setAt: 2024-02-01
    reviewBy: 2024-08-01
    owner: Domestic Abuse Investigation and Safeguarding Unit
    note: An alarm was fitted.
    numbers: [07700 900742]
  - id: MK-0902
    kind: officer-safety
    concerns: A man who lived at Cornfield Row, Hatfield
    source: Officer's report, incident of May
    setAt: 2026-05-09
    reviewBy: 2099-05-08
    owner: Neighbourhood team, Welwyn Hatfield
    note: A dog that bites.
    addresses: ['8 Cornfield Row, Hatfield AL10 9IC']
`;

/** The demo's register, and these two. */
function registerWith(more: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'fcr-e2e-register-'));
  const demo = (name: string): string => readFileSync(join(programFolder, 'resources/demo', name), 'utf8');
  writeFileSync(join(folder, 'markers.yaml'), demo('markers.yaml').trimEnd() + more);
  writeFileSync(join(folder, 'plans.yaml'), demo('plans.yaml'));
  return folder;
}

test('A15, AS-16, AS-17, AS-20: a marker says who set it, when, until when and on what it matched; an old one says that it is old wherever it counts', async ({
  cluster,
  openDesk,
}) => {
  const register = registerWith(old);
  await using queue = await E2eQueue.start(cluster, { register });
  const desk = await openDesk({ queue: queue.deskUrl });
  await desk.isLive();
  const { page } = desk;
  const call = await queue.arrive({
    title: 'Noise on the landing',
    caller: { name: 'Alma Dearing', number: '07700 900742', address: '8 Cornfield Row, Hatfield AL10 9IC' },
  });
  await desk.openAndClaim(call.id);

  // At a glance: what is old, and what is on the address alone, is no plain fact about the caller.
  const glance = page.getByRole('group', { name: 'At a glance' });
  await expect(glance).toContainText('Treat as urgent · past its review');
  await expect(glance).toContainText('Officer safety · by address only');

  const markers = page.getByRole('group', { name: 'Markers' }).getByRole('listitem');
  const urgent = markers.filter({ hasText: 'The number of a former tenant' });
  await expect(urgent).toContainText('Matched by number');
  await expect(urgent).toContainText('Safety planning of the winter before, set 1 February 2024');
  await expect(urgent).toContainText(
    'Past its review since 1 August 2024, and nobody has said that it is over.',
  );
  const dog = markers.filter({ hasText: 'A dog that bites' });
  await expect(dog).toContainText('Matched by address only: it may concern somebody else there');
  await expect(dog).toContainText("Officer's report, incident of May, set 9 May");
  await expect(dog).toContainText('Review by 8 May 2099');
  await expect(dog).not.toContainText('Past its review');
  await page.screenshot({ path: 'test-results/pictures/markers-old.png' });

  // The floor under the grade holds, and says on what it rests, before anybody grades by it.
  const rests = 'This rests on a marker nobody has reviewed: Safety planning of the winter before';
  await desk.press('q');
  await expect(page.getByRole('combobox', { name: 'Call type' })).toBeFocused();
  const recommended = page.getByRole('group', { name: 'Recommended grade' });
  await expect(recommended).toContainText('Recommended G1');
  await expect(recommended).toContainText(rests);
  await page.screenshot({ path: 'test-results/pictures/markers-floor.png' });
  await desk.press('Escape');
  await desk.rest();
  await desk.press('p', '4');
  await expect(desk.work.form('Grade G4, scheduled')).toContainText(rests);
  await page.screenshot({ path: 'test-results/pictures/markers-grade.png' });
  await desk.press('Escape');

  // Whoever it is passed on to reads the same: what it is, how old, and on what it matched.
  await desk.rest();
  await desk.press('Shift+T');
  const pack = page.getByRole('textbox', { name: /^What they are told/ });
  await expect(pack).toHaveValue(
    /On record, matched by number: Treat as urgent.*set 1 February 2024; past its review since 1 August 2024/,
  );
  await expect(pack).toHaveValue(
    /On record, matched by address only: it may concern somebody else there: Officer safety/,
  );
  await page.screenshot({ path: 'test-results/pictures/markers-passed-on.png' });

  // A name alone is nobody's floor.
  const namesake = await queue.arrive({
    title: 'Bicycle',
    caller: { name: 'Mara Quested', number: '07700 900743' },
  });
  await desk.openAndClaim(namesake.id);
  await expect(glance).toContainText('High-risk domestic abuse · by name only');
  await expect(page.getByRole('group', { name: 'Markers' })).toContainText(
    'Matched by name only: make sure who it is',
  );
  rmSync(register, { recursive: true, force: true });
});

import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect } from './fixtures.ts';

/** What a person fills in on a question's page: what to choose, and what to type by the name of its field. */
type Answer = {
  readonly choose?: string;
  readonly type?: Readonly<Record<string, string>>;
  readonly photo?: Buffer;
};

/** Goes through a report; a question that is not named is left empty. */
export async function fillIn(
  page: Page,
  kind: string,
  answers: Readonly<Record<string, Answer>>,
): Promise<void> {
  await page.goto(`/report/${kind}`);
  await page.getByRole('button', { name: 'Begin' }).click();
  while (!page.url().endsWith('/check')) {
    const { choose, type = {}, photo } = answers[page.url().split('/').at(-1) ?? ''] ?? {};
    if (choose !== undefined) await page.locator(`main input[value="${choose}"]`).check();
    for (const [name, text] of Object.entries(type)) await page.locator(`[name="${name}"]`).fill(text);
    const before = page.url();
    if (photo !== undefined) {
      // What it is called says nothing: what it is, is looked at.
      await page.getByLabel('Choose photos').setInputFiles({ name: 'x.exe', mimeType: 'a/b', buffer: photo });
      await page.getByRole('button', { name: 'Add the chosen photos' }).click();
      await expect(page.getByText('Photo 1, ')).toBeVisible();
    }
    const goOn = photo === undefined ? 'Go on without photos' : 'Continue';
    await (
      before.endsWith('/photos')
        ? page.getByRole('link', { name: goOn })
        : page.getByRole('button', { name: 'Continue' })
    ).click();
    await expect(page, 'the answer was taken').not.toHaveURL(before);
  }
}

/** A picture as a telephone takes it, with the place in its data: grey ground, a dark car. */
const aPhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#9aa3a8' } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="1600" height="1200"><rect x="350" y="520" width="900" height="260" rx="90" fill="#31424f"/><circle cx="560" cy="790" r="95" fill="#111"/><circle cx="1050" cy="790" r="95" fill="#111"/></svg>',
        ),
      },
    ])
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 39/1 0/1' } })
    .jpeg()
    .toBuffer();

export const WHEN: Answer = { type: { 'when.date': '3', 'when.month': '2', 'when.year': '2026' } };

/** A parked car hit by somebody who drove on, with a photo. */
export const aCollision = async (): Promise<Readonly<Record<string, Answer>>> => ({
  hurt: { choose: 'no' },
  'kind-of': { choose: 'fail-to-stop' },
  'you-were': { choose: 'owner' },
  when: WHEN,
  where: {
    type: {
      'where.street': 'Car park, Furzehill Parade',
      'where.town': 'Borehamwood',
      'where.postcode': 'WD6 9OV',
    },
  },
  story: { type: { story: 'It was parked. Somebody drove into the back of it and left.' } },
  'your-vehicle': { type: { 'your-vehicle.plate': 'BD19 OIQ' } },
  'other-vehicle': { type: { 'other-vehicle.plate': 'KN?? ??' } },
  'driver-state': { choose: 'not-sure' },
  evidence: { choose: 'video' },
  photos: { photo: await aPhoto() },
  'about-you': { type: { 'about-you.name': 'Yusuf Karadag', 'about-you.email': 'yusuf@example.org' } },
  'reach-you': { choose: 'email' },
});

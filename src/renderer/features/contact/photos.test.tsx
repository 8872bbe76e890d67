import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Contact } from '../../../shared/domain/contact.ts';
import { asPhotoId, type Photo } from '../../../shared/domain/record/photo.ts';
import { aContact, anActor, people, START, uuid } from '../../testing/builders.ts';
import { grid, openFirst, press } from '../../testing/hands.ts';
import { renderWindow } from '../../testing/render-window.tsx';

type Window = Awaited<ReturnType<typeof renderWindow>>;
let rendered: Window | null = null;
const made = new Map<string, Blob>();
beforeEach(() => {
  made.clear();
  // jsdom has neither.
  URL.createObjectURL = vi.fn<(blob: Blob) => string>((blob) => {
    const url = `blob:photo-${made.size}`;
    made.set(url, blob);
    return url;
  });
  URL.revokeObjectURL = vi.fn<(url: string) => void>((url) => void made.delete(url));
});
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const aPhoto = (n: number, over: Partial<Photo> = {}): Photo => ({
  id: asPhotoId(uuid(900 + n)),
  n,
  receivedAt: START,
  kind: 'jpeg',
  bytes: 100,
  seen: { kind: 'picture', width: 40, height: 30, bytes: 3, digest: '0'.repeat(64) },
  ...over,
});
const aReport = (...photos: readonly Photo[]): Contact => ({
  ...aContact({
    n: 1,
    channel: 'online-report',
    ownership: { kind: 'owned', by: anActor(14, people.handler.handler), since: START },
  }),
  photos,
});
const open = async (contact: Contact, { isDown = false } = {}): Promise<Window> => {
  rendered = await renderWindow({ contacts: [contact] });
  for (const { id } of contact.photos) rendered.bridge.photos.set(id, btoa('jpg'));
  const { link } = rendered.bridge.desk;
  if (isDown) rendered.bridge.setDesk({ link: { ...link, kind: 'down' } });
  await openFirst(rendered);
  // The pane's own code is fetched with the first that needs it.
  if (contact.photos.length > 0) await screen.findByRole('region', { name: 'Photos' });
  await rendered.settle();
  return rendered;
};
const pane = () => screen.getByRole('region', { name: 'Photos' });

describe('the photos of a report', () => {
  test('PH-10: they are covered until one is asked for by its own key, one at a time, and covered again with Escape', async () => {
    const window = await open(aReport(aPhoto(1), aPhoto(2)));
    expect(within(pane()).getByText('2 photos from the reporter')).toBeTruthy();
    const [first, second] = within(pane()).getAllByRole('button');
    expect(
      within(pane())
        .getAllByRole('img')
        .map((image) => image.getAttribute('alt')),
    ).toEqual(['Photo 1 of 2, covered', 'Photo 2 of 2, covered']);
    await press('{Shift>}I{/Shift}', window);
    expect(document.activeElement).toBe(first);
    first?.click();
    await window.settle();
    const alts = () =>
      within(pane())
        .getAllByRole('img')
        .map((image) => image.getAttribute('alt'));
    expect(alts()).toEqual(['Photo 1 of 2, from the reporter', 'Photo 2 of 2, covered']);
    await press('{ArrowRight}', window);
    expect(document.activeElement).toBe(second);
    second?.click();
    await window.settle();
    expect(alts()).toEqual(['Photo 1 of 2, covered', 'Photo 2 of 2, from the reporter']);
    await press('{Escape}', window);
    expect(alts()).toEqual(['Photo 1 of 2, covered', 'Photo 2 of 2, covered']);
    // The contact is still open: Escape was the picture's.
    expect(pane()).toBeTruthy();
  });

  test('PH-10: the page gets bytes of a picture and lets them go with it', async () => {
    const window = await open(aReport(aPhoto(1)));
    expect([...made.values()].map(({ type, size }) => [type, size])).toEqual([['image/jpeg', 3]]);
    window.stop();
    rendered = null;
    expect(made.size).toBe(0);
  });

  test('PH-04: one that could not be read is told', async () => {
    await open(aReport(aPhoto(1, { seen: { kind: 'unreadable', trouble: 'damaged' } })));
    expect(pane().textContent).toContain('a photo of the reporter could not be read');
    expect(within(pane()).queryByRole('img')).toBe(null);
  });

  test('PH-09: without a link it says so, and asks again when the link is back', async () => {
    const window = await open(aReport(aPhoto(1)), { isDown: true });
    expect(pane().textContent).toContain('not fetched yet: no link');
    const { link } = window.bridge.desk;
    window.bridge.setDesk({ link: { ...link, kind: 'live' } });
    await window.settle();
    await window.settle();
    expect(within(pane()).getByRole('img')).toBeTruthy();
  });

  test('PH-10: a contact without photos has no such pane, and its key says so', async () => {
    const window = await open(aReport());
    await press('{Shift>}I{/Shift}', window);
    expect(screen.queryByRole('region', { name: 'Photos' })).toBe(null);
    expect(document.activeElement).not.toBe(grid());
  });
});

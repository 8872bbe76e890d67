import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { firstWindow, readWindowFile } from './window-file.ts';

function folderWith(text: string | null): string {
  const folder = mkdtempSync(join(tmpdir(), 'fcr-window-'));
  if (text !== null) writeFileSync(join(folder, 'window.json'), text);
  return folder;
}

describe('W-01: the window’s file', () => {
  test('what was kept is read', () => {
    const kept = {
      settings: {
        theme: 'night',
        density: 'compact',
        singleLetterKeys: false,
        volume: 40,
        layout: [40, 40, 20],
      },
      place: { x: 12, y: -4, width: 1180, height: 720, maximised: false },
    };
    expect(readWindowFile(folderWith(JSON.stringify(kept)))).toEqual(kept);
  });

  test.each([
    ['there is none', null],
    ['it is empty', ''],
    ['a power cut tore it', '{"settings":{"theme":"ni'],
    ['it holds something else', '[1, "two"]'],
    ['it holds nothing', 'null'],
  ])('the window opens as at its first start when %s', (_why, text) => {
    expect(readWindowFile(folderWith(text))).toEqual(firstWindow);
  });

  test('a field that is not understood is as at the first start, and the others are kept', () => {
    const text = JSON.stringify({
      settings: { theme: 'pink', density: 'compact', volume: 400, layout: [50, 'x', 20] },
      place: { x: 'left', width: null, height: 720 },
    });
    expect(readWindowFile(folderWith(text))).toEqual({
      settings: { ...firstWindow.settings, density: 'compact' },
      place: { ...firstWindow.place, height: 720 },
    });
  });
});

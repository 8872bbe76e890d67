import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { photoKindOf } from './photo.ts';

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : [...Buffer.from(part, 'latin1')])),
  );

describe('what a file is', () => {
  it('PH-02: is told by its first bytes', () => {
    expect([
      photoKindOf(bytes(0xff, 0xd8, 0xff, 0xe0, 'JFIF')),
      photoKindOf(bytes(0x89, 'PNG\r\n\x1a\n')),
      photoKindOf(bytes('RIFF', 1, 2, 3, 4, 'WEBPVP8 ')),
    ]).toEqual(['jpeg', 'png', 'webp']);
  });

  it('PH-02: a page, a drawing that runs programs, a film, a sound and a file that is cut off in its name are no photos', () => {
    const others = [
      '<!doctype html>',
      '<svg onload=1>',
      'GIF89a',
      'RIFF....WAVE',
      '%PDF-1.7',
      'PK\x03\x04',
      'RIFF',
      '\xff\xd8',
      '',
    ];
    expect(others.map((text) => photoKindOf(bytes(text)))).toEqual(others.map(() => null));
  });

  it('PH-02: whatever the bytes, it answers', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (head) => {
        expect(['jpeg', 'png', 'webp', null]).toContain(photoKindOf(head));
      }),
    );
  });
});

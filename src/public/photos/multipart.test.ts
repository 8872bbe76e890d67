import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, readMultipart } from './multipart.ts';

const B = '----edge7';
const part = (head: string, body: Buffer | string): Buffer =>
  Buffer.concat([Buffer.from(`--${B}\r\n${head}\r\n\r\n`), Buffer.from(body), Buffer.from('\r\n')]);
const form = (...parts: readonly Buffer[]): Buffer => Buffer.concat([...parts, Buffer.from(`--${B}--\r\n`)]);
const file = (body: Buffer | string): Buffer =>
  part(
    'Content-Disposition: form-data; name="photo"; filename="my home.jpg"\r\nContent-Type: image/jpeg',
    body,
  );
const text = (name: string, body: string): Buffer =>
  part(`Content-Disposition: form-data; name="${name}"`, body);

async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncIterable<Buffer> {
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = Math.max(1, sizes[n % Math.max(1, sizes.length)] ?? 7);
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
async function read(bytes: Buffer, sizes: readonly number[] = [64], limit = 1e6) {
  const got: [string, boolean, string][] = [];
  const isWhole = await readMultipart(inChunks(bytes, sizes), {
    boundary: B,
    limit,
    fields: 4,
    sinkFor: ({ name, isFile }) => {
      const parts: Buffer[] = [];
      return {
        add: (more) => void parts.push(Buffer.from(more)),
        end: () => void got.push([name, isFile, Buffer.concat(parts).toString('latin1')]),
      };
    },
  });
  return { isWhole, got };
}

describe('a form with files', () => {
  it('WP-55: comes out as it went in, however it is cut on its way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        async (bytes, sizes) => {
          // A browser chooses a boundary that does not stand in the file.
          const body = Buffer.concat([Buffer.from('\r\n--'), Buffer.from(bytes), Buffer.from('\r\n-')]);
          const { isWhole, got } = await read(form(text('token', 'abc'), file(body), file('')), sizes);
          expect(isWhole).toBe(true);
          expect(got).toEqual([
            ['token', false, 'abc'],
            ['photo', true, body.toString('latin1')],
            ['photo', true, ''],
          ]);
        },
      ),
    );
  });

  it('WP-55: that is cut off, too long, of too many fields, or something else is not taken', async () => {
    const whole = form(text('token', 'abc'), file('x'.repeat(500)));
    const bad = [
      await read(whole.subarray(0, 300)),
      await read(whole, [64], 200),
      await read(form(...Array.from({ length: 5 }, () => text('a', 'b')))),
      await read(Buffer.from('a=b&c=d')),
      await read(form(part('X-Other: 1', 'no name'))),
      await read(form(part(`X-Long: ${'x'.repeat(9_000)}`, 'y'))),
      await read(Buffer.from(`--${B}garbage\r\n`)),
    ];
    expect(bad.map(({ isWhole }) => isWhole)).toEqual(bad.map(() => false));
  });

  it('WP-55: its boundary is read as browsers write it, and nothing else is one', () => {
    expect([
      boundaryOf('multipart/form-data; boundary=----WebKitFormBoundaryAb1'),
      boundaryOf('multipart/form-data; boundary="a b"'),
      boundaryOf('multipart/form-data'),
      boundaryOf('text/html; boundary=x'),
      boundaryOf(undefined),
    ]).toEqual(['----WebKitFormBoundaryAb1', 'a b', null, null, null]);
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HeldPhotos, type HeldPhoto, type PhotoOwner, type PhotoTrouble } from './held-photos.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'fcr-held-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Begins like a JPEG. */
const BYTES = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(96)]);
const open = (wanted: readonly HeldPhoto[] = []) =>
  new HeldPhotos({ dir, wanted, room: { all: 1_000, ofAddress: 500, ofVisit: 200 } });

async function bring(held: HeldPhotos, owner: PhotoOwner): Promise<HeldPhoto | PhotoTrouble> {
  const file = held.begin(owner);
  await file.add(BYTES);
  return file.end();
}
const visit = (n: number, address = 'one'): PhotoOwner => ({ address, visit: `${address} ${n}` });

describe('the room for photos', () => {
  it('WP-67: nobody can fill it for the others: a visit has its share, an address has its share, and both are free again with what is removed', async () => {
    const held = open();
    const brought: (HeldPhoto | PhotoTrouble)[] = [];
    for (const n of [1, 1, 1, 2, 2, 3, 4, 4]) brought.push(await bring(held, visit(n)));
    expect(brought.map((each) => (typeof each === 'string' ? each : 'kept'))).toEqual([
      ...['kept', 'kept', 'busy', 'kept', 'kept', 'kept'],
      ...['busy', 'busy'],
    ]);
    expect(readdirSync(join(dir, 'photos'))).toHaveLength(5);
    // Somebody elsewhere, meanwhile.
    expect(await bring(held, visit(1, 'two'))).toMatchObject({ bytes: BYTES.length });
    const [first] = brought;
    await held.remove(typeof first === 'object' ? first.id : '');
    expect(await bring(held, visit(4))).toMatchObject({ bytes: BYTES.length });
    expect(await bring(held, visit(5))).toBe('busy');
  });

  it('WP-56: what comes into a report while others’ are swept away stays', async () => {
    const held = open();
    const swept = await bring(held, visit(1));
    held.settled(typeof swept === 'object' ? swept.id : '');
    const came = await bring(held, visit(2));
    const sweeping = held.keepOnly(new Set());
    held.settled(typeof came === 'object' ? came.id : '');
    await sweeping;
    expect(readdirSync(join(dir, 'photos'))).toEqual([typeof came === 'object' ? came.id : '']);
  });

  it('WP-67: there is an end to it for all; what was sent before the program began again takes room and is nobody’s share', async () => {
    const before = open();
    const wanted: HeldPhoto[] = [];
    for (const n of [1, 2, 3, 4, 5]) {
      const came = await bring(before, visit(n));
      if (typeof came === 'object') wanted.push(came);
    }
    const held = open(wanted);
    for (const n of [1, 2, 3, 4, 5]) expect(await bring(held, visit(n))).toMatchObject({ kind: 'jpeg' });
    expect(await bring(held, visit(1, 'two'))).toBe('busy');
  });
});

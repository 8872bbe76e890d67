import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aClosing, aCommand, aContact, anActor, anId, testStart } from '../../../tests/harness/builders.ts';
import { cannotMount, SmallDisk } from '../../../tests/harness/small-disk.ts';
import { SteppedDesk } from '../../../tests/harness/stepped-desk.ts';
import { TestClock } from '../../../tests/harness/test-clock.ts';
import { silentLogger } from '../../platform/log.ts';
import { openSqlite, SqliteFault } from '../../platform/sqlite.ts';
import type { Act, LoggedContact } from '../../shared/domain/command.ts';
import { asCommandId, asIncarnation } from '../../shared/domain/ids.ts';
import { deskMigrations } from '../cache/migrations/all.ts';
import { sqliteStore } from '../cache/sqlite-store.ts';
import { diskOf, RESERVE_BYTES, reserveName, type Disk } from './disk.ts';
import { DiskSpace, ENOUGH_FOR_RESERVE_BYTES, NEARLY_FULL_BYTES } from './disk-space.ts';
import { FaultList } from './fault-list.ts';

const MiB = 2 ** 20;
const note: Act = { kind: 'note', text: 'He is back', happenedAt: null };
const claim: Act = { kind: 'claim' };
const inBand = (band: 'A' | 'B') => ({ band });

/** A disk whose room a test decides. */
class AnyDisk implements Disk {
  free = 10_000 * MiB;
  hasReserve = false;
  isMute = false;
  freeBytes(): number {
    if (this.isMute) throw new Error('no such disk');
    return this.free;
  }
  makeReserve(): void {
    this.hasReserve = true;
  }
  giveUpReserve(): boolean {
    const had = this.hasReserve;
    this.hasReserve = false;
    return had;
  }
}

/** What the disk says when it is full, as the store hands it on. */
const full = (code = 'SQLITE_FULL'): SqliteFault =>
  new SqliteFault('io', { cause: Object.assign(new Error('no room'), { code }) });

function faultList(): FaultList {
  return new FaultList({ log: silentLogger, known: [], onChanged: () => {}, onStoreBroken: () => {} });
}

function aSpace(disk: Disk | null) {
  const clock = new TestClock();
  const said: string[] = [];
  const faults = faultList();
  const space: DiskSpace = new DiskSpace({
    disk,
    timers: clock,
    log: silentLogger,
    faults,
    onChanged: () => void said.push(space.state),
  });
  return { space, clock, said, faults };
}

/** A write that meets a full disk so many times. */
function refusedTimes(times: number) {
  let tries = 0;
  return {
    write: () => {
      tries += 1;
      if (tries <= times) throw full();
    },
    tries: () => tries,
  };
}

describe('room on the disk', () => {
  it('S-14: a desk with less than 64 MiB says within 30 s that the disk is nearly full, and when it is not any more', () => {
    const disk = new AnyDisk();
    const { space, clock, said } = aSpace(disk);
    const states = [NEARLY_FULL_BYTES, NEARLY_FULL_BYTES - 1, NEARLY_FULL_BYTES - 2, NEARLY_FULL_BYTES].map(
      (free) => {
        disk.free = free;
        clock.advance(30_000);
        return space.state;
      },
    );
    space[Symbol.dispose]();
    expect([states, said, clock.pending]).toEqual([
      ['enough', 'nearly-full', 'nearly-full', 'enough'],
      ['nearly-full', 'enough'],
      0,
    ]);
  });

  it('S-14: with little room a new piece of ordinary work is refused; words, emergencies and what is theirs are not', () => {
    const disk = new AnyDisk();
    disk.free = 0;
    const { space } = aSpace(disk);
    const log = (channel: LoggedContact['channel']) => ({ kind: 'log', channel }) as Act;
    const reason = 'told by the caller';
    const acts: readonly (readonly [Act, 'A' | 'B' | null])[] = [
      [claim, 'B'],
      [{ kind: 'reopen', reason }, 'B'],
      [log('101-voice'), null],
      [claim, 'A'],
      [{ kind: 'reopen', reason }, 'A'],
      [log('999-voice'), null],
      [note, 'B'],
      [{ kind: 'grade', grade: 'G2', reason }, 'B'],
      [{ kind: 'promote', reason }, 'B'],
      [{ kind: 'demote', reason }, 'A'],
      [aClosing({ reason }), 'B'],
      [{ kind: 'release' }, 'B'],
      [{ kind: 'free', reason }, 'B'],
    ];
    const refused = acts.filter(([act, band]) => space.refuses(act, band === null ? null : inBand(band)));
    disk.free = NEARLY_FULL_BYTES;
    space.writeFailed(new SqliteFault('io'));
    expect([
      refused,
      acts.some(([act, band]) => space.refuses(act, band === null ? null : inBand(band))),
    ]).toEqual([acts.slice(0, 3), false]);
  });

  it('S-14: a write that failed has the room looked at then, not 30 s later', () => {
    const disk = new AnyDisk();
    const { space } = aSpace(disk);
    disk.free = 1;
    space.writeFailed(new SqliteFault('io'));
    const nearly = space.state;
    space.writeFailed(full());
    expect([nearly, space.state]).toEqual(['nearly-full', 'full']);
  });

  it('S-14: when the disk is full the reserve is given up for what concerns an emergency, and that is tried once more', () => {
    const disk = new AnyDisk();
    const { space, faults } = aSpace(disk);
    const [first, second] = [refusedTimes(1), refusedTimes(2)];
    const kept = space.write(first.write, { urgent: true });
    const has = disk.hasReserve;
    const told = faults.all.length;
    const notKept = space.write(second.write, { urgent: true });
    expect([
      kept,
      has,
      told,
      first.tries(),
      space.state,
      notKept?.kind,
      second.tries(),
      faults.all.length,
    ]).toEqual([null, false, 0, 2, 'full', 'io', 1, 1]);
  });

  it('S-14: ordinary work never takes the reserve', () => {
    const disk = new AnyDisk();
    const { space } = aSpace(disk);
    const ordinary = refusedTimes(1);
    const fault = space.write(ordinary.write, { urgent: false });
    expect([fault?.kind, ordinary.tries(), disk.hasReserve, space.state]).toEqual(['io', 1, true, 'full']);
  });

  it('S-14: a disk that refuses although it is not full keeps its reserve, and nothing is tried twice', () => {
    const disk = new AnyDisk();
    const { space } = aSpace(disk);
    let tries = 0;
    const fault = space.write(
      () => {
        tries += 1;
        throw full('SQLITE_IOERR_WRITE');
      },
      { urgent: true },
    );
    expect([fault?.kind, tries, disk.hasReserve, space.state]).toEqual(['io', 1, true, 'enough']);
  });

  it('S-14: the reserve is made again when there is more than 128 MiB, and full is over at 64', () => {
    const disk = new AnyDisk();
    const { space, clock } = aSpace(disk);
    space.write(refusedTimes(1).write, { urgent: true });
    const seen = [
      0,
      NEARLY_FULL_BYTES - 1,
      NEARLY_FULL_BYTES,
      ENOUGH_FOR_RESERVE_BYTES,
      ENOUGH_FOR_RESERVE_BYTES + 1,
    ].map((free) => {
      disk.free = free;
      clock.advance(30_000);
      return [space.state, disk.hasReserve];
    });
    expect(seen).toEqual([
      ['full', false],
      ['full', false],
      ['enough', false],
      ['enough', false],
      ['enough', true],
    ]);
  });

  it('S-14: a disk that does not say how full it is, and a desk that keeps nothing on one, go on as with room', () => {
    const mute = new AnyDisk();
    mute.isMute = true;
    const states = [mute, null].map((disk) => {
      const { space, clock } = aSpace(disk);
      clock.advance(60_000);
      return [space.state, space.refuses(claim, inBand('B')), clock.pending];
    });
    expect(states).toEqual([
      ['enough', false, 1],
      ['enough', false, 0],
    ]);
  });
});

describe('a desk whose disk is nearly full', () => {
  it('S-14: it says so, refuses a claim of an ordinary contact, and takes an emergency, a note and half a sentence', async () => {
    const desk = new SteppedDesk();
    const disk = new AnyDisk();
    disk.free = 5 * MiB;
    desk.beginAgain({ disk });
    const emergency = desk.log.arrives({ channel: '999-voice' }).contact;
    const ordinary = await desk.live();
    const answers = [
      await desk.submit(ordinary, claim),
      await desk.submit(emergency, claim),
      await desk.submit(ordinary, note),
      await desk.request('draft.save', { contact: ordinary, draft: { text: 'Half', caret: 4 } }),
    ];
    const before = await desk.state();
    disk.free = 1_000 * MiB;
    desk.clock.advance(30_000);
    const after = desk.payloads('desk.changed').at(-1);
    await desk.end();
    expect([answers, before.disk, after?.disk]).toEqual([
      [
        { kind: 'not-kept', code: 'disk-nearly-full' },
        { kind: 'kept', id: expect.any(String) as string },
        { kind: 'kept', id: expect.any(String) as string },
        { kind: 'kept', at: expect.any(Number) as number },
      ],
      'nearly-full',
      'enough',
    ]);
  });

  it('S-09, S-14, O-04: with the disk full an emergency is painted all the same, is found, and the desk says how it stands', async () => {
    const desk = new SteppedDesk();
    const disk = new AnyDisk();
    desk.beginAgain({ disk });
    await desk.live();
    desk.refuse = { kind: 'io', calls: new Set(['commitFlash']) };
    disk.free = 0;
    const { contact, lsn } = desk.log.arrives({ channel: '999-voice' });
    desk.network.last.says({ t: 'FLASH', lsn, summary: desk.log.summary(contact) });
    const shown = desk
      .payloads('inbox.changed')
      .at(-1)
      ?.upserts.map(({ summary }) => summary.id);
    const found = await desk.request('search.read', { text: desk.log.summary(contact).ref, limit: 5 });
    const { disk: state } = await desk.state();
    await desk.end();
    expect([shown, found.hits.map(({ summary }) => summary.id), state]).toEqual([
      [contact],
      [contact],
      'nearly-full',
    ]);
  });
});

describe('a real disk', () => {
  it('S-14: filled to the last byte, it refuses an ordinary note and takes the note of an emergency', (context) => {
    if (cannotMount !== null) context.skip(`not tried: ${cannotMount}`);
    using small = new SmallDisk();
    const { folder } = small;
    const key = '99'.repeat(32);
    const db = openSqlite({
      path: join(folder, 'desk.db'),
      key,
      applicationId: 1,
      migrations: deskMigrations,
    });
    const store = sqliteStore(db, asIncarnation(anId(1)));
    const { space } = aSpace(diskOf(folder));
    const reserve = join(folder, reserveName);
    const reserved = statSync(reserve).size;
    small.fill();

    const keep = (id: number, text: string) => (): void => {
      const on = aContact({ seq: id });
      const command = aCommand({
        on,
        id: asCommandId(anId(id)),
        act: { ...note, text },
        by: anActor().handler,
      });
      store.keep(command, { keptAt: testStart, mono: 1, clearsDraft: false });
    };
    // Longer than what may be left free in pages the file has already.
    const long = 'x'.repeat(4_000).repeat(20);
    const ordinary = space.write(keep(1, long), { urgent: false });
    const between = [space.state, existsSync(reserve), store.outbox().length];
    const urgent = space.write(keep(2, long), { urgent: true });
    const after = [urgent, existsSync(reserve), store.outbox().map(({ command }) => command.id)];
    small.empty();
    space.writeFailed(new SqliteFault('io'));
    const again = [space.state, existsSync(reserve)];
    db.close();
    expect({ reserved, ordinary: ordinary?.kind, between, after, again }).toEqual({
      reserved: RESERVE_BYTES,
      ordinary: 'io',
      between: ['full', true, 0],
      after: [null, false, [anId(2)]],
      again: ['enough', true],
    });
  });
});

import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applicationIds, openDeskStore } from '../../src/main/cache/open-desk-store.ts';
import type { RunningWorkstation } from '../../src/main/workstation/start-workstation.ts';
import { systemClock, systemTimers } from '../../src/platform/clock.ts';
import { silentLogger } from '../../src/platform/log.ts';
import { serve } from '../../src/shared/contract/serve.ts';
import { pushes, type Input, type Output } from '../../src/shared/contract/workstation.ts';
import type { RequestName } from '../../src/shared/contract/workstation-names.ts';
import { asCommandId, type ContactId } from '../../src/shared/domain/ids.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { startTrainingDesk } from '../../src/training/room/training-desk.ts';

const resources = join(import.meta.dirname, '../../resources');
const key = '7a'.repeat(32);

let place: string;
let folder: string;
let desks: TrainingDesk[];

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'fcr-training-'));
  folder = join(place, 'desk.training', 'exercise');
  desks = [];
});

afterEach(() => {
  for (const desk of desks) desk.stop();
  rmSync(place, { recursive: true, force: true });
});

/** The training program without its process, asked as the window asks it. */
class TrainingDesk {
  readonly #running: RunningWorkstation;
  #woken: (() => void)[];
  #isStopped = false;

  private constructor(running: RunningWorkstation, woken: (() => void)[]) {
    this.#running = running;
    this.#woken = woken;
  }

  static async start(scenario: string, over: { readonly realm?: 'live' } = {}): Promise<TrainingDesk> {
    const woken: (() => void)[] = [];
    const running = await startTrainingDesk({
      start: {
        folder,
        profile: 'desk',
        realm: 'training',
        appVersion: '1',
        queue: null,
        demoSignIn: null,
        key,
        faults: [],
        training: { resources, scenario },
        ...over,
      },
      surroundings: { clock: systemClock, timers: systemTimers, newId: randomUUID, randomBytes, nextTurn },
      log: silentLogger,
      push(name, payload) {
        pushes[name].parse(payload);
        for (const wake of woken.splice(0)) wake();
      },
      onStoreBroken: (fault) => {
        throw fault;
      },
    });
    const desk = new TrainingDesk(running, woken);
    desks.push(desk);
    return desk;
  }

  async ask<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
    const envelope = await serve(this.#running.workstation.handlers, name, input);
    if (!envelope.ok) throw new Error(envelope.why);
    return envelope.value as Output<N>;
  }

  /** Asks again after every push until the answer fits. */
  async until<T>(ask: () => Promise<T>, fits: (value: T) => boolean): Promise<T> {
    for (;;) {
      const changed = new Promise<void>((resolve) => this.#woken.push(resolve));
      const value = await ask();
      if (fits(value)) return value;
      await changed;
    }
  }

  async rows() {
    return (await this.ask('inbox.read', { after: null, limit: 100 })).rows;
  }

  async arrived(count: number): Promise<readonly ContactId[]> {
    const rows = await this.until(
      () => this.rows(),
      ({ length }) => length >= count,
    );
    return rows.map(({ summary }) => summary.id);
  }

  submit(contact: ContactId, act: Act) {
    return this.ask('command.submit', { id: asCommandId(randomUUID()), contact, act });
  }

  async contact(id: ContactId) {
    const answer = await this.ask('contact.read', { contact: id });
    return answer.kind === 'here' ? answer.contact : null;
  }

  stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#running[Symbol.dispose]();
  }
}

describe('training', () => {
  it('TS-05, TS-06, TS-07: somebody is signed in, the first call rings, and it is claimed by the rules of the real queue', async () => {
    const desk = await TrainingDesk.start('E02');
    const [id] = await desk.arrived(1);
    const call = must(id, 'the first call');
    const { session, realm } = await desk.ask('desk.read', {});
    expect([session.kind, realm]).toEqual(['signed-in', 'training']);
    await desk.until(
      () => desk.ask('desk.read', {}),
      ({ link }) => link.kind === 'live',
    );
    await desk.submit(call, { kind: 'claim' });
    const taken = await desk.until(
      () => desk.contact(call),
      (contact) => contact?.ownership.kind === 'owned' && contact.channelState === 'connected',
    );
    // The story's exchange was told that the call was taken, and told the line so; the register knows the number.
    expect(taken?.ref).toMatch(/^TRN-\d{8}-\d{6}$/);
    expect(taken?.channel).toBe('999-silent');
  });

  it('TS-03: an exercise begins with nothing of the one before, in a file of the training world', async () => {
    const first = await TrainingDesk.start('E02');
    const [earlier] = await first.arrived(1);
    first.stop();
    const { store, faults, release } = openDeskStore({
      folder,
      realm: 'live',
      key,
      newId: randomUUID,
      clock: systemClock,
    });
    store.close();
    release();
    expect([applicationIds.training, faults]).toEqual([0x46435233, [{ kind: 'cache-realm-wrong' }]]);

    const second = await TrainingDesk.start('E02');
    const now = await second.arrived(1);
    expect(now).toHaveLength(1);
    expect(now).not.toContain(earlier);
  });

  it('TS-03: no folder is emptied but that of an exercise', async () => {
    folder = join(place, 'desk');
    await expect(TrainingDesk.start('E02')).rejects.toThrow('not the folder of an exercise');
    expect(existsSync(folder)).toBe(false);
    writeFileSync(join(place, 'kept'), '');
    expect(existsSync(join(place, 'kept'))).toBe(true);
  });

  it('TS-02: the program of training plays no other world', async () => {
    await expect(TrainingDesk.start('E02', { realm: 'live' })).rejects.toThrow('for another realm');
  });

  it('TS-01: a scenario that is not there is refused in a sentence that names those that are', async () => {
    await expect(TrainingDesk.start('Z99')).rejects.toThrow(/There is no scenario Z99\. There are: E01, E02/);
  });
});

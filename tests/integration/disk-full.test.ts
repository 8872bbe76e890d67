import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openDeskStore } from '../../src/main/cache/open-desk-store.ts';
import type { Start } from '../../src/main/workstation/process-protocol.ts';
import { requests } from '../../src/shared/contract/workstation.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { Act } from '../../src/shared/domain/command.ts';
import { asCommandId, asContactId, type ContactId } from '../../src/shared/domain/ids.ts';
import { later } from '../../src/shared/domain/time.ts';
import { aLog } from '../harness/arrivals.ts';
import { anId, aPolicy } from '../harness/builders.ts';
import { keepSignIn } from '../harness/kept-sign-in.ts';
import { LogScript } from '../harness/log-script.ts';
import { cannotMount, SmallDisk } from '../harness/small-disk.ts';
import { WorkstationProgram } from '../harness/workstation-program.ts';

const key = '4b'.repeat(32);

const answerSchema = z.object({ ok: z.literal(true), value: requests['command.submit'].output });
const draftSchema = z.object({ ok: z.literal(true), value: requests['draft.save'].output });
const deskSchema = z.object({ ok: z.literal(true), value: requests['desk.read'].output });
const outboxSchema = z.object({ ok: z.literal(true), value: requests['outbox.read'].output });

const isOn =
  (id: ContactId) =>
  ({ contact }: { readonly contact: ContactId }): boolean =>
    contact === id;

it('S-14, X-01: on a disk that is full to the last byte the program refuses new ordinary work in words, keeps the note of an emergency, and a next start has it', async (context) => {
  if (cannotMount !== null) context.skip(`not tried: ${cannotMount}`);
  using disk = new SmallDisk();
  const folder = join(disk.folder, 'profile');
  const start: Start = {
    kind: 'start',
    demoSignIn: null,
    folder,
    profile: 'test',
    realm: 'demo',
    appVersion: '1',
    queue: null,
    key,
    faults: [],
  };
  const receivedAt = systemClock.now();
  const log = new LogScript();
  const emergency = log.arrives({ receivedAt, channel: '999-voice' });
  const ordinary = log.arrives({ receivedAt });
  const { store, release } = openDeskStore({
    folder,
    realm: 'demo',
    key,
    newId: () => anId(1),
    clock: systemClock,
  });
  store.keepGreeting({ deskNumber: 1, policy: aPolicy() });
  keepSignIn(store, { until: later(systemClock.now(), 3_600_000) });
  store.installSnapshot(
    [emergency, ordinary].map(({ contact }) => log.contact(contact)),
    log.cursor(),
  );
  store.close();
  release();

  const act = async (program: WorkstationProgram, contact: ContactId, what: Act) => {
    const id = asCommandId(randomUUID());
    return answerSchema.parse(await program.request('command.submit', { id, contact, act: what })).value;
  };
  const note: Act = { kind: 'note', text: `He is back. ${'x'.repeat(3_900)}`, happenedAt: null };
  const whatIs = async (program: WorkstationProgram) => {
    const [desk, outbox] = await Promise.all([
      program.request('desk.read', {}),
      program.request('outbox.read', {}),
    ]);
    const { items } = outboxSchema.parse(outbox).value;
    return {
      disk: deskSchema.parse(desk).value.disk,
      onEmergency: items.filter(isOn(emergency.contact)).length,
    };
  };

  {
    await using one = await new WorkstationProgram().begin(start);
    disk.fill();
    // What may be free yet in pages that the file has is soon used up by half-typed words about no emergency.
    const untilFull = async () => {
      for (let length = 1_000; ; length += 1_000) {
        const draft = { text: 'x'.repeat(length), caret: 0 };
        const answer = await one.request('draft.save', { contact: ordinary.contact, draft });
        const { value } = draftSchema.parse(answer);
        if (value.kind === 'not-kept') return value.code;
      }
    };
    expect(await untilFull()).toBe('io');
    expect(await act(one, asContactId(randomUUID()), { kind: 'log', ...aLog() })).toEqual({
      kind: 'not-kept',
      code: 'disk-nearly-full',
    });
    expect(await act(one, emergency.contact, note)).toMatchObject({ kind: 'kept' });
    expect(await whatIs(one)).toEqual({ disk: 'full', onEmergency: 1 });
  }
  // Its power is lost, and the disk is as full as it was.
  await using two = await new WorkstationProgram().begin(start);
  expect(await whatIs(two)).toMatchObject({ onEmergency: 1 });
});

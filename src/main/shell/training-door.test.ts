import { expect, it } from 'vitest';
import { TrainingDoor } from './training-door.ts';

function aDoor() {
  let starts = 0;
  const door = new TrainingDoor(() => (starts += 1));
  return { door, ask: () => door.handlers['training.start']({}), starts: () => starts };
}

it('TS-01: training begins from the sign-in page', async () => {
  const { door, ask, starts } = aDoor();
  door.told('desk.changed', { session: { kind: 'signed-out', unsent: 0 } });
  door.told('inbox.changed', {});
  await ask();
  expect(starts()).toBe(1);
});

it.each([
  ['somebody is signed in', { session: { kind: 'signed-in', locked: false } }],
  ['the desk is locked', { session: { kind: 'signed-in', locked: true } }],
  ['nobody can say who is here', {}],
])('TS-01: training does not begin while %s', async (_title, state) => {
  const { door, ask, starts } = aDoor();
  door.told('desk.changed', state);
  await expect(ask()).rejects.toThrow('somebody is signed in');
  expect(starts()).toBe(0);
});

it('TS-01: training does not begin while work of somebody’s waits to be sent, and does when it was received', async () => {
  const { door, ask, starts } = aDoor();
  door.told('desk.changed', { session: { kind: 'signed-out', unsent: 2 } });
  await expect(ask()).rejects.toThrow('work waits to be sent');
  expect(starts()).toBe(0);
  door.told('desk.changed', { session: { kind: 'signed-out', unsent: 0 } });
  await ask();
  expect(starts()).toBe(1);
});

import { act, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { anActor } from '../testing/builders.ts';
import { aCall, anEmergency, grid, openFirst, press } from '../testing/hands.ts';
import type { MemoryBridge } from '../testing/memory-bridge.ts';
import { renderWindow } from '../testing/render-window.tsx';
import type { ContactId } from '../../shared/domain/ids.ts';

let rendered: Awaited<ReturnType<typeof renderWindow>> | null = null;
const open = async (...args: Parameters<typeof renderWindow>) => (rendered = await renderWindow(...args));
afterEach(() => {
  rendered?.stop();
  rendered = null;
});

const reads = ({ requests }: MemoryBridge, contact: ContactId): number =>
  requests.filter(
    ({ name, input }) => name === 'contact.read' && (input as { contact: ContactId }).contact === contact,
  ).length;

test('C-12: a look that the same key has closed is not read again, whatever happens to the contact', async () => {
  const window = await open({ contacts: [anEmergency(50)] });
  act(() => grid().focus());
  await press('{F3}', window);
  expect(reads(window.bridge, anEmergency(50).id)).toBe(1);
  await press('{F3}', window);
  window.bridge.elsewhere(anActor(7), anEmergency(50).id, { kind: 'claim' });
  await window.settle();
  expect(reads(window.bridge, anEmergency(50).id)).toBe(1);
});

test('C-12: the tab that the tenth pushes out is told by its reference, keeps its draft, and is not read again', async () => {
  const contacts = Array.from({ length: 10 }, (_, at) => aCall(at + 1));
  const window = await open({ contacts });
  await openFirst(window);
  await press('n', window);
  await press('two men', window);
  for (const { id } of contacts.slice(1)) act(() => window.workplace.open(id));
  await window.settle();
  expect(window.workplace.tabs.read()).toHaveLength(9);
  expect(screen.getByText(/Closed tab CON-20261122-000001; its draft is kept\./)).toBeTruthy();
  expect(window.bridge.draft(aCall(1).id)?.text).toBe('two men');
  const before = reads(window.bridge, aCall(1).id);
  window.bridge.elsewhere(window.bridge.me, aCall(1).id, { kind: 'release' });
  await window.settle();
  expect(reads(window.bridge, aCall(1).id)).toBe(before);
});

test('C-12: a tab behind is read again when it is shown, and only if it has changed', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  await press('b', window);
  await press('j{Enter}', window);
  const before = reads(window.bridge, aCall(1).id);
  window.bridge.elsewhere(window.bridge.me, aCall(1).id, {
    kind: 'note',
    text: 'from elsewhere',
    happenedAt: null,
  });
  await press('n', window);
  await press('mine{Control>}{Enter}{/Control}', window);
  expect(reads(window.bridge, aCall(1).id)).toBe(before);
  await press('{Control>}1{/Control}', window);
  expect(reads(window.bridge, aCall(1).id)).toBe(before + 1);
  expect(screen.getByText('from elsewhere')).toBeTruthy();
  await press('{Control>}2{/Control}', window);
  await press('{Control>}1{/Control}', window);
  expect(reads(window.bridge, aCall(1).id)).toBe(before + 1);
});

test('W-24: what is open in front of the handler is read anew in the task that tells that it changed, and not with the next painting of the list', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  const before = reads(window.bridge, aCall(1).id);
  const tell = (text: string) =>
    window.bridge.elsewhere(anActor(7), aCall(1).id, { kind: 'note', text, happenedAt: null });
  tell('He is back');
  tell('He has a key');
  // No frame has come, and no time has passed.
  expect(reads(window.bridge, aCall(1).id)).toBe(before + 2);
  await window.settle();
  expect(screen.getByText('He has a key')).toBeTruthy();
  expect(reads(window.bridge, aCall(1).id)).toBe(before + 2);
});

test('C-12: a command for another contact is no reason to read the open one again', async () => {
  const window = await open({ contacts: [aCall(1), aCall(2)] });
  await openFirst(window);
  await press('b', window);
  const before = reads(window.bridge, aCall(1).id);
  await press('j', window);
  await press('c', window);
  expect(window.bridge.contact(aCall(2).id).ownership.kind).toBe('owned');
  expect(reads(window.bridge, aCall(1).id)).toBe(before);
});

test('X-09: details that could not be read are asked for again until they are here', async () => {
  const window = await open({ contacts: [aCall(1)] });
  const real = window.bridge.request.bind(window.bridge);
  let broken = true;
  window.bridge.request = async (name, input) => {
    if (name === 'contact.read' && broken) throw new Error('no answer');
    return real(name, input);
  };
  await openFirst(window);
  broken = false;
  await window.pass(1_000);
  expect(window.workplace.readings.of(aCall(1).id).read()?.kind).toBe('here');
});

/**
 * A program that keeps acts and half-typed words in a desk's file as fast as it can, and tells of each only after the
 * store has returned. It is ended from outside.
 */
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../src/platform/clock.ts';
import { openDeskStore } from '../../../src/main/cache/open-desk-store.ts';
import { asCommandId } from '../../../src/shared/domain/ids.ts';
import { aCommand, aContact, anActor } from '../../harness/builders.ts';

const [folder = '', key = '', from = '0'] = process.argv.slice(2);
const { store, faults } = openDeskStore({
  folder,
  realm: 'demo',
  key,
  newId: randomUUID,
  clock: systemClock,
});
const writer = anActor().handler;
const tell = (word: unknown): void => void process.send?.(word);

tell({ faults: faults.length });
for (let n = Number(from) + 1; ; n += 1) {
  const contact = aContact({ seq: (n % 5) + 1 });
  const draft = { text: `draft ${n} ${'x'.repeat(n % 700)}`, caret: n };
  store.saveDraft(writer, contact.id, draft, systemClock.now());
  tell({ contact: contact.id, draft });
  const command = aCommand({
    on: contact,
    act: { kind: 'note', text: `note ${n}`, happenedAt: null },
    id: asCommandId(randomUUID()),
  });
  const { seq } = store.keep(command, { keptAt: systemClock.now(), mono: n, clearsDraft: n % 3 === 0 });
  tell({ seq, command, cleared: n % 3 === 0 });
  // Messages leave between two turns.
  if (n % 4 === 0) await new Promise((resolve) => setImmediate(resolve));
}

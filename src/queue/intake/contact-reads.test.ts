import { describe, expect, it } from 'vitest';
import { aContact, anId } from '../../../tests/harness/builders.ts';
import { asContactId, type ContactId } from '../../shared/domain/ids.ts';
import { ContactReads } from './contact-reads.ts';

const idAt = (n: number): ContactId => asContactId(anId(n));

describe('contacts that many ask for at once', () => {
  it('C-33: are read together, one question at a time, and each asks as if alone', async () => {
    const questions: number[] = [];
    let [now, most] = [0, 0];
    const reads = new ContactReads(async (ids) => {
      questions.push(ids.length);
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setImmediate(resolve));
      now -= 1;
      return ids.filter((id) => id !== idAt(7)).map((id) => aContact({ id }));
    });
    const asked = [...Array.from({ length: 50 }, (_, n) => n), 3, 3];
    const found = await Promise.all(asked.map((n) => reads.read(idAt(n))));
    expect(found.map((contact) => contact?.id)).toEqual(asked.map((n) => (n === 7 ? undefined : idAt(n))));
    expect([questions, most]).toEqual([[24, 24, 2], 1]);
  });

  it('C-33: a question that fails is told to those who asked it, and the next is asked', async () => {
    let fails = true;
    const reads = new ContactReads(async (ids) => {
      if (fails) throw new Error('away');
      return ids.map((id) => aContact({ id }));
    });
    await expect(reads.read(idAt(1))).rejects.toThrow('away');
    fails = false;
    expect((await reads.read(idAt(1)))?.id).toBe(idAt(1));
  });
});

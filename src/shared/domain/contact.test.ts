import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, anyContact } from '../../../tests/harness/arbitraries.ts';
import { aContact } from '../../../tests/harness/builders.ts';
import { summaryOf, type Contact } from './contact.ts';

describe('the summary of a contact', () => {
  it('C-11: it holds no name, no number, no address and none of the public’s words', () => {
    const marked = aContact({
      caller: { name: 'PERSONAL', number: 'PERSONAL', address: 'PERSONAL' },
      account: 'PERSONAL',
      source: 'PERSONAL',
    });
    expect(JSON.stringify(summaryOf(marked))).not.toContain('PERSONAL');
  });

  it('C-11: it depends on nothing that is kept out of it', () => {
    always(
      fc.property(anyContact, anyContact, (contact, stranger) => {
        const summary = summaryOf(contact);
        const elsewhere: Contact = { ...stranger, ...summary };
        expect(summaryOf(elsewhere)).toEqual(summary);
      }),
    );
  });
});

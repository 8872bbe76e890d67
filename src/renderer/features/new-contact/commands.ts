import { asContactId } from '../../../shared/domain/ids.ts';
import { blankForm, type FormWords } from '../../app/form-words.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';
import { keepWords } from './form-draft.ts';

/** A form in a tab of its own, under the id of the contact it will be. */
function begin(workplace: Workplace, form: FormWords['form']): void {
  const { newId } = workplace.acts;
  const contact = asContactId(newId());
  keepWords(workplace, blankForm({ contact, form, now: workplace.clock.now(), newId }));
  workplace.open(contact);
  workplace.goTo('note');
}

/** Writing down what no machine has brought (rules P-02 to P-04). */
export const newContactCommands: readonly Command[] = [
  {
    id: 'new-contact',
    title: 'Write a new contact down',
    short: 'new contact',
    group: 'A contact',
    keys: ['Ctrl+n'],
    where: ['anywhere'],
    bar: 40,
    run: (workplace) => begin(workplace, 'new-contact'),
  },
  {
    id: 'paper-log',
    title: 'Paper log: type it in',
    short: 'paper log',
    group: 'A contact',
    keys: ['Ctrl+Shift+p'],
    where: ['anywhere'],
    run: (workplace) => begin(workplace, 'paper-log'),
  },
  {
    id: 'keep-form',
    title: 'Keep the new contact and send it',
    short: 'keep the contact',
    group: 'Writing',
    keys: ['Ctrl+Enter'],
    where: ['form'],
    bar: 5,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id === null) return;
      const ticket = workplace.law.ticket();
      // Reading what was typed comes with the form, after the first painting.
      void import('./send-form.ts').then(async ({ sendForm }) => sendForm(workplace, id, ticket));
    },
  },
  {
    id: 'save-form',
    title: 'Save the half-written contact now',
    short: 'save draft',
    group: 'Writing',
    keys: ['Ctrl+s'],
    where: ['form'],
    run: (workplace) => {
      const id = workplace.active.read();
      if (id !== null) void workplace.drafts.save(id);
    },
  },
];

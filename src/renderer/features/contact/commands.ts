import { rights } from '../../../shared/domain/authorisation.ts';
import { ownerOf } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import type { ReasonedStrip } from '../../app/strip.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command, Focus } from '../../commands/command.ts';

/** Which contact a key means: the open one, unless the list has the focus. */
const targetOf = (workplace: Workplace, focus: Focus): ContactId | null =>
  workplace.target(focus === 'inbox' ? 'inbox' : 'work');

const hasTarget = (workplace: Workplace, focus: Focus): boolean => targetOf(workplace, focus) !== null;

function mine(workplace: Workplace, focus: Focus): boolean {
  const id = targetOf(workplace, focus);
  const row = id === null ? undefined : workplace.store.rows.get(id);
  const me = workplace.store.desk.read()?.me?.desk;
  return row !== undefined && me !== undefined && ownerOf(row.summary)?.desk === me;
}

function withTarget(act: (workplace: Workplace, id: ContactId) => void): Command['run'] {
  return (workplace, focus) => {
    const id = targetOf(workplace, focus);
    if (id === null) workplace.say('No contact is chosen: j or ↓ chooses one.', 'plain');
    else act(workplace, id);
  };
}

/** Opens the contact if it is not open, and the strip that asks for the reason. */
function ask(strip: (contact: ContactId) => ReasonedStrip): Command['run'] {
  return withTarget((workplace, id) => {
    if (workplace.active.read() !== id) workplace.open(id);
    const opened = strip(id);
    workplace.reasons.begin(id, opened.kind);
    workplace.strip.set(opened);
  });
}

/** Only some roles may take from another desk what it holds (rule A-04). */
function mayFree({ store }: Workplace): boolean {
  const session = store.desk.read()?.session;
  return session?.kind === 'signed-in' && rights.free[session.person.role] === 'yes';
}

function heldElsewhere(workplace: Workplace, focus: Focus): boolean {
  const id = targetOf(workplace, focus);
  const row = id === null ? undefined : workplace.store.rows.get(id);
  return row !== undefined && ownerOf(row.summary) !== null && !mine(workplace, focus);
}

/** The first of them, if there are any: ↓ and ↑ go on, Enter looks. */
function goToHistory(workplace: Workplace): void {
  if (workplace.looking.read() !== null) workplace.look(null);
  if (!workplace.goTo('history')) return;
  const first = workplace.elements.get('history')?.querySelector('button');
  if (first === null || first === undefined)
    workplace.say('No earlier contact of this caller is on this desk.', 'plain');
  else workplace.law.focus(first);
}

/** The first that can be shown: Enter shows it. */
function goToPhotos(workplace: Workplace): void {
  const photos = workplace.elements.get('photos');
  if (photos === undefined) return workplace.say('No photos came with this contact.', 'plain');
  workplace.law.focus(photos.querySelector('button') ?? photos);
}

/** In the note and in a sheet too: there only the function keys among them act. */
const here: Command['where'] = ['inbox', 'work', 'composer', 'sheet'];

/** What can be done with a contact. Function keys do the same where letters are switched off or text is typed. */
export const contactCommands: readonly Command[] = [
  {
    id: 'claim',
    title: 'Claim the contact',
    short: 'claim',
    group: 'A contact',
    keys: ['c', 'Shift+F2'],
    where: here,
    bar: 22,
    when: (workplace, focus) => hasTarget(workplace, focus) && !mine(workplace, focus),
    run: withTarget((workplace, id) => void workplace.acts.claim(id)),
  },
  {
    id: 'note',
    title: 'Write a note',
    short: 'note',
    group: 'A contact',
    keys: ['n', 'Shift+F12'],
    where: ['work', 'sheet'],
    bar: 23,
    when: ({ active }) => active.read() !== null,
    run: (workplace) => void workplace.goTo('note'),
  },
  {
    id: 'release',
    title: 'Release the contact to everybody',
    short: 'release',
    group: 'A contact',
    keys: ['r', 'Shift+F5'],
    where: here,
    bar: 26,
    when: mine,
    run: withTarget((workplace, id) => void workplace.acts.submit(id, { kind: 'release' })),
  },
  {
    id: 'promote',
    title: 'Promote the contact to an emergency, with a reason',
    short: 'promote',
    group: 'Emergencies',
    keys: ['Shift+e', 'Shift+F7'],
    where: here,
    bar: 27,
    when: hasTarget,
    run: ask((contact) => ({ kind: 'promote', contact })),
  },
  {
    id: 'demote',
    title: 'The contact is no emergency any more, with a reason',
    short: 'demote',
    group: 'Emergencies',
    keys: ['Shift+d', 'Ctrl+F7'],
    where: here,
    when: mine,
    run: ask((contact) => ({ kind: 'demote', contact })),
  },
  {
    id: 'reopen',
    title: 'Reopen the closed contact, with a reason',
    short: 'reopen',
    group: 'A contact',
    keys: ['o', 'Shift+F11'],
    where: ['work', 'sheet'],
    when: hasTarget,
    run: ask((contact) => ({ kind: 'reopen', contact })),
  },
  {
    id: 'free',
    title: 'Offer to everybody again what another desk cannot work on, with a reason',
    short: 'free',
    group: 'A contact',
    keys: ['Shift+r'],
    where: ['inbox', 'work'],
    when: (workplace, focus) => mayFree(workplace) && heldElsewhere(workplace, focus),
    run: (workplace, focus) => {
      if (!mayFree(workplace))
        workplace.say('Only a mentor or a team leader may free what another desk holds.', 'warning');
      else if (!heldElsewhere(workplace, focus))
        workplace.say('Nothing to free: no other desk holds this contact.', 'plain');
      else ask((contact) => ({ kind: 'free', contact }))(workplace, focus);
    },
  },
  {
    id: 'history',
    title: 'Go to the earlier contacts of the same caller',
    short: 'earlier',
    group: 'A contact',
    keys: ['h'],
    where: ['work'],
    bar: 30,
    when: ({ active }) => active.read() !== null,
    run: goToHistory,
  },
  {
    id: 'photos',
    title: 'Go to the photos that came with the contact',
    short: 'photos',
    group: 'A contact',
    keys: ['Shift+i', 'Ctrl+Shift+F12'],
    where: ['work', 'composer', 'sheet'],
    when: ({ elements }) => elements.has('photos'),
    run: goToPhotos,
  },
  {
    id: 'keep-note',
    title: 'Keep the note and send it',
    short: 'keep the note',
    group: 'Writing',
    keys: ['Ctrl+Enter'],
    where: ['composer'],
    noteOnly: true,
    bar: 5,
    run: (workplace) => {
      const id = workplace.active.read();
      if (id === null) return;
      const { text } = workplace.drafts.of(id).read().draft;
      if (text.trim() === '') {
        workplace.say('The note is empty. Write a few words, then press Ctrl+Enter.', 'plain');
        return;
      }
      void workplace.acts.submit(id, { kind: 'note', text, happenedAt: null }).then((answer) => {
        if (answer.kind !== 'kept') return;
        workplace.drafts.sent(id, text);
        workplace.say('Note kept here.', 'plain');
      });
    },
  },
  {
    id: 'save-draft',
    title: 'Save the draft now',
    short: 'save draft',
    group: 'Writing',
    keys: ['Ctrl+s'],
    where: ['composer', 'sheet'],
    run: (workplace) => {
      const id = workplace.active.read();
      if (id !== null) void workplace.drafts.save(id);
    },
  },
];

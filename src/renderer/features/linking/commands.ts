import type { Contact } from '../../../shared/domain/contact.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { kindThatFits } from '../../app/link-words.ts';
import { linksToLookAt } from '../../app/links-to-look-at.ts';
import { SUGGESTED } from '../../app/related.ts';
import type { Workplace } from '../../app/workplace.ts';
import type { Command } from '../../commands/command.ts';
import { askedForm } from './link-form.ts';

const hasOpen = ({ active }: Workplace): boolean => active.read() !== null;

const NOTHING_OPEN = 'No contact is open.';

function withOpen(act: (workplace: Workplace, id: ContactId) => void): Command['run'] {
  return (workplace) => {
    const id = workplace.active.read();
    if (id === null) workplace.say(NOTHING_OPEN, 'plain');
    else act(workplace, id);
  };
}

function detailsOf({ readings }: Workplace, id: ContactId): Contact | null {
  const reading = readings.of(id).read();
  return reading?.kind === 'here' ? reading.contact : null;
}

/** Where only the place is the same the sheet asks how they belong together; what is half-written in it stays (rule AS-10). */
function askHow(workplace: Workplace, id: ContactId, ref: string): void {
  const { drafts } = workplace;
  const isFree = drafts.sheet(id, 'link') === '';
  if (isFree) drafts.writeSheet(id, 'link', JSON.stringify(askedForm(ref)));
  workplace.showSheet(id, 'link');
  const what = isFree
    ? 'say whether and how they belong together'
    : `${ref} is not in what is half-written here`;
  workplace.say(`Only the place is the same: ${what}.`, 'plain');
}

/** In one key, as the kind that fits (rules AS-10, C-22). What is new in it the queue reads from its words. */
function linkSuggested(workplace: Workplace, id: ContactId, number: number): void {
  const suggestion = workplace.related.of(id).read()?.slots[number - 1] ?? null;
  if (suggestion === null) {
    workplace.say(`Nothing is suggested under ${number}. Ctrl+F11 links another contact.`, 'plain');
    return;
  }
  const { summary } = suggestion;
  const as = kindThatFits(suggestion);
  if (as === null) {
    askHow(workplace, id, summary.ref);
    return;
  }
  const act = { kind: 'link', to: summary.id, as, fact: '' } as const;
  void workplace.acts.submit(id, act).then((answer) => {
    if (answer.kind === 'kept')
      workplace.say(
        `Linked to ${summary.ref}: kept here. u takes it back for ten seconds; later Ctrl+Shift+F11 parts.`,
        'plain',
      );
  });
}

/** The newest link; each has a button of its own beside it. */
function partNewest(workplace: Workplace, id: ContactId): void {
  const link = detailsOf(workplace, id)?.links.findLast(({ parted }) => parted === null);
  if (link === undefined) {
    workplace.say('Nothing is linked to this contact.', 'plain');
    return;
  }
  const { contact, ref } = link.other;
  const other = ref === '' ? (workplace.store.rows.get(contact)?.summary.ref ?? 'the other contact') : ref;
  workplace.reasons.begin(id, 'part');
  workplace.strip.set({ kind: 'part', contact: id, link: link.id, other });
}

function askingForLook(workplace: Workplace, id: ContactId): ContactId | null {
  const contact = detailsOf(workplace, id);
  return contact === null ? null : (linksToLookAt(contact).newest?.other.contact ?? null);
}

/** To the linked contact for which another look at the risk is due (rules T-17, W-29). */
function goToWhatIsNew(workplace: Workplace, id: ContactId): void {
  const other = askingForLook(workplace, id);
  if (other === null) {
    workplace.say('No linked contact asks for another look here.', 'plain');
    return;
  }
  workplace.open(other);
  workplace.goTo('work');
}

const suggestedKeys = Array.from({ length: SUGGESTED }, (_, at): Command => ({
  id: `link-${at + 1}`,
  title: `Link to suggestion ${at + 1}`,
  short: `link ${at + 1}`,
  group: 'A contact',
  keys: [`m ${at + 1}`, `Ctrl+Shift+${at + 1}`],
  where: ['work', 'composer', 'sheet'],
  when: ({ active, related }) => {
    const id = active.read();
    return id !== null && (related.of(id).read()?.slots[at] ?? null) !== null;
  },
  run: withOpen((workplace, id) => linkSuggested(workplace, id, at + 1)),
}));

/** The field may stand below what the context pane shows. */
function showInPane({ elements, law }: Workplace): void {
  const [pane, field] = [elements.get('context'), elements.get('plan')];
  if (pane === undefined || field === undefined) return;
  const below = field.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  if (below < 0 || below > pane.clientHeight - 60)
    law.keepPlace(pane, pane.scrollTop + below - pane.clientHeight / 3);
}

/** What belongs together (rules AS-10, C-22, C-23). */
export const linkingCommands: readonly Command[] = [
  {
    id: 'link',
    title: 'Link to another contact, by its reference or words',
    short: 'link',
    group: 'A contact',
    keys: ['m m', 'Shift+m', 'Ctrl+F11'],
    begins: 'm',
    where: ['work', 'composer', 'sheet'],
    bar: 28,
    when: hasOpen,
    run: withOpen((workplace, id) => workplace.showSheet(id, 'link')),
  },
  ...suggestedKeys,
  {
    id: 'part',
    title: 'Part from the contact that was linked last, with a reason',
    short: 'part',
    group: 'A contact',
    keys: ['m 0', 'Ctrl+Shift+F11'],
    where: ['work', 'composer', 'sheet'],
    when: hasOpen,
    run: withOpen(partNewest),
  },
  {
    id: 'link-goes-there',
    title: 'Go to the linked contact that asks for another look: the caller rang back, or it adds facts',
    short: 'what is new',
    group: 'A contact',
    keys: ['m 9', 'Ctrl+Shift+9'],
    where: ['work', 'composer', 'sheet'],
    when: (workplace) => {
      const id = workplace.active.read();
      return id !== null && askingForLook(workplace, id) !== null;
    },
    run: withOpen(goToWhatIsNew),
  },
  {
    id: 'plan-question',
    title: 'Say what is different today, before the agreed plan is followed',
    short: 'different today',
    group: 'A contact',
    keys: ['w'],
    where: ['work'],
    when: (workplace) => {
      const id = workplace.active.read();
      return id !== null && (detailsOf(workplace, id)?.plan ?? null) !== null;
    },
    run: (workplace) => {
      if (workplace.looking.read() !== null) workplace.look(null);
      if (!workplace.goTo('plan')) {
        workplace.say('No agreed plan waits for its question here.', 'plain');
        return;
      }
      showInPane(workplace);
    },
  },
];

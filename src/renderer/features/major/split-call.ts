import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { splitEffects, type IncidentSplit } from '../../../shared/domain/triage/major-incident.ts';
import type { Workplace } from '../../app/workplace.ts';
import { majorForOpen, type MajorNow } from './major-now.ts';

/** What stands for the words of somebody who is hurt and has said no more yet. */
const HURT = 'Somebody on this call is hurt.';

/**
 * Sorts a call about a major incident with one key (rule T-21): nothing new, something new, or somebody is hurt, who is an emergency of
 * their own first and linked then. What is new are the words in the note. Where several are on and nothing says which, one more key does.
 */
export async function splitCall(workplace: Workplace, id: ContactId, split: IncidentSplit): Promise<void> {
  const about = majorForOpen(workplace, id);
  if (about.kind === 'none') workplace.say('No major incident is declared.', 'plain');
  else if (about.kind === 'one') await sortTo(workplace, id, split, about.major);
  else if (mayBeSorted(workplace, id, split)) {
    const sent = submitAll(workplace, id, actsForLife(workplace, id, split, 'Hurt at a major incident'));
    workplace.covers.clear('work');
    const majors = about.majors.map(({ contact }) => contact);
    workplace.strip.set({ kind: 'which-major', contact: id, split, majors });
    await sent;
  }
}

/** The same to the one that the call is about. True once it is kept. */
export async function sortTo(
  workplace: Workplace,
  id: ContactId,
  split: IncidentSplit,
  major: MajorNow,
): Promise<boolean> {
  const effect = splitEffects[split];
  if (major.contact === id) {
    workplace.say('This is the contact on which the major incident was declared.', 'plain');
    return false;
  }
  if (!mayBeSorted(workplace, id, split)) return false;
  const words = wordsIn(workplace, id);
  const fact = !effect.addsFact ? '' : words === '' || words.length > REASON_LIMIT ? HURT : words;
  const isKept = await submitAll(workplace, id, [
    ...actsForLife(workplace, id, split, `Hurt at the major incident: ${major.name}`),
    { kind: 'link', to: major.contact, as: 'major-incident', fact },
    ...(effect.addsFact && words !== '' ? [{ kind: 'note', text: words, happenedAt: null } as const] : []),
  ]);
  if (isKept) workplace.say(`${effect.word}, ${major.name}: kept here.`, 'plain');
  return isKept;
}

const wordsIn = ({ drafts }: Workplace, id: ContactId): string => drafts.of(id).read().draft.text.trim();

/** Whether what is new has been said, and fits; if not, says so. */
function mayBeSorted(workplace: Workplace, id: ContactId, split: IncidentSplit): boolean {
  if (split !== 'something-new') return true;
  const { length } = wordsIn(workplace, id);
  if (length === 0) {
    workplace.goTo('note');
    workplace.say('Write what is new in the note, then Ctrl+F8 2.', 'plain');
  } else if (length > REASON_LIMIT)
    workplace.say(
      `What is new is told in ${REASON_LIMIT} characters. Shorten the note; nothing is cut.`,
      'warning',
    );
  return length > 0 && length <= REASON_LIMIT;
}

/** What must not wait for a link: an emergency of its own, G1. */
function actsForLife(
  { store }: Workplace,
  id: ContactId,
  split: IncidentSplit,
  reason: string,
): readonly Act[] {
  const { promotes, grade } = splitEffects[split];
  const row = store.rows.get(id)?.summary;
  return [
    ...(promotes && row?.band !== 'A' ? [{ kind: 'promote', reason } as const] : []),
    ...(grade !== null && row?.grade !== grade ? [{ kind: 'grade', grade, reason } as const] : []),
  ];
}

/** One after the other. False after the first that is refused, which has been said; what life hangs on goes first. */
async function submitAll(workplace: Workplace, id: ContactId, acts: readonly Act[]): Promise<boolean> {
  for (const act of acts) {
    const answer = await workplace.acts.submit(id, act);
    if (answer.kind !== 'kept') return false;
    if (act.kind === 'note') workplace.drafts.sent(id, act.text);
  }
  return true;
}

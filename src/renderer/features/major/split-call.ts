import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { splitEffects, type IncidentSplit } from '../../../shared/domain/triage/major-incident.ts';
import type { Workplace } from '../../app/workplace.ts';
import { majorForm } from '../../app/link-form.ts';
import { majorForOpen, type MajorNow } from './major-now.ts';

/** What stands for the words of somebody who is hurt and has said no more yet. */
const HURT = 'Somebody on this call is hurt.';

/**
 * Sorts a call about a major incident with one key (rule T-21): nothing new, something new, or somebody is hurt, who is an emergency of
 * their own first and linked then. Where several are on and nothing says which, the sheet that links asks. What is new are the words in the note.
 */
export async function splitCall(workplace: Workplace, id: ContactId, split: IncidentSplit): Promise<void> {
  const about = majorForOpen(workplace, id);
  const effect = splitEffects[split];
  const words = workplace.drafts.of(id).read().draft.text.trim();
  if (about.kind === 'none') {
    workplace.say('No major incident is declared.', 'plain');
    return;
  }
  if (about.kind === 'one' && about.major.contact === id) {
    workplace.say('This is the contact on which the major incident was declared.', 'plain');
    return;
  }
  if (split === 'something-new' && words === '') {
    workplace.goTo('note');
    workplace.say('Write what is new in the note, then Ctrl+F8 2.', 'plain');
    return;
  }
  if (split === 'something-new' && words.length > REASON_LIMIT) {
    workplace.say(
      `What is new is told in ${REASON_LIMIT} characters. Shorten the note; nothing is cut.`,
      'warning',
    );
    return;
  }
  const fact = !effect.addsFact ? '' : words === '' || words.length > REASON_LIMIT ? HURT : words;
  const reason =
    about.kind === 'one' ? `Hurt at the major incident: ${about.major.name}` : 'Hurt at a major incident';
  const row = workplace.store.rows.get(id)?.summary;
  const acts: readonly Act[] = [
    ...(effect.promotes && row?.band !== 'A' ? [{ kind: 'promote', reason } as const] : []),
    ...(effect.grade !== null && row?.grade !== effect.grade
      ? [{ kind: 'grade', grade: effect.grade, reason } as const]
      : []),
    ...(about.kind === 'one'
      ? [{ kind: 'link', to: about.major.contact, as: 'major-incident', fact } as const]
      : []),
    ...(effect.addsFact && words !== '' ? [{ kind: 'note', text: words, happenedAt: null } as const] : []),
  ];
  for (const act of acts) {
    const answer = await workplace.acts.submit(id, act);
    // The refusal has been said; what life hangs on has gone first.
    if (answer.kind !== 'kept') return;
    if (act.kind === 'note') workplace.drafts.sent(id, words);
  }
  if (about.kind === 'which') askWhich(workplace, id, fact, about.majors);
  else workplace.say(`${effect.word}: kept here.`, 'plain');
}

/** Several are on: the sheet that links asks which, with what is new in it; what is half-written in it stays. */
function askWhich(workplace: Workplace, id: ContactId, fact: string, majors: readonly MajorNow[]): void {
  const { drafts, store } = workplace;
  const isFree = drafts.sheet(id, 'link') === '';
  if (isFree) drafts.writeSheet(id, 'link', JSON.stringify(majorForm(fact)));
  workplace.showSheet(id, 'link');
  const names = majors.map(
    ({ contact, name }) => `${name} (${store.rows.get(contact)?.summary.ref ?? 'not on this desk'})`,
  );
  const what = isFree ? 'Say which it is about' : 'Not in what is half-written here: say which it is about';
  workplace.say(`${what}: ${names.join(' or ')}.`, 'warning');
}

import { REASON_LIMIT, type Act } from '../../../shared/domain/command.ts';
import type { ContactId } from '../../../shared/domain/ids.ts';
import { splitEffects, type IncidentSplit } from '../../../shared/domain/triage/major-incident.ts';
import type { Workplace } from '../../app/workplace.ts';
import { majorNow } from './major-now.ts';

/** What stands for the words of somebody who is hurt and has said no more yet. */
const HURT = 'Somebody on this call is hurt.';

/**
 * Sorts a call about a major incident with one key (rule T-21): nothing new, something new, or somebody is hurt, who is an emergency of
 * their own first and linked then. What is new are the words in the note.
 */
export async function splitCall(workplace: Workplace, id: ContactId, split: IncidentSplit): Promise<void> {
  const major = majorNow(workplace);
  const effect = splitEffects[split];
  const words = workplace.drafts.of(id).read().draft.text.trim();
  if (major === null) {
    workplace.say('No major incident is declared.', 'plain');
    return;
  }
  if (major.contact === id) {
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
  const reason = `Hurt at the major incident: ${major.name}`;
  const row = workplace.store.rows.get(id)?.summary;
  const acts: readonly Act[] = [
    ...(effect.promotes && row?.band !== 'A' ? [{ kind: 'promote', reason } as const] : []),
    ...(effect.grade !== null && row?.grade !== effect.grade
      ? [{ kind: 'grade', grade: effect.grade, reason } as const]
      : []),
    { kind: 'link', to: major.contact, as: 'major-incident', fact },
    ...(effect.addsFact && words !== '' ? [{ kind: 'note', text: words, happenedAt: null } as const] : []),
  ];
  for (const act of acts) {
    const answer = await workplace.acts.submit(id, act);
    // The refusal has been said; what life hangs on has gone first.
    if (answer.kind !== 'kept') return;
    if (act.kind === 'note') workplace.drafts.sent(id, words);
  }
  workplace.say(`${effect.word}: kept here.`, 'plain');
}

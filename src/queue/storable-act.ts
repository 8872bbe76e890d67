import type { Act, LoggedContact } from '../shared/domain/command.ts';
import { storableText } from './storable-text.ts';

/** An act whose words can be kept whatever was typed or pasted (rule C-10). */
export function storableAct(act: Act): Act {
  if (act.kind === 'log') return { kind: 'log', ...storableLog(act) };
  if ('text' in act) return { ...act, text: storableText(act.text) };
  return 'reason' in act ? { ...act, reason: storableText(act.reason) } : act;
}

function storableLog({ caller, ...logged }: LoggedContact): LoggedContact {
  const { title, place, language, account, paperLog, provisionalRef } = logged;
  const { name, number, address } = caller;
  return {
    ...logged,
    title: storableText(title),
    place: storableOrNull(place),
    language: storableOrNull(language),
    account: storableText(account),
    paperLog: storableOrNull(paperLog),
    provisionalRef: storableText(provisionalRef),
    caller: {
      name: storableOrNull(name),
      number: storableOrNull(number),
      address: storableOrNull(address),
    },
  };
}

const storableOrNull = (text: string | null): string | null => (text === null ? null : storableText(text));

import type { Contact } from '../../../shared/domain/contact.ts';
import { useCell } from '../../app/cell.ts';
import { useNow } from '../../app/use-now.ts';
import { useWorkplace } from '../../app/workplace-context.ts';
import { whenWords } from '../../ui/time-words.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { beforeLines, yearLines } from './before-lines.ts';

/** This number, this address, this person before, in one glance and without searching (rules AS-19, W-21). Three lines at most. */
export function Before({ contact }: { readonly contact: Contact }) {
  const { related, histories } = useWorkplace();
  const { repeats, year } = useCell(related.of(contact.id)) ?? { repeats: [], year: [] };
  const items = useCell(histories.of(contact.id)) ?? [];
  const now = useNow();
  const lines = beforeLines(contact, items);
  return (
    <>
      {yearLines(year, contact.receivedAt).map((line) => (
        <li key={line}>
          <span>{line}.</span>
        </li>
      ))}
      {repeats.map(({ kind, sentence, contacts }) => (
        <li key={kind}>
          <span>
            <strong>Repeat:</strong> {sentence}
            {contacts[0] !== undefined && ` Last ${whenWords(contacts[0].receivedAt, now)}.`}
          </span>
        </li>
      ))}
      {lines.length > 0 && (
        <li>
          <span>
            {lines.join('; ')}. <KeyHint>h</KeyHint>
          </span>
        </li>
      )}
    </>
  );
}

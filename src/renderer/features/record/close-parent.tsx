import { useKeyboard } from '../../commands/keyboard-context.ts';
import { keyWords } from '../../commands/strokes.ts';
import { asContactId } from '../../../shared/domain/ids.ts';
import type { Linked } from '../../../shared/domain/record/parts.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Choices } from './choices.tsx';
import { CloseField, type ClosePart } from './close-field.tsx';

/** The contact in which a duplicate is answered for: one that it is linked to. */
export function CloseParent({
  form,
  missing,
  change,
  goOn,
  parents,
}: ClosePart & { readonly parents: readonly Linked[] }) {
  const link = useKeyboard().commands.find(({ id }) => id === 'link');
  const key = link?.begins ?? link?.keys[0];
  return (
    <CloseField field="parent" label="Duplicate of" missing={missing}>
      {(below) =>
        parents.length === 0 ? (
          <p>
            Link it to that contact first, as the same incident
            {key !== undefined && (
              <>
                : <KeyHint>Esc</KeyHint>, then <KeyHint>{keyWords(key)}</KeyHint>
              </>
            )}
            .
          </p>
        ) : (
          <Choices
            legend="Duplicate of"
            options={parents.map(({ contact, ref }) => ({ id: contact, words: ref }))}
            chosen={form.parent}
            describedBy={below}
            onChoose={(parent) => change({ parent: asContactId(parent) })}
            onDone={() => goOn('parent')}
          />
        )
      }
    </CloseField>
  );
}

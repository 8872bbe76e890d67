import type { ClosingField } from '../../../shared/domain/record/closing-record.ts';
import type { DutyKind } from '../../../shared/domain/record/parts.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { actsInFields, keyWords } from '../../commands/strokes.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import type { MissingSentences } from './close-form.ts';
import styles from './close-sheet.module.css';

/** What has to be done elsewhere before it can be closed, and the command that does it. */
export interface BeforeClosing {
  readonly sentence: string;
  /** The ids of commands that may settle it: the first that there is. */
  readonly commands: readonly string[];
}

/** A duty that keeps a contact open (rule C-25); telling the caller is part of the form itself. */
export const beforeDuty: Readonly<Partial<Record<DutyKind, BeforeClosing>>> = {
  're-thrive': {
    sentence: 'Something has changed since the risk was looked at: look again first.',
    commands: ['triage', 're-thrive'],
  },
  agree: {
    sentence: 'A second person must agree to the lower grade first.',
    commands: ['agree', 'grade'],
  },
};

/** What is settled in another sheet, in the order in which it is said, and the commands that lead there; none where the sentence names the key. */
const elsewhere = {
  triage: ['triage'],
  look: ['triage'],
  care: ['triage'],
  different: ['triage'],
  passed: [],
  major: ['major'],
} as const satisfies Partial<Record<ClosingField, readonly string[]>>;

/** What of the record is missing and has no field in the form. */
export function beforeFields(missing: MissingSentences): readonly BeforeClosing[] {
  return (['triage', 'look', 'care', 'different', 'passed', 'major'] as const).flatMap((field) => {
    const sentence = missing.get(field);
    return sentence === undefined ? [] : [{ sentence, commands: elsewhere[field] }];
  });
}

/** Above the form, because it cannot be filled in there. Its line is always kept. */
export function CloseBefore({ before }: { readonly before: readonly BeforeClosing[] }) {
  const { commands } = useKeyboard();
  return (
    <ul className={styles.before} aria-label="To be done first">
      {before.map(({ sentence, commands: ids }) => {
        const command = ids
          .map((id) => commands.find((each) => each.id === id))
          .find((each) => each !== undefined);
        // From this sheet straight there, where it has a key that acts in fields.
        const straight =
          command?.where.includes('sheet') === true ? command.keys.find(actsInFields) : undefined;
        const key = straight ?? command?.begins ?? command?.keys[0];
        return (
          <li key={sentence}>
            {sentence}
            {key !== undefined && (
              <>
                {' '}
                {straight === undefined && <KeyHint>Esc</KeyHint>} <KeyHint>{keyWords(key)}</KeyHint>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

import type { DutyKind } from '../../../shared/domain/record/parts.ts';
import { useKeyboard } from '../../commands/keyboard-context.ts';
import { keyWords } from '../../commands/strokes.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
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

/** What is settled in another sheet, in the order in which it is said. */
export const elsewhere = ['triage', 'different', 'passed', 'major'] as const;

/** The commands that lead there; where the sentence names the key, none. */
export const beforeField: Readonly<Record<(typeof elsewhere)[number], readonly string[]>> = {
  triage: ['triage'],
  different: ['triage'],
  passed: [],
  major: ['major'],
};

/** Above the form, because it cannot be filled in there. Its line is always kept. */
export function CloseBefore({ before }: { readonly before: readonly BeforeClosing[] }) {
  const { commands } = useKeyboard();
  return (
    <ul className={styles.before} aria-label="To be done first">
      {before.map(({ sentence, commands: ids }) => {
        const command = ids
          .map((id) => commands.find((each) => each.id === id))
          .find((each) => each !== undefined);
        const key = command?.begins ?? command?.keys[0];
        return (
          <li key={sentence}>
            {sentence}
            {key !== undefined && (
              <>
                {' '}
                <KeyHint>Esc</KeyHint> <KeyHint>{keyWords(key)}</KeyHint>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

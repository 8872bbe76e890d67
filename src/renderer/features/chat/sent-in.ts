import type { Contact } from '../../../shared/domain/contact.ts';
import type { LineLanguage } from '../../../shared/domain/language/detection.ts';
import { languageName } from '../../../shared/domain/language/find-language.ts';
import { languageOfContact } from '../../../shared/domain/language/lines.ts';
import { troubleAhead, type TranslationTrouble } from '../../../shared/domain/language/translation.ts';
import { useCell } from '../../app/cell.ts';
import { useWorkplace } from '../../app/workplace-context.ts';

/** In which language the person will read what is written to them now. */
export interface SentIn {
  /** Theirs; `null`: English, as far as anybody knows. */
  readonly language: LineLanguage | null;
  /** Why they will read it in English all the same; `null` when they will not. */
  readonly trouble: TranslationTrouble | null;
}

/** Known before a line is sent (rule LG-12). */
export function useSentIn({ languageChosen: chosen, translations: lines, language: told }: Contact): SentIn {
  const desk = useCell(useWorkplace().store.desk);
  const language = languageOfContact({ chosen, lines, told });
  if (language === null || desk === null) return { language, trouble: null };
  // A queue that has said nothing of a service has none; one that has not been heard yet may.
  const isTold = desk.translation !== null || desk.link.kind === 'live';
  return { language, trouble: isTold ? troubleAhead(desk.translation, language.code) : null };
}

/** Above the field: who reads this, and in which language. */
export function readsWords({ language, trouble }: SentIn): string {
  if (language === null) return 'To the public: they read this';
  const name = languageName(language.code);
  return trouble === null
    ? `To the public: read in ${name}, by machine`
    : `To the public: read in English, not in ${name}`;
}

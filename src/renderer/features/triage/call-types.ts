import type { CategoriesPolicy } from '../../../shared/domain/policy/categories.ts';
import type { CallType, QuestionPolicy } from '../../../shared/domain/policy/questions.ts';

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** The call types for what was typed, the name before other words; with nothing typed none. */
export function findCallTypes({ callTypes }: QuestionPolicy, typed: string): readonly CallType[] {
  const wanted = wordsOf(typed);
  if (wanted.length === 0) return [];
  const begins = (texts: readonly string[]): boolean => {
    const words = texts.flatMap(wordsOf);
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  };
  const byName = callTypes.filter(({ name }) => begins([name]));
  const byWord = callTypes.filter((type) => !byName.includes(type) && begins([type.name, ...type.words]));
  const first = byName.filter(({ name }) => name.toLowerCase().startsWith(typed.trim().toLowerCase()));
  return [...first, ...byName.filter((type) => !first.includes(type)), ...byWord];
}

/** The call type that an incident's category names; only ever offered, never chosen by itself. */
export function callTypeOfCategory(
  questions: QuestionPolicy,
  categories: CategoriesPolicy | null,
  code: string | null,
): CallType | null {
  const category = categories?.categories.find((each) => each.code === code);
  if (category === undefined) return null;
  const told = new Set([category.name, ...category.words].flatMap(wordsOf));
  const scored = questions.callTypes.map((type) => {
    const known = new Set([type.name, ...type.words].flatMap(wordsOf));
    return { type, score: [...known].filter((word) => word.length > 3 && told.has(word)).length };
  });
  const best = scored.reduce((most, each) => (each.score > most.score ? each : most), {
    type: null,
    score: 0,
  } as {
    readonly type: CallType | null;
    readonly score: number;
  });
  return best.type;
}

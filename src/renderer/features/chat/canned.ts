import type { CannedReply, ReplyVariable } from '../../../shared/domain/policy/chat.ts';

/** What a canned reply can name here; `null` where there is nothing to name yet. */
export type ReplyValues = Readonly<Record<ReplyVariable, string | null>>;

const variable = /\{(ref|name|incident|handler)\}/gu;

/** The reply with what is known of the contact in it. What is not known stays in braces, for the handler to see (rule CH-11). */
export const filled = (text: string, values: ReplyValues): string =>
  text.replace(variable, (whole, name: ReplyVariable) => values[name] ?? whole);

/** What still stands in braces: a line with it does not go out. */
export const unfilled = (text: string): readonly string[] => text.match(variable) ?? [];

/** Those whose title or words hold everything that was typed; where risk is flagged, those for it first. */
export function findReplies(
  replies: readonly CannedReply[],
  typed: string,
  { risk }: { readonly risk: boolean },
): readonly CannedReply[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = replies.filter(({ title, text }) => {
    const all = `${title} ${text}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
  return risk ? found.toSorted((a, b) => Number(b.whenRisk) - Number(a.whenRisk)) : found;
}

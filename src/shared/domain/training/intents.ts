/** One thing that a handler can mean by what they say or type to somebody. */
export interface Intent {
  readonly id: string;
  /** Questions of the policy that mean the same when they are chosen from the panel. */
  readonly covers: readonly string[];
  /** What being spoken to like that does to a mood. */
  readonly treats: number;
  /** One of them alone nearly gives it away. */
  readonly words: readonly string[];
  /** Ways of putting it, from which others are recognised. */
  readonly phrases: readonly string[];
}

export interface IntentList {
  readonly version: number;
  readonly intents: readonly Intent[];
}

/** The intent under which a question of the policy falls; `null` for one that nobody is asked. */
export const intentOfQuestion = ({ intents }: IntentList, question: string): string | null =>
  intents.find(({ covers }) => covers.includes(question))?.id ?? null;

/** What being spoken to with these meanings does to a mood that has no view of its own on it. */
export const treatmentOf = ({ intents }: IntentList, id: string): number =>
  intents.find((intent) => intent.id === id)?.treats ?? 0;

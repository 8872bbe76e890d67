import { splitEffects, type IncidentSplit } from '../../../shared/domain/triage/major-incident.ts';

/** What the caller is about, within a sentence: "nothing new", and "I’m hurt" as they say it. */
export function splitWords(split: IncidentSplit): string {
  const { word } = splitEffects[split];
  return /^I\b/.test(word) ? word : word.toLowerCase();
}

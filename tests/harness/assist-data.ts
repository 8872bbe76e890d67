import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { readScenario } from '../../src/scenario/scenario-file.ts';
import { readYaml } from '../../src/platform/yaml-file.ts';
import { linkingPolicySchema } from '../../src/shared/contract/policy/linking.ts';
import {
  markerKindsPolicySchema,
  markerRegisterSchema,
  planListSchema,
} from '../../src/shared/contract/policy/markers.ts';
import { riskWordsPolicySchema } from '../../src/shared/contract/policy/risk-words.ts';
import type { FactSource } from '../../src/shared/domain/assist/new-facts.ts';
import { asContactId } from '../../src/shared/domain/ids.ts';
import { asInstant, later, type Instant } from '../../src/shared/domain/time.ts';

/** The files of assist that ship, read as the program reads them, and the contact cards as contacts. */

const textOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../resources/${path}`, import.meta.url)), 'utf8');

/** Throws the sentence that the program would tell. */
export function readResource<T>(path: string, schema: z.ZodType<T>, text = textOf(path)): T {
  return readYaml(`resources/${path}`, text, schema).value;
}

export const resourceText = textOf;
export const shippedRiskWords = () => readResource('policy/risk-words.yaml', riskWordsPolicySchema);
export const shippedLinking = () => readResource('policy/linking.yaml', linkingPolicySchema);
export const shippedMarkerKinds = () => readResource('policy/markers.yaml', markerKindsPolicySchema);
export const demoMarkers = () => {
  return readResource('demo/markers.yaml', markerRegisterSchema(shippedMarkerKinds())).markers;
};
export const demoPlans = () => readResource('demo/plans.yaml', planListSchema).plans;

/** Midnight before the cards are played in tests. */
export const cardDay: Instant = asInstant(Date.UTC(2026, 10, 22));

/** The contacts of a card, in order, as they stand at its end. A contact's number is given in its id. */
export function contactsOfCard(card: string, at: Instant = cardDay): readonly FactSource[] {
  const { timeline } = readScenario(
    `resources/scenarios/${card}.yaml`,
    textOf(`scenarios/${card}.yaml`),
  ).value;
  const contacts: { -readonly [K in keyof FactSource]: FactSource[K] }[] = [];
  for (const [n, step] of timeline.entries()) {
    // The card as the public's day plays it.
    if (step.only === 'training') continue;
    const last = contacts.at(-1);
    if (step.contact !== undefined) {
      const { title, place, language, caller, account } = step.contact;
      contacts.push({
        id: asContactId(`${card}-${contacts.length + 1}`),
        ref: `CON-${card}-${contacts.length + 1}`,
        receivedAt: later(at, step.after),
        title,
        place,
        language,
        caller,
        account,
        messages: [],
        locations: [],
        spots: [],
        call: null,
        notes: [],
        triage: [],
        heard: [],
      });
    } else if (step.message !== undefined && last !== undefined) {
      const { text, from, language } = step.message;
      last.messages = [
        ...last.messages,
        { key: `${card}-${n}`, text, from, language, at: later(at, step.after) },
      ];
    } else if (step.location !== undefined && last !== undefined) {
      const { method, latitude, longitude, radiusMetres, place } = step.location;
      last.locations = [
        ...last.locations,
        { method, latitude, longitude, radiusMetres, place, at: later(at, step.after) },
      ];
    }
  }
  return contacts;
}

import { z } from 'zod';
import { phraseCheck } from '../../domain/assist/phrases.ts';
import { wordsIn } from '../../domain/assist/words.ts';
import { lifts, wordFacts, type RiskWordsPolicy } from '../../domain/policy/risk-words.ts';
import { policyHeaderShape } from './header.ts';

const id = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/, 'an id looks like happening-now');
const phrase = z.string().min(1).max(200);

/** `resources/policy/risk-words.yaml` (rule AS-06). */
export const riskWordsPolicySchema = z
  .strictObject({
    ...policyHeaderShape,
    gapWords: z.int().min(0).max(5),
    negations: z.array(z.string().min(1).max(40)).max(400),
    spellings: z.array(z.strictObject({ word: z.string().min(1), also: z.array(phrase).min(1) })).max(400),
    groups: z
      .array(
        z.strictObject({
          id,
          name: z.string().min(2).max(60),
          lift: z.enum(lifts),
          holdsOutbound: z.boolean().default(false),
          fact: z.enum(wordFacts).nullable().default(null),
        }),
      )
      .min(1),
    languages: z
      .array(
        z.strictObject({
          language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a language looks like pl'),
          name: z.string().min(2).max(60),
          checkedBy: z.string().min(3).max(120),
          phrases: z.record(z.string(), z.array(phrase).min(1)),
        }),
      )
      .min(1),
  })
  .superRefine((policy, check) => {
    const complain = (path: (string | number)[], message: string): void =>
      check.addIssue({ code: 'custom', path, message });
    const groups = new Set<string>();
    for (const [n, group] of policy.groups.entries()) {
      if (groups.has(group.id)) complain(['groups', n, 'id'], `is there twice: ${group.id}`);
      groups.add(group.id);
    }
    for (const [n, negation] of policy.negations.entries()) {
      if (wordsIn(negation).length !== 1) complain(['negations', n], 'is not one word');
    }
    const spelt = new Set<string>();
    for (const [n, { word }] of policy.spellings.entries()) {
      if (wordsIn(word).length !== 1) complain(['spellings', n, 'word'], 'is not one word');
      if (spelt.has(word)) complain(['spellings', n, 'word'], `is there twice: ${word}`);
      spelt.add(word);
    }
    const problemOf = phraseCheck(policy);
    const languages = new Set<string>();
    for (const [n, { language, phrases }] of policy.languages.entries()) {
      if (languages.has(language)) complain(['languages', n, 'language'], `is there twice: ${language}`);
      languages.add(language);
      for (const [group, list] of Object.entries(phrases)) {
        const path = ['languages', n, 'phrases', group];
        if (!groups.has(group)) complain(path, 'is not the id of a group');
        const seen = new Set<string>();
        for (const [k, text] of list.entries()) {
          const problem = seen.has(text) ? 'is there twice' : problemOf(text);
          if (problem !== null) complain([...path, k], problem);
          seen.add(text);
        }
      }
    }
  }) satisfies z.ZodType<RiskWordsPolicy>;

import { groupsToLookAt } from '../shared/domain/assist/risk-words.ts';
import type { FirstTierKnowledge } from './chat/first-tier.ts';

/** Whether somebody’s words hold something that a person should look at first. */
export const hasRiskWords = ({ riskWords }: Pick<FirstTierKnowledge, 'riskWords'>, text: string): boolean =>
  groupsToLookAt(riskWords, [text]).length > 0;
